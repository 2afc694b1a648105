"""How many ratings each note and each rater has, and tests of every rating's rater, without arrays of numbers a rating.

At a hundred million ratings such arrays take a gigabyte each, and the time goes into clearing them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import AHEAD, kernel, prefetch
from whence.consensus.dataset import Ratings

__all__ = ["keep_notes", "keep_raters", "note_counts", "plain_counts", "rater_counts"]


@kernel
def _by_note(start: Any, keep: Any, counts: Any) -> None:
    for note in range(start.shape[0] - 1):
        count = 0
        for k in range(start[note], start[note + 1]):
            count += keep[k]
        counts[note] = count


@kernel
def _by_rater(rater: Any, keep: Any, counts: Any) -> None:
    end = rater.shape[0] - 1
    for k in range(rater.shape[0]):
        prefetch(counts, rater[min(k + AHEAD, end)])
        counts[rater[k]] += keep[k]


@kernel
def _only_notes(start: Any, good: Any, keep: Any) -> None:
    for note in range(start.shape[0] - 1):
        if not good[note]:
            for k in range(start[note], start[note + 1]):
                keep[k] = False


@kernel
def _only_raters(rater: Any, good: Any, keep: Any) -> None:
    end = rater.shape[0] - 1
    for k in range(rater.shape[0]):
        prefetch(good, rater[min(k + AHEAD, end)])
        keep[k] &= good[rater[k]]


def note_counts(ratings: Ratings, keep: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many kept ratings each note has: int64 (notes).

    Args:
        keep: bool (ratings).
    """
    counts = np.empty(len(ratings.start) - 1, np.int64)
    _by_note(ratings.start, keep, counts)
    return counts


def rater_counts(ratings: Ratings, keep: NDArray[np.bool_], raters: int) -> NDArray[np.int32]:
    """How many kept ratings each rater has: int32 (raters).

    Args:
        keep: bool (ratings).
        raters: how many there are.
    """
    counts = np.zeros(raters, np.int32)
    _by_rater(ratings.rater, keep, counts)
    return counts


def keep_notes(ratings: Ratings, good: NDArray[np.bool_], keep: NDArray[np.bool_]) -> None:
    """Drop all ratings of notes that are not good.

    Args:
        good: bool (notes).
        keep: bool (ratings), in and out.
    """
    _only_notes(ratings.start, good, keep)


def keep_raters(ratings: Ratings, good: NDArray[np.bool_], keep: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Drop all ratings by raters who are not good.

    Args:
        good: bool (raters).
        keep: bool (ratings), in and out.

    Returns:
        The same array.
    """
    _only_raters(ratings.rater, good, keep)
    return keep


def plain_counts(ratings: Ratings, keep: NDArray[np.bool_], raters: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The readable twin of `note_counts` and `rater_counts`."""
    by_note = np.bincount(ratings.note()[keep], minlength=len(ratings.start) - 1)
    return by_note, np.bincount(ratings.rater[keep], minlength=raters)
