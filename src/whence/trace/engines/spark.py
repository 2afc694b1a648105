"""Apache Spark, where an archive outgrows one machine: the same queries, and the same kernels over Arrow batches.

The store's words are laid out once as Parquet files under `room`, which on a cluster lies on a file system that every
worker sees.
"""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from whence.errors import InputError, MissingExtra
from whence.trace.align import Aligned
from whence.trace.candidates import CANDIDATES, FEW, NEW, QUEUED, REPEATED, SHARED, SPREAD
from whence.trace.engine import EACH, SAMPLE, Candidates, EngineName, Spread, spread_of
from whence.trace.engines.batches import PART, whole_stories
from whence.trace.engines.spark_kernels import ALIGNED, PRINTS, aligning, fingerprinting
from whence.trace.schema import pa
from whence.trace.settings import Settings
from whence.trace.spans import Spans
from whence.trace.store import Store

__all__ = ["SparkEngine", "start_session"]

_FILE = 20_000
"""Stories a Parquet file of words has."""


class SparkEngine:
    """The engine for a cluster.

    A session that is active is used as it is; otherwise one is started on this machine and ended with the engine.

    Args:
        store: what it works on.
        settings: how; `memory` and `threads` bound a session that is started here.
        room: a folder for words and pairs, which all workers see.
        first: stories from here on are new; as in `engine_named`.

    Raises:
        MissingExtra: pyspark is not installed.
        InputError: Java is not there, or too old.
    """

    name: EngineName = "spark"

    def __init__(self, store: Store, settings: Settings, room: Path, first: int = 0) -> None:
        try:
            from pyspark.sql import SparkSession
        except ImportError as missing:
            raise MissingExtra("pyspark", "spark", "trace with Spark") from missing
        self._store = store
        self._first = first
        self._settings = settings
        self._room = room.resolve()
        self._room.mkdir(parents=True, exist_ok=True)
        self._own = SparkSession.getActiveSession() is None
        try:
            self._spark: Any = start_session(settings, self._room) if self._own else SparkSession.getActiveSession()
        except Exception as failure:  # py4j and the launcher have no common exception
            raise InputError(
                f"Spark did not start ({failure}): it needs Java 17 or newer, as JAVA_HOME or on the path"
            ) from None
        self._ready = False
        self._masked = False

    def __enter__(self) -> SparkEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._own:
            self._spark.stop()
        shutil.rmtree(self._room, ignore_errors=True)

    def _prepare(self) -> None:
        if self._ready:
            return
        self._lay_out("words", None)
        words = self._spark.read.parquet(str(self._room / "words"))
        prints = _mapped(words, fingerprinting(self._settings.shingle, self._settings.window), PRINTS)
        outlet = np.asarray(self._store.column("outlet"))
        outlets = pa.table({"story": np.arange(len(outlet), dtype=np.int32), "outlet": outlet})
        self._show(outlets, "outlets")
        self._keep(prints, "prints")
        where = NEW.format(first=self._first) if self._first else ""
        self._keep(self._spark.sql(SHARED.format(where=where)), "shared")
        self._keep(self._spark.sql(REPEATED), "repeated")
        self._ready = True

    def _keep(self, frame: Any, name: str) -> None:
        """Write a frame to disk, so that it is worked out once, and give it a name."""
        path = str(self._room / name)
        frame.write.mode("overwrite").parquet(path)
        self._spark.read.parquet(path).createOrReplaceTempView(name)

    def _show(self, table: pa.Table, name: str) -> None:
        """Give a table of the driver's a name, by way of a file: Spark's own way in would bring pandas."""
        path = self._room / f"{name}.parquet"
        pq.write_table(table, path, row_group_size=50_000)
        self._spark.read.parquet(str(path)).createOrReplaceTempView(name)

    def _answer(self, frame: Any, name: str) -> pa.Table:
        """A frame's rows, by way of files."""
        path = self._room / name
        frame.write.mode("overwrite").parquet(str(path))
        return pq.read_table(path)

    def _lay_out(self, name: str, holes: Spans | None) -> None:
        """Write the stories' words, those in holes as 0, which equals no word."""
        folder = self._room / name
        folder.mkdir(exist_ok=True)
        number, bounds = self._store.column("word"), self._store.column("word_bounds")
        for first in range(0, max(1, len(bounds) - 1), _FILE):
            last = min(first + _FILE, len(bounds) - 1)
            words = np.array(number[bounds[first] : bounds[last]])
            if holes is not None:
                for story in range(first, last):
                    base = bounds[story] - bounds[first]
                    for begin, end in holes.spans[holes.bounds[story] : holes.bounds[story + 1]]:
                        words[base + begin : base + end] = 0
            offsets = ((bounds[first : last + 1] - bounds[first]) * 4).astype(np.int64)
            binary = pa.Array.from_buffers(
                pa.large_binary(), last - first, [None, pa.py_buffer(offsets), pa.py_buffer(words.view(np.uint8))]
            )
            table = pa.table({"story": np.arange(first, last, dtype=np.int32), "words": binary})
            pq.write_table(table, folder / f"{first:010}.parquet", row_group_size=2000)

    def spread(self) -> Spread:
        """Fingerprints that may be boilerplate's."""
        self._prepare()
        query = SPREAD.format(spread=self._settings.spread, crowd=self._settings.crowd, each=EACH, sample=SAMPLE)
        rows = self._answer(self._spark.sql(query), "spread").sort_by([("hash", "ascending"), ("turn", "ascending")])
        return spread_of({name: rows[name].to_numpy() for name in rows.column_names})

    def candidates(self, house: NDArray[np.uint64], freed: NDArray[np.uint64]) -> Iterator[Candidates]:
        """Candidate pairs, in parts."""
        self._prepare()
        self._show(pa.table({"hash": house.view(np.int64)}), "house")
        self._show(pa.table({"hash": freed.view(np.int64)}), "freed")
        self._keep(self._spark.sql(FEW.format(crowd=self._settings.crowd)), "few")
        self._keep(self._spark.sql(QUEUED.format(crowd=self._settings.crowd, first=self._first)), "queued")
        path = self._room / "candidates"
        query = CANDIDATES.format(first=self._first, low=0, high=self._store.manifest.stories)
        self._spark.sql(query).write.mode("overwrite").parquet(str(path))
        # Spark numbers the files of a sorted frame in its order.
        yield from whole_stories(
            batch for file in sorted(path.glob("part-*.parquet")) for batch in pq.ParquetFile(file).iter_batches(PART)
        )

    def align(self, part: Candidates, holes: Spans) -> Aligned:
        """Align pairs."""
        if not self._masked:
            self._lay_out("masked", holes)
            self._masked = True
        self._spark.read.parquet(str(self._room / "masked")).createOrReplaceTempView("masked")
        self._show(pa.table({"pair": np.arange(len(part), dtype=np.int32), "a": part.a, "b": part.b}), "pairs")
        joined = self._spark.sql(
            "SELECT p.pair, x.words AS a, y.words AS b "
            "FROM pairs p JOIN masked x ON p.a = x.story JOIN masked y ON p.b = y.story"
        )
        s = self._settings
        found = _mapped(joined, aligning(s.least_words, s.shingle, s.gap), ALIGNED)
        rows = self._answer(found, "aligned").sort_by([("pair", "ascending"), ("place", "ascending")])
        names = ("pair", "a_begin", "a_end", "b_begin", "b_end", "words")
        return Aligned(*(rows[name].to_numpy().astype(np.int32, copy=False) for name in names))


def _mapped(frame: Any, function: Any, schema: str) -> Any:
    """A frame's Arrow batches through a function."""
    with warnings.catch_warnings():
        # Spark asks for pandas before it maps anything, and complains of its version, though no pandas is used here.
        warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
        return frame.mapInArrow(function, schema)


def start_session(settings: Settings, room: Path, more: Mapping[str, str] | None = None) -> Any:
    """Start Spark on this machine.

    Args:
        settings: for its threads and memory.
        room: a folder for what does not fit into memory.
        more: further configuration, by Spark's names.
    """
    from pyspark.sql import SparkSession

    # Workers run this interpreter and find whence where it was found here.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    package = str(Path(__file__).parents[3])
    os.environ["PYTHONPATH"] = os.pathsep.join([package, *filter(None, [os.environ.get("PYTHONPATH")])])
    builder = (
        SparkSession.builder.master(f"local[{settings.threads}]")
        .appName("whence trace")
        .config("spark.driver.memory", f"{max(1024, settings.memory)}m")
        .config("spark.local.dir", str(room / "local"))
        .config("spark.sql.warehouse.dir", str(room / "warehouse"))
        .config("spark.sql.shuffle.partitions", str(4 * settings.threads))
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "4000")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "ERROR")
    )
    for name, value in (more or {}).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
