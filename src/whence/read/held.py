"""Which of many spans lie in a stretch of text, in logarithmic time: long stories have thousands of both."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from whence.text.offsets import Span

__all__ = ["Held"]


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


T = TypeVar("T", bound=_Spanned)


class Held(Generic[T]):
    """Things with spans, to be asked for by where they lie.

    Args:
        things: in text order, without overlaps.
    """

    def __init__(self, things: Sequence[T]) -> None:
        self._things = things
        self._starts = [thing.span[0] for thing in things]

    def within(self, pieces: Iterable[Span]) -> tuple[T, ...]:
        """Those that lie wholly inside one of some pieces, in the order of the pieces."""
        out: list[T] = []
        for start, end in pieces:
            for thing in self._things[bisect_left(self._starts, start) : bisect_left(self._starts, end)]:
                if thing.span[1] <= end:
                    out.append(thing)
        return tuple(out)

    def touching(self, span: Span) -> bool:
        """Whether one of them shares a character with a span."""
        i = bisect_left(self._starts, span[1])
        return i > 0 and self._things[i - 1].span[1] > span[0] and span[0] < span[1]
