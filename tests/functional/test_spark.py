"""The reader on Apache Spark gives what the local one gives."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import whence as library
from tests.functional.conftest import Run
from whence import spark
from whence.errors import InputError, RangeError

STORY = """Council denies dam claims

The dam is safe, engineer Ida Vik told the Vale Courier on Monday.

More than {n} people left their homes. “Nobody was told,” said a resident who asked not to be named.
"""
RECORDS: list[dict[str, Any]] = [
    {"id": f"n{n}", "text": STORY.format(n=n), "outlet": "Selm Gazette" if n % 2 else None, "published": "2024-03-14"}
    for n in range(10, 17)
] + [{"id": "bad", "text": "  ", "outlet": None, "published": None}]


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """Spark on two cores of this machine."""
    pytest.importorskip("pyspark", reason="needs whence[spark]")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        pytest.skip("needs Java 17 or newer: sh tools/install-java.sh")
    import warnings

    from pyspark.sql import SparkSession

    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        warnings.simplefilter("ignore")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        made = (
            SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.log.level", "ERROR")
            .config("spark.sql.session.timeZone", "UTC")
            # Some short queries are done before the second compiler pays.
            .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
            .getOrCreate()
        )
        yield made
        made.stop()


pytestmark = pytest.mark.filterwarnings("ignore")


def test_rows_are_those_of_the_command_line(session: Any, whence: Run, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="needs whence[parquet]")
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(r) + "\n" for r in RECORDS))
    assert whence("read", "in.jsonl", "--out", "r.parquet").returncode == 3
    local = pq.read_table(tmp_path / "r.parquet")
    frame = session.createDataFrame(RECORDS, "id STRING, text STRING, outlet STRING, published STRING").repartition(3)
    found = spark.read(frame).toArrow()
    failed = found.filter(found["failure"].is_valid())
    assert failed["story"].to_pylist() == ["bad"]
    assert "no text" in failed["failure"][0].as_py()
    read = found.filter(found["failure"].is_null()).drop_columns(["failure"])
    by = [("story", "ascending"), ("number", "ascending")]
    assert read.column_names == local.column_names
    assert read.sort_by(by).to_pylist() == local.sort_by(by).to_pylist()


def test_json_is_the_local_reading(session: Any) -> None:
    frame = session.createDataFrame(RECORDS[:2], "id STRING, text STRING, outlet STRING, published STRING")
    found = spark.read(frame, form="json", explain=True).toArrow().to_pylist()
    for record, row in zip(RECORDS, found, strict=False):
        assert row["story"] == record["id"]
        reading = json.loads(row["reading"])
        local = json.loads(
            library.read_text(record["text"], published="2024-03-14", outlet=record["outlet"]).to_json(explain=True)
        )
        local["story"]["id"] = record["id"]
        assert reading == local
        assert reading["explanations"]


def test_dates_of_any_type_and_defaults_for_those_that_do_not_say(session: Any) -> None:
    text = STORY.format(n=5)
    days = [date(2024, 3, 14), None]
    frame = session.createDataFrame([(text, d) for d in days], "text STRING, published DATE")
    found = [json.loads(r.reading)["story"] for r in spark.read(frame, form="json", published="2001-02-03").collect()]
    assert [s["published"] for s in found] == ["2024-03-14", "2001-02-03"]
    moment = session.createDataFrame([(text, datetime(2024, 3, 14, 9, tzinfo=UTC))], "text STRING, date TIMESTAMP")
    (row,) = spark.read(moment, form="json").collect()
    assert json.loads(row.reading)["story"]["published"].startswith("2024-03-14T09:00")


def test_what_is_no_frame_of_stories_is_refused(session: Any) -> None:
    with pytest.raises(InputError, match="got list"):
        spark.read([])
    frame = session.createDataFrame([("x",)], "words STRING")
    with pytest.raises(InputError, match="the columns are words"):
        spark.read(frame)
    with pytest.raises(RangeError, match="got 'table'"):
        spark.read(frame, form="table")  # type: ignore[arg-type]
    with pytest.raises(RangeError, match="ISO 8601"):
        spark.read(frame.withColumnRenamed("words", "text"), published="Monday")


def test_importing_it_imports_no_spark() -> None:
    code = "import sys, whence.spark; sys.exit('pyspark' in sys.modules or 'pyarrow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
