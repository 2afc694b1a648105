"""DuckDB on one machine: it joins, and what does not fit into the memory it is given it writes to disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.errors import MissingExtra
from whence.trace.align import Aligned
from whence.trace.candidates import CANDIDATES, FEW, NEW, QUEUED, REPEATED, SHARED, SPREAD
from whence.trace.engine import EACH, SAMPLE, Candidates, EngineName, Spread, spread_of
from whence.trace.engines.batches import PART, whole_stories
from whence.trace.engines.local import align_here
from whence.trace.schema import pa
from whence.trace.settings import Settings
from whence.trace.spans import Spans
from whence.trace.store import Store

__all__ = ["DuckEngine"]

_ROWS = 2000
"""Fingerprints joined at once, for each megabyte of memory: with their pairs they take about a third of it."""


class DuckEngine:
    """The engine for one machine.

    Args:
        store: what it works on.
        settings: how; `memory` and `threads` bound it.
        room: a folder for what does not fit into memory.
        first: stories from here on are new; as in `engine_named`.

    Raises:
        MissingExtra: duckdb is not installed.
    """

    name: EngineName = "duckdb"

    def __init__(self, store: Store, settings: Settings, room: Path, first: int = 0) -> None:
        try:
            import duckdb
        except ImportError as missing:
            raise MissingExtra("duckdb", "trace", "join fingerprints") from missing
        self._store = store
        self._first = first
        self._room = room
        self._settings = settings
        shutil.rmtree(room, ignore_errors=True)  # what a killed run left
        room.mkdir(parents=True)
        self._database: Any = duckdb.connect(
            str(room / "join.duckdb"),
            config={
                "threads": settings.threads,
                "memory_limit": f"{settings.memory}MB",
                "temp_directory": str(room / "spilled"),
                "preserve_insertion_order": False,
            },
        )
        self._ready = False

    def __enter__(self) -> DuckEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()
        shutil.rmtree(self._room, ignore_errors=True)

    def _prepare(self) -> None:
        if self._ready:
            return
        parts = []
        for segment in self._store.manifest.segments:
            hashes, story = self._store.prints(segment)
            parts.append(pa.table({"hash": pa.array(hashes.view(np.int64)), "story": pa.array(story)}))
        empty = pa.table({"hash": pa.array([], pa.int64()), "story": pa.array([], pa.int32())})
        self._database.register("prints", pa.concat_tables(parts) if parts else empty)
        outlet = np.asarray(self._store.column("outlet"))
        self._database.register(
            "outlets", pa.table({"story": np.arange(len(outlet), dtype=np.int32), "outlet": outlet})
        )
        where = NEW.format(first=self._first) if self._first else ""
        self._database.execute(f"CREATE OR REPLACE TABLE shared AS {SHARED.format(where=where)}")
        self._database.execute(f"CREATE OR REPLACE TABLE repeated AS {REPEATED}")
        self._ready = True

    def spread(self) -> Spread:
        """Fingerprints that may be boilerplate's."""
        self._prepare()
        query = SPREAD.format(spread=self._settings.spread, crowd=self._settings.crowd, each=EACH, sample=SAMPLE)
        return spread_of(self._database.execute(query).fetchnumpy())

    def candidates(self, house: NDArray[np.uint64], freed: NDArray[np.uint64]) -> Iterator[Candidates]:
        """Candidate pairs, in parts."""
        self._prepare()
        for name, hashes in (("house", house), ("freed", freed)):
            self._database.register(name, pa.table({"hash": pa.array(hashes.view(np.int64))}))
        crowd = self._settings.crowd
        self._database.execute(f"CREATE OR REPLACE TABLE few AS {FEW.format(crowd=crowd)}")
        self._database.execute(f"CREATE OR REPLACE TABLE queued AS {QUEUED.format(crowd=crowd, first=self._first)}")
        rows = self._database.execute("SELECT count(*) FROM few").fetchall()[0][0]
        # The join is made for a range of stories at a time, so that its groups fit into the memory there is.
        ranges = 1 + rows // (self._settings.memory * _ROWS)
        cuts = np.linspace(0, self._store.manifest.stories, ranges + 1).astype(int).tolist()
        for low, high in pairwise(cuts):
            query = CANDIDATES.format(first=self._first, low=low, high=high)
            yield from whole_stories(self._database.sql(query).to_arrow_reader(PART))

    def align(self, part: Candidates, holes: Spans) -> Aligned:
        """Align pairs."""
        return align_here(self._store, self._settings, part, holes)
