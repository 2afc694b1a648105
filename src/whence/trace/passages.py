"""Aligned words as rows of `passages` and `pairs`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.trace.align import Aligned
from whence.trace.engine import Candidates
from whence.trace.settings import Settings
from whence.trace.spans import Spans, covered
from whence.trace.store import Store

__all__ = ["Columns", "pair_rows", "passage_rows", "quotation_words", "spans_in_text"]

Columns = dict[str, NDArray[Any]]
"""Columns of a table by name, all of one length."""


def spans_in_text(
    start: NDArray[np.int32], length: NDArray[np.uint16], first: NDArray[Any], last: NDArray[Any]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Stretches of words as code points.

    Args:
        start, length: of all words, in code points.
        first, last: places of each stretch's first word and of the one behind its last.

    Returns:
        Where each begins and ends in its text.
    """
    return start[first], (start[last - 1] + length[last - 1].astype(np.int32)).astype(np.int32)


def quotation_words(
    quotes: Spans,
    other_quotes: Spans,
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    spans: NDArray[np.int32],
    words: NDArray[np.int32],
) -> NDArray[np.int32]:
    """How many words of each passage are quoted: on the side where more are, for an outlet may drop the marks.

    Args:
        quotes, other_quotes: quoted spans of the stories that `a` and that `b` name.
        a, b: int32 (passages): stories.
        spans: int32 (passages, 4): begin and end in a, begin and end in b, in the unit of the quoted spans.
        words: int32 (passages): words in common, of which the quoted share is taken.
    """
    in_a = covered(quotes, a, spans[:, 0], spans[:, 1])
    in_b = covered(other_quotes, b, spans[:, 2], spans[:, 3])
    share = np.maximum(in_a / (spans[:, 1] - spans[:, 0]), in_b / (spans[:, 3] - spans[:, 2]))
    return np.rint(share * words).astype(np.int32)


def passage_rows(store: Store, settings: Settings, part: Candidates, aligned: Aligned) -> Columns:
    """The columns of `passages` but its number, by a, b, a_start."""
    a, b = part.a[aligned.pair], part.b[aligned.pair]
    spans = np.stack([aligned.a_begin, aligned.a_end, aligned.b_begin, aligned.b_end], 1)
    quotes = store.quotes()
    quotation = quotation_words(quotes, quotes, a, b, spans, aligned.words)
    bounds, start, length = store.column("word_bounds"), store.column("start"), store.column("length")
    columns: Columns = {"a": a, "b": b}
    for name, story, begin, end in (("a", a, spans[:, 0], spans[:, 1]), ("b", b, spans[:, 2], spans[:, 3])):
        first, last = spans_in_text(start, length, bounds[story] + begin, bounds[story] + end)
        columns |= {f"{name}_start": first, f"{name}_end": last}
    prose = aligned.words - quotation
    return columns | {
        "words": aligned.words,
        "prose": prose,
        "quotation": quotation,
        "kind": np.where(prose < settings.least_prose, "quotation", "prose"),
    }


def pair_rows(settings: Settings, passages: Columns, size: NDArray[np.int32], crowd: NDArray[np.bool_]) -> Columns:
    """The columns of `pairs` for passages that stand by a, b.

    Args:
        settings: for what makes a pair strong.
        passages: as `passage_rows` gives them.
        size: int32 (stories): words without boilerplate.
        crowd: bool (passages): whether only crowds tell of the passage's pair.
    """
    a, b = passages["a"], passages["b"]
    if not len(a):
        first = np.empty(0, np.int64)
    else:
        first = np.flatnonzero(np.concatenate([[True], (a[1:] != a[:-1]) | (b[1:] != b[:-1])]))
    counts = np.diff(np.append(first, len(a)))
    sums = {name: _sums(passages[name], first) for name in ("words", "prose", "quotation")}
    a, b = a[first], b[first]
    shares = [np.minimum(1, sums["words"] / np.maximum(1, size[story])).astype(np.float32) for story in (a, b)]
    shorter = np.maximum(1, np.minimum(size[a], size[b]))
    enough = sums["prose"] >= np.minimum(settings.family_words, shorter)
    return {
        "a": a,
        "b": b,
        "passages": counts.astype(np.int32),
        **sums,
        "a_share": shares[0],
        "b_share": shares[1],
        "strong": enough & (sums["prose"] >= settings.family_share * shorter),
        "crowd": crowd[first],
    }


def _sums(values: NDArray[np.int32], first: NDArray[np.int64]) -> NDArray[np.int32]:
    if not len(first):
        return np.empty(0, np.int32)
    return np.add.reduceat(values, first).astype(np.int32)
