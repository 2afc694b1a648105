"""Vectors of many texts in a byte a number, searched exactly by matrix product."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from whence.match.products import LARGEST, ZERO, products

__all__ = ["Vectors"]

_BLOCK = 2048  # rows at a time, so that their products stay in the cache until they are scaled
_ROOM = 1024  # rows that an array grows by at least


class Vectors:
    """Rows of vectors of length 1.

    A row is kept as whole numbers in -127..127 and one factor; a query becomes whole numbers in -64..64. Products are
    sums of whole numbers below 2**24: results depend neither on the order in which a library adds, nor on what else is
    asked at the same time.

    Args:
        codes: whole numbers, with `ZERO` added; shape (rows, width), uint8.
        scales: their factors; shape (rows,), float32.
    """

    def __init__(self, codes: npt.NDArray[np.uint8], scales: npt.NDArray[np.float32]) -> None:
        self._codes = codes
        self._scales = scales
        self._size = len(codes)

    @classmethod
    def empty(cls, width: int) -> Vectors:
        """No rows of the width given."""
        return cls(np.zeros((0, width), np.uint8), np.zeros(0, np.float32))

    def __len__(self) -> int:
        return self._size

    @property
    def codes(self) -> npt.NDArray[np.uint8]:
        """The whole numbers of all rows."""
        return self._codes[: self._size]

    @property
    def scales(self) -> npt.NDArray[np.float32]:
        """The factors of all rows."""
        return self._scales[: self._size]

    def add(self, vectors: npt.NDArray[np.float32]) -> None:
        """Append rows.

        Args:
            vectors: shape (rows, width), float32.
        """
        scales = _factors(vectors, 127)
        codes = (np.rint(vectors / scales[:, None]) + ZERO).astype(np.uint8)
        size = self._size + len(vectors)
        if size > len(self._codes):
            # Room for half as much again, so that adding one by one does not copy everything each time.
            room = max(size, _ROOM, self._size + self._size // 2)
            grown, factors = np.zeros((room, codes.shape[1]), np.uint8), np.zeros(room, np.float32)
            grown[: self._size], factors[: self._size] = self.codes, self.scales
            self._codes, self._scales = grown, factors
        self._codes[self._size : size] = codes
        self._scales[self._size : size] = scales
        self._size = size

    def keep(self, alive: npt.NDArray[np.bool_]) -> Vectors:
        """Only the rows that are told, in the same order."""
        return Vectors(self.codes[alive], self.scales[alive])

    def products(self, queries: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Scalar products with all rows.

        Args:
            queries: shape (queries, width), float32.

        Returns:
            Shape (queries, rows), float32.
        """
        out = np.empty((len(queries), self._size), np.float32)
        factors = _factors(queries, LARGEST)
        whole = np.ascontiguousarray(np.rint(queries / factors[:, None]).astype(np.int8).T)
        for start in range(0, self._size, _BLOCK):
            part = slice(start, min(start + _BLOCK, self._size))
            np.multiply(products(self._codes[part], whole).T, self._scales[part], out=out[:, part], casting="unsafe")
        out *= factors[:, None]
        return out


def _factors(vectors: npt.NDArray[np.float32], largest: int) -> npt.NDArray[np.float32]:
    """By what the vectors are divided so that their largest number becomes the one given."""
    return np.asarray(np.maximum(np.abs(vectors).max(axis=1, initial=0), 1e-9) / np.float32(largest), dtype=np.float32)
