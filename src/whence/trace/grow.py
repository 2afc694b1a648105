"""Tables to which stories were added: the rows that were there, those of new pairs, those that were worked out anew."""

from __future__ import annotations

import os
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from whence.trace.boilerplate import Boilerplate
from whence.trace.engine import Candidates
from whence.trace.passages import Columns
from whence.trace.schema import SCHEMAS, pa, table_of

__all__ = ["changed_stories", "merge_rows", "pair_keys", "pairs_of", "unique_pairs"]


def pair_keys(a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.int64]:
    """Pairs as numbers that sort as they do."""
    return a.astype(np.int64) << 32 | b.astype(np.int64)


def changed_stories(before: Boilerplate, now: Boilerplate) -> NDArray[np.int32]:
    """Stories that were there before and of which other words are boilerplate now."""
    stories = len(before.holes.bounds) - 1
    old, new = before.holes, now.holes
    counts = np.diff(old.bounds), np.diff(new.bounds[: stories + 1])
    changed = counts[0] != counts[1]
    kept = ~changed
    spans = old.spans[np.repeat(kept, counts[0])], new.spans[: new.bounds[stories]][np.repeat(kept, counts[1])]
    owner = np.repeat(np.arange(stories), np.where(kept, counts[0], 0))
    changed[owner[(spans[0] != spans[1]).any(1)]] = True
    return np.flatnonzero(changed).astype(np.int32)


def pairs_of(folder: Path, stories: NDArray[np.int32], first: int) -> Candidates:
    """Pairs in a trace's table, of stories before `first`, that one of some stories takes part in."""
    table = pq.read_table(folder / "pairs.parquet", columns=["a", "b", "crowd"])
    a, b, crowd = (table[name].to_numpy() for name in ("a", "b", "crowd"))
    touched = (b < first) & (np.isin(a, stories) | np.isin(b, stories))
    return Candidates(a[touched], b[touched], crowd[touched])


def unique_pairs(parts: list[Candidates]) -> Candidates:
    """Pairs of several parts, each once, by a, b; a crowd's only where all parts say so."""
    a, b, crowd = (np.concatenate([getattr(part, name) for part in parts]) for name in ("a", "b", "crowd"))
    keys, place = np.unique(pair_keys(a, b), return_inverse=True)
    joint = np.ones(len(keys), bool)
    np.logical_and.at(joint, place, crowd)
    return Candidates((keys >> 32).astype(np.int32), (keys & 0x7FFFFFFF).astype(np.int32), joint)


def merge_rows(
    path: Path, name: str, rows: Columns, first: int, replaced: NDArray[np.int64], numbered: str | None = None
) -> int:
    """Write a table anew, with further rows in their places; doing it twice is as good as once.

    Args:
        path: the Parquet file; it stands by a, b.
        name: which table it is.
        rows: further rows, by a, b (and whatever comes after).
        first: old rows of stories from here on are left out.
        replaced: int64: pairs, as `pair_keys` has them, whose old rows are left out.
        numbered: a column that counts the rows.

    Returns:
        How many rows there are now.
    """
    room = path.with_name(f".{path.name}")
    fresh = table_of(name, rows | ({numbered: np.zeros(len(rows["a"]), np.int64)} if numbered else {}))
    keys = pair_keys(rows["a"], rows["b"])
    used = 0
    total = 0
    with pq.ParquetWriter(room, SCHEMAS[name], compression="zstd") as writer, pq.ParquetFile(path) as held:
        for batch in chain(held.iter_batches(1 << 20), [None]):
            if batch is None:
                part = fresh.slice(used)
            else:
                old = pa.Table.from_batches([batch]).cast(SCHEMAS[name])
                old_keys = pair_keys(old["a"].to_numpy(), old["b"].to_numpy())
                # No pair has old rows that stay and new ones, so that a batch may end within a pair.
                upto = int(np.searchsorted(keys, old_keys[-1])) if len(old_keys) else used
                stays = (old["b"].to_numpy() < first) & ~np.isin(old_keys, replaced)
                part = pa.concat_tables([old.filter(pa.array(stays)), fresh.slice(used, upto - used)])
                order = np.argsort(np.concatenate([old_keys[stays], keys[used:upto]]), kind="stable")
                part = part.take(pa.array(order))
                used = upto
            if not part.num_rows:
                continue
            if numbered:
                place = part.schema.get_field_index(numbered)
                counted = pa.array(np.arange(total, total + part.num_rows))
                part = part.set_column(place, part.schema.field(place), counted)
            writer.write_table(part)
            total += part.num_rows
    os.replace(room, path)
    return total
