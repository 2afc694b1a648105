"""Ratings as a sparse matrix in both orders, over only the notes and raters that it holds: 10 bytes a rating."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import AHEAD, kernel, prefetch
from whence.consensus.counting import note_counts, rater_counts
from whence.consensus.dataset import Ratings

__all__ = ["Matrix", "cuts_of", "matrix", "transpose"]

_SHARE = 1 << 15
_ROWS_AHEAD = 4


@dataclass(frozen=True)
class Matrix:
    """A sparse matrix of coded values, by note and by rater.

    Attributes:
        note: int32 (notes): each row's place among all notes; in order, or the busiest first.
        rater: int32 (raters): each column's place among all raters; the busiest come first.
        values: float64 (codes): what each code stands for.
        note_start: int64 (notes + 1); raters_of: int32 (ratings), columns by row; note_code: uint8 or uint16 (ratings).
        rater_start: int64 (raters + 1); notes_of: int32 (ratings), rows by column; rater_code: uint8 (ratings).
    """

    note: NDArray[np.int32]
    rater: NDArray[np.int32]
    values: NDArray[np.float64]
    note_start: NDArray[np.int64]
    raters_of: NDArray[np.int32]
    note_code: NDArray[np.uint8] | NDArray[np.uint16]
    rater_start: NDArray[np.int64]
    notes_of: NDArray[np.int32]
    rater_code: NDArray[np.uint8] | NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.raters_of)

    @property
    def notes(self) -> int:
        """How many notes."""
        return len(self.note)

    @property
    def raters(self) -> int:
        """How many raters."""
        return len(self.rater)

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return sum(int(getattr(self, name).nbytes) for name in self.__dataclass_fields__)


@kernel
def transpose(note_start: Any, raters_of: Any, note_code: Any, at: Any, notes_of: Any, rater_code: Any) -> None:
    """Fill the by-rater order from the by-note order.

    Args:
        note_start, raters_of, note_code: as in `Matrix`.
        at: int64 (raters), in and out: where each rater's next rating goes.
        notes_of, rater_code: out.
    """
    last = raters_of.shape[0] - 1
    for note in range(note_start.shape[0] - 1):
        for k in range(note_start[note], note_start[note + 1]):
            prefetch(at, raters_of[min(k + 2 * AHEAD, last)])
            soon = at[raters_of[min(k + AHEAD, last)]]
            prefetch(notes_of, soon)
            prefetch(rater_code, soon)
            to = at[raters_of[k]]
            at[raters_of[k]] = to + 1
            notes_of[to] = note
            rater_code[to] = note_code[k]


def cuts_of(start: NDArray[np.int64]) -> NDArray[np.int64]:
    """Entities in shares of about as many ratings, each to be worked on by one thread.

    Args:
        start: int64 (entities + 1): where each entity's ratings begin.

    Returns:
        int64 (shares + 1): from which entity to which.
    """
    count = len(start) - 1
    marks = np.searchsorted(start, np.arange(_SHARE, int(start[-1]), _SHARE))
    return np.unique(np.concatenate([[0], np.minimum(marks, count), [count]])).astype(np.int64)


@kernel
def _fill(
    start: Any, rater: Any, kept: Any, code: Any, note: Any, place: Any, note_start: Any, raters_of: Any, note_code: Any
) -> None:
    """Copy the kept ratings of the given notes, in the given order."""
    end = rater.shape[0] - 1
    rows = note.shape[0]
    for row in range(rows):
        soon = start[note[min(row + _ROWS_AHEAD, rows - 1)]]  # rows lie anywhere where notes come by number of ratings
        prefetch(rater, soon)
        prefetch(kept, soon)
        prefetch(code, soon)
        to = note_start[row]
        for k in range(start[note[row]], start[note[row] + 1]):
            prefetch(place, rater[min(k + AHEAD, end)])
            if kept[k]:
                raters_of[to] = place[rater[k]]
                note_code[to] = code[k]
                to += 1


def _places(order: NDArray[np.int32], count: int) -> NDArray[np.int32]:
    out = np.full(count, -1, np.int32)
    out[order] = np.arange(len(order), dtype=np.int32)
    return out


def matrix(
    ratings: Ratings,
    raters: int,
    keep: NDArray[np.bool_] | None = None,
    code: NDArray[np.uint8] | NDArray[np.uint16] | None = None,
    values: NDArray[np.float64] | None = None,
    *,
    busiest_notes_first: bool = False,
    by_rater: bool = True,
) -> Matrix:
    """Build the matrix of some ratings.

    Args:
        raters: how many raters there are.
        keep: bool (ratings): those to hold; all if None.
        code: uint8 or uint16 (ratings): their codes; the levels if None.
        values: float64 (codes): what codes stand for; 0, ½, 1 if None.
        busiest_notes_first: whether notes, too, come by number of ratings rather than in order, which large fits
            want: what is looked up most then lies together in the cache.
        by_rater: whether the order by rater is made; its ratings are empty arrays if not.

    Returns:
        The matrix, without notes and raters that have no rating in it; raters by number of ratings.
    """
    kept = np.ones(len(ratings), bool) if keep is None else keep
    codes = ratings.level if code is None else code
    sizes, counts = note_counts(ratings, kept), rater_counts(ratings, kept, raters)
    note, rater = np.flatnonzero(sizes).astype(np.int32), np.flatnonzero(counts).astype(np.int32)
    # The busiest first: a few raters make most ratings, and so stand close together where caches hold them.
    rater = rater[np.argsort(-counts[rater], kind="stable")]
    if busiest_notes_first:
        note = note[np.argsort(-sizes[note], kind="stable")]
    note_start, rater_start = np.zeros(len(note) + 1, np.int64), np.zeros(len(rater) + 1, np.int64)
    np.cumsum(sizes[note], out=note_start[1:])
    np.cumsum(counts[rater], out=rater_start[1:])
    total = int(note_start[-1])
    raters_of, note_code = np.empty(total, np.int32), np.empty(total, codes.dtype)
    _fill(
        ratings.start, ratings.rater, kept, codes, note, _places(rater, raters), note_start, raters_of, note_code
    )  # fmt: skip
    del codes
    notes_of, rater_code = np.empty(total * by_rater, np.int32), np.empty(total * by_rater, note_code.dtype)
    if by_rater:
        transpose(note_start, raters_of, note_code, rater_start[:-1].copy(), notes_of, rater_code)
    return Matrix(
        note=note,
        rater=rater,
        values=np.array([0.0, 0.5, 1.0]) if values is None else values,
        note_start=note_start,
        raters_of=raters_of,
        note_code=note_code,
        rater_start=rater_start,
        notes_of=notes_of,
        rater_code=rater_code,
    )
