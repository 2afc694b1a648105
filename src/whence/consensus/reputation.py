"""Which raters are heard in the second round: those who, early, mostly agreed with what notes became.

Source: ../shared/CONSENSUS.md, Prescoring (4), (5) and the penalty of (6).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import AHEAD, kernel, prefetch
from whence.consensus.dataset import LEVEL_SHIFT, VALID, Notes, Ratings
from whence.consensus.rules import CRH, CRNH

__all__ = ["Reputation", "agreements", "plain_agreements", "reputation"]

_AGREEMENT = 0.66
_MEAN_SCORE = 0.05
_PENALTY = 10.0
_HARASSMENT = 2.0


@dataclass(frozen=True)
class Reputation:
    """Raters' and authors' records; one place a rater, NaN where there is nothing to judge by.

    Attributes:
        counts: int32 (raters, 4): helpful ratings on helpful notes, not-helpful on not-helpful; then those who
            disagreed: not-helpful ratings on helpful notes, helpful on not-helpful.
        agreement: float64: agreeing over all.
        penalty: float64: points for finding harassing notes helpful.
        penalised: float64: agreement with the penalty taken off.
        author_ratio: float64: share of helpful notes less five times that of not helpful ones.
        author_mean: float64: mean intercept of the notes written.
        helpful: bool: heard in the second round.
        known: bool: has written or rated something that counts.
    """

    counts: NDArray[np.int32]
    agreement: NDArray[np.float64]
    penalty: NDArray[np.float64]
    penalised: NDArray[np.float64]
    author_ratio: NDArray[np.float64]
    author_mean: NDArray[np.float64]
    helpful: NDArray[np.bool_]
    known: NDArray[np.bool_]


@kernel
def agreements(
    start: Any, rater: Any, bits: Any, status: Any, training: Any, harassment: Any, counts: Any, penalty: Any
) -> None:
    """Count, a rater at a time, how early ratings agree with what notes became.

    Args:
        start: int64 (notes + 1); rater: int32 (ratings); bits: uint32 (ratings).
        status: int8 (notes): preliminary status codes.
        training: bool (ratings): those that are penalised; or empty for none.
        harassment: float64 (notes): penalty for finding the note helpful; 0 for most.
        counts: int32 (raters, 4), out: as in `Reputation`.
        penalty: float64 (raters), out.
    """
    end = rater.shape[0] - 1
    penalised = training.shape[0] > 0
    for note in range(start.shape[0] - 1):
        decided = status[note] == CRH or status[note] == CRNH
        if not decided and not harassment[note] > 0:
            continue
        for k in range(start[note], start[note + 1]):
            prefetch(counts, rater[min(k + AHEAD, end)])
            level = (bits[k] >> np.uint32(LEVEL_SHIFT)) & np.uint32(3)
            if level == 1:
                continue
            if bits[k] & np.uint32(VALID):
                if status[note] == CRH:
                    counts[rater[k], 0 if level == 2 else 2] += 1
                elif status[note] == CRNH:
                    counts[rater[k], 1 if level == 0 else 3] += 1
            if penalised and level == 2 and harassment[note] > 0 and training[k]:
                penalty[rater[k]] += harassment[note]


def plain_agreements(ratings: list[tuple[int, int, int, bool]], status: list[int], raters: int) -> list[list[int]]:
    """The readable twin of `agreements`, on (note, rater, level, counts), without penalties."""
    counts = [[0, 0, 0, 0] for _ in range(raters)]
    for note, rater, level, early in ratings:
        if not early or level == 1 or status[note] not in (CRH, CRNH):
            continue
        agrees = (level == 2) == (status[note] == CRH)
        counts[rater][(0 if status[note] == CRH else 1) + (0 if agrees else 2)] += 1
    return counts


def reputation(
    ratings: Ratings,
    notes: Notes,
    raters: int,
    status: NDArray[np.int8],
    intercept: NDArray[np.float64],
    *,
    training: NDArray[np.bool_] | None = None,
    harassment: NDArray[np.float64] | None = None,
) -> Reputation:
    """Judge raters and authors by the first round.

    Args:
        ratings: all that the scorer hears.
        raters: how many raters there are.
        status: int8 (notes): preliminary status.
        intercept: float64 (notes): of the first fit; NaN for notes it did not see.
        training: bool (ratings): those of the first fit, for the penalty.
        harassment: float64 (notes): intercepts of the harassment model, NaN where it has none; None before it is fit.

    Returns:
        The records and who is heard.
    """
    cost = np.zeros(len(notes))
    if harassment is not None and training is not None:
        bad = harassment >= _HARASSMENT
        cost[bad] = _PENALTY * harassment[bad] / _HARASSMENT
    judged = np.empty(0, np.bool_) if training is None else training
    counts = np.zeros((raters, 4), np.int32)
    penalty = np.zeros(raters)
    agreements(ratings.start, ratings.rater, ratings.bits, status, judged, cost, counts, penalty)

    written = (notes.author >= 0) & ~np.isnan(intercept)
    author = notes.author[written]
    total = np.bincount(author, minlength=raters)
    good = np.bincount(author, weights=status[written] == CRH, minlength=raters)
    bad_notes = np.bincount(author, weights=status[written] == CRNH, minlength=raters)
    score = np.bincount(author, weights=intercept[written], minlength=raters)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = good / total - 5.0 * (bad_notes / total)
        mean = score / total
        rated = counts.sum(axis=1)
        agreeing = counts[:, 0] + counts[:, 1]
        agreement = agreeing / rated
        penalised = (agreeing - penalty) / rated
    author_good = (total == 0) | ((ratio >= 0.0) & (mean >= _MEAN_SCORE))
    helpful = author_good & (agreement >= _AGREEMENT) & (penalised >= _AGREEMENT)
    return Reputation(counts, agreement, penalty, penalised, ratio, mean, helpful, (rated > 0) | (total > 0))
