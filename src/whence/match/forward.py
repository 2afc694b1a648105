"""The words of each fact-check's claim and title, by number and kind, row after row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["KINDS", "TITLE", "Forward"]

KINDS = ("weak", "word", "name", "number", "date", "negation")
TITLE = 8
"""Added to a kind for a word of the title."""


class Forward:
    """Rows of words.

    Args:
        starts: where each row begins; shape (rows + 1,), int64.
        terms: the words' numbers; int32.
        kinds: their places in `KINDS`, with `TITLE` added for those of the title; uint8.
    """

    def __init__(
        self, starts: npt.NDArray[np.int64], terms: npt.NDArray[np.int32], kinds: npt.NDArray[np.uint8]
    ) -> None:
        self._blocks = [(starts, terms, kinds)]

    @classmethod
    def empty(cls) -> Forward:
        """No rows."""
        return cls(np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.uint8))

    def add(self, rows: Sequence[Sequence[tuple[int, int]]]) -> None:
        """Append rows of (number, kind)."""
        sizes = [len(row) for row in rows]
        flat = np.array([pair for row in rows for pair in row], dtype=np.int64).reshape(-1, 2)
        starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self._blocks.append((starts, flat[:, 0].astype(np.int32), flat[:, 1].astype(np.uint8)))
        # Blocks double in size from the last to the first, so that a word is moved seldom.
        while len(self._blocks) > 1 and len(self._blocks[-2][1]) < 2 * len(self._blocks[-1][1]):
            (a, b, c), (d, e, f) = self._blocks[-2:]
            joined = (np.concatenate([a, d[1:] + a[-1]]), np.concatenate([b, e]), np.concatenate([c, f]))
            self._blocks[-2:] = [joined]

    def whole(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
        """All rows, as the constructor takes them."""
        while len(self._blocks) > 1:
            (a, b, c), (d, e, f) = self._blocks[-2:]
            self._blocks[-2:] = [(np.concatenate([a, d[1:] + a[-1]]), np.concatenate([b, e]), np.concatenate([c, f]))]
        return self._blocks[0]

    def rows(
        self, wanted: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
        """The words of some rows, one row after the other.

        Args:
            wanted: rows, in any order.

        Returns:
            For each word the place of its row in `wanted`, its number and its kind.
        """
        parts = []
        first = 0
        for starts, terms, kinds in self._blocks:
            here = np.flatnonzero((wanted >= first) & (wanted < first + len(starts) - 1))
            local = wanted[here] - first
            begins, sizes = starts[local], starts[local + 1] - starts[local]
            ends = np.cumsum(sizes)
            at = np.repeat(begins - (ends - sizes), sizes) + np.arange(ends[-1] if len(ends) else 0)
            parts.append((np.repeat(here, sizes), terms[at], kinds[at]))
            first += len(starts) - 1
        return (
            np.concatenate([p[0] for p in parts]),
            np.concatenate([p[1] for p in parts]),
            np.concatenate([p[2] for p in parts]),
        )

    def keep(self, alive: npt.NDArray[np.bool_]) -> Forward:
        """Only the rows that are told, in the same order."""
        wanted = np.flatnonzero(alive).astype(np.int64)
        starts, terms, kinds = self.whole()
        sizes = np.diff(starts)[wanted]
        stays = np.repeat(alive, np.diff(starts))
        return Forward(np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64), terms[stays], kinds[stays])
