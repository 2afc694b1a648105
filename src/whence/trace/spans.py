"""Spans of many stories in two arrays, in words or in code points, and what passages have in common with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.trace._jit import kernel

__all__ = ["Spans", "covered", "no_spans", "plain_covered", "to_words"]

_FEW = 500
"""Stretches that are looked at without a kernel."""


@dataclass(frozen=True)
class Spans:
    """Spans by story: in order, not overlapping.

    Attributes:
        bounds: int64 (stories + 1): where each story's spans begin.
        spans: int32 (spans, 2): begin and end, exclusive.
    """

    bounds: NDArray[np.int64]
    spans: NDArray[np.int32]


def no_spans(stories: int) -> Spans:
    """No spans in any of so many stories."""
    return Spans(np.zeros(stories + 1, np.int64), np.empty((0, 2), np.int32))


@kernel
def _to_words(bounds: Any, spans: Any, word_bounds: Any, start: Any, out: Any) -> None:
    for s in range(bounds.shape[0] - 1):
        first = word_bounds[s] - word_bounds[0]
        last = word_bounds[s + 1] - word_bounds[0]
        for k in range(bounds[s], bounds[s + 1]):
            for side in range(2):
                low = first
                high = last
                while low < high:
                    middle = (low + high) // 2
                    if start[middle] < spans[k, side]:
                        low = middle + 1
                    else:
                        high = middle
                out[k, side] = low - first


def to_words(spans: Spans, word_bounds: NDArray[np.int64], start: NDArray[np.int32]) -> Spans:
    """Spans of code points as spans of words: the words that begin inside.

    Args:
        spans: by story, in code points.
        word_bounds: int64 (stories + 1): where each story's words begin; the first is where `start` begins.
        start: int32: where each word begins in its text, in code points.
    """
    if len(spans.bounds) == 2:
        return Spans(spans.bounds, np.searchsorted(start, spans.spans).astype(np.int32))
    out = np.empty_like(spans.spans)
    _to_words(spans.bounds, spans.spans, word_bounds, start, out)
    return Spans(spans.bounds, out)


@kernel
def _covered(bounds: Any, spans: Any, story: Any, begin: Any, end: Any, out: Any) -> None:
    for k in range(story.shape[0]):
        low = bounds[story[k]]
        last = bounds[story[k] + 1]
        high = last
        while low < high:  # the first span that ends behind the stretch's beginning
            middle = (low + high) // 2
            if spans[middle, 1] <= begin[k]:
                low = middle + 1
            else:
                high = middle
        total = 0
        while low < last and spans[low, 0] < end[k]:
            total += min(end[k], spans[low, 1]) - max(begin[k], spans[low, 0])
            low += 1
        out[k] = total


def covered(
    spans: Spans, story: NDArray[np.int32], begin: NDArray[np.int32], end: NDArray[np.int32]
) -> NDArray[np.int32]:
    """How much of stretches of stories lies in spans.

    Args:
        spans: by story.
        story: int32 (stretches): each one's story.
        begin, end: int32 (stretches): in the unit of the spans.

    Returns:
        int32 (stretches), in that unit.
    """
    if len(story) <= _FEW:
        return plain_covered(spans, story, begin, end)
    out = np.empty(len(story), np.int32)
    _covered(spans.bounds, spans.spans, story, begin, end, out)
    return out


def plain_covered(
    spans: Spans, story: NDArray[np.int32], begin: NDArray[np.int32], end: NDArray[np.int32]
) -> NDArray[np.int32]:
    """What `covered` gives, in plain NumPy; for a few stretches faster than loading the kernel."""
    out = np.empty(len(story), np.int32)
    for k, (of, first, last) in enumerate(zip(story, begin, end, strict=True)):
        held = spans.spans[spans.bounds[of] : spans.bounds[of + 1]]
        out[k] = np.maximum(np.minimum(held[:, 1], last) - np.maximum(held[:, 0], first), 0).sum()
    return out
