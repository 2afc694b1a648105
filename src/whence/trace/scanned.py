"""What the light scan found in many stories, in columns: a million stories' quotations are arrays and not objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.trace.evidence import Credit
from whence.trace.scan import Scan
from whence.trace.speakers import Quote

__all__ = ["Quotes", "Ragged", "Scanned", "bounds_of"]

Ints = NDArray[np.int64]


def bounds_of(lengths: Iterable[int]) -> Ints:
    """Where each of some stretches begins that lie end to end, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(np.fromiter(lengths, np.int64))]).astype(np.int64)


@dataclass(frozen=True)
class Ragged:
    """Numbers by story, end to end.

    Args:
        bounds: int64 (stories + 1): where each story's begin.
        values: the numbers.
    """

    bounds: Ints
    values: NDArray[Any]

    def __getitem__(self, story: int) -> NDArray[Any]:
        return self.values[self.bounds[story] : self.bounds[story + 1]]


@dataclass(frozen=True)
class Quotes:
    """Quotations by story, in order, without overlaps.

    Args:
        bounds: int64 (stories + 1): where each story's begin.
        start, end: int64: code points of its text, marks included.
        words: int64: how many words each has.
        source: whoever is quoted, or None.
    """

    bounds: Ints
    start: Ints
    end: Ints
    words: Ints
    source: Sequence[str | None]

    @classmethod
    def of(cls, quotes: Sequence[Sequence[Quote]]) -> Quotes:
        """The columns of each story's quotations."""
        flat = [q for of_story in quotes for q in of_story]
        spans = np.array([(*q.span, q.words) for q in flat], dtype=np.int64).reshape(-1, 3)
        return cls(bounds_of(map(len, quotes)), spans[:, 0], spans[:, 1], spans[:, 2], [q.source for q in flat])

    def quote(self, story: int, place: int) -> Quote:
        """One quotation of a story."""
        at = int(self.bounds[story]) + place
        return Quote((int(self.start[at]), int(self.end[at])), int(self.words[at]), self.source[at])

    def put(self, others: Mapping[int, Sequence[Quote]]) -> Quotes:
        """These, with other quotations for some stories."""
        story = np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))
        kept = np.flatnonzero(~np.isin(story, list(others)))
        stories = sorted(others)
        new = Quotes.of([others[s] for s in stories])
        joined = np.concatenate([story[kept], np.repeat(stories, np.diff(new.bounds))]).astype(np.int64)
        order = np.argsort(joined, kind="stable")
        source = [*(self.source[int(k)] for k in kept), *new.source]
        return Quotes(
            bounds=bounds_of(np.bincount(joined, minlength=len(self.bounds) - 1).tolist()),
            start=np.concatenate([self.start[kept], new.start])[order],
            end=np.concatenate([self.end[kept], new.end])[order],
            words=np.concatenate([self.words[kept], new.words])[order],
            source=[source[int(k)] for k in order],
        )


@dataclass(frozen=True)
class Scanned:
    """What was found in the stories of an archive, by number.

    Args:
        heads: first lines, cut to a headline's length.
        salient: uint32: hashes of the names and numbers of each story's first paragraphs, ascending.
        credits: the credits of those stories that have any, by their number.
        quotes: quotations long enough to be followed.
    """

    heads: Sequence[str]
    salient: Ragged
    credits: Mapping[int, tuple[Credit, ...]]
    quotes: Quotes

    @classmethod
    def of(cls, scans: Sequence[Scan]) -> Scanned:
        """The columns of what was found in each story."""
        salient = [s.salient for s in scans]
        return cls(
            heads=[s.head for s in scans],
            salient=Ragged(bounds_of(map(len, salient)), np.concatenate([np.empty(0, np.uint32), *salient])),
            credits={number: s.credits for number, s in enumerate(scans) if s.credits},
            quotes=Quotes.of([s.quotes for s in scans]),
        )

    def put(self, scans: Mapping[int, Scan]) -> Scanned:
        """This, with the credits and quotations that readings found in some stories in place of the scan's."""
        if not scans:
            return self
        return replace(
            self,
            credits=dict(sorted({**self.credits, **{number: s.credits for number, s in scans.items()}}.items())),
            quotes=self.quotes.put({number: s.quotes for number, s in scans.items()}),
        )
