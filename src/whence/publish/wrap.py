"""Breaking lines at white space, by the width that a terminal gives each character."""

from __future__ import annotations

import re
from itertools import pairwise

__all__ = ["lines"]

_WORD = re.compile(r"\S+")


def _chop(word: str, width: int) -> list[int]:
    """Where to cut a word that is wider than a line, so that each part fits."""
    from rich.cells import cell_len

    cuts, used = [], 0
    for i, char in enumerate(word):
        size = cell_len(char)
        if used and used + size > width:
            cuts.append(i)
            used = 0
        used += size
    return cuts


def lines(text: str, width: int) -> list[tuple[int, int]]:
    """Break a text into lines.

    Args:
        width: terminal cells a line may take, at least 1.

    Returns:
        The start and end of each line in `text`; white space at the breaks belongs to none.
    """
    from rich.cells import cell_len

    out: list[tuple[int, int]] = []
    start = end = -1
    for match in _WORD.finditer(text):
        edges = [match.start(), *(match.start() + c for c in _chop(match.group(), width)), match.end()]
        for a, b in pairwise(edges):
            if start >= 0 and cell_len(text[start:b]) <= width:
                end = b
                continue
            if start >= 0:
                out.append((start, end))
            start, end = a, b
    if start >= 0:
        out.append((start, end))
    return out
