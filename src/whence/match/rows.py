"""The arrays behind an index: words, texts and vectors of fact-checks, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from whence.match.features import QueryTerms
from whence.match.kinds import KINDS, TITLE
from whence.match.lexical import Field
from whence.match.lines import Lines
from whence.match.ragged import Ragged
from whence.match.terms import Term, terms
from whence.match.vectors import Vectors
from whence.records.claim import FactCheck

__all__ = ["WIDTH", "Rows"]

WIDTH = 384  # of the vectors
_CLAIM = 2000  # characters of a claim and of a title that count
_BODY = 6000  # characters of a check's text that count
_NUMBERS = {kind: place for place, kind in enumerate(KINDS)}


def _vectors() -> Vectors:
    return Vectors.empty(WIDTH)


def _forward() -> Ragged:
    return Ragged.empty(np.int32, np.uint8)


def _running() -> Ragged:
    return Ragged.empty(np.int32)


@dataclass(slots=True)
class Rows:
    """Fact-checks in the order in which they came; those removed stay until `keep` is called.

    Args:
        lines: the fact-checks themselves.
        vocabulary: numbers of the terms.
        words: claim, title and claimant, as BM25 needs them.
        text: the check's text, likewise.
        forward: the words of claim, title and claimant row by row: their numbers and kinds.
        running: the words of the check's text in their order: their numbers.
        vectors: of claim and title.
        alive: which rows have not been removed.
    """

    lines: Lines = field(default_factory=Lines)
    vocabulary: dict[str, int] = field(default_factory=dict)
    words: Field = field(default_factory=Field)
    text: Field = field(default_factory=Field)
    forward: Ragged = field(default_factory=_forward)
    running: Ragged = field(default_factory=_running)
    vectors: Vectors = field(default_factory=_vectors)
    alive: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, bool))
    _counts: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))

    def __post_init__(self) -> None:
        if len(self.lines):
            self._count()

    def add(self, checks: Sequence[FactCheck], vectors: npt.NDArray[np.float32]) -> None:
        """Append fact-checks.

        Args:
            checks: the fact-checks.
            vectors: of claim and title; shape (checks, WIDTH).
        """
        words, text, forward, running = [], [], [], []
        for check in checks:
            claim, title = terms(check.claim[:_CLAIM]), terms(check.title[:_CLAIM])
            title += terms(check.claimant[:_CLAIM])
            row = [(self._number(t.stem), _NUMBERS[t.kind]) for t in claim]
            row += [(self._number(t.stem), _NUMBERS[t.kind] + TITLE) for t in title]
            forward.append(row)
            words.append([number for number, _ in row])
            body = terms(check.body[:_BODY])
            text.append([self._number(t.stem) for t in body])
            running.append([number for number, t in zip(text[-1], body, strict=True) if t.kind != "number"])
        self.words.add(words)
        self.text.add(text)
        self.forward.add(forward)
        self.running.add(running)
        self.vectors.add(vectors)
        self.lines.add(checks)
        self.alive = np.concatenate([self.alive, np.ones(len(checks), bool)])
        self._tally(words, 1)

    def remove(self, rows: Sequence[int]) -> None:
        """Leave rows out from now on."""
        wanted = np.array(rows, dtype=np.int64)
        place, (found, _) = self.forward.rows(wanted)
        self._tally([found[place == k].tolist() for k in range(len(wanted))], -1)
        self.alive[wanted] = False

    def keep(self) -> Rows:
        """The same without the rows that were removed."""
        if self.alive.all():
            return self
        lines = Lines.of(self.lines.line(int(row)) for row in np.flatnonzero(self.alive))
        return Rows(
            lines,
            self.vocabulary,
            self.words.keep(self.alive),
            self.text.keep(self.alive),
            self.forward.keep(self.alive),
            self.running.keep(self.alive),
            self.vectors.keep(self.alive),
            np.ones(int(self.alive.sum()), bool),
        )

    def weights(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Inverse document frequencies of terms in claims and titles; -1 stands for a term that is in none."""
        known = (numbers >= 0) & (numbers < len(self._counts))
        df = (
            np.where(known, self._counts[np.where(known, numbers, 0)], 0)
            if len(self._counts)
            else np.zeros(len(numbers))
        )
        count = int(np.count_nonzero(self.alive))
        return np.asarray(np.log(1 + (count - df + 0.5) / (df + 0.5)))

    def query(self, words: Sequence[Term]) -> QueryTerms:
        """The words of a query, each once, as features need them."""
        kinds: dict[tuple[int, str], int] = {}
        for term in words:
            number = self.vocabulary.get(term.stem, -1)
            # Words that no fact-check has are as many as they are; they all have the number -1.
            kinds.setdefault((number, "" if number >= 0 else term.stem), _NUMBERS[term.kind])
        ordered = sorted(kinds.items())
        numbers = np.array([key[0] for key, _ in ordered], dtype=np.int64)
        return QueryTerms(numbers, np.array([kind for _, kind in ordered], dtype=np.int64), self.weights(numbers))

    def _number(self, stem: str) -> int:
        return self.vocabulary.setdefault(stem, len(self.vocabulary))

    def _tally(self, rows: Sequence[Sequence[int]], by: int) -> None:
        flat = np.array([number for row in rows for number in set(row)], dtype=np.int64)
        if len(flat) and flat.max() >= len(self._counts):
            room = max(len(self.vocabulary), len(self._counts) * 3 // 2)
            self._counts = np.concatenate([self._counts, np.zeros(room - len(self._counts), np.int64)])
        np.add.at(self._counts, flat, by)

    def _count(self) -> None:
        """Count anew in how many rows each term stands; all rows are alive."""
        posting = self.words.whole()
        self._counts = np.diff(posting.starts)
