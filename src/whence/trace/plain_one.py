"""One story's words, boilerplate and passages: by the plain twins where loading the kernels would take longer.

A process that asks one question of an index is done before numba has started. What is long, shares text with many, or
is asked by a process that goes on asking (`plain` false) goes to the kernels, which find the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from whence.trace.align import Aligned, align
from whence.trace.boilerplate import Templates, holes_of
from whence.trace.fingerprints import fingerprints
from whence.trace.plain import plain_align, plain_chosen, plain_spans
from whence.trace.settings import Settings
from whence.trace.spans import Spans
from whence.trace.templates import REACH
from whence.trace.words import Words, word_hash, words_of

__all__ = ["align_with", "holes_in", "words_in"]

_SHORT = 30_000
"""Characters of a story that is read without kernels."""
_FEW = 100_000
"""Words of all stories together that one is aligned with without kernels."""


def words_in(text: str, *, plain: bool) -> Words:
    """A text's words, as `words_of` gives them."""
    if not plain or len(text) > _SHORT:
        data = np.frombuffer(text.encode("utf-8", "replace"), np.uint8)
        return words_of(data, np.array([0, len(data)], np.int64))
    found = plain_spans(text)
    return Words(
        np.array([word_hash(form) for form, _, _ in found], np.uint32),
        np.array([begin for _, begin, _ in found], np.int32),
        np.array([min(end - begin, 65535) for _, begin, end in found], np.uint16),
        np.array([0, len(found)], np.int64),
        np.array([len(text)], np.int64),
    )


def holes_in(
    words: Words, templates: Templates, settings: Settings, *, plain: bool
) -> tuple[NDArray[np.uint64], Spans]:
    """A story's fingerprints, ascending, and its boilerplate, as `fingerprints` and `holes_of` give them.

    Args:
        words: of one story.
        templates: what boilerplate looks like.
        settings: how fingerprints are made.
        plain: without kernels, unless the story is long.
    """
    if not plain or len(words.number) > _SHORT // 4:
        hashes = np.unique(fingerprints(words.number, words.bounds, settings.shingle, settings.window)[0])
        return hashes, holes_of(words.number, words.bounds, templates, settings)[0]
    number = words.number.tolist()
    chosen = plain_chosen(number, settings.shingle, settings.window)
    hashes = np.unique(np.array([hash for hash, _ in chosen], np.uint64))
    which = {int(h): k for k, h in enumerate(templates.hash)} if np.isin(hashes, templates.hash).any() else {}
    holes: list[tuple[int, int]] = []
    for hash, place in chosen:
        if hash in which:
            k = which[hash]
            left, right = templates.reach[k].tolist()
            around = templates.words[k].tolist()
            begin = place - _agree(number[max(0, place - left) : place][::-1], around[REACH - left : REACH][::-1])
            after = place + settings.shingle
            end = after + _agree(number[after : after + right], around[REACH + settings.shingle :][:right])
            if holes and begin <= holes[-1][1] + 2:
                begin, end = min(begin, holes[-1][0]), max(end, holes[-1][1])
                holes.pop()
            holes.append((begin, end))
    return hashes, Spans(np.array([0, len(holes)], np.int64), np.array(holes, np.int32).reshape(-1, 2))


def _agree(words: list[int], template: list[int]) -> int:
    """How far a story agrees with a template; a single word that differs (a date) is passed over."""
    far = differs = 0
    for at, (word, expected) in enumerate(zip(words, template, strict=False), start=1):
        if differs > 1:
            break
        far, differs = (at, 0) if word == expected else (far, differs + 1)
    return far


def align_with(
    number: NDArray[np.uint32], bounds: NDArray[np.int64], holes: Spans, settings: Settings, *, plain: bool
) -> Aligned:
    """Align each of some stories with the last one; as `align` does.

    Args:
        number: uint32: words of all stories, end to end.
        bounds: int64 (stories + 1): where each story's words begin.
        holes: by story: words that match nothing.
        settings: what a passage is.
    """
    last = len(bounds) - 2
    if not plain or len(number) > _FEW:
        return align(
            number,
            bounds,
            holes.bounds,
            holes.spans,
            np.arange(last, dtype=np.int32),
            np.full(last, last, np.int32),
            least=settings.least_words,
            anchor=settings.shingle,
            gap=settings.gap,
        )
    stories = [_without(number, bounds, holes, story) for story in range(last + 1)]
    rows = [
        (story, *passage)
        for story in range(last)
        for passage in plain_align(
            stories[story], stories[last], least=settings.least_words, anchor=settings.shingle, gap=settings.gap
        )
    ]
    columns = np.array(rows, np.int32).reshape(-1, 6)
    return Aligned(*(columns[:, k].copy() for k in range(6)))


def _without(number: NDArray[np.uint32], bounds: NDArray[np.int64], holes: Spans, story: int) -> list[int | None]:
    """A story's words, its boilerplate as None."""
    words: list[int | None] = number[bounds[story] : bounds[story + 1]].tolist()
    for begin, end in holes.spans[holes.bounds[story] : holes.bounds[story + 1]].tolist():
        words[begin:end] = [None] * (end - begin)
    return words
