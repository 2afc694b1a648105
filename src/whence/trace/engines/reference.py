"""The plain twin: every step of the method as one would write it down, without kernels, for some hundred stories.

It finds what the other engines find, to the word; the tests hold them against it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from whence.trace.align import Aligned
from whence.trace.engine import EACH, SAMPLE, Candidates, EngineName, Spread
from whence.trace.plain import plain_align, plain_fingerprints, plain_words
from whence.trace.settings import Settings
from whence.trace.spans import Spans
from whence.trace.store import Store

__all__ = ["ReferenceEngine"]


class ReferenceEngine:
    """The engine to read.

    Args:
        store: what it works on; of it only the texts and outlets are used.
        settings: how.
        room: not used.
        first: stories from here on are new; as in `engine_named`.
    """

    name: EngineName = "reference"

    def __init__(self, store: Store, settings: Settings, room: Path, first: int = 0) -> None:
        self._settings = settings
        self._first = first
        self._outlets = store.column("outlet").tolist()
        self._words = [plain_words(store.text(story)) for story in range(store.manifest.stories)]
        self._holders: dict[int, set[int]] = defaultdict(set)
        for story, words in enumerate(self._words):
            for shingle in plain_fingerprints(words, settings.shingle, settings.window):
                self._holders[shingle].add(story)
        self._holders = {shingle: holders for shingle, holders in self._holders.items() if max(holders) >= first}

    def __enter__(self) -> ReferenceEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def spread(self) -> Spread:
        """Fingerprints that may be boilerplate's."""
        wide = []
        for shingle, holders in self._holders.items():
            carried = Counter(self._outlets[story] for story in holders)
            unknown = carried.pop(-1, 0)
            known = len(holders) - unknown
            home = sum(stories for stories in carried.values() if stories >= EACH)
            if known >= self._settings.spread:
                spread = home >= self._settings.spread and 2 * home >= known
            else:
                spread = len(holders) > self._settings.crowd
            if spread and len(holders) >= self._settings.spread:
                wide.append(shingle)
        wide.sort(key=_signed)
        sample = np.full((len(wide), SAMPLE), -1, np.int32)
        for row, shingle in enumerate(wide):
            drawn = sorted(self._holders[shingle], key=_turn)[:SAMPLE]
            sample[row, : len(drawn)] = drawn
        stories = np.array([len(self._holders[shingle]) for shingle in wide], np.int32)
        return Spread(np.array(wide, np.uint64), stories, sample)

    def candidates(self, house: NDArray[np.uint64], freed: NDArray[np.uint64]) -> Iterator[Candidates]:
        """Candidate pairs, in one part."""
        boilerplate, again = set(house.tolist()), set(freed.tolist())
        pairs: dict[tuple[int, int], bool] = {}
        for shingle, holders in self._holders.items():
            if shingle in boilerplate:
                continue
            first = 0 if shingle in again else self._first
            if len(holders) <= self._settings.crowd:
                for a in holders:
                    for b in holders:
                        if a < b and b >= first:
                            pairs[a, b] = False
            else:
                queue = sorted(holders, key=_turn)
                for step in (1, 2):
                    for one, other in zip(queue, queue[step:], strict=False):
                        if max(one, other) >= first:
                            pairs.setdefault((min(one, other), max(one, other)), True)
        if pairs:
            found = sorted(pairs)
            a, b = np.array(found, np.int32).T
            yield Candidates(a.copy(), b.copy(), np.array([pairs[pair] for pair in found]))

    def align(self, part: Candidates, holes: Spans) -> Aligned:
        """Align pairs."""
        words: list[list[int | None]] = []
        for story, own in enumerate(self._words):
            kept: list[int | None] = list(own)
            for begin, end in holes.spans[holes.bounds[story] : holes.bounds[story + 1]].tolist():
                kept[begin:end] = [None] * (end - begin)
            words.append(kept)
        rows = []
        for pair, (a, b) in enumerate(zip(part.a.tolist(), part.b.tolist(), strict=True)):
            s = self._settings
            for passage in plain_align(words[a], words[b], least=s.least_words, anchor=s.shingle, gap=s.gap):
                rows.append((pair, *passage))
        columns = np.array(rows, np.int32).reshape(-1, 6)
        return Aligned(*(columns[:, k].copy() for k in range(6)))


def _signed(shingle: int) -> int:
    """A hash as databases order it."""
    return shingle - (1 << 64) if shingle >= 1 << 63 else shingle


def _turn(story: int) -> int:
    """A number that has nothing to do with a story, different for each."""
    return story * 2654435761 % 4294967296
