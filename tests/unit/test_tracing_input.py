"""Tables of stories are read a batch at a time, and bad ones are said to be bad."""

from __future__ import annotations

import csv
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from whence import tracing_input
from whence.errors import InputError
from whence.tracing_input import batches_of

ROWS = [
    {"id": "a", "text": "One\n\n“two”, three", "outlet": "Vale Herald", "published": "2024-03-05", "other": "x"},
    {"id": "b", "text": "Ett, två", "outlet": None, "published": None, "other": "y"},
    {"id": None, "text": None, "outlet": "Lumo", "published": "2024", "other": "z"},
]


def rows(given: object) -> list[dict[str, object]]:
    return [row for batch in batches_of(given, [], {}, True) for row in batch.to_pylist()]


def write_csv(path: Path, held: list[dict[str, object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, held[0].keys())
        writer.writeheader()
        writer.writerows(held)
    return path


def test_csv_and_parquet_say_the_same(tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "a.parquet")
    expected = rows(tmp_path / "a.parquet")
    assert rows(write_csv(tmp_path / "a.csv", ROWS)) == expected
    assert expected[0]["quoted_start"] == [5]
    assert expected[1]["outlet"] is None
    assert "other" not in expected[0]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_table_is_never_whole_in_memory(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = [{"id": f"s{k}", "text": f"{k} " + "word " * 20_000} for k in range(250)]
    path = tmp_path / f"a.{kind}"
    if kind == "csv":
        write_csv(path, held)
    else:
        pq.write_table(pa.Table.from_pylist(held), path, row_group_size=10)
    del held
    monkeypatch.setattr(tracing_input, "_BATCH", 4)
    monkeypatch.setattr(tracing_input, "_LARGE", 1 << 19)
    before = pa.total_allocated_bytes()
    tracemalloc.start()
    count = most = 0
    for batch in batches_of(path, [], {}, True):
        count += batch.num_rows
        most = max(most, pa.total_allocated_bytes() - before + tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    assert count == 250
    assert most < 12_000_000  # of 25


def test_times_become_iso_and_numbers_become_text() -> None:
    table = pa.table({"id": [1, 2], "text": ["a", "b"], "published": [datetime(2024, 3, 5, 8, 30), None]})
    assert [(r["id"], r["published"]) for r in rows(table)] == [("1", "2024-03-05T08:30:00.000000"), ("2", None)]
    zoned = pa.table({"id": ["1"], "text": ["a"], "published": [datetime(2024, 3, 5, 8, 30, tzinfo=UTC)]})
    assert str(rows(zoned)[0]["published"]).startswith("2024-03-05T08:30")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"", "the columns are none: name one id"),
        ("a.csv", b"id,words\n1,2\n", "name one text"),
        ("a.csv", b"id,text\n1,\xff\xfe\n", "cannot be read as a table"),
        ("a.parquet", b"PAR1 torn", "cannot be read as a table"),
    ],
)
def test_what_is_no_table_says_so(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=says):
        rows(tmp_path / name)


def test_a_column_that_is_no_text_says_so() -> None:
    with pytest.raises(InputError, match="text is text, but the column's type is list"):
        rows(pa.table({"id": ["a"], "text": [["a"]]}))
    with pytest.raises(InputError, match="got int: give one of those"):
        rows([3])
