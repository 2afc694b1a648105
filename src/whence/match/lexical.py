"""BM25 over fields, with rows added in place (docs/decisions/0041-lexical-search.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["K1", "B", "Field", "Posting"]

K1 = 1.2
B = 0.75
_MOST = 255  # a term counts at most so often, which is a byte


@dataclass(frozen=True, slots=True)
class Posting:
    """Rows in which terms stand, term after term.

    Args:
        starts: where each term's rows begin in `rows`; shape (terms + 1,), int64.
        rows: ascending within a term; int32.
        counts: how often, at most 255; uint8, as long as `rows`.
    """

    starts: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int32]
    counts: npt.NDArray[np.uint8]

    @property
    def terms(self) -> int:
        """How many terms it has room for."""
        return len(self.starts) - 1


class Field:
    """One field of all fact-checks: which terms stand in it, and how well a query's fit.

    Scores are those of BM25 as Lucene has it (Kamphuis et al., Which BM25 do you mean?, ECIR 2020, without the constant
    factor k1 + 1): the sum over the query's terms of idf(t) * tf / (tf + k1 * (1 - b + b * length / mean length)) with
    idf(t) = ln(1 + (N - df + 1/2) / (df + 1/2)).

    What depends on the whole collection (N, df, mean length) is computed when a query comes, so that an index grown
    row by row scores exactly as one built at once.

    Args:
        parts: postings of rows that were there before, lower rows first.
        lengths: terms in each row's field; int32.
    """

    def __init__(self, parts: Sequence[Posting] = (), lengths: npt.NDArray[np.int32] | None = None) -> None:
        self._parts = list(parts)
        self.lengths = np.zeros(0, np.int32) if lengths is None else lengths
        self._known: tuple[int, int, npt.NDArray[np.float32]] | None = None

    def add(self, texts: Sequence[Sequence[int]]) -> None:
        """Append rows.

        Args:
            texts: for each row its terms' numbers, in any order, as often as they stand there.
        """
        first = len(self.lengths)
        self.lengths = np.concatenate([self.lengths, np.array([len(t) for t in texts], dtype=np.int32)])
        self._parts.append(_invert(texts, first))
        # Parts double in size from the last to the first, so that a query looks at few and a row is moved seldom.
        while len(self._parts) > 1 and len(self._parts[-2].rows) < 2 * len(self._parts[-1].rows):
            last = self._parts.pop()
            self._parts[-1] = _join([self._parts[-1], last])

    def scores(self, terms: Sequence[int], alive: npt.NDArray[np.bool_], common: float) -> npt.NDArray[np.float32]:
        """Score all rows.

        Args:
            terms: the query's terms by number, none twice.
            alive: which rows count; shape (rows,).
            common: terms in more than this share of the rows are passed over.

        Returns:
            Scores, 0 or more, 0 for rows that do not count; shape (rows,).
        """
        size = len(self.lengths)
        count = int(np.count_nonzero(alive))
        spans: list[tuple[npt.NDArray[np.int32], npt.NDArray[np.uint8]]] = []
        weights: list[float] = []
        for term in terms:
            found = [self._rows(part, term) for part in self._parts if term < part.terms]
            df = sum(len(rows) if count == size else int(alive[rows].sum()) for rows, _ in found)
            if not df or (df > common * count and count > 20):
                continue
            spans += found
            weights += [float(np.log(1 + (count - df + 0.5) / (df + 0.5)))] * len(found)
        if not spans:
            return np.zeros(size, np.float32)
        rows = np.concatenate([span for span, _ in spans])
        tf = np.concatenate([counts for _, counts in spans]).astype(np.float32)
        idf = np.repeat(np.array(weights, np.float32), [len(span) for span, _ in spans])
        # Summed in float64: the order of terms, which tells how an index grew, is lost when it is rounded.
        total = np.bincount(rows, idf * tf / (tf + self._norms(alive, count)[rows]), size).astype(np.float32)
        if count < size:
            total[~alive] = 0
        return total

    def _norms(self, alive: npt.NDArray[np.bool_], count: int) -> npt.NDArray[np.float32]:
        """k1 * (1 - b + b * length / mean length) of each row."""
        # Rows come alive and die, and never rise again: the two numbers tell one state from another.
        if self._known is None or self._known[:2] != (len(alive), count):
            mean = float(self.lengths[alive].sum()) / max(count, 1) or 1.0
            norms = (K1 * (1 - B + B * self.lengths / mean)).astype(np.float32)
            self._known = (len(alive), count, norms)
        return self._known[2]

    def keep(self, alive: npt.NDArray[np.bool_]) -> Field:
        """A field of only the rows that count, numbered anew in the same order."""
        numbers = np.cumsum(alive, dtype=np.int32) - 1
        parts = []
        for part in self._parts:
            stays = alive[part.rows]
            ends = np.concatenate([[0], np.cumsum(stays)])[part.starts]
            parts.append(Posting(ends.astype(np.int64), numbers[part.rows[stays]], part.counts[stays]))
        return Field([_join(parts)] if parts else [], self.lengths[alive])

    def whole(self) -> Posting:
        """All postings as one, as files hold them."""
        if len(self._parts) != 1:
            self._parts = [_join(self._parts)] if self._parts else [_invert([], 0)]
        return self._parts[0]

    @staticmethod
    def _rows(part: Posting, term: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
        start, end = part.starts[term], part.starts[term + 1]
        return part.rows[start:end], part.counts[start:end]


def _invert(texts: Sequence[Sequence[int]], first: int) -> Posting:
    """Turn rows of terms into terms of rows; the first row has the number given."""
    sizes: list[int] = []
    ids: list[int] = []
    counts: list[int] = []
    for text in texts:
        tally = Counter(text)
        sizes.append(len(tally))
        ids.extend(tally.keys())
        counts.extend(tally.values())
    rows = np.repeat(np.arange(first, first + len(texts), dtype=np.int32), sizes)
    keys = np.array(ids, dtype=np.int64)
    order = np.argsort(keys, kind="stable")
    tf = np.minimum(np.array(counts, dtype=np.int64), _MOST).astype(np.uint8)
    starts = np.concatenate([[0], np.cumsum(np.bincount(keys) if len(keys) else [])]).astype(np.int64)
    return Posting(starts, rows[order], tf[order])


def _join(parts: Sequence[Posting]) -> Posting:
    """Join parts, each of which has higher rows than the one before."""
    if len(parts) == 1:
        return parts[0]
    terms = max(part.terms for part in parts)
    sizes = [np.diff(part.starts, append=np.full(terms - part.terms, part.starts[-1])) for part in parts]
    starts = np.concatenate([[0], np.cumsum(np.sum(sizes, axis=0))]).astype(np.int64)
    rows = np.empty(starts[-1], np.int32)
    counts = np.empty(starts[-1], np.uint8)
    begun = starts[:-1].copy()
    for part, size in zip(parts, sizes, strict=True):
        # Where each of the part's entries goes: its term's place, then one after the other.
        place = np.repeat(begun - np.concatenate([[0], np.cumsum(size)[:-1]]), size) + np.arange(len(part.rows))
        rows[place] = part.rows
        counts[place] = part.counts
        begun += size
    return Posting(starts, rows, counts)
