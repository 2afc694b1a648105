"""Which ratings a fit sees: enough ratings a note and a rater, and the subset that starts the first fit.

Source: ../shared/CONSENSUS.md, "Filter" and Prescoring (1).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from whence.consensus.counting import keep_notes, keep_raters, note_counts, rater_counts
from whence.consensus.dataset import Ratings

__all__ = ["enough", "plain_enough", "stable_subset"]


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
    keep_notes(ratings, note_counts(ratings, left) >= a_note, left)
    if a_rater:
        keep_raters(ratings, rater_counts(ratings, left, raters) >= a_rater, left)
        keep_notes(ratings, note_counts(ratings, left) >= a_note, left)
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
    all_counts = note_counts(ratings, keep_raters(ratings, group != -2, training.copy()))
    own = keep_raters(ratings, group == of, training.copy())
    own_counts = note_counts(ratings, own)
    # In integers, so that exactly three quarters is three quarters.
    keep_notes(ratings, (all_counts >= 5) & (4 * own_counts >= 3 * all_counts), own)
    return own
