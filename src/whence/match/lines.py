"""Fact-checks in a file of lines, of which only those asked for are read."""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from whence.records.claim import FactCheck

__all__ = ["Lines"]


class Lines:
    """Fact-checks by row, without their bodies: one JSON object a line.

    Args:
        path: a file of lines, or None for none.
        ends: where each of its lines ends, newline included; int64.
    """

    def __init__(self, path: Path | None = None, ends: npt.NDArray[np.int64] | None = None) -> None:
        self._ends = np.zeros(0, np.int64) if ends is None else ends
        self._file: mmap.mmap | None = None
        if path is not None and len(self._ends):
            with path.open("rb") as f:
                self._file = mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)
        self._new: list[bytes] = []

    def __len__(self) -> int:
        return len(self._ends) + len(self._new)

    @classmethod
    def of(cls, lines: Iterable[bytes]) -> Lines:
        """Fact-checks of lines at hand, newlines included."""
        made = cls()
        made._new = list(lines)
        return made

    def add(self, checks: Iterable[FactCheck]) -> None:
        """Append fact-checks."""
        for check in checks:
            text = json.dumps(replace(check, body="").to_dict(), ensure_ascii=False, sort_keys=True)
            self._new.append(text.encode("utf-8", "surrogatepass") + b"\n")

    def line(self, row: int) -> bytes:
        """The line of a row, newline included."""
        old = len(self._ends)
        if row >= old:
            return self._new[row - old]
        assert self._file is not None
        return self._file[int(self._ends[row - 1]) if row else 0 : int(self._ends[row])]

    def __getitem__(self, row: int) -> FactCheck:
        return FactCheck.from_dict(json.loads(self.line(row).decode("utf-8", "surrogatepass")))
