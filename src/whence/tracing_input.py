"""What `whence.trace` is given, as the batches that the engine takes: a batch at a time, whatever it comes from."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from whence.errors import InputError
from whence.ingest import Failure, load_many
from whence.records import Reading, Story
from whence.text.quotations import quoted
from whence.trace.intake import LONGEST
from whence.trace.readings import quoted_spans, scan_reading
from whence.trace.scan import Scan
from whence.tracing import TABLE_SUFFIXES

__all__ = ["batches_of"]

_BATCH = 512
_LARGE = 1 << 24
"""Characters that end a batch before it is full."""
_NEEDED = ("id", "text")
_COLUMNS = (*_NEEDED, "outlet", "url", "published")


def batches_of(
    stories: Any, failures: list[Failure], scans: dict[str, Scan], offline: bool
) -> Iterator[pa.RecordBatch]:
    """Stories as the engine takes them, with their quoted spans.

    Args:
        stories: as in `whence.trace`.
        failures: where stories go that cannot be read.
        scans: where what readings bring goes, by id.
        offline: refuse URLs.

    Raises:
        InputError: a table lacks a column or cannot be read, or something is no story.
    """
    tables = _tables(stories)
    if tables is not None:
        for table in tables:
            yield from _of_table(table)
        return
    schema = pa.schema(
        [
            *((name, pa.large_string() if name == "text" else pa.string()) for name in _COLUMNS),
            ("quoted_start", pa.list_(pa.int32())), ("quoted_end", pa.list_(pa.int32())),
        ]
    )  # fmt: skip
    for rows in _bounded(_rows(stories, failures, scans, offline)):
        yield pa.RecordBatch.from_pylist(rows, schema=schema)


def _bounded(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Rows in lists that are neither too many nor too large."""
    held: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        held.append(row)
        size += len(row["text"] or "")
        if len(held) >= _BATCH or size > _LARGE:
            yield held
            held, size = [], 0
    if held:
        yield held


def _rows(stories: Any, failures: list[Failure], scans: dict[str, Scan], offline: bool) -> Iterator[dict[str, Any]]:
    given: Iterable[Any] = [stories] if isinstance(stories, (str, Path, Story, Reading)) else stories
    number = 0
    for item in given:
        for found in load_many([item], offline=offline) if isinstance(item, (str, Path)) else (item,):
            if isinstance(found, Failure):
                failures.append(found)
                continue
            if not isinstance(found, (Story, Reading)):
                raise InputError(
                    f"stories are paths, Story, Reading or a table; got {type(found).__name__}: give one of those"
                )
            story = found.story if isinstance(found, Reading) else found
            id = story.id or f"story-{number}"
            number += 1
            if isinstance(found, Reading):
                scans[id] = scan_reading(found)
                spans = quoted_spans(found)
            else:
                spans = quoted(story.text)
            yield {
                "id": id, "text": story.text, "outlet": story.outlet, "url": story.url, "published": story.published,
                "quoted_start": [s for s, _ in spans], "quoted_end": [e for _, e in spans],
            }  # fmt: skip


def _tables(stories: Any) -> Iterator[pa.Table] | None:
    """The Arrow tables that a frame, relation or file is, one after the other, or None where it is none."""
    kind = type(stories).__module__.split(".")[0].lstrip("_")
    if isinstance(stories, pa.RecordBatch):
        return iter([pa.Table.from_batches([stories])])
    if isinstance(stories, pa.Table):
        return iter([stories])
    if kind == "duckdb":
        return (pa.Table.from_batches([batch]) for batch in stories.to_arrow_reader(_BATCH))
    if kind == "polars":
        return iter([(stories.collect() if hasattr(stories, "collect") else stories).to_arrow()])
    if kind == "pandas":
        return iter([pa.Table.from_pandas(stories, preserve_index=False)])
    if isinstance(stories, (str, Path)) and str(stories).lower().endswith(TABLE_SUFFIXES):
        path = Path(stories)
        return _of_csv(path) if path.suffix.lower() == ".csv" else _of_parquet(path)
    return None


def _of_parquet(path: Path) -> Iterator[pa.Table]:
    try:
        with pq.ParquetFile(path) as held:
            _check(held.schema_arrow.names)
            columns = [name for name in _COLUMNS if name in held.schema_arrow.names]
            for batch in held.iter_batches(_BATCH, columns=columns):
                yield pa.Table.from_batches([batch])
    except (OSError, pa.ArrowException) as e:
        raise _unreadable(path, e) from None


def _of_csv(path: Path) -> Iterator[pa.Table]:
    # A field may be a whole story, and lines may stand in it: pyarrow reads blocks, which a story can outgrow.
    csv.field_size_limit(LONGEST + 1)
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            _check(reader.fieldnames or ())
            columns = [name for name in _COLUMNS if name in (reader.fieldnames or ())]
            # An empty field says nothing.
            rows = ({name: row[name] or None for name in columns} for row in reader)
            for held in _bounded(rows):
                yield pa.table({name: pa.array([row[name] for row in held], pa.large_string()) for name in columns})
    except (OSError, UnicodeDecodeError, csv.Error) as e:
        raise _unreadable(path, e) from None


def _unreadable(path: Path, error: Exception) -> InputError:
    return InputError(f"{path} cannot be read as a table ({' '.join(str(error).split())[:120]}): check the file")


def _check(names: Iterable[str]) -> None:
    held = list(names)
    for name in _NEEDED:
        if name not in held:
            raise InputError(
                f"a story has an id and a text, but the columns are {', '.join(held) or 'none'}: name one {name}"
            )


def _of_table(table: pa.Table) -> Iterator[pa.RecordBatch]:
    _check(table.column_names)
    columns = {}
    for name in _COLUMNS:
        if name in table.column_names:
            try:
                columns[name] = pc.cast(table[name], pa.large_string() if name == "text" else pa.string())
            except pa.ArrowException:
                raise InputError(
                    f"{name} is text, but the column's type is {table.schema.field(name).type}: make text of it"
                ) from None
    if "published" in columns:
        # A timestamp's text has a space where ISO 8601 has a T.
        columns["published"] = pc.replace_substring_regex(columns["published"], r"^(\d{4}-\d\d-\d\d) (\d)", r"\1T\2")
    for batch in pa.table(columns).to_batches(max_chunksize=_BATCH):
        spans = [quoted(text) if text else [] for text in batch["text"].to_pylist()]
        starts = pa.array([[s for s, _ in held] for held in spans], pa.list_(pa.int32()))
        ends = pa.array([[e for _, e in held] for held in spans], pa.list_(pa.int32()))
        yield pa.RecordBatch.from_arrays(
            [*batch.columns, starts, ends], [*batch.schema.names, "quoted_start", "quoted_end"]
        )
