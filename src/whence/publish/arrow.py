"""Rows of readings as Arrow: one schema, whoever writes them (Parquet here, Spark elsewhere)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whence.errors import MissingExtra
from whence.publish.table import ROW_SCHEMA, rows
from whence.records import Reading

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["arrow_schema", "row_batch"]


def _library() -> Any:
    try:
        import pyarrow
    except ImportError as e:
        raise MissingExtra("pyarrow", "parquet", "write Parquet") from e
    return pyarrow


def arrow_schema() -> pa.Schema:
    """The columns of `whence.publish.rows` as an Arrow schema.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    library = _library()
    return library.schema([library.field(name, _type(library, kind)) for name, kind in ROW_SCHEMA.items()])


def _type(library: Any, kind: str) -> Any:
    """The Arrow type for a name of `publish.ROW_SCHEMA`."""
    if kind.startswith("list<"):
        return library.list_(_type(library, kind[5:-1]))
    return {
        "string": library.string(),
        "int": library.int64(),
        "float": library.float64(),
        "bool": library.bool_(),
    }[kind]


def row_batch(reading: Reading, schema: pa.Schema | None = None) -> pa.RecordBatch:
    """A reading's statements as a record batch, one row a statement (docs/reference/formats.md).

    Args:
        schema: from `arrow_schema`, where it is at hand.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    return _library().RecordBatch.from_pylist(rows(reading), schema=schema or arrow_schema())
