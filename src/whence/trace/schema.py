"""The tables' columns (`whence.records.reuse`) as Arrow schemas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from whence.errors import MissingExtra
from whence.records.reuse import BOILERPLATE, FAMILIES, PAIRS, PASSAGES, SKIPPED, STORIES, Column

if TYPE_CHECKING:
    import pyarrow as pa
else:
    try:
        import pyarrow as pa
    except ImportError as missing:
        raise MissingExtra("pyarrow", "trace", "trace stories") from missing

__all__ = ["SCHEMAS", "pa", "schema_of", "table_of"]

_TYPES = {
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float32": pa.float32(),
    "bool": pa.bool_(),
    "string": pa.string(),
    "list<string>": pa.list_(pa.string()),
}


def schema_of(columns: Sequence[Column]) -> pa.Schema:
    """Columns as an Arrow schema; what each says is in its metadata, under "says"."""
    return pa.schema([pa.field(c.name, _TYPES[c.type], nullable=c.null, metadata={"says": c.says}) for c in columns])


SCHEMAS: dict[str, pa.Schema] = {
    "stories": schema_of(STORIES),
    "passages": schema_of(PASSAGES),
    "pairs": schema_of(PAIRS),
    "families": schema_of(FAMILIES),
    "boilerplate": schema_of(BOILERPLATE),
    "skipped": schema_of(SKIPPED),
}


def table_of(name: str, columns: Mapping[str, Any]) -> pa.Table:
    """A table from arrays by column name.

    Args:
        name: which table; a key of `SCHEMAS`.
        columns: an array or list for each of its columns.
    """
    schema = SCHEMAS[name]
    return pa.table([pa.array(columns[f.name], f.type) for f in schema], schema=schema)
