"""One derivation with the words of both sides, cut to what a page can show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from whence.records.origins import Derivation
from whence.records.story import Span
from whence.records.trace_view import EdgeView, PassageView, StoryLine
from whence.text.offsets import subtract

__all__ = ["edge_view"]

_LEAST_DROPPED = 25
"""Characters of a piece of text that is worth showing as dropped."""
_MOST_PASSAGES = 60
_MOST_CHARS = 20_000
"""Characters of a passage, and of a dropped piece, that are shown."""
_MOST_DROPPED = 40


def edge_view(
    derivation: Derivation, parent: StoryLine, text: str, theirs: str, rows: Sequence[dict[str, Any]]
) -> EdgeView:
    """A derivation with the words of both sides.

    Args:
        derivation: from whom.
        parent: the parent in a line.
        text, theirs: the story's and the parent's text.
        rows: their passages, rows of `records.reuse.PASSAGES`.
    """
    me, you = ("a", "b") if derivation.story < parent.story else ("b", "a")
    rows = sorted(rows, key=lambda r: (int(r[f"{me}_start"]), int(r[f"{me}_end"])))
    passages = [
        PassageView(
            _cut(text, r[f"{me}_start"], r[f"{me}_end"]),
            _cut(theirs, r[f"{you}_start"], r[f"{you}_end"]),
            (r[f"{me}_start"], r[f"{me}_end"]),
            r["kind"] == "quotation",
        )
        for r in rows[:_MOST_PASSAGES]
    ]
    left: list[Span] = subtract((0, len(theirs)), [(r[f"{you}_start"], r[f"{you}_end"]) for r in rows])
    pieces = tuple(piece for a, b in left for piece in _pieces(theirs[a:b]))
    return EdgeView(
        derivation,
        parent,
        tuple(passages),
        tuple(_cut(piece, 0, len(piece)) for piece in pieces[:_MOST_DROPPED]),
        more_passages=len(rows) - len(passages),
        more_dropped=max(0, len(pieces) - _MOST_DROPPED),
    )


def _cut(text: str, start: int, end: int) -> str:
    """A stretch of a text, or its beginning where it is too long to be shown."""
    return text[start:end] if end - start <= _MOST_CHARS else text[start : start + _MOST_CHARS] + " […]"


def _pieces(text: str) -> Iterator[str]:
    for piece in text.split("\n"):
        if len(piece.strip(" .,;:")) >= _LEAST_DROPPED:
            yield piece.strip()
