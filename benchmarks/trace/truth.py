"""What an archive's stories truly share, from the places in their roots that their words come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from benchmarks.trace.archive import Archive
from benchmarks.trace.render import KINDS, ROOM, lay_out, render

__all__ = ["LABELS", "Truth", "truth"]

LABELS = ("identical", "verbatim", "light", "heavy", "lifted", "quotation")
"""Kinds of pairs, by the harder of the two copies."""
_SAME = {"root": "identical", "single": "identical"}
_RANK = np.array([LABELS.index(_SAME.get(kind, kind)) for kind in KINDS], np.int8)
_GAP = 12
"""Words of either story that may differ within a passage, as in `Settings.gap`."""
_LEAST = 20
"""Words that a planted passage has at least to be listed."""


@dataclass(frozen=True)
class Truth:
    """Pairs a < b of one family that share words, and the passages of some of them.

    Attributes:
        a, b: int32 (pairs).
        words: int32 (pairs): words that both have from their root, wherever they stand.
        label: int8 (pairs): a place in `LABELS`.
        pair: int32 (passages): place of the pair.
        spans: int32 (passages, 4): code points: begin and end in a, begin and end in b.
        starts: by story, where its words begin, in code points; of those with passages.
    """

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    words: NDArray[np.int32]
    label: NDArray[np.int8]
    pair: NDArray[np.int32]
    spans: NDArray[np.int32]
    starts: dict[int, NDArray[np.int32]]


@numba.njit(cache=True)
def _pairs(genes: Any, sizes: Any, starts: Any, ends: Any, rows: Any, wanted: bool) -> tuple[Any, int]:
    """Words in common of each two stories of a family (members by members), and the passages, as rows (x, y, spans)."""
    members = genes.shape[0]
    shared = np.zeros((members, members), np.int32)
    place = np.empty(ROOM, np.int32)
    count = 0
    for x in range(members):
        place[:] = -1
        for k in range(sizes[x]):
            if genes[x, k] >= 0:
                place[genes[x, k]] = k
        for y in range(members):
            if y == x:
                continue
            total = 0
            run = 0
            first_x = first_y = last_x = last_y = -1
            for k in range(sizes[y] + 1):
                at = place[genes[y, k]] if k < sizes[y] and genes[y, k] >= 0 else -1
                if k < sizes[y] and at < 0:
                    continue
                if k < sizes[y]:
                    total += 1
                near = at > last_x and at - last_x <= _GAP + 1 and k - last_y <= _GAP + 1
                goes_on = k < sizes[y] and run > 0 and near
                if not goes_on:
                    if run >= _LEAST and wanted and x < y and count < rows.shape[0]:
                        rows[count, 0] = x
                        rows[count, 1] = y
                        rows[count, 2] = starts[x, first_x]
                        rows[count, 3] = ends[x, last_x]
                        rows[count, 4] = starts[y, first_y]
                        rows[count, 5] = ends[y, last_y]
                        count += 1
                    run = 0
                    first_x = at
                    first_y = k
                run += 1
                last_x = at
                last_y = k
            shared[x, y] = total
    return shared, count


def truth(archive: Archive, one_in: int = 1) -> Truth:
    """Work out what an archive's stories share.

    Args:
        archive: the plan.
        one_in: passages are listed for one family in so many.
    """
    v = archive.words
    order = np.argsort(archive.family, kind="stable")
    family = archive.family[order]
    firsts = np.flatnonzero(np.concatenate([[True], family[1:] != family[:-1]]))
    lasts = np.append(firsts[1:], len(order))
    marks, out = np.empty(ROOM, np.uint8), np.empty(ROOM * 40, np.uint8)
    words = np.empty(ROOM, np.int32)
    rows = np.empty((40_000, 6), np.int32)
    found: list[tuple[NDArray[Any], ...]] = []
    passages: list[NDArray[np.int32]] = []
    places: list[NDArray[np.int64]] = []
    starts: dict[int, NDArray[np.int32]] = {}
    pairs = 0
    for number, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        if last - first < 2:
            continue
        wanted = number % one_in == 0
        stories = np.sort(order[first:last])
        genes = np.empty((len(stories), ROOM), np.int32)
        begin = np.zeros((len(stories), ROOM), np.int32)
        end = np.zeros((len(stories), ROOM), np.int32)
        sizes = np.empty(len(stories), np.int64)
        for k, story in enumerate(stories):
            arguments: tuple[Any, ...] = (*archive.arguments(int(story)), words, genes[k], marks)
            sizes[k], _ = render(*arguments)
            if wanted:
                lay_out(words, marks, sizes[k], v.arena, v.offsets, v.points, out, begin[k])
                end[k, : sizes[k]] = begin[k, : sizes[k]] + v.points[words[: sizes[k]]]
                starts[int(story)] = begin[k, : sizes[k]].copy()
        shared, count = _pairs(genes, sizes, begin, end, rows, wanted)
        x, y = np.nonzero(np.triu(shared, 1))
        label = np.maximum(_RANK[archive.kind[stories[x]]], _RANK[archive.kind[stories[y]]])
        found.append((stories[x], stories[y], shared[x, y], label))
        if count:
            where = np.full(shared.shape, -1, np.int64)
            where[x, y] = pairs + np.arange(len(x))
            places.append(where[rows[:count, 0], rows[:count, 1]])
            passages.append(rows[:count, 2:].copy())
        pairs += len(x)
    a, b, shared_words, label = (np.concatenate(column) for column in zip(*found, strict=True))
    return Truth(
        a.astype(np.int32),
        b.astype(np.int32),
        shared_words.astype(np.int32),
        label.astype(np.int8),
        np.concatenate(places).astype(np.int32),
        np.concatenate(passages),
        starts,
    )
