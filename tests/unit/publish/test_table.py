from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from whence.publish import ROW_SCHEMA, rows
from whence.records import Reading, Source, Statement, Story

PYTHON = {"string": (str,), "int": (int,), "float": (float,)}
REFERENCE = Path(__file__).parents[3] / "docs/reference/formats.md"


def fits(value: Any, kind: str) -> bool:
    if kind.startswith("list<"):
        return isinstance(value, list) and all(v is None or fits(v, kind[5:-1]) for v in value)
    return isinstance(value, PYTHON[kind])


def test_rows_keep_the_schema(reading: Reading) -> None:
    found = rows(reading)
    assert len(found) == len(reading.statements)
    for row in found:
        assert list(row) == list(ROW_SCHEMA)
        for name, value in row.items():
            assert value is None or fits(value, ROW_SCHEMA[name]), name


def test_parallel_lists_are_parallel(reading: Reading) -> None:
    for row in rows(reading):
        assert len(row["source_ids"]) == len(row["sources"]) == len(row["namings"]) == len(row["kinds"])
        figures = [row[k] for k in ("figures", "figure_words", "figure_low", "figure_high", "figure_units")]
        assert len({len(f) for f in figures}) == 1
        assert len(row["times"]) == len(row["time_words"])


def test_a_row_says_what_the_statement_says(reading: Reading) -> None:
    by_id = {row["statement"]: row for row in rows(reading)}
    assert by_id["st3"]["text"] == "“The crane,” … “had not been inspected since 2016.”"
    assert by_id["st5"]["chain"] == ["the operator", "Two dock workers", "Radio Kestrel"]
    assert by_id["st5"]["relays"] == ["Two dock workers", "Radio Kestrel"]
    assert by_id["st5"]["parent"] == "st4"
    assert by_id["st7"]["denies"] == ["st3"]
    assert (by_id["st8"]["figure_low"], by_id["st8"]["figure_high"]) == ([12.0], [15.0])
    assert by_id["st10"]["times"] == [None]


def test_rows_go_through_arrow_and_back(reading: Reading) -> None:
    pa = pytest.importorskip("pyarrow")

    def arrow(kind: str) -> Any:
        if kind.startswith("list<"):
            return pa.list_(arrow(kind[5:-1]))
        return {"string": pa.string(), "int": pa.int64(), "float": pa.float64()}[kind]

    schema = pa.schema([(name, arrow(kind)) for name, kind in ROW_SCHEMA.items()])
    hostile = Reading(
        Story("x\ud800"), (), (Statement("st1", ((0, 2),), "attributed", (Source("a", "\udc00", "named"),)),)
    )
    both = rows(reading) + rows(hostile)
    assert pa.Table.from_pylist(both, schema=schema).to_pylist() == both


def test_the_reference_lists_every_column() -> None:
    page = REFERENCE.read_text(encoding="utf-8")
    listed = [line.split("|")[1].strip(" `") for line in page.splitlines() if line.startswith("| `")]
    assert [name for name in listed if name in ROW_SCHEMA] == list(ROW_SCHEMA)
