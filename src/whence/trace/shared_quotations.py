"""Quotations that several stories share: one source, said to many. They make nobody a copyist."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whence.trace.components import components
from whence.trace.scanned import Quotes
from whence.trace.shared import Shared
from whence.trace.speakers import LEAST_QUOTE

__all__ = ["SharedQuotations", "shared_quotations"]

_LEAST_RATIO = 0.5
"""Two pieces of a quotation are the same one where the shorter has so much of the longer one's length."""

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class SharedQuotations:
    """One row for each quotation of each story that shares it, by quotation, then story.

    Args:
        quotation: its number; the same words in several stories have one.
        story: the story.
        place: which of the story's quotations it is.
        copied: whether the story also shares prose with another one that has the quotation.
    """

    quotation: Ints
    story: Ints
    place: Ints
    copied: NDArray[np.bool_]


def shared_quotations(shared: Shared, quotes: Quotes, least_prose: int) -> SharedQuotations:
    """Follow quotations through the passages that stories share.

    A quotation inside a passage is looked for at the same place of the passage in the other story, by proportion.

    Args:
        shared: pairs and passages.
        quotes: each story's quotations.
        least_prose: words of prose from which on a pair shares prose.
    """
    story = np.repeat(np.arange(len(quotes.bounds) - 1, dtype=np.int64), np.diff(quotes.bounds))
    start, end = quotes.start, quotes.end
    quoting = shared.passages["quotation"] >= LEAST_QUOTE
    p = {name: column[quoting].astype(np.int64) for name, column in shared.passages.items()}
    row, mine = _inside(story, start, end, p["a"], p["a_start"], p["a_end"])
    from_, to = np.maximum(start[mine], p["a_start"][row]), np.minimum(end[mine], p["a_end"][row])
    scale = (p["b_end"] - p["b_start"])[row] / np.maximum((p["a_end"] - p["a_start"])[row], 1)
    there = (
        p["b_start"][row] + (from_ - p["a_start"][row]) * scale,
        p["b_start"][row] + (to - p["a_start"][row]) * scale,
    )
    hit, yours = _inside(story, start, end, p["b"][row], there[0].astype(np.int64), there[1].astype(np.int64) + 1)
    mine, row = mine[hit], row[hit]
    shown = np.minimum(end[yours], p["b_end"][row]) - np.maximum(start[yours], p["b_start"][row])
    both = np.minimum(end[yours], there[1][hit]) - np.maximum(start[yours], there[0][hit])
    same = both >= _LEAST_RATIO * np.maximum(shown, there[1][hit] - there[0][hit])
    mine, yours = mine[same], yours[same]
    label = components(len(story), mine, yours)
    member = np.unique(np.concatenate([mine, yours]))
    order = np.lexsort((story[member], label[member]))
    member = member[order]
    _, number = np.unique(label[member], return_inverse=True)
    prose = shared.pairs["prose"] >= least_prose
    return SharedQuotations(
        quotation=number.astype(np.int64),
        story=story[member],
        place=member - np.searchsorted(story, story[member]),
        copied=_copied(number, story[member], shared.pairs["a"][prose], shared.pairs["b"][prose], shared.stories),
    )


def _inside(story: Ints, start: Ints, end: Ints, of: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Which quotations touch some ranges: rows of the ranges and, beside each, the quotation."""
    # Quotations are in order and apart, so their ends are in order as well.
    wide = np.int64(1) << 32
    low = np.searchsorted(story * wide + end, of * wide + first, side="right")
    high = np.searchsorted(story * wide + start, of * wide + last, side="left")
    many = np.maximum(high - low, 0)
    row = np.repeat(np.arange(len(of)), many)
    return row, low[row] + np.arange(len(row)) - np.repeat(np.cumsum(many) - many, many)


def _copied(quotation: Ints, story: Ints, a: Ints, b: Ints, stories: int) -> NDArray[np.bool_]:
    """Whether a story shares prose with another one of the same quotation."""
    out = np.zeros(len(story), dtype=bool)
    if not len(story):
        return out
    pairs = np.unique(np.concatenate([a * stories + b, b * stories + a]))
    starts = np.flatnonzero(np.r_[True, quotation[1:] != quotation[:-1]])
    for first, last in zip(starts, [*starts[1:], len(quotation)], strict=True):
        members = story[first:last]
        if len(members) > 200:
            # A quotation that everybody has: whether one of them also copied prose is asked of its neighbours only.
            codes = members[:, None] * stories + np.roll(members, 1)[:, None]
        else:
            codes = members[:, None] * stories + members[None, :]
        at = np.minimum(np.searchsorted(pairs, codes), max(len(pairs) - 1, 0))
        if len(pairs):
            out[first:last] = (pairs[at] == codes).any(axis=1)
    return out
