"""The tables of a trace, written from its parts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from whence.trace.boilerplate import Boilerplate
from whence.trace.components import components
from whence.trace.grow import merge_rows, pair_keys
from whence.trace.passages import spans_in_text
from whence.trace.progress import Progress
from whence.trace.rows import ROWS, replace_rows
from whence.trace.schema import SCHEMAS, pa, table_of
from whence.trace.stages import Stages
from whence.trace.store import Store
from whence.trace.work import Work, replace_table

__all__ = ["finish"]


def finish(
    store: Store, house: Boilerplate, stages: Stages, work: Work, folder: Path, progress: Progress
) -> dict[str, int]:
    """Write all tables into the trace's folder.

    Args:
        store: the archive.
        house: its boilerplate.
        stages: which parts of passages and pairs `work` has.
        work: where they are.
        folder: where the tables go, and where they are if stories were added to it.
        progress: told that tables are written.

    Returns:
        How many rows and other things there are, by name.
    """
    progress("tables", 0, None)
    counts = {"stories": store.manifest.stories, "candidates": stages.pairs}
    counts["skipped"] = _write(folder, "skipped", _skipped(store))
    counts["boilerplate"] = _write(folder, "boilerplate", _boilerplate(store, house))
    stories = _stories(store, house)
    _write(folder, "stories", stories)
    replace_rows(stories, store.folder / ROWS)
    join = _merge if stages.first else _join
    counts["passages"] = join(folder, work, "passages", stages, "passage")
    counts["pairs"] = join(folder, work, "pairs", stages, None)
    families = _families(folder, store.manifest.stories)
    counts["families"] = len(np.unique(families["family"].to_numpy()))
    counts["in families"] = _write(folder, "families", families)
    counts["strong pairs"], counts["crowd pairs"] = _marked(folder)
    progress("tables", 1, 1)
    return counts


def _write(folder: Path, name: str, table: pa.Table) -> int:
    replace_table(table, folder / f"{name}.parquet")
    return int(table.num_rows)


def _join(folder: Path, work: Work, name: str, stages: Stages, numbered: str | None) -> int:
    """Write a table from its parts, one in memory at a time; returns its rows."""
    room = folder / f".{name}.parquet"
    rows = 0
    with pq.ParquetWriter(room, SCHEMAS[name], compression="zstd") as writer:
        for k in range(stages.parts):
            columns: dict[str, Any] = work.arrays(f"{name}-{k}")
            size = len(columns["a"])
            if numbered:
                columns[numbered] = np.arange(rows, rows + size)
            writer.write_table(table_of(name, columns))
            rows += size
    os.replace(room, folder / f"{name}.parquet")
    return rows


def _merge(folder: Path, work: Work, name: str, stages: Stages, numbered: str | None) -> int:
    """Write a table from itself and its new parts; returns its rows."""
    parts = [work.arrays(f"{name}-{k}") for k in range(stages.parts)]
    columns = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
    # Parts are in order each; the last one is of pairs that were there before.
    order = np.argsort(pair_keys(columns["a"], columns["b"]), kind="stable")
    rows = {key: values[order] for key, values in columns.items()}
    again = work.arrays(f"candidates-{stages.parts - 1}")
    replaced = pair_keys(again["a"], again["b"])
    return merge_rows(folder / f"{name}.parquet", name, rows, stages.first, replaced, numbered)


def _skipped(store: Store) -> pa.Table:
    parts = [pq.read_table(store.folder / f"skipped-{given}.parquet") for given in store.manifest.skipped]
    return pa.concat_tables(parts) if parts else SCHEMAS["skipped"].empty_table()


def _furniture(store: Store, house: Boilerplate) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The story of each span of boilerplate, and how many such words each story has."""
    story = np.repeat(np.arange(store.manifest.stories, dtype=np.int32), np.diff(house.holes.bounds))
    words = np.zeros(store.manifest.stories, np.int32)
    np.add.at(words, story, house.holes.spans[:, 1] - house.holes.spans[:, 0])
    return story, words


def _boilerplate(store: Store, house: Boilerplate) -> pa.Table:
    story, _ = _furniture(store, house)
    begin, end = house.holes.spans[:, 0], house.holes.spans[:, 1]
    bounds = store.column("word_bounds")[story]
    first, last = spans_in_text(store.column("start"), store.column("length"), bounds + begin, bounds + end)
    return table_of(
        "boilerplate",
        {
            "story": story,
            "start": first,
            "end": last,
            "words": end - begin,
            "stories": house.templates.stories[house.which],
        },
    )


def _stories(store: Store, house: Boilerplate) -> pa.Table:
    parts = [pq.read_table(store.rows_path(segment)) for segment in store.manifest.segments]
    if not parts:
        return SCHEMAS["stories"].empty_table()
    table = pa.concat_tables(parts)
    place = table.schema.get_field_index("furniture")
    return table.set_column(place, table.schema.field(place), pa.array(_furniture(store, house)[1]))


def _families(folder: Path, stories: int) -> pa.Table:
    pairs = pq.read_table(folder / "pairs.parquet", columns=["a", "b"], filters=[("strong", "=", True)])
    label = components(stories, pairs["a"].to_numpy().astype(np.int64), pairs["b"].to_numpy().astype(np.int64))
    several = np.bincount(label, minlength=stories)[label] > 1 if stories else np.empty(0, bool)
    return table_of("families", {"story": np.flatnonzero(several), "family": label[several]})


def _marked(folder: Path) -> tuple[int, int]:
    pairs = pq.read_table(folder / "pairs.parquet", columns=["strong", "crowd"])
    return int(pairs["strong"].to_numpy().sum()), int(pairs["crowd"].to_numpy().sum())
