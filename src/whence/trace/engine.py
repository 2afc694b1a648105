"""What a trace asks of an engine, and the engines there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, get_args

import numpy as np
from numpy.typing import NDArray

from whence.errors import RangeError
from whence.trace.align import Aligned
from whence.trace.settings import Settings
from whence.trace.spans import Spans
from whence.trace.store import Store

__all__ = ["EACH", "ENGINES", "SAMPLE", "Candidates", "Engine", "EngineName", "Spread", "engine_named", "spread_of"]

EngineName = Literal["duckdb", "spark", "reference"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)

SAMPLE = 17
"""Stories that are looked at to tell whether a text is boilerplate."""
EACH = 5
"""An outlet carries boilerplate in so many stories at least."""


@dataclass(frozen=True)
class Spread:
    """Fingerprints that may be boilerplate's; in the order of their hashes taken as int64.

    Attributes:
        hash: uint64.
        stories: int32: in how many stories each stands.
        sample: int32 (fingerprints, SAMPLE): some of these, drawn by lot; -1 where there are no more.
    """

    hash: NDArray[np.uint64]
    stories: NDArray[np.int32]
    sample: NDArray[np.int32]


def spread_of(rows: Mapping[str, NDArray[Any]]) -> Spread:
    """The answer to the query `SPREAD` by columns (hash, stories, story, turn) as a `Spread`."""
    hashes = np.asarray(rows["hash"], np.int64)
    first = np.flatnonzero(np.asarray(rows["turn"]) == 1)
    sample = np.full((len(first), SAMPLE), -1, np.int32)
    sample[np.repeat(np.arange(len(first)), np.diff(np.append(first, len(hashes)))), np.asarray(rows["turn"]) - 1] = (
        rows["story"]
    )
    return Spread(hashes[first].view(np.uint64), np.asarray(rows["stories"], np.int32)[first], sample)


@dataclass(frozen=True)
class Candidates:
    """Pairs of stories to be compared; by a, b.

    Attributes:
        a, b: int32: a < b.
        crowd: bool: only crowds tell of the pair.
    """

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    crowd: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.a)

    def where(self, chosen: NDArray[np.bool_]) -> Candidates:
        """Those pairs that are marked."""
        return Candidates(self.a[chosen], self.b[chosen], self.crowd[chosen])


class Engine(Protocol):
    """A way to do the work that grows with the archive; every engine gives the same answers.

    An engine is a context manager: what it holds it gives back at the end.
    """

    name: EngineName

    def spread(self) -> Spread:
        """Find fingerprints that may be boilerplate's."""
        ...

    def candidates(self, house: NDArray[np.uint64], freed: NDArray[np.uint64]) -> Iterator[Candidates]:
        """Find candidate pairs, in parts; all pairs of a story `a` are in one part.

        Args:
            house: uint64: fingerprints that count for nothing.
            freed: uint64: fingerprints that counted for nothing before stories were added, and do now.
        """
        ...

    def align(self, part: Candidates, holes: Spans) -> Aligned:
        """Align pairs.

        Args:
            part: the pairs.
            holes: words, by story, that match nothing.
        """
        ...


def engine_named(
    name: str, store: Store, settings: Settings, room: Path, first: int = 0
) -> AbstractContextManager[Engine]:
    """Start an engine.

    Args:
        name: duckdb, spark or reference.
        store: what it works on.
        settings: how.
        room: a folder for what does not fit into memory.
        first: stories from here on are new: only what concerns them is looked for.

    Raises:
        RangeError: there is no engine of that name.
        MissingExtra: its library is not installed.
    """
    if name == "duckdb":
        from whence.trace.engines.duckdb import DuckEngine

        return DuckEngine(store, settings, room, first)
    if name == "spark":
        from whence.trace.engines.spark import SparkEngine

        return SparkEngine(store, settings, room, first)
    if name == "reference":
        from whence.trace.engines.reference import ReferenceEngine

        return ReferenceEngine(store, settings, room, first)
    raise RangeError(f"an engine is one of {', '.join(ENGINES)}, but {name!r} was given")
