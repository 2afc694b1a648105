"""Rows of the public Community Notes tables as Parquet."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import IO

from whence.errors import MissingExtra
from whence.publish.bulk import COLUMNS, Cell, whole_number_column
from whence.publish.safe import scalar

__all__ = ["write_parquet"]

_GROUP = 65_536
"""Rows that are held in memory at once, and a row group of the file."""


def write_parquet(table: str, rows: Iterable[tuple[Cell, ...]], out: IO[bytes]) -> int:
    """Write a table as Parquet, with whole numbers as 64-bit integers and zstd compression.

    Args:
        table: a name of `COLUMNS`.
        rows: of that table; they need not fit into memory.
        out: a binary file open for writing.

    Returns:
        How many rows were written.

    Raises:
        MissingExtra: pyarrow is not installed.
        ValueError: there is no such table.
        OSError: the file cannot be written.
    """
    if table not in COLUMNS:
        raise ValueError(f"a table is one of {', '.join(COLUMNS)}; got {table!r}")
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as missing:
        raise MissingExtra("pyarrow", "parquet", "write Parquet") from missing
    schema = pa.schema([(name, pa.int64() if whole_number_column(name) else pa.string()) for name in COLUMNS[table]])
    count = 0
    remaining = iter(rows)
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        while group := list(islice(remaining, _GROUP)):
            cells = [[scalar(c) if isinstance(c, str) else c for c in column] for column in zip(*group, strict=True)]
            arrays = [pa.array(column, field.type) for column, field in zip(cells, schema, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            count += len(group)
    return count
