"""What `whence.trace` offers: stories in, shared text found, its way and its origins explained, tables out."""

from __future__ import annotations

import json
import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whence.errors import InputError, MissingExtra
from whence.records import Reading

if TYPE_CHECKING:
    import pyarrow as pa

    from whence.ingest import Failure
    from whence.trace.engine import EngineName
    from whence.trace.facts import Facts
    from whence.trace.meaning import Meaning
    from whence.trace.progress import Progress
    from whence.trace.reuse import Reuse
    from whence.trace.scan import Scan
    from whence.trace.settings import Settings
    from whence.trace.shared import Shared

__all__ = ["TABLES", "TABLE_SUFFIXES", "Trace", "open_trace", "trace"]

TABLES = (
    "stories", "passages", "pairs", "families", "topics", "derivations", "origins", "quotations", "credits",
    "boilerplate", "skipped",
)  # fmt: skip
"""The tables of a trace (docs/reference/trace.md)."""

TABLE_SUFFIXES = (".parquet", ".csv")
"""Files that are one table of stories."""

_MEANT = "meaning.json"


@dataclass(frozen=True)
class Trace:
    """What was found in an archive; its tables lie in a folder as Parquet.

    Args:
        folder: where they lie.
        counts: how many stories, passages, families, topics and so on.
        failures: stories that could not be read, with the reason.
    """

    folder: Path
    counts: Mapping[str, int]
    failures: tuple[Failure, ...] = ()

    def table(self, name: str) -> pa.Table:
        """One of `TABLES`, as Arrow.

        Raises:
            KeyError: there is no table of that name.
        """
        import pyarrow.parquet as pq

        if name not in TABLES:
            raise KeyError(f"tables are {', '.join(TABLES)}; {name} was asked for")
        return pq.read_table(self.folder / f"{name}.parquet")

    def polars(self, name: str) -> Any:
        """One of `TABLES`, as a Polars frame.

        Raises:
            MissingExtra: Polars is not installed.
        """
        try:
            import polars
        except ImportError as e:
            raise MissingExtra("polars", "consensus", "give tables as Polars frames") from e
        return polars.from_arrow(self.table(name))

    def pandas(self, name: str) -> Any:
        """One of `TABLES`, as a pandas frame."""
        return self.table(name).to_pandas()

    def text(self, story: int) -> str:
        """A story's text, by its number."""
        from whence.trace.reuse import open_reuse

        return open_reuse(self.folder).text(story)


def trace(
    stories: Any,
    *,
    out: str | Path | None = None,
    settings: Settings | None = None,
    engine: EngineName = "duckdb",
    add: bool = False,
    read: bool = False,
    offline: bool = False,
    progress: Progress | None = None,
) -> Trace:
    """Find who copied from whom in an archive, and how many origins its stories have.

    Args:
        stories: a path, or an iterable of paths, `Story` or `Reading`; or a table (Arrow, Polars, pandas, a DuckDB
            relation) with `id` and `text` and, where known, `outlet`, `url` and `published` (ISO 8601).
        out: folder for tables and index; a run that was killed goes on there. By default a folder that goes when the
            result does.
        settings: how text is compared (`whence.trace.settings.Settings`).
        engine: duckdb, spark or reference; all find the same.
        add: the stories come after those that the folder has already.
        read: read the stories that share anything or credit anybody, and use their chains in place of the light scan.
            About 3 stories a second and core; prose and quotations stay as the marks tell them.
        offline: refuse URLs instead of fetching them.
        progress: told how far it is: stage, done, total or None.

    Returns:
        The trace; the same stories give the same tables.

    Raises:
        InputError: a table lacks `id` or `text`, nothing could be read, or the folder holds another archive's trace.
        MissingExtra: a library of the extra `trace` is not installed.
    """
    from whence.trace.progress import silent

    folder = Path(tempfile.mkdtemp(prefix="whence-trace-")) if out is None else Path(out)
    try:
        made = _trace(stories, folder, settings, engine, add, read, offline, progress or silent)
    except BaseException:
        if out is None:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    if out is None:
        weakref.finalize(made, shutil.rmtree, folder, ignore_errors=True)
    return made


def _trace(
    stories: Any, folder: Path, settings: Settings | None, engine: EngineName, add: bool, read: bool, offline: bool,
    told: Progress,
) -> Trace:  # fmt: skip
    failures: list[Failure] = []
    scans: dict[str, Scan] = {}
    try:
        from whence.trace.find import find_reuse
        from whence.tracing_input import batches_of
    except ImportError as e:
        raise MissingExtra(e.name or "duckdb", "trace", "trace stories") from e
    batches = batches_of(stories, failures, scans, offline)
    reuse = find_reuse(batches, folder, settings=settings, engine=engine, add=add, progress=told)
    if not reuse.counts.get("stories"):
        reason = f" ({failures[0].id}: {failures[0].reason})" if failures else ""
        raise InputError(f"no story could be taken in{reason}: give texts with ids")
    if read:
        scans |= _read(reuse, scans, told)
    counts = _explain(reuse, scans, told)
    _remember(folder, counts, failures)
    return Trace(folder, counts, tuple(failures))


def open_trace(folder: str | Path) -> Trace:
    """A trace that an earlier run wrote.

    Raises:
        InputError: there is no finished trace.
    """
    from whence.ingest import Failure

    try:
        held = json.loads((Path(folder) / _MEANT).read_text(encoding="utf-8"))
        return Trace(Path(folder), held["counts"], tuple(Failure(*f) for f in held["failures"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(f"{folder} holds no finished trace: run  whence trace ARCHIVE --out {folder}  first") from None


def explained(reuse: Reuse, scans: Mapping[str, Scan], progress: Progress) -> tuple[Facts, Shared, Meaning]:
    """Facts, shared text and meaning of what an engine found; `scans` by id go before the light scan."""
    import numpy as np

    from whence.trace.facts import facts_of
    from whence.trace.meaning import explain
    from whence.trace.scan_store import scanned
    from whence.trace.shared import PAIR_COLUMNS, PASSAGE_COLUMNS, Shared

    stories = reuse.table("stories")
    ids = stories["id"].to_pylist()
    found = scanned(reuse.store(), reuse.settings.threads, progress)
    found = found.put({number: scans[id] for number, id in enumerate(ids) if id in scans} if scans else {})
    whole = stories["words"].to_numpy().astype(np.int64)
    words = whole - stories["furniture"].to_numpy()
    facts = facts_of(
        found,
        ids=ids,
        outlets=stories["outlet"].to_pylist(),
        published=stories["published"].to_pylist(),
        words=words,
        chars=(stories["chars"].to_numpy() * (words / np.maximum(whole, 1))).astype(np.int64),
    )
    progress("explaining", 0, None)
    shared = Shared.of(len(ids), reuse.table("passages", PASSAGE_COLUMNS), reuse.table("pairs", PAIR_COLUMNS))
    families = reuse.table("families")
    meaning = explain(
        facts,
        shared,
        dict(zip(families["story"].to_pylist(), families["family"].to_pylist(), strict=True)),
        reuse.settings.least_words,
    )
    return facts, shared, meaning


def _explain(reuse: Reuse, scans: Mapping[str, Scan], progress: Progress) -> dict[str, int]:
    from whence.trace.tables import tables

    facts, _, meaning = explained(reuse, scans, progress)
    made = tables(facts, meaning, reuse.table("stories")["published"].to_pylist())
    for name, table in made.items():
        _write_table(table, reuse.folder / f"{name}.parquet")
    carried = {d.story for d in meaning.derivations}
    return {
        **reuse.counts,
        "topics": len(meaning.topics),
        "derivations": len(meaning.derivations),
        "explained": len(carried),
        "quotations": len(set(meaning.quotations.quotation.tolist())),
        "credits": made["credits"].num_rows,
        "circular": sum(t.circular for t in meaning.topics),
    }


def _read(reuse: Reuse, scans: Mapping[str, Scan], progress: Progress) -> dict[str, Scan]:
    """Readings, as scans by id, of the stories of which a trace says anything."""
    from whence.batch import read_stories
    from whence.ingest import from_text
    from whence.trace.readings import scan_reading

    facts, shared, _ = explained(reuse, scans, progress)
    wanted = [s for s in sorted({*facts.credits, *shared.with_pairs().tolist()}) if facts.ids[s] not in scans]
    table = reuse.table("stories")
    outlets, dates = table["outlet"].to_pylist(), table["published"].to_pylist()
    stories = (from_text(reuse.text(s), id=facts.ids[s], outlet=outlets[s], published=_day(dates[s])) for s in wanted)
    out: dict[str, Scan] = {}
    for done, reading in enumerate(read_stories(stories), start=1):
        # A story that cannot be read keeps what the light scan found.
        if isinstance(reading, Reading):
            out[reading.story.id] = scan_reading(reading)
        progress("reading stories", done, len(wanted))
    return out


def _day(value: str | None) -> str | None:
    """A date that a reading takes, or None."""
    from whence.ingest.dates import iso

    return iso(value) if value else None


def _write_table(table: pa.Table, path: Path) -> None:
    import os

    import pyarrow.parquet as pq

    part = path.with_name(f".{path.name}.part")
    pq.write_table(table, part, compression="zstd")
    os.replace(part, path)


def _remember(folder: Path, counts: Mapping[str, int], failures: Sequence[Failure]) -> None:
    import os

    part = folder / f".{_MEANT}.part"
    held = {"counts": dict(counts), "failures": [[f.id, f.reason] for f in failures]}
    part.write_text(json.dumps(held, indent=1, ensure_ascii=True) + "\n", encoding="utf-8")
    os.replace(part, folder / _MEANT)
