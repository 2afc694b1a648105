"""A column of numbers in a file that only grows, and of which only what was agreed on counts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["GrowingColumn"]


class GrowingColumn:
    """A file of numbers of one type.

    Whoever writes says afterwards, elsewhere and at one stroke, how many numbers hold (`Store` does in its manifest).
    What a killed run wrote beyond them is cut off when the column is next opened for writing.

    Args:
        path: the file; made if need be.
        dtype: type of the numbers, little-endian.
        size: how many hold.
    """

    def __init__(self, path: Path, dtype: str, size: int) -> None:
        self.path = path
        self.dtype: np.dtype[Any] = np.dtype(dtype)
        self.size = size
        self._mapped: NDArray[Any] | None = None

    def trim(self) -> None:
        """Cut off what does not hold."""
        with open(self.path, "ab") as file:
            file.truncate(self.size * self.dtype.itemsize)

    def append(self, values: NDArray[Any]) -> None:
        """Write numbers at the end; they hold once the caller's manifest says so.

        Raises:
            OSError: the disk is full, or the folder cannot be written to.
        """
        with open(self.path, "ab") as file:
            file.write(np.ascontiguousarray(values, self.dtype).data)
            file.flush()
            os.fsync(file.fileno())
        self.size += len(values)

    def read(self) -> NDArray[Any]:
        """The numbers that hold, memory-mapped, read-only."""
        if self.size == 0:
            return np.empty(0, self.dtype)
        if self._mapped is None or len(self._mapped) != self.size:
            # A plain view: slices of `memmap` itself cost ten times as much.
            self._mapped = np.asarray(np.memmap(self.path, self.dtype, "r", shape=(self.size,)))
        return self._mapped
