"""Rows of different lengths, kept end to end in arrays that grow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Ragged"]

_Block = tuple[npt.NDArray[np.int64], tuple[npt.NDArray[Any], ...]]


class Ragged:
    """Rows of different lengths, with one or more columns.

    Args:
        starts: where each row begins; shape (rows + 1,), int64.
        columns: the rows end to end; each as long as the last of `starts`.
    """

    def __init__(self, starts: npt.NDArray[np.int64], *columns: npt.NDArray[Any]) -> None:
        self._blocks: list[_Block] = [(starts, columns)]

    @classmethod
    def empty(cls, *types: type[np.generic]) -> Ragged:
        """No rows, with columns of the types given."""
        return cls(np.zeros(1, np.int64), *(np.zeros(0, kind) for kind in types))

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Append rows.

        Args:
            rows: their entries: a tuple for each, or the value itself where there is one column.
        """
        types = [column.dtype for column in self._blocks[0][1]]
        flat = np.array([entry for row in rows for entry in row], dtype=np.int64).reshape(-1, len(types))
        starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
        self._blocks.append((starts, tuple(flat[:, place].astype(kind) for place, kind in enumerate(types))))
        # Blocks double in size from the last to the first, so that an entry is moved seldom.
        while len(self._blocks) > 1 and self._blocks[-2][0][-1] < 2 * self._blocks[-1][0][-1]:
            self._join()

    def whole(self) -> tuple[npt.NDArray[np.int64], tuple[npt.NDArray[Any], ...]]:
        """Starts and columns of all rows."""
        while len(self._blocks) > 1:
            self._join()
        return self._blocks[0]

    def rows(self, wanted: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], tuple[npt.NDArray[Any], ...]]:
        """The entries of some rows, one row after the other.

        Args:
            wanted: rows, in any order, none twice.

        Returns:
            For each entry the place of its row in `wanted`, and the columns.
        """
        owners, parts = [], []
        first = 0
        for starts, columns in self._blocks:
            here = np.flatnonzero((wanted >= first) & (wanted < first + len(starts) - 1))
            local = wanted[here] - first
            begins, sizes = starts[local], starts[local + 1] - starts[local]
            ends = np.cumsum(sizes)
            at = np.repeat(begins - (ends - sizes), sizes) + np.arange(ends[-1] if len(ends) else 0)
            owners.append(np.repeat(here, sizes))
            parts.append([column[at] for column in columns])
            first += len(starts) - 1
        if len(owners) == 1:
            return owners[0], tuple(parts[0])
        return np.concatenate(owners), tuple(np.concatenate(column) for column in zip(*parts, strict=True))

    def keep(self, alive: npt.NDArray[np.bool_]) -> Ragged:
        """Only the rows that are told, in the same order."""
        starts, columns = self.whole()
        sizes = np.diff(starts)
        stays = np.repeat(alive, sizes)
        return Ragged(
            np.concatenate([[0], np.cumsum(sizes[alive])]).astype(np.int64), *(column[stays] for column in columns)
        )

    def _join(self) -> None:
        """Make one of the last two blocks."""
        (a, before), (b, after) = self._blocks[-2:]
        columns = tuple(np.concatenate(pair) for pair in zip(before, after, strict=True))
        self._blocks[-2:] = [(np.concatenate([a, b[1:] + a[-1]]), columns)]
