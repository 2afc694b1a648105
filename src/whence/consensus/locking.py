"""Statuses as readers see them, and when they lock.

Source: ../shared/CONSENSUS.md, last line of "Rules in order"; the public status history's columns.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whence.consensus.dataset import STATUSES, Dataset
from whence.consensus.final import Final

__all__ = ["LOCK_AFTER", "History", "update_history"]

LOCK_AFTER = 14 * 24 * 60 * 60 * 1000
"""A status locks this many ms after its note was written."""


@dataclass(frozen=True)
class History:
    """Each note's status as readers see it; one place a note.

    Attributes:
        status: int8: place in `STATUSES`; the locked status where there is one.
        before: int8: the status so far, -1 where there was none.
        changed: bool: whether the status is another now.
        locked: int8: the locked status, old or new, -1 where none.
        locks_now: bool: locked by this run.
    """

    status: NDArray[np.int8]
    before: NDArray[np.int8]
    changed: NDArray[np.bool_]
    locked: NDArray[np.int8]
    locks_now: NDArray[np.bool_]

    def names(self) -> NDArray[np.str_]:
        """The statuses by name."""
        return np.array(STATUSES)[self.status]


def update_history(data: Dataset, final: Final) -> History:
    """Apply locks.

    Args:
        data: what was scored.
        final: its final round. What only tells other scorers (firm reject, needs your help) is "needs more ratings".

    Returns:
        Statuses and locks at `data.now`.
    """
    code = final.verdict.status
    seen = np.where((code <= 2) & final.scored, code, 0).astype(np.int8)
    notes = data.notes
    old_lock = notes.locked >= 0
    status = np.where(old_lock, notes.locked, seen).astype(np.int8)
    locks_now = ~old_lock & (notes.created >= 0) & (data.now - notes.created >= LOCK_AFTER)
    locked = np.where(old_lock | locks_now, status, -1).astype(np.int8)
    return History(status, notes.current, (notes.current >= 0) & (status != notes.current), locked, locks_now)
