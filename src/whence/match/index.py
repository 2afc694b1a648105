"""Published fact-checks, searched by words and by meaning."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from whence.errors import FormatError, RangeError
from whence.match import saved
from whence.match.agreement import agreements, stance
from whence.match.encoder import PACKAGED, Encoder
from whence.match.features import Candidates, features
from whence.match.passages import passages
from whence.match.rank import Ranker
from whence.match.rows import Rows
from whence.match.terms import cut
from whence.match.top import best
from whence.models.runtime import read_config
from whence.records.claim import FactCheck, Match

__all__ = ["Index", "indexed_text"]

_PRODUCTS = 1 << 23  # scalar products that a thread holds at a time
_QUERIES = 64  # that it has at a time
_TEXT = 20_000  # characters of a query that count


class Index:
    """Fact-checks that can be searched; they are added and removed in place.

    Of matches that are equal the one that was added first comes first; beyond that results depend neither on the order
    in which fact-checks came and went, nor on what else is asked at the same time.
    An index is not to be changed while another thread searches it.

    Args:
        threads: how many work at the queries of one search; results do not depend on it.
        stamp: any text that shall be saved with the index; it says nothing to the index itself.

    Raises:
        ValueError: When threads is below 1.
    """

    def __init__(self, *, threads: int = 2, stamp: str = "") -> None:
        if threads < 1:
            raise ValueError(f"threads must be 1 or more, got {threads}")
        self.stamp = stamp
        self._threads = threads
        self._rows = Rows()
        self._places: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, id: object) -> bool:
        return id in self._places

    def ids(self) -> list[str]:
        """The ids of its fact-checks, sorted."""
        return sorted(self._places)

    @property
    def threshold(self) -> float:
        """The score below which nothing counts as found, as it was set on data.

        Raises:
            ModelError: When the packaged ranking is not whole.
        """
        return self._ranker.threshold

    def add(self, factchecks: Iterable[FactCheck], vectors: npt.NDArray[np.float32] | None = None) -> int:
        """Add fact-checks; one takes the place of another with the same id.

        Args:
            factchecks: the fact-checks; of several with one id the last counts.
            vectors: those of their `indexed_text`, where they are at hand; shape (factchecks, 384), float32.

        Returns:
            How many were added or replaced.

        Raises:
            ModelError: When the packaged encoder is not whole.
            ValueError: When there are not as many vectors as fact-checks.
        """
        given = list(factchecks)
        if vectors is not None and len(vectors) != len(given):
            raise ValueError(f"there is one vector for each fact-check, but {len(vectors)} for {len(given)}")
        last = {check.id: place for place, check in enumerate(given)}
        fresh = [given[place] for place in last.values()]
        if not fresh:
            return 0
        if vectors is None:
            vectors = self._encoder.encode([indexed_text(check) for check in fresh])
        else:
            vectors = vectors[list(last.values())]
        self.remove(check.id for check in fresh)
        first = len(self._rows.lines)
        self._rows.add(fresh, vectors)
        self._places.update((check.id, first + k) for k, check in enumerate(fresh))
        return len(fresh)

    def remove(self, ids: Iterable[str]) -> int:
        """Remove fact-checks.

        Args:
            ids: those of them; ids that are not there are passed over.

        Returns:
            How many were there.
        """
        rows = [self._places.pop(id) for id in dict.fromkeys(ids) if id in self._places]
        if rows:
            self._rows.remove(rows)
            if 2 * len(self._places) < len(self._rows.lines):
                self._compact()
        return len(rows)

    def search(self, texts: Sequence[str], k: int = 5, threshold: float | None = None) -> list[list[Match]]:
        """Find the fact-checks that speak to texts.

        Args:
            texts: statements; the first 20,000 characters of each count.
            k: matches of each at most, 1 or more.
            threshold: matches scored below it are left out, 0..1; by default the one that was set on data.

        Returns:
            Matches of each text, best first.

        Raises:
            RangeError: When k or threshold is out of range.
            ModelError: When the packaged weights are not whole.
        """
        if k < 1:
            raise RangeError(f"matches to a text are 1 or more; got {k}")
        if threshold is not None and not 0.0 <= threshold <= 1.0:
            raise RangeError(f"a threshold lies in 0..1; got {threshold}")
        floor = self.threshold if threshold is None else threshold
        if not len(self):
            return [[] for _ in texts]
        asked = [text[:_TEXT] for text in texts]
        # No more products at a time than memory is meant for, and work for each thread.
        size = max(1, min(_QUERIES, _PRODUCTS // len(self._rows.lines), -(-len(asked) // self._threads)))
        chunks = [asked[start : start + size] for start in range(0, len(asked), size)]

        def find(chunk: Sequence[str]) -> list[list[Match]]:
            return self._found(chunk, self._encoder.encode(chunk, threads=1), k, floor)

        if self._threads == 1 or len(chunks) == 1:
            return [matches for chunk in chunks for matches in find(chunk)]
        with ThreadPoolExecutor(self._threads) as pool:
            return [matches for found in pool.map(find, chunks) for matches in found]

    def save(self, folder: str | Path) -> None:
        """Write the index to a folder of plain files, which then takes the place of what was there.

        Args:
            folder: where it goes; an older index there is replaced.

        Raises:
            FormatError: When something else than an index is there.
            OSError: When it cannot be written.
        """
        self._compact()
        saved.write(Path(folder), self._rows, {"model": self._model, "stamp": self.stamp})

    @classmethod
    def load(cls, folder: str | Path, *, threads: int = 2) -> Index:
        """Open an index that was saved; its files are mapped into memory, not read.

        Args:
            folder: where it is.
            threads: how many work at the queries of one search.

        Raises:
            FormatError: When it is no index, damaged, or made with other weights than this whence has.
            ModelError: When the packaged weights are not whole.
            ValueError: When threads is below 1.
        """
        index = cls(threads=threads)
        rows, meta = saved.read(Path(folder))
        if meta.get("model") != index._model:
            raise FormatError(f"{folder} was made with other weights than this whence has: build it again")
        index._rows = rows
        try:
            index._places = {str(json.loads(rows.lines.line(row))["id"]): row for row in range(len(rows.lines))}
        except (ValueError, KeyError, TypeError) as error:
            raise FormatError(f"{folder} is damaged: its fact-checks cannot be read; build it again") from error
        index.stamp = str(meta.get("stamp", ""))
        return index

    @cached_property
    def _ranker(self) -> Ranker:
        return Ranker.load(PACKAGED / "rank.json")

    @cached_property
    def _encoder(self) -> Encoder:
        return Encoder.packaged()

    @cached_property
    def _model(self) -> str:
        """What tells these weights from others."""
        return str(read_config(PACKAGED)["files"]["model.onnx"])

    def _compact(self) -> None:
        if self._rows.alive.all():
            return
        stays = np.flatnonzero(self._rows.alive)
        numbers = {int(row): place for place, row in enumerate(stays)}
        self._places = {id: numbers[row] for id, row in self._places.items()}
        self._rows = self._rows.keep()

    def _found(self, texts: Sequence[str], vectors: npt.NDArray[np.float32], k: int, floor: float) -> list[list[Match]]:
        products = self._rows.vectors.products(vectors)
        return [self._match(text, near, k, floor) for text, near in zip(texts, products, strict=True)]

    def _match(self, text: str, meaning: npt.NDArray[np.float32], k: int, floor: float) -> list[Match]:
        rows, described = self._describe(text, meaning, k)
        if not len(rows):
            return []
        totals = self._ranker.sums(described)
        scores = self._ranker.scores(totals, described)
        out: list[Match] = []
        for candidate in np.argsort(-totals, kind="stable")[:k]:
            score = float(scores[candidate])
            if score < floor:
                break
            check = self._rows.lines[int(rows[candidate])]
            said, reasons = check.claim, self._ranker.reasons(described[candidate])
            out.append(Match(check, score, stance(text, said), agreements(text, said), reasons))
        return out

    def _describe(
        self, text: str, meaning: npt.NDArray[np.float32], k: int
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """Candidates for a text by each way of searching, and their features."""
        held, ranker = self._rows, self._ranker
        said = cut(text)
        query = held.query(said)
        asked = [int(number) for number in query.numbers if number >= 0]
        words = held.words.scores(asked, held.alive, ranker.common)
        body = held.text.scores(asked, held.alive, ranker.common)
        near = meaning if held.alive.all() else np.where(held.alive, meaning, np.float32(-2))
        depth = max(ranker.depth, k)
        # A row without a word in common is no candidate of words.
        tops = [best(near, depth, -2), best(words, depth, 0), best(body, depth, 0)]
        rows = np.unique(np.concatenate(tops))
        places = np.full((3, len(rows)), depth, np.int64)
        for way, top in enumerate(tops):
            places[way, np.searchsorted(rows, top)] = np.arange(len(top))
        row, (term, kind) = held.forward.rows(rows)
        order = np.array([held.vocabulary.get(t.stem, -1) for t in said if t.kind != "number"], dtype=np.int64)
        in_text, (running,) = held.running.rows(rows)
        close, run = passages(order, held.weights(order), in_text, running, len(rows))
        silent = held.text.lengths[rows] == 0
        found = Candidates(rows, near[rows], words[rows], body[rows], silent, close, run, places, row, term, kind)
        return rows, features(query, found, held.weights(term.astype(np.int64)))

    def described(
        self,
        texts: Sequence[str],
        vectors: npt.NDArray[np.float32] | None = None,
        without: Sequence[Iterable[str]] | None = None,
    ) -> list[tuple[list[str], npt.NDArray[np.float64]]]:
        """What the ranking sees of each text, for training and for measuring.

        Args:
            texts: statements.
            vectors: theirs, where they are at hand; shape (texts, width).
            without: for each text ids of fact-checks that are left out, as if they were not there.

        Returns:
            For each text the ids of its candidates and their features, shape (candidates, features).
        """
        known = self._encoder.encode(texts) if vectors is None else vectors
        names = {row: id for id, row in self._places.items()}
        alive = self._rows.alive
        out = []
        for place, (text, vector) in enumerate(zip(texts, known, strict=True)):
            self._rows.alive = alive.copy()
            self._rows.alive[[self._places[id] for id in (without[place] if without else ())]] = False
            try:
                rows, values = self._describe(text, self._rows.vectors.products(vector[None])[0], 1)
            finally:
                self._rows.alive = alive
            out.append(([names[int(row)] for row in rows], values))
        return out


def indexed_text(check: FactCheck) -> str:
    """What of a fact-check becomes its vector: claim and title."""
    return f"{check.claim} {check.title}".rstrip()
