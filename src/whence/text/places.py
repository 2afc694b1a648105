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
        self._spans: list[Span] = []
        self._things: list[T] = []
        self._stretches: dict[int, list[int]] = {}
        for span, thing in placed:
            self.add(span, thing)

    def add(self, span: Span, thing: T) -> None:
        """Place one thing more."""
        number = len(self._spans)
        self._spans.append(span)
        self._things.append(thing)
        for stretch in _stretches(span):
            self._stretches.setdefault(stretch, []).append(number)

    def touches(self, span: Span) -> bool:
        """Whether any of them shares a character with a span, as `whence.text.offsets.overlaps` has it."""
        start, end = span
        spans = self._spans
        for stretch in _stretches(span):
            for number in self._stretches.get(stretch, ()):
                if spans[number][0] < end and start < spans[number][1]:
                    return True
        return False

    def touching(self, span: Span) -> list[T]:
        """Those that share a character with a span, in the order in which they were placed."""
        return [self._things[number] for number in self._numbers(span)]

    def placed(self, span: Span) -> list[tuple[Span, T]]:
        """As `touching`, with their spans."""
        return [(self._spans[number], self._things[number]) for number in self._numbers(span)]

    def _numbers(self, span: Span) -> list[int]:
        start, end = span
        spans = self._spans
        found = {
            number
            for stretch in _stretches(span)
            for number in self._stretches.get(stretch, ())
            if spans[number][0] < end and start < spans[number][1]
        }
        return sorted(found)


def _stretches(span: Span) -> range:
    """The stretches in which a span lies; an empty one lies where it begins."""
    return range(span[0] >> _SHIFT, (max(span[0], span[1] - 1) >> _SHIFT) + 1)
