"""`whence trace`, through the front door: invented archives in, tables, pages and answers out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

pytest.importorskip("duckdb")
pq = pytest.importorskip("pyarrow.parquet")

from tests.functional.conftest import Run  # noqa: E402
from tests.unit.trace.histories import DAM, FERRY, QUOTE, story  # noqa: E402

SAID = f"{QUOTE} said Lena Orr, who measures the wall for the district."
OTHER = "The crack came as no surprise to those who had watched the dam for years, people in the villages say."
HOSTILE = "<script>alert(1)</script> & “<b>”"


def archive(at: Path) -> Path:
    rows = [
        ("h1", "Vale Herald", "2024-03-05T08:00", story("Crack in the dam", *DAM[:3], SAID, *DAM[3:])),
        ("c1", "Tessal <i>Courier</i>", "2024-03-05T12:00", story(f"Dam {HOSTILE}", *DAM[:3], SAID, *DAM[3:6])),
        (
            "d1",
            "The Dockside",
            "2024-03-04",
            story("Builder gone", *DAM[:5], "It was first reported by the Vale Herald."),
        ),
        ("k1", "Kestrel News", "2024-03-06", story("Wall was moving", OTHER, SAID)),
        ("u1", None, None, story("Ferry", *FERRY)),
        ("u2", None, None, story("Island", *FERRY)),
    ]
    lines = [json.dumps({"id": i, "outlet": o, "published": p, "text": t}) for i, o, p, t in rows]
    at.write_text("\n".join(lines) + "\n")
    return at


def table(folder: Path, name: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = pq.read_table(folder / f"{name}.parquet").to_pylist()
    return rows


def test_an_archive_becomes_tables_and_pages(whence: Run, tmp_path: Path) -> None:
    done = whence("trace", archive(tmp_path / "a.jsonl"), "--out", tmp_path / "traced")
    assert done.returncode == 0, done.stderr
    assert "4 pages, 2 origins" in done.stdout
    found = {(d["story"], d["parent"], d["kind"]) for d in table(tmp_path / "traced", "derivations")}
    assert found == {(1, 0, "taken"), (2, 0, "taken"), (5, 4, "unknown")}
    wrong_clock = next(d for d in table(tmp_path / "traced", "derivations") if d["story"] == 2)
    assert wrong_clock["against"] == ["earlier"]
    (quotation,) = {q["quotation"] for q in table(tmp_path / "traced", "quotations")}
    assert {q["story"] for q in table(tmp_path / "traced", "quotations")} == {0, 1, 3}
    assert quotation == 0


def test_pages_link_to_pages_that_are_there_and_nothing_in_them_acts(whence: Run, tmp_path: Path) -> None:
    whence("trace", archive(tmp_path / "a.jsonl"), "--out", tmp_path / "traced", "--quiet")
    report = tmp_path / "traced/report"
    pages = {p.name: p.read_text() for p in report.iterdir()}
    assert {"index.html", "topic-0.html", "story-0.html"} <= set(pages)
    for page in pages.values():
        assert "<script" not in page
        assert "<i>Courier" not in page
        for target in re.findall(r'href="([^"#]+)"', page):
            assert target in pages or target.startswith("http")
    assert "4 pages, 2 origins" in pages["index.html"]
    assert "First here." in pages["story-0.html"]
    assert "which of them had it first is not known" in pages["topic-4.html"].replace("\n", " ")
    assert "<del>" in pages["topic-0.html"] or "Dropped on the way" in pages["story-1.html"]


def test_the_same_archive_gives_the_same_bytes(whence: Run, tmp_path: Path) -> None:
    given = archive(tmp_path / "a.jsonl")
    for out in ("one", "two"):
        assert whence("trace", given, "--out", tmp_path / out, "--quiet", "--title", "a").returncode == 0
    for name in ("derivations", "origins", "topics", "quotations", "credits", "passages"):
        assert (tmp_path / f"one/{name}.parquet").read_bytes() == (tmp_path / f"two/{name}.parquet").read_bytes()
    for page in (tmp_path / "one/report").iterdir():
        assert page.read_bytes() == (tmp_path / "two/report" / page.name).read_bytes()


def test_where_one_story_comes_from(whence: Run, tmp_path: Path) -> None:
    whence("trace", archive(tmp_path / "a.jsonl"), "--out", tmp_path / "traced", "--quiet")
    asked = tmp_path / "asked.txt"
    asked.write_text(story("Dam again", *DAM[:4]))
    text = whence("trace", "--story", asked, "--published", "2024-03-09", tmp_path / "traced")
    assert text.returncode == 0, text.stderr
    assert "Taken from" in text.stdout
    assert "Confidence" in text.stdout
    value = json.loads(
        whence("trace", "--story", asked, "--published", "2024-03-09", tmp_path / "traced", "--format", "json").stdout
    )
    assert value["origins"][0]["origin"] == "story:0"
    assert value["came_from"][0]["passages"]
    page = tmp_path / "where.html"
    assert whence("trace", "--story", asked, tmp_path / "traced", "--out", page).returncode == 0
    assert "where it comes from" in page.read_text()
    straight = whence("trace", "--story", asked, "--published", "2024-03-09", tmp_path / "a.jsonl", "--quiet")
    assert "Taken from" in straight.stdout


def test_a_story_unlike_all_others_is_its_own(whence: Run, tmp_path: Path) -> None:
    whence("trace", archive(tmp_path / "a.jsonl"), "--out", tmp_path / "traced", "--quiet")
    done = whence("trace", "--story", "-", tmp_path / "traced", stdin="Chess\n\nThe champion will play no more.\n")
    assert done.returncode == 0, done.stderr
    assert "Its own words" in done.stdout


def test_added_stories_join_those_that_are_there(whence: Run, tmp_path: Path) -> None:
    whence("trace", archive(tmp_path / "a.jsonl"), "--out", tmp_path / "traced", "--quiet")
    more = tmp_path / "more.jsonl"
    more.write_text(
        json.dumps({"id": "n1", "outlet": "Lumo", "published": "2024-03-07", "text": story("Dam", *DAM[:7])})
    )
    done = whence("trace", more, "--out", tmp_path / "traced", "--add")
    assert done.returncode == 0, done.stderr
    assert "5 pages, 2 origins" in done.stdout


def test_bad_stories_are_counted_and_said(whence: Run, tmp_path: Path) -> None:
    given = archive(tmp_path / "a.jsonl")
    with given.open("a") as f:
        f.write('{"id": "h1", "text": "The same id again, with other words."}\nno json\n{"id": "e1", "text": " "}\n')
    done = whence("trace", given, "--out", tmp_path / "traced")
    assert done.returncode == 3
    assert "duplicate-id" in done.stderr
    assert "no JSON" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Left out" in (tmp_path / "traced/report/index.html").read_text()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["missing/", "--out", "t"], "cannot be read"),
        (["a.jsonl"], "--out"),
        (["a.jsonl", "--out", "a.jsonl"], "is a file"),
        (["bad.parquet", "--out", "t"], "cannot be read as a table"),
        (["columns.csv", "--out", "t"], "name one id"),
        (["a.jsonl", "x.csv", "--out", "t"], "by itself"),
    ],
)
def test_wrong_usage_is_one_line(whence: Run, tmp_path: Path, words: list[str], says: str) -> None:
    archive(tmp_path / "a.jsonl")
    (tmp_path / "bad.parquet").write_bytes(b"no parquet")
    (tmp_path / "columns.csv").write_text("name,text\nx,y\n")
    done = whence("trace", *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_tables_of_all_kinds_go_in_and_come_out(tmp_path: Path) -> None:
    import pyarrow as pa

    import whence

    rows = [json.loads(line) for line in archive(tmp_path / "a.jsonl").read_text().splitlines()]
    arrow = pa.Table.from_pylist(rows)
    expected = whence.trace(arrow).table("derivations")
    assert expected.num_rows == 3
    pandas = pytest.importorskip("pandas")
    assert whence.trace(pandas.DataFrame(rows)).table("derivations").equals(expected)
    polars = pytest.importorskip("polars")
    found = whence.trace(polars.DataFrame(rows))
    assert found.table("derivations").equals(expected)
    assert found.polars("topics")["origins"].to_list() == [2, 1]
    duckdb = pytest.importorskip("duckdb")
    assert whence.trace(duckdb.sql("from arrow")).table("derivations").equals(expected)
    stories = [whence.Story(r["text"], id=r["id"], outlet=r["outlet"], published=r["published"]) for r in rows]
    assert whence.trace(stories).table("derivations").equals(expected)


def test_readings_bring_their_chains(whence: Run, tmp_path: Path) -> None:
    told = "“The wall was moving,” Lena Orr told the Vale Herald on Monday. She told the paper that nobody came."
    rows = [
        {"id": "a", "outlet": "Lumo News", "published": "2024-03-05", "text": story("Dam", told, *DAM[:4])},
        {"id": "b", "outlet": "Orrin Post", "published": "2024-03-06", "text": story("Wall", *DAM[:4])},
    ]
    given = tmp_path / "a.jsonl"
    given.write_text("\n".join(json.dumps(r) for r in rows))
    done = whence("trace", given, "--out", tmp_path / "traced", "--read", "--quiet")
    assert done.returncode == 0, done.stderr
    credits = [(c["story"], c["kind"], c["key"]) for c in table(tmp_path / "traced", "credits")]
    assert (0, "chain", "valeherald") in credits
    began = {o["story"]: o["origin"] for o in table(tmp_path / "traced", "origins") if o["main"]}
    assert began[0] == began[1] == "outlet:valeherald#0"
