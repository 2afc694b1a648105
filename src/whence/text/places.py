"""Which of many spans touch a stretch of text, at a cost that does not grow with the text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from whence.text.offsets import Span

__all__ = ["Places"]

T = TypeVar("T")

_SHIFT = 8
"""A text is looked up in stretches of 2 ** _SHIFT characters, about a paragraph."""


class Places(Generic[T]):
    """Things at their places in a text, to be asked for by what they touch.

    Long stories have thousands of spans of each sort. To ask of each whether any of the others touches it, one after
    the other, takes a time that grows with the square of the story; here each asks those of its own stretch alone.

    Args:
        placed: spans, in any order, with what stands there; spans may overlap and be empty, things may be equal.
    """

    def __init__(self, placed: Iterable[tuple[Span, T]] = ()) -> None:
        self._placed: list[tuple[Span, T]] = []
        self._stretches: dict[int, list[tuple[int, int, int]]] = {}
        for span, thing in placed:
            self.add(span, thing)

    def add(self, span: Span, thing: T) -> None:
        """Place one thing more."""
        start, end = span
        entry = (start, end, len(self._placed))
        self._placed.append((span, thing))
        # An empty span lies where it begins.
        first, last = start >> _SHIFT, (end - 1) >> _SHIFT
        for stretch in (first,) if last <= first else range(first, last + 1):
            here = self._stretches.get(stretch)
            if here is None:
                self._stretches[stretch] = [entry]
            else:
                here.append(entry)

    def touches(self, span: Span) -> bool:
        """Whether any of them shares a character with a span, as `whence.text.offsets.overlaps` has it."""
        start, end = span
        first, last = start >> _SHIFT, (end - 1) >> _SHIFT
        for stretch in (first,) if last <= first else range(first, last + 1):
            for begin, stop, _ in self._stretches.get(stretch, ()):
                if begin < end and start < stop:
                    return True
        return False

    def touching(self, span: Span) -> list[T]:
        """Those that share a character with a span, in the order in which they were placed."""
        return [thing for _, thing in self.placed(span)]

    def placed(self, span: Span) -> list[tuple[Span, T]]:
        """As `touching`, with their spans."""
        start, end = span
        first, last = start >> _SHIFT, (end - 1) >> _SHIFT
        found = {
            number
            for stretch in ((first,) if last <= first else range(first, last + 1))
            for begin, stop, number in self._stretches.get(stretch, ())
            if begin < end and start < stop
        }
        return [self._placed[number] for number in sorted(found)]
