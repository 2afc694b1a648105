"""One body of tests for every engine: the same archive, the same tables."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from tests.unit.trace.archives import FOOTER, archive, batch, prose
from whence.trace.find import find_reuse
from whence.trace.reuse import Reuse
from whence.trace.settings import Settings


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    pytest.importorskip("pyspark", reason="pyspark is not installed")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java: tools/install-java.sh installs one")
    from whence.trace.engines.spark import start_session

    # Plans for archives of ten stories are not worth compiling.
    small = {
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.adaptive.enabled": "false",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }
    session = start_session(Settings(threads=1), tmp_path_factory.mktemp("spark"), small)
    yield session
    session.stop()


Trace = Callable[..., Reuse]
# One worker starts Spark for all of them, under `pytest -n 2 --dist loadgroup`.
SPARK = pytest.param("spark", marks=pytest.mark.xdist_group("spark"))


@pytest.fixture(params=["duckdb", SPARK, "reference"])
def trace(request: pytest.FixtureRequest, tmp_path: Path) -> Trace:
    if request.param == "spark":
        request.getfixturevalue("spark")

    def run(batches: pa.RecordBatch, settings: Settings | None = None) -> Reuse:
        return find_reuse([batches], tmp_path / request.param, settings=settings, engine=request.param)

    return run


def passages(reuse: Reuse) -> list[tuple[int, int, str, str]]:
    rows = reuse.table("passages").to_pylist()
    return [
        (r["a"], r["b"], reuse.text(r["a"])[r["a_start"] : r["a_end"]], reuse.text(r["b"])[r["b_start"] : r["b_end"]])
        for r in rows
    ]


def test_a_lifted_passage(trace: Trace) -> None:
    lifted = prose(40, 1)
    found = trace(batch([f"{prose(50, 2)}. {lifted}!", f"{lifted.upper()}, {prose(60, 3)}", prose(70, 4)]))
    assert passages(found) == [(0, 1, lifted, lifted.upper())]
    assert found.table("pairs").to_pylist()[0]["words"] == 40


def test_identical_stories_from_the_first_letter(trace: Trace) -> None:
    text = prose(60, 5)
    found = trace(batch([text] * 4))
    assert passages(found) == [(a, b, text, text) for a in range(4) for b in range(a + 1, 4)]
    assert found.table("families")["family"].to_pylist() == [0] * 4


def test_a_shared_sentence_joins_no_family(trace: Trace) -> None:
    shared = prose(24, 6)
    found = trace(batch([f"{prose(100, 7)}. {shared}", f"{shared}. {prose(100, 8)}"]))
    assert len(passages(found)) == 1
    assert found.table("families").num_rows == 0


def test_a_quotation_is_told_from_prose_and_joins_no_family(trace: Trace) -> None:
    quote = prose(50, 9)
    texts = [f"{prose(30, 10)}\n\n“{quote},” said one.", f"{prose(30, 11)} “{quote}”"]
    found = trace(batch(texts))
    row = found.table("passages").to_pylist()[0]
    assert (row["kind"], row["words"], row["quotation"], row["prose"]) == ("quotation", 50, 50, 0)
    assert found.table("families").num_rows == 0


def footers(count: int) -> list[str]:
    return [f"{prose(80, 100 + k)}\n\n{FOOTER}" for k in range(count)]


def test_boilerplate_is_found_and_makes_no_pairs(trace: Trace) -> None:
    found = trace(batch([*footers(8), prose(80, 200)], ["ledger.example"] * 8 + ["tide.example"]))
    assert passages(found) == []
    rows = found.table("boilerplate").to_pylist()
    assert [found.text(r["story"])[r["start"] : r["end"]] for r in rows] == [FOOTER] * 8
    assert {r["stories"] for r in rows} == {8}
    assert found.table("stories")["furniture"].to_pylist() == [len(FOOTER.split())] * 8 + [0]


def test_boilerplate_is_cut_out_of_passages(trace: Trace) -> None:
    texts = footers(8)
    texts[1] = texts[0]
    found = trace(batch(texts, ["ledger.example"] * 8))
    body = texts[0].split("\n")[0]
    assert passages(found) == [(0, 1, body, body)]
    assert found.table("pairs")["a_share"].to_pylist() == [1.0]


def test_versions_of_one_story_are_not_boilerplate(trace: Trace) -> None:
    text = prose(80, 12)
    found = trace(batch([f"{prose(8, 300 + k)}. {text}" for k in range(8)], ["ledger.example"] * 8))
    assert found.table("boilerplate").num_rows == 0
    assert found.table("families").num_rows == 8


def test_an_agency_sentence_in_many_outlets_is_not_boilerplate(trace: Trace) -> None:
    sentence = prose(24, 13)
    texts = [f"{prose(60, 400 + k)}. {sentence}" for k in range(8)]
    found = trace(batch(texts, [f"outlet-{k}.example" for k in range(8)]))
    assert found.table("pairs").num_rows == 28


def test_a_crowd_stays_one_family_without_all_its_pairs(trace: Trace) -> None:
    text = prose(60, 14)
    found = trace(batch([f"{text}. {prose(10, 500 + k)}" for k in range(30)]), Settings(crowd=10))
    pairs = found.table("pairs").to_pylist()
    assert len(pairs) < 30 * 3
    assert all(pair["crowd"] for pair in pairs)
    assert found.table("families")["family"].to_pylist() == [0] * 30


def test_no_stories(trace: Trace) -> None:
    found = trace(batch([]))
    assert found.table("pairs").num_rows == 0
    assert found.table("stories").num_rows == 0


def test_what_is_left_out_is_said(trace: Trace) -> None:
    texts = ["", "  \n", prose(30, 15), prose(30, 16), None, "Only three words"]
    found = trace(batch(texts, ids=["a", "b", "c", "c", "d", "e"]))  # type: ignore[arg-type]
    rows = found.table("skipped").to_pylist()
    assert [(r["place"], r["id"], r["reason"]) for r in rows] == [
        (0, "a", "empty"), (1, "b", "empty"), (3, "c", "duplicate-id"), (4, "d", "no-text"),
    ]  # fmt: skip
    assert found.table("stories")["id"].to_pylist() == ["c", "e"]


@pytest.mark.parametrize("engine", ["duckdb", SPARK])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_engine_gives_the_same_tables(
    engine: str, seed: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if engine == "spark":
        request.getfixturevalue("spark")
    stories = archive(150, seed)
    settings = Settings(crowd=12)
    one = find_reuse([stories], tmp_path / "one", settings=settings, engine=engine)  # type: ignore[arg-type]
    plain = find_reuse([stories], tmp_path / "plain", settings=settings, engine="reference")
    assert one.counts == plain.counts
    assert one.counts["passages"] > 50
    for name in ("stories", "passages", "pairs", "families", "boilerplate", "skipped"):
        assert one.table(name).equals(plain.table(name)), name
