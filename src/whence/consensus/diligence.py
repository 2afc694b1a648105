"""The low-diligence model: how careful raters judge a note's sources.

A rating's target is whether it carries one of three tags (incorrect, irrelevant sources, sources missing). Its logit is

    f_n f_u + b_n rep_u + b_u + g

fitted in rounds by alternating Newton steps for all notes and all raters at once.

Source: ../shared/CONSENSUS.md, Prescoring (8).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import AHEAD, parallel_kernel, prange, prefetch
from whence.consensus.anderson import FixedPoint, fixed_point
from whence.consensus.dataset import BIT, Ratings
from whence.consensus.matrix import Matrix, matrix
from whence.consensus.regressions import Side, majorise_side, newton_notes

__all__ = ["Diligence", "diligence_matrix", "faults_of", "fit_final", "fit_prescoring", "levels_and_faults"]

_TAGS = sum(
    1 << BIT[t] for t in ("notHelpfulIncorrect", "notHelpfulIrrelevantSources", "notHelpfulSourcesMissingOrUnreliable")
)
_LEVELS = 3
_L2 = 0.03
_POSITIVE = 100.0
_POSITIVE_LAST = 500.0
_RIDGE_NOTE = np.array([_L2, _L2])  # factor, intercept
_RIDGE_RATER = np.array([_L2, 10 * _L2, 50 * _L2])  # factor, intercept, reputation


def _faulted(ratings: Ratings) -> NDArray[np.uint8]:
    faulted = np.empty(len(ratings), np.uint8)
    np.not_equal(ratings.bits & np.uint32(_TAGS), 0, out=faulted, casting="unsafe")
    return faulted


def diligence_matrix(ratings: Ratings, raters: int, keep: NDArray[np.bool_], *, by_rater: bool = True) -> Matrix:
    """The kept ratings as a matrix of 0 and 1: whether they find fault with correctness or sources.

    Args:
        raters: how many there are.
        keep: bool (ratings).
        by_rater: as for `whence.consensus.matrix.matrix`.
    """
    return matrix(
        ratings, raters, keep, code=_faulted(ratings), values=np.array([0.0, 1.0]), busiest_notes_first=True,
        by_rater=by_rater,
    )  # fmt: skip


def levels_and_faults(ratings: Ratings, raters: int, keep: NDArray[np.bool_]) -> Matrix:
    """The kept ratings as a matrix of levels whose codes also tell faults, for `faults_of`: made once for two models.

    Args:
        raters: how many there are.
        keep: bool (ratings).
    """
    code = _faulted(ratings)
    code *= np.uint8(_LEVELS)
    code += ratings.level
    values = np.tile([0.0, 0.5, 1.0], 2)
    return matrix(ratings, raters, keep, code=code, values=values, busiest_notes_first=True)


def faults_of(data: Matrix) -> Matrix:
    """The same as `diligence_matrix`, from `levels_and_faults`; all but the codes is shared."""
    codes = (code // np.uint8(_LEVELS) for code in (data.note_code, data.rater_code))
    return replace(data, values=np.array([0.0, 1.0]), note_code=next(codes), rater_code=next(codes))


@dataclass(frozen=True)
class Diligence:
    """The prescoring fit's state over its matrix.

    Attributes:
        note: float64 (notes, 3): factor, last intercept, intercept before the last round.
        rater: float64 (raters, 4): factor, last intercept, reputation, intercept before the last round.
        bias: float64 (3): the global intercept after each round.
        loss: float64 (3): the objective after each round.
        steps: alternations in all.
    """

    note: NDArray[np.float64]
    rater: NDArray[np.float64]
    bias: NDArray[np.float64]
    loss: NDArray[np.float64]
    steps: int


@dataclass(frozen=True)
class _Round:
    """What one round learns, and how ratings weigh in it."""

    free_note: NDArray[np.bool_]
    free_rater: NDArray[np.bool_]
    positive: float
    note_weight: NDArray[np.float64]
    rater_weight: NDArray[np.float64]
    seen: int = 2
    """How many of a rater's base, factor, reputation and weight the notes look up; what is 1 for all is left out."""


def _free(*which: bool) -> NDArray[np.bool_]:
    return np.array(which)


def _last_weights(data: Matrix, reputation: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Rating weights of the last round: (0.1 + sqrt(rep)) / 1.1 a rater, (sum of weights)^-1/2 a note."""
    of_rater = (0.1 + np.sqrt(np.maximum(reputation, 0.0))) / 1.1
    total = np.empty(data.notes)
    _weight_sums(data.note_start, data.raters_of, data.note_code, of_rater, _POSITIVE_LAST, total)
    return 1.0 / np.sqrt(total + 2.0**-20), of_rater


@parallel_kernel
def _weight_sums(start: Any, other_of: Any, code: Any, weight: Any, positive: float, total: Any) -> None:
    end = other_of.shape[0] - 1
    for note in prange(start.shape[0] - 1):
        mine = 0.0
        for k in range(start[note], start[note + 1]):
            prefetch(weight, other_of[min(k + AHEAD, end)])
            mine += weight[other_of[k]] * (positive if code[k] > 0 else 1.0)
        total[note] = mine


def fit_prescoring(
    data: Matrix, rater_factor: NDArray[np.float64], *, tolerance: float = 1e-3, most: int = 25
) -> Diligence:
    """Fit the three rounds.

    Args:
        data: from `diligence_matrix`.
        rater_factor: float64 (raters): where raters' factors begin: those of the helpfulness model.
        tolerance: a round ends when no parameter moves by more in a step.
        most: or after so many steps.

    Returns:
        The fit. Round 1 learns everything but reputation (1 for all), round 2 everything but note intercepts, round 3
        intercepts alone.
    """
    if not data.note_code.any():  # nobody finds fault: there is nothing to learn
        return Diligence(np.zeros((data.notes, 3)), np.zeros((data.raters, 4)), np.zeros(3), np.zeros(3), 0)
    ones_note, ones_rater = np.ones(data.notes), np.ones(data.raters)
    sides = Side.notes(data), Side.raters(data)
    note = np.zeros((data.notes, 2))
    rater = np.zeros((data.raters, 3))
    rater[:, 0] = rater_factor
    rater[:, 2] = 1.0
    first = _Round(_free(True, True), _free(True, True, False), _POSITIVE, ones_note, ones_rater)
    note, rater, bias1, rest1 = _fit(data, sides, first, note, rater, 0.0, tolerance, most)
    second = _Round(_free(True, False), _free(True, True, True), _POSITIVE, ones_note, ones_rater, seen=3)
    note, rater, bias2, rest2 = _fit(data, sides, second, note, rater, bias1, tolerance, most)
    before = note[:, 1].copy(), rater[:, 1].copy()
    weights = _last_weights(data, rater[:, 2])
    third = _Round(_free(False, True), _free(False, True, False), _POSITIVE_LAST, *weights, seen=4)
    note, rater, bias3, rest3 = _fit(data, sides, third, note, rater, bias2, tolerance, most)
    return Diligence(
        note=np.column_stack([note, before[0]]),
        rater=np.column_stack([rater, before[1]]),
        bias=np.array([bias1, bias2, bias3]),
        loss=np.array([rest1.value, rest2.value, rest3.value]),
        steps=rest1.steps + rest2.steps + rest3.steps,
    )


def _packed(*columns: NDArray[np.float64]) -> NDArray[np.float32]:
    """What one side says of its ratings, in so few bytes that one fetch brings it."""
    out = np.empty((len(columns[0]), len(columns)), np.float32)
    for k, column in enumerate(columns):
        out[:, k] = column
    return out


def _seen_by_notes(rater: NDArray[np.float64], weight: NDArray[np.float64], width: int) -> NDArray[np.float32]:
    """A rating's logit is g + b_u + f_u f_n + rep_u b_n."""
    return _packed(*(rater[:, 1], rater[:, 0], rater[:, 2], weight)[:width])


def _fit(
    data: Matrix, sides: tuple[Side, Side], this: _Round, note: NDArray[np.float64], rater: NDArray[np.float64],
    bias: float, tolerance: float, most: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64], float, FixedPoint]:  # fmt: skip
    n = len(data)
    ridge_note = _RIDGE_NOTE * (n / data.notes)
    ridge_rater = _RIDGE_RATER * (n / data.raters)
    cut = note.size
    weighted = this.seen > 3
    notes, raters = sides

    def step(x: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        out = x.copy()
        note, rater = out[:cut].reshape(-1, 2), out[cut:-1].reshape(-1, 3)
        bias = float(x[-1])
        loss, _, _, of_notes = majorise_side(
            notes, _seen_by_notes(rater, this.rater_weight, this.seen), this.note_weight, this.positive, bias,
            ridge_note, this.free_note, note,
        )  # fmt: skip
        columns = (note[:, 0], note[:, 1], this.note_weight) if weighted else (note[:, 0], note[:, 1])
        _, slope, curve, of_raters = majorise_side(
            raters, _packed(*columns), this.rater_weight, this.positive, bias, ridge_rater, this.free_rater, rater
        )
        out[-1] = bias - slope / max(curve, 1e-300)
        return float(loss + of_notes + of_raters) / n, out

    rest = fixed_point(step, np.concatenate([note.ravel(), rater.ravel(), [bias]]), tolerance=tolerance, most=most)
    return rest.x[:cut].reshape(-1, 2).copy(), rest.x[cut:-1].reshape(-1, 3).copy(), float(rest.x[-1]), rest


def fit_final(
    data: Matrix,
    before: Diligence,
    note_place: NDArray[np.int64],
    rater_place: NDArray[np.int64],
    ratings_a_note: float,
    *,
    passes: int = 12,
) -> NDArray[np.float64]:
    """Fit notes alone, raters as prescoring left them: first the factor, then the intercept; both are convex.

    Args:
        data: the final round's matrix.
        before: the prescoring fit.
        note_place: int64 (notes): each note's place in `before`, or -1.
        rater_place: int64 (raters): each rater's place in `before`, or -1.
        ratings_a_note: by which note penalties are divided: prescoring's ratings a note.
        passes: looks at the data a round; Newton's method is at rest well before that.

    Returns:
        float64 (notes): the low-diligence intercept.
    """
    if not before.steps:
        return np.zeros(data.notes)
    seen_note, seen_rater = note_place >= 0, rater_place >= 0
    note = np.zeros((data.notes, 2))
    note[seen_note, 0] = before.note[note_place[seen_note], 0]
    note[seen_note, 1] = before.note[note_place[seen_note], 2]
    rater = np.zeros((data.raters, 3))  # raters whom prescoring did not see have no reputation
    last = np.zeros(data.raters)
    rater[seen_rater, 0] = before.rater[rater_place[seen_rater], 0]
    rater[seen_rater, 1] = before.rater[rater_place[seen_rater], 3]
    rater[seen_rater, 2] = before.rater[rater_place[seen_rater], 2]
    last[seen_rater] = before.rater[rater_place[seen_rater], 1]
    ridge = _RIDGE_NOTE * ratings_a_note
    side = Side.notes(data)
    newton_notes(
        side, _seen_by_notes(rater, last, 3), np.ones(data.notes), _POSITIVE, float(before.bias[1]), float(ridge[0]), 0,
        passes, note,
    )  # fmt: skip
    note_weight, rater_weight = _last_weights(data, rater[:, 2])
    rater[:, 1] = last
    newton_notes(
        side, _seen_by_notes(rater, rater_weight, 4), note_weight, _POSITIVE_LAST, float(before.bias[2]),
        float(ridge[1]), 1, passes, note,
    )  # fmt: skip
    return note[:, 1].copy()
