"""Complaints that are outliers: not-helpful tags weighted by how near the rater stands to the note; and "incorrect".

Source: ../shared/CONSENSUS.md, Rules 8 and 9, Prescoring (9).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import AHEAD, kernel, parallel_kernel, prange, prefetch
from whence.consensus.community_notes import HELPFUL_TAGS, NOT_HELPFUL_TAGS
from whence.consensus.dataset import BIT, NOT_HELPFUL_MASK, Ratings

__all__ = [
    "Incorrect",
    "TagWeights",
    "incorrect",
    "incorrect_habits",
    "plain_incorrect",
    "plain_tag_weights",
    "tag_thresholds",
    "tag_weights",
]

_FIRST = len(HELPFUL_TAGS)
_COUNT = len(NOT_HELPFUL_TAGS)
_PERCENTILE = 40
_HALF_WIDTH = 0.3
_CLIP = 0.4
_INCORRECT = BIT["notHelpfulIncorrect"]


@dataclass(frozen=True)
class TagWeights:
    """Tags weighted by nearness.

    Attributes:
        weight: float64 (notes): sum of weights of ratings by raters with parameters.
        total: float64 (notes, 13): weighted tags.
        ratio: float64 (notes, 13): total over weight; NaN for notes without such ratings.
    """

    weight: NDArray[np.float64]
    total: NDArray[np.float64]
    ratio: NDArray[np.float64]


@kernel
def _distances(start: Any, rater: Any, note_z: Any, rater_z: Any, out: Any) -> int:
    at = 0
    end = rater.shape[0] - 1
    for note in range(start.shape[0] - 1):
        if np.isnan(note_z[note]):
            continue
        for k in range(start[note], start[note + 1]):
            prefetch(rater_z, rater[min(k + AHEAD, end)])
            z = rater_z[rater[k]]
            if not np.isnan(z):
                out[at] = abs(z - note_z[note])
                at += 1
    return at


@parallel_kernel
def _weigh(start: Any, rater: Any, bits: Any, note_z: Any, rater_z: Any, scale: float, weight: Any, total: Any) -> None:
    end = rater.shape[0] - 1
    for note in prange(start.shape[0] - 1):
        if np.isnan(note_z[note]):
            continue
        for k in range(start[note], start[note + 1]):
            prefetch(rater_z, rater[min(k + AHEAD, end)])
            z = rater_z[rater[k]]
            if np.isnan(z):
                continue
            d = abs(z - note_z[note]) / scale
            w = 1.0 / (1.0 + d * d * d * d * d)
            weight[note] += w
            left = bits[k] & np.uint32(NOT_HELPFUL_MASK)
            if left:
                for tag in range(_COUNT):
                    if left & (np.uint32(1) << np.uint32(_FIRST + tag)):
                        total[note, tag] += w


def _standard(factor: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = float(np.nanstd(factor))
    return (factor - np.nanmean(factor)) / (spread if spread > 0 else 1.0)


def tag_weights(ratings: Ratings, note_factor: NDArray[np.float64], rater_factor: NDArray[np.float64]) -> TagWeights:
    """Weigh each note's not-helpful tags by 1 / (1 + (d / p40)^5).

    Args:
        ratings: all that the scorer hears.
        note_factor: float64 (notes); NaN for notes without parameters.
        rater_factor: float64 (raters); NaN for raters without.

    d is the distance of note and rater, each side's factors made z-scores; p40 the 40th percentile of all distances.
    """
    notes = len(ratings.start) - 1
    weight = np.zeros(notes)
    total = np.zeros((notes, _COUNT))
    ratio = np.full((notes, _COUNT), np.nan)
    if np.isnan(note_factor).all() or np.isnan(rater_factor).all():
        return TagWeights(weight, total, ratio)
    note_z, rater_z = _standard(note_factor), _standard(rater_factor)
    # float32 is what the public scorer's distances are, and halves the one array that is as long as the ratings.
    distances = np.empty(len(ratings), np.float32)
    count = int(_distances(ratings.start, ratings.rater, note_z, rater_z, distances))
    if not count:
        return TagWeights(weight, total, ratio)
    scale = float(np.percentile(distances[:count], _PERCENTILE, overwrite_input=True)) or 1.0
    del distances
    _weigh(ratings.start, ratings.rater, ratings.bits, note_z, rater_z, scale, weight, total)
    some = weight > 0
    ratio[some] = total[some] / weight[some, None]
    return TagWeights(weight, total, ratio)


def plain_tag_weights(
    ratings: Ratings, note_factor: NDArray[np.float64], rater_factor: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The readable twin of `tag_weights`: the weighted totals, float64 (notes, 13)."""
    note = ratings.note()
    distance = np.abs(_standard(rater_factor)[ratings.rater] - _standard(note_factor)[note])
    weight = 1 / (1 + (distance / np.nanpercentile(distance, _PERCENTILE)) ** 5)
    weight[np.isnan(weight)] = 0
    has = (ratings.bits[:, None] >> np.arange(_FIRST, _FIRST + _COUNT, dtype=np.uint32)) & np.uint32(1)
    count = len(ratings.start) - 1
    return np.stack([np.bincount(note, weights=weight * has[:, t], minlength=count) for t in range(_COUNT)], axis=1)


def tag_thresholds(weights: TagWeights, helpful: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The 95th percentile of each tag's ratio over helpful notes: float64 (13); 0 where there are none.

    Args:
        helpful: bool (notes): preliminarily helpful notes with parameters.
    """
    ratio = weights.ratio[helpful & (weights.weight > 0)]
    if not len(ratio):
        return np.zeros(_COUNT)
    return np.asarray(np.quantile(ratio, 0.95, axis=0))


def incorrect_habits(ratings: Ratings, raters: int) -> NDArray[np.float64]:
    """How often each rater who tags at all tags "incorrect": float64 (raters); 0 for those who never tag.

    Args:
        ratings: all that the scorer hears.
        raters: how many there are.
    """
    counts = np.zeros((raters, 2), np.int32)
    _count_complaints(ratings.rater, ratings.bits, counts)
    total, times = counts.T
    return np.asarray(np.divide(times, total, out=np.zeros(raters), where=total > 0))


@kernel
def _count_complaints(rater: Any, bits: Any, counts: Any) -> None:
    """Each rater's ratings with any not-helpful tag, and those of them with "incorrect"."""
    end = rater.shape[0] - 1
    for k in range(rater.shape[0]):
        prefetch(counts, rater[min(k + AHEAD, end)])
        if bits[k] & np.uint32(NOT_HELPFUL_MASK):
            counts[rater[k], 0] += 1
            counts[rater[k], 1] += (bits[k] >> np.uint32(_INCORRECT)) & np.uint32(1)


@dataclass(frozen=True)
class Incorrect:
    """ "Incorrect" tags by raters near the note: each float64 (notes), NaN for notes without such voters.

    Attributes:
        tags: how many.
        voters: raters near the note who gave it any not-helpful tag.
        score: tags / ln(1 + sum of the voters' habits).
    """

    tags: NDArray[np.float64]
    voters: NDArray[np.float64]
    score: NDArray[np.float64]


def incorrect(
    ratings: Ratings,
    note_factor: NDArray[np.float64],
    rater_factor: NDArray[np.float64],
    habits: NDArray[np.float64],
) -> Incorrect:
    """Gather what raters near each note say of its correctness.

    Args:
        ratings: all that the scorer hears.
        note_factor, rater_factor: float64; NaN without parameters.
        habits: float64 (raters): from `incorrect_habits`.

    Near is under 0.3 between factors, each cut off at 0.4 either side of the middle.
    """
    count = len(ratings.start) - 1
    tags, voters, habit = np.zeros(count), np.zeros(count), np.zeros(count)
    said = np.column_stack([rater_factor, habits])
    _gather_complaints(ratings.start, ratings.rater, ratings.bits, note_factor, said, tags, voters, habit)
    voters[voters == 0] = np.nan
    tags[np.isnan(voters)] = np.nan
    with np.errstate(divide="ignore", invalid="ignore"):
        score = tags / np.log1p(habit)
    return Incorrect(tags, voters, score)


@parallel_kernel
def _gather_complaints(
    start: Any, rater: Any, bits: Any, note_factor: Any, said: Any, tags: Any, voters: Any, habit: Any
) -> None:
    end = rater.shape[0] - 1
    for note in prange(start.shape[0] - 1):
        f = min(max(note_factor[note], -_CLIP), _CLIP)
        if np.isnan(note_factor[note]):
            continue
        for k in range(start[note], start[note + 1]):
            prefetch(said, rater[min(k + AHEAD, end)])
            if not bits[k] & np.uint32(NOT_HELPFUL_MASK):
                continue
            u = rater[k]
            other = said[u, 0]
            if np.isnan(other) or not abs(min(max(other, -_CLIP), _CLIP) - f) < _HALF_WIDTH:
                continue
            voters[note] += 1.0
            habit[note] += said[u, 1]
            if (bits[k] >> np.uint32(_INCORRECT)) & np.uint32(1):
                tags[note] += 1.0


def plain_incorrect(
    ratings: Ratings, note_factor: NDArray[np.float64], rater_factor: NDArray[np.float64], habits: NDArray[np.float64]
) -> tuple[NDArray[np.float64], ...]:
    """The readable twin of `incorrect`: how many voters, their tags, and the sum of their habits."""
    note, of = ratings.note(), ratings.rater
    distance = np.abs(np.clip(rater_factor[of], -_CLIP, _CLIP) - np.clip(note_factor[note], -_CLIP, _CLIP))
    near = (distance < _HALF_WIDTH) & ((ratings.bits & np.uint32(NOT_HELPFUL_MASK)) != 0)
    wrong = (ratings.bits >> np.uint32(_INCORRECT)) & np.uint32(1)
    count = len(ratings.start) - 1
    columns = (np.ones(len(of)), wrong, habits[of])
    return tuple(np.bincount(note[near], weights=c[near], minlength=count).astype(float) for c in columns)
