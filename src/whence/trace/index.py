"""One story against an archive that was traced: which of it stands there, and where, without reading the archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from whence.errors import FormatError
from whence.records.story import Span
from whence.trace.boilerplate import Boilerplate, load
from whence.trace.passages import Columns, pair_rows, quotation_words, spans_in_text
from whence.trace.plain_one import align_with, holes_in, words_in
from whence.trace.quotes import quoted_spans
from whence.trace.reuse import Reuse, open_reuse
from whence.trace.schema import pa, table_of
from whence.trace.spans import Spans, to_words
from whence.trace.store import Store
from whence.trace.words import Words

__all__ = ["Found", "Index"]


@dataclass(frozen=True)
class Found:
    """What a story shares with an archive.

    Attributes:
        story: the number by which the tables name it: the one that follows the archive's last.
        words: how many words it has.
        of_passages, of_pairs: columns as `whence.records.reuse` describes them; b is the story.
        furniture: its spans that are boilerplate, in code points.
    """

    story: int
    words: int
    of_passages: Columns
    of_pairs: Columns
    furniture: tuple[Span, ...]

    @property
    def passages(self) -> pa.Table:
        """The passages as a table."""
        return table_of("passages", self.of_passages)

    @property
    def pairs(self) -> pa.Table:
        """The pairs as a table."""
        return table_of("pairs", self.of_pairs)


class Index:
    """An archive that was traced, ready to be asked.

    Files are mapped into memory and read where a question leads; opening one costs no more for a large archive.

    Args:
        folder: where `find_reuse` wrote.

    Raises:
        InputError: no finished trace is there.
        FormatError: its index is broken.
    """

    def __init__(self, folder: Path) -> None:
        self.reuse: Reuse = open_reuse(folder)
        self._store: Store = self.reuse.store()
        self._asked = False
        try:
            self._house: Boilerplate = load(self._store.folder / "boilerplate.npz")
        except (OSError, ValueError, KeyError) as broken:
            raise FormatError(f"{self._store.folder} is no index ({broken}): trace the archive anew") from None

    def query(self, text: str, quoted: Sequence[Span] | None = None) -> Found:
        """Find what of a text stands in the archive.

        Args:
            text: the story.
            quoted: its quoted spans in code points, in order; its quotation marks tell unless given.
        """
        settings = self.reuse.settings
        number = self._store.manifest.stories
        # Whoever asks again is worth starting the kernels for.
        plain, self._asked = not self._asked, True
        words = words_in(text, plain=plain)
        hashes, holes = holes_in(words, self._house.templates, settings, plain=plain)
        stories, crowd = self._sharing(hashes)
        archive, bounds = self._gathered(stories)
        joined = Spans(
            np.concatenate([archive[1].bounds, archive[1].bounds[-1] + holes.bounds[1:]]),
            np.concatenate([archive[1].spans, holes.spans]),
        )
        aligned = align_with(
            np.concatenate([archive[0], words.number]),
            np.append(bounds, bounds[-1] + len(words.number)),
            joined,
            settings,
            plain=plain,
        )
        a, crowd = stories[aligned.pair], crowd[aligned.pair]
        spans = np.stack([aligned.a_begin, aligned.a_end, aligned.b_begin, aligned.b_end], 1)
        quotes = _quoted(text) if quoted is None else _spans(quoted)
        rows = self._rows(a, spans, aligned.words, words, to_words(quotes, words.bounds, words.start))
        size = np.zeros(number + 1, np.int32)
        size[stories] = np.diff(bounds) - _lost(archive[1])
        size[number] = len(words.number) - _lost(holes)[0]
        pairs = pair_rows(settings, rows, size, crowd)
        begin, end = spans_in_text(words.start, words.length, holes.spans[:, 0], holes.spans[:, 1])
        return Found(
            number,
            len(words.number),
            rows | {"passage": np.arange(len(a))},
            pairs,
            tuple(zip(begin.tolist(), end.tolist(), strict=True)),
        )

    def _sharing(self, hashes: NDArray[np.uint64]) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        """Stories that share a fingerprint, ascending, and whether only crowds tell of them."""
        settings = self.reuse.settings
        hashes = hashes[~np.isin(hashes, self._house.templates.hash)]
        holders: list[NDArray[np.int32]] = []
        of: list[NDArray[np.int64]] = []
        for segment in self._store.manifest.segments:
            held, story = self._store.prints(segment)
            first, last = np.searchsorted(held, hashes), np.searchsorted(held, hashes, "right")
            for k in np.flatnonzero(last > first).tolist():
                holders.append(story[first[k] : last[k]])
                of.append(np.full(last[k] - first[k], k))
        if not holders:
            return np.empty(0, np.int32), np.empty(0, bool)
        stories, which = np.concatenate(holders), np.concatenate(of)
        counts = np.bincount(which, minlength=len(hashes))
        few = counts[which] <= settings.crowd
        # Of a crowd the first ones are enough to tell where the text was before.
        place = np.concatenate([np.arange(count) for count in counts])[np.argsort(np.argsort(which, kind="stable"))]
        chosen = few | (place < settings.crowd)
        named, back = np.unique(stories[chosen], return_inverse=True)
        alone = np.ones(len(named), bool)
        np.logical_and.at(alone, back, ~few[chosen])
        return named.astype(np.int32), alone

    def _gathered(self, stories: NDArray[np.int32]) -> tuple[tuple[NDArray[np.uint32], Spans], NDArray[np.int64]]:
        """Some stories' words end to end, their boilerplate, and where each story's words begin."""
        number, bounds = self._store.column("word"), self._store.column("word_bounds")
        holes = self._house.holes
        parts = [number[bounds[story] : bounds[story + 1]] for story in stories]
        cuts = [holes.spans[holes.bounds[story] : holes.bounds[story + 1]] for story in stories]
        return (
            (
                np.concatenate([*parts, np.empty(0, np.uint32)]),
                Spans(_bounds(cuts), np.concatenate([*cuts, np.empty((0, 2), np.int32)])),
            ),
            _bounds(parts),
        )

    def _rows(
        self, a: NDArray[np.int32], spans: NDArray[np.int32], common: NDArray[np.int32], words: Words, own: Spans
    ) -> Columns:
        store = self._store
        b = np.full(len(a), store.manifest.stories, np.int32)
        begins = store.column("word_bounds")[a]
        start, length = store.column("start"), store.column("length")
        a_start, a_end = spans_in_text(start, length, begins + spans[:, 0], begins + spans[:, 1])
        b_start, b_end = spans_in_text(words.start, words.length, spans[:, 2], spans[:, 3])
        quotation = quotation_words(store.quotes(), own, a, np.zeros_like(b), spans, common)
        prose = common - quotation
        kind = np.where(prose < self.reuse.settings.least_prose, "quotation", "prose")
        return {
            "a": a, "b": b, "a_start": a_start, "a_end": a_end, "b_start": b_start, "b_end": b_end,
            "words": common, "prose": prose, "quotation": quotation, "kind": kind,
        }  # fmt: skip


def _bounds(parts: Sequence[NDArray[np.generic]]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64)


def _quoted(text: str) -> Spans:
    data = np.frombuffer(text.encode("utf-8", "replace"), np.uint8)
    return Spans(*quoted_spans(data, np.array([0, len(data)], np.int64)))


def _spans(spans: Sequence[Span]) -> Spans:
    return Spans(np.array([0, len(spans)], np.int64), np.array(spans, np.int32).reshape(-1, 2))


def _lost(holes: Spans) -> NDArray[np.int32]:
    """Words that each story's holes have."""
    lengths = np.concatenate([[0], np.cumsum(holes.spans[:, 1] - holes.spans[:, 0])])
    return np.diff(lengths[holes.bounds]).astype(np.int32)
