"""One story of an archive as words, each with the place in its family's root that it comes from."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

__all__ = ["FRESH", "FURNITURE", "KINDS", "ROOM", "lay_out", "render"]

KINDS = ("root", "identical", "verbatim", "light", "heavy", "lifted", "quotation", "single")
"""What a story is to its family; the numbers in the kernels are places here."""
FRESH = -1
FURNITURE = -2
ROOM = 1600
"""No story has more words."""
_BREAK, _OPEN, _CLOSE = 1, 2, 4
"""Marks on a word: a paragraph ends after it; a quotation opens before it; one closes after it."""


@numba.njit(cache=True)
def _draw(state: Any) -> Any:
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@numba.njit(cache=True)
def _seeded(seed: int) -> Any:
    """A state of its own for each seed: mixed, since neighbouring states would draw the same numbers one step apart."""
    state = np.array([np.uint64(seed) * np.uint64(0xD6E8FEB86659FD93)], np.uint64)
    state[0] = _draw(state)
    return state


@numba.njit(cache=True)
def _below(state: Any, bound: int) -> Any:
    return np.int64((_draw(state) >> np.uint64(33)) % np.uint64(bound))


@numba.njit(cache=True)
def _chain(state: Any, words: Any, at: int, count: int, first: Any, successors: Any, texts: Any) -> int:
    """Write `count` fresh words from `at` on."""
    word = texts[_below(state, texts.shape[0])]
    for k in range(at, at + count):
        words[k] = word
        follow = first[word + 1] - first[word]
        if follow == 0 or _below(state, 8) == 0:
            word = texts[_below(state, texts.shape[0])]
        else:
            word = successors[first[word] + _below(state, follow)]
    return at + count


@numba.njit(cache=True)
def _copy(state: Any, root: Any, begin: int, end: int, edits: int, words: Any, genes: Any, at: int, texts: Any) -> int:
    """Copy root[begin:end] with `edits` words in a thousand replaced, left out or put in."""
    for k in range(begin, end):
        chance = _below(state, 3000)
        if chance < edits:
            words[at] = texts[_below(state, texts.shape[0])]
            genes[at] = -1
            at += 1
        elif chance < 2 * edits:
            words[at] = root[k]
            genes[at] = k
            words[at + 1] = texts[_below(state, texts.shape[0])]
            genes[at + 1] = -1
            at += 2
        elif chance >= 3 * edits:
            words[at] = root[k]
            genes[at] = k
            at += 1
    return at


@numba.njit(cache=True)
def _furniture(
    outlet: int, which: int, words: Any, genes: Any, at: int, first: Any, successors: Any, texts: Any
) -> int:
    state = _seeded(-1 - (outlet * 2 + which))
    count = 15 + _below(state, 26)
    genes[at : at + count] = -2
    return _chain(state, words, at, count, first, successors, texts)


@numba.njit(cache=True)
def render(
    family: int, kind: int, member: int, outlet: int, root_outlet: int, ends: Any, first: Any, successors: Any,
    texts: Any,
    words: Any, genes: Any, marks: Any,
) -> tuple[int, int]:  # fmt: skip
    """Write a story; the same arguments always write the same.

    Args:
        family: seed of the root, or of the quotation that the family shares.
        kind: a place in `KINDS`.
        member: seed of what is the story's own.
        outlet: its outlet, which gives its furniture; `root_outlet` that of the family's root.
        ends, first, successors, texts: as in `Vocabulary`.
        words: int32 (ROOM), out: places in the vocabulary.
        genes: int32 (ROOM), out: place in the root, FRESH, or FURNITURE.
        marks: uint8 (ROOM), out: paragraph ends and quotation marks.

    Returns:
        How many words were written, and how many the root (or the quotation) has.
    """
    genes[:] = -1
    marks[:] = 0
    if kind <= 1:  # an identical article is its root to the letter
        kind, member, outlet = 0, family, root_outlet
    own = _seeded(2 * member)
    shared = _seeded(2 * family + 1)
    size = 20 + _below(shared, 61) if kind == 6 else 160 + _below(shared, 161)
    root = np.empty(size, np.int32)
    _chain(shared, root, 0, size, first, successors, texts)

    at = _chain(own, words, 0, 7 + _below(own, 6), first, successors, texts)
    marks[at - 1] |= _BREAK
    lead = at
    if kind == 0:  # only an identical article has its root's headline, too
        for k in range(lead):
            genes[k] = size + k
    if kind == 0 or kind == 2:
        at = _copy(own, root, 0, size, 0, words, genes, at, texts)
    elif kind == 3:
        at = _copy(own, root, 0, size, 40, words, genes, at, texts)
    elif kind == 4:
        # Blocks of some sentences each: one in five is dropped, neighbours change places, fresh text comes between.
        begin = 0
        blocks = np.empty((64, 2), np.int64)
        count = 0
        while begin < size:
            end = min(size, begin + 30 + _below(own, 40))
            if size - end < 25:
                end = size
            blocks[count, 0] = begin
            blocks[count, 1] = end
            count += 1
            begin = end
        for k in range(count - 1):
            if _below(own, 4) == 0:
                blocks[k, 0], blocks[k + 1, 0] = blocks[k + 1, 0], blocks[k, 0]
                blocks[k, 1], blocks[k + 1, 1] = blocks[k + 1, 1], blocks[k, 1]
        for k in range(count):
            if k > 0 and _below(own, 5) == 0:
                continue
            if _below(own, 4) == 0:
                at = _chain(own, words, at, 15 + _below(own, 20), first, successors, texts)
            at = _copy(own, root, blocks[k, 0], blocks[k, 1], 120, words, genes, at, texts)
    elif kind == 5:
        length = min(45 + _below(own, 76), size)
        begin = _below(own, size - length + 1)
        at = _chain(own, words, at, 60 + _below(own, 90), first, successors, texts)
        at = _copy(own, root, begin, begin + length, 20 * _below(own, 2), words, genes, at, texts)
        at = _chain(own, words, at, 40 + _below(own, 90), first, successors, texts)
    elif kind == 6:
        at = _chain(own, words, at, 60 + _below(own, 90), first, successors, texts)
        marks[at] |= _OPEN
        at = _copy(own, root, 0, size, 0, words, genes, at, texts)
        marks[at - 1] |= _CLOSE
        at = _chain(own, words, at, 60 + _below(own, 90), first, successors, texts)
    else:
        at = _chain(own, words, at, 160 + _below(own, 161), first, successors, texts)

    inside = False
    for k in range(lead, at):
        inside = (inside or marks[k] & _OPEN != 0) and marks[k] & _CLOSE == 0
        if ends[words[k]] and not inside and (words[k] * 7 + words[k - 1]) % 3 == 0:
            marks[k] |= _BREAK
    marks[at - 1] |= _BREAK
    if _below(own, 2) == 0:  # a newsletter line between two paragraphs
        place = lead + _below(own, at - lead)
        while place < at and marks[place - 1] & _BREAK == 0:
            place += 1
        tail = at - place
        kept_words = words[place:at].copy()
        kept_genes = genes[place:at].copy()
        kept_marks = marks[place:at].copy()
        marks[place:] = 0
        at = _furniture(outlet, 1, words, genes, place, first, successors, texts)
        marks[at - 1] |= _BREAK
        words[at : at + tail] = kept_words
        genes[at : at + tail] = kept_genes
        marks[at : at + tail] = kept_marks
        at += tail
    at = _furniture(outlet, 0, words, genes, at, first, successors, texts)
    return at, size


@numba.njit(cache=True)
def lay_out(words: Any, marks: Any, count: int, arena: Any, offsets: Any, points: Any, out: Any, starts: Any) -> int:
    """Write a story's text.

    Args:
        words, marks: as `render` wrote them; `count` of them.
        arena, offsets, points: as in `Vocabulary`.
        out: uint8, out: UTF-8.
        starts: int32 (ROOM), out: where each word begins, in code points.

    Returns:
        How many bytes were written.
    """
    at = 0
    point = 0
    for k in range(count):
        if marks[k] & _OPEN:
            out[at], out[at + 1], out[at + 2] = 0xE2, 0x80, 0x9C
            at += 3
            point += 1
        starts[k] = point
        begin = offsets[words[k]]
        for j in range(begin, offsets[words[k] + 1]):
            out[at] = arena[j]
            at += 1
        point += points[words[k]]
        if marks[k] & _CLOSE:
            out[at], out[at + 1], out[at + 2] = 0xE2, 0x80, 0x9D
            at += 3
            point += 1
        if k + 1 < count:
            out[at] = 10 if marks[k] & _BREAK else 32
            at += 1
            point += 1
            if marks[k] & _BREAK:
                out[at] = 10
                at += 1
                point += 1
    return at
