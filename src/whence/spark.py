"""Stories in an Apache Spark data frame, read by the same reader on every executor.

Where one machine is too small: `whence.spark.read(frame)` gives what `whence read --out readings.parquet` writes, row
for row. Nothing here imports pyspark; whence (with `whence[parquet]`) has to be installed where the executors run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, cast

from whence.batch import attempt
from whence.errors import InputError, RangeError, WhenceError
from whence.ingest import Failure
from whence.ingest.dates import validate
from whence.ingest.record import TEXTS, from_record
from whence.publish import ROW_SCHEMA, rows, to_json
from whence.publish.arrow import arrow_schema
from whence.read import Reader

if TYPE_CHECKING:
    import pyarrow as pa

    from whence.records import Reading

__all__ = ["SCHEMAS", "Form", "read"]

Form = Literal["rows", "json"]

_TYPES = {"string": "STRING", "int": "BIGINT", "float": "DOUBLE", "bool": "BOOLEAN"}
_AT_ONCE = 2000
"""Rows that are handed back at once."""


def _ddl(kind: str) -> str:
    return f"ARRAY<{_ddl(kind[5:-1])}>" if kind.startswith("list<") else _TYPES[kind]


SCHEMAS: dict[Form, str] = {
    "rows": ", ".join(f"{name} {_ddl(kind)}" for name, kind in {**ROW_SCHEMA, "failure": "string"}.items()),
    "json": "story STRING, reading STRING, failure STRING",
}
"""What `read` gives, as Spark writes a schema; docs/guides/spark.md says what each column holds."""


def read(
    frame: Any,
    *,
    form: Form = "rows",
    published: str | None = None,
    outlet: str | None = None,
    explain: bool = False,
) -> Any:
    """Read the stories of a data frame.

    Args:
        frame: a `pyspark.sql.DataFrame`, one story a row, with the columns that a JSONL record has: the text under
            `text` or the HTML under `html`; and, where known, `id`, `title`, `outlet`, `published` (text, date or
            timestamp), `url`, `author`, `language`.
        form: "rows" for a row a statement, with the columns of `whence.publish.ROW_SCHEMA`; "json" for a row a story,
            its reading as one line of JSON.
        published, outlet: for the stories that do not say.
        explain: with "json", also say why every label is what it is.

    Returns:
        A data frame of `SCHEMAS[form]`, in the order of `frame` within each partition. A story that cannot be read is a
        row with its id under `story` and the reason under `failure`, which is null everywhere else.

    Raises:
        InputError: `frame` is no data frame, or has no column with text.
        RangeError: `form` is neither, or `published` is not ISO 8601.
        MissingExtra: pyarrow is not installed.
    """
    if form not in SCHEMAS:
        raise RangeError(f"form is 'rows' or 'json'; got {form!r}: choose one of them")
    if not hasattr(frame, "mapInArrow"):
        raise InputError(
            f"a Spark data frame is read here; got {type(frame).__name__}: make one with spark.createDataFrame"
        )
    if not any(name in frame.columns for name in TEXTS):
        raise InputError(
            f"a story's text is in a column called {', '.join(TEXTS)}; the columns are {', '.join(frame.columns)}: "
            "rename one"
        )
    arrow_schema()  # Where pyarrow is missing, this says so here and not on an executor.
    return frame.mapInArrow(_mapping(form, validate(published), outlet, explain), SCHEMAS[form])


def _mapping(
    form: Form, published: str | None, outlet: str | None, explain: bool
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What each executor does with the batches of a partition."""

    def each(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        schema = _schema(form)
        waiting: list[dict[str, Any]] = []
        for batch in batches:
            for record in batch.to_pylist():
                waiting += _result(record, form, published, outlet, explain)
                if len(waiting) >= _AT_ONCE:
                    yield _batch(waiting, schema)
                    waiting = []
        if waiting:
            yield _batch(waiting, schema)

    return each


def _schema(form: Form) -> pa.Schema:
    import pyarrow as pa

    if form == "rows":
        return arrow_schema().append(pa.field("failure", pa.string()))
    return pa.schema([(name, pa.string()) for name in ("story", "reading", "failure")])


def _batch(found: list[dict[str, Any]], schema: pa.Schema) -> pa.RecordBatch:
    import pyarrow as pa

    return pa.RecordBatch.from_pylist(found, schema=schema)


@lru_cache(maxsize=1)
def _reader() -> Reader:
    """This process's reader: Spark keeps its Python processes from one partition to the next."""
    return Reader(threads=1)


def _result(
    record: Mapping[str, Any], form: Form, published: str | None, outlet: str | None, explain: bool
) -> list[dict[str, Any]]:
    """The rows of one story."""
    name = str(record.get("id") or record.get("url") or "")
    fields = {key: value.isoformat() if isinstance(value, date) else value for key, value in record.items()}
    try:
        result = attempt(_reader(), from_record(fields, id=name, outlet=outlet, published=published))
    except WhenceError as e:
        result = Failure(name, str(e))
    if isinstance(result, Failure):
        return [{"story": result.id, "failure": result.reason}]
    reading = cast("Reading", result)
    if form == "rows":
        return rows(reading)
    return [{"story": reading.story.id, "reading": to_json(reading, explain=explain, indent=None)}]
