"""Overlapping spans as properly nested runs, for markup that cannot overlap."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from whence.records import Span

__all__ = ["Layer", "nest", "split"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Layer(Generic[T]):
    """A span to be marked.

    Args:
        rank: of two spans over the same characters, the one with the higher rank goes inside whatever its length.
    """

    span: Span
    mark: T
    rank: int = 0


def nest(within: Span, layers: Iterable[Layer[T]]) -> Iterator[tuple[Span, tuple[Layer[T], ...]]]:
    """Cut a span at every boundary of the layers that touch it.

    Among layers of a rank the longer one is outside. Where two cross, the shorter is cut at the longer's end, so
    writing each run's layers from the first to the last, and closing those that the next run lacks, nests correctly.

    Returns:
        Each run that has the same layers throughout, in order and without gaps, with its layers, outermost first.
    """
    start, end = within
    inside = [
        layer for layer in layers if layer.span[0] < end and start < layer.span[1] and layer.span[0] < layer.span[1]
    ]
    # One order for the whole span keeps the stacks of neighbouring runs comparable.
    order = {
        id(layer): i for i, layer in enumerate(sorted(inside, key=lambda x: (x.rank, x.span[0] - x.span[1], x.span[0])))
    }
    cuts = sorted({start, end, *(min(max(edge, start), end) for layer in inside for edge in layer.span)})
    waiting = sorted(inside, key=lambda x: x.span[0], reverse=True)
    open_layers: list[Layer[T]] = []
    for left, right in pairwise(cuts):
        while waiting and waiting[-1].span[0] <= left:
            open_layers.append(waiting.pop())
        open_layers = [layer for layer in open_layers if layer.span[1] > left]
        open_layers.sort(key=lambda x: order[id(x)])
        yield (left, right), tuple(open_layers)


def split(span: Span, blocks: Sequence[Span]) -> Iterator[tuple[int, Span]]:
    """The parts of a span that lie in blocks of a text.

    Args:
        blocks: spans in text order, without overlaps.

    Returns:
        For each block that the span touches, its index and the part within it.
    """
    i = max(0, bisect_right(blocks, span[0], key=lambda b: b[0]) - 1)
    while i < len(blocks) and blocks[i][0] < span[1]:
        start, end = max(span[0], blocks[i][0]), min(span[1], blocks[i][1])
        if start < end:
            yield i, (start, end)
        i += 1
