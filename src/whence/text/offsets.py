"""Spans: half-open ranges of Unicode code points in one text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from whence.records.story import Span

__all__ = ["Span", "clip", "contains", "cover", "merge", "overlap", "overlaps", "strip", "subtract"]


def overlap(a: Span, b: Span) -> int:
    """How many characters two spans share.

    Returns:
        A count of code points, 0 where they do not touch.
    """
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def overlaps(a: Span, b: Span) -> bool:
    """Whether two spans share at least one character."""
    return a[0] < b[1] and b[0] < a[1]


def contains(outer: Span, inner: Span) -> bool:
    """Whether `inner` lies wholly inside `outer`."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def cover(spans: Sequence[Span]) -> Span:
    """The smallest span that holds all of `spans`.

    Raises:
        ValueError: `spans` is empty.
    """
    return min(s for s, _ in spans), max(e for _, e in spans)


def clip(span: Span, within: Span) -> Span | None:
    """The part of `span` inside `within`, or None where there is none."""
    start, end = max(span[0], within[0]), min(span[1], within[1])
    return (start, end) if start < end else None


def strip(text: str, span: Span, extra: str = "") -> Span:
    """Shrink a span past white space, and past the characters of `extra`, at both ends.

    Returns:
        A span that is empty, at the original start, if nothing else is in it.
    """
    start, end = span
    while start < end and (text[start].isspace() or text[start] in extra):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in extra):
        end -= 1
    return (start, end) if start < end else (span[0], span[0])


def merge(spans: Iterable[Span]) -> list[Span]:
    """Sort spans and join those that touch or overlap."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def subtract(span: Span, holes: Iterable[Span]) -> list[Span]:
    """What is left of `span` when `holes` are cut out of it, in order."""
    left: list[Span] = []
    at = span[0]
    for start, end in merge(h for h in holes if overlaps(h, span)):
        if start > at:
            left.append((at, start))
        at = max(at, end)
    if at < span[1]:
        left.append((at, span[1]))
    return left
