"""Which ratings a fit sees: enough ratings a note and a rater, and the subset that starts the first fit.

Source: ../shared/CONSENSUS.md, "Filter" and Prescoring (1).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from whence.consensus.dataset import Ratings

__all__ = ["enough", "note_counts", "plain_enough", "stable_subset"]


def note_counts(ratings: Ratings, keep: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many kept ratings each note has.

    Args:
        keep: bool (ratings).

    Returns:
        int64 (notes).
    """
    before = np.zeros(len(keep) + 1, np.int64)
    np.cumsum(keep, out=before[1:])
    return np.diff(before[ratings.start])


def enough(
    ratings: Ratings,
    raters: int,
    *,
    keep: NDArray[np.bool_] | None = None,
    a_note: int = 5,
    a_rater: int = 10,
) -> NDArray[np.bool_]:
    """Drop notes with few ratings, then raters with few, then notes again; once, not until nothing changes.

    Args:
        raters: how many raters there are.
        keep: bool (ratings): those to begin with; all if None.
        a_note: fewest ratings a note.
        a_rater: fewest ratings a rater; 0 leaves raters alone.

    Returns:
        bool (ratings).
    """
    left = np.ones(len(ratings), bool) if keep is None else keep.copy()
    sizes = np.diff(ratings.start)
    left &= np.repeat(note_counts(ratings, left) >= a_note, sizes)
    if a_rater:
        counts = np.bincount(ratings.rater[left], minlength=raters)
        left &= (counts >= a_rater)[ratings.rater]
        left &= np.repeat(note_counts(ratings, left) >= a_note, sizes)
    return left


def plain_enough(pairs: list[tuple[int, int]], a_note: int, a_rater: int) -> list[tuple[int, int]]:
    """The readable twin of `enough`, on (note, rater) pairs."""
    from collections import Counter

    notes = Counter(note for note, _ in pairs)
    pairs = [p for p in pairs if notes[p[0]] >= a_note]
    raters = Counter(rater for _, rater in pairs)
    pairs = [p for p in pairs if raters[p[1]] >= a_rater]
    notes = Counter(note for note, _ in pairs)
    return [p for p in pairs if notes[p[0]] >= a_note]


def stable_subset(
    ratings: Ratings, training: NDArray[np.bool_], group: NDArray[np.int16], of: int
) -> NDArray[np.bool_]:
    """The ratings of one group on notes that are mostly its own, from which the first fit starts.

    Args:
        training: bool (ratings): those that the first fit sees.
        group: int16 (raters): the modelling group; -2 for raters absent from enrollment, who count for nothing here.
        of: the group.

    Returns:
        bool (ratings): by raters of the group, on notes with 5 training ratings or more by enrolled raters of which
        75% or more are the group's.
    """
    enrolled = training & (group[ratings.rater] != -2)
    own = training & (group[ratings.rater] == of)
    all_counts = note_counts(ratings, enrolled)
    own_counts = note_counts(ratings, own)
    # In integers, so that exactly three quarters is three quarters.
    good = (all_counts >= 5) & (4 * own_counts >= 3 * all_counts)
    return np.asarray(own & np.repeat(good, np.diff(ratings.start)))
