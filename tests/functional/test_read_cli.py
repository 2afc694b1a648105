"""`whence read` as a user meets it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.functional.conftest import Run

STORY = """Council denies dam claims

Fact checked by Our Readers

The dam is safe, engineer Ida Vik told the Vale Courier on Monday.

More than 80 people left their homes. “Nobody was told,” said a resident who asked not to be named.

The council rejected the claims.
"""


def read_json(done) -> dict:  # type: ignore[no-untyped-def,type-arg]
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_text_is_the_default_and_needs_no_colour(whence: Run, sample: Path) -> None:
    done = whence("read", sample, "--published", "2024-03-14")
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert done.stderr == ""


def test_json_is_the_contract_and_spans_are_the_files_own(whence: Run, sample: Path) -> None:
    reading = read_json(whence("read", sample, "--format", "json", "--published", "2024-03-14"))
    text = sample.read_text(encoding="utf-8")
    assert reading["story"]["text"] == text
    assert reading["version"] == 1
    ids = {s["id"] for s in reading["sources"]}
    for s in reading["statements"]:
        assert set(s["source_ids"]) <= ids
        assert set(s["chain"]) <= ids
        assert s["voice"] in ("own", "attributed")
        assert all(0 <= a < b <= len(text) for a, b in s["content"])
    assert any(s["voice"] == "attributed" for s in reading["statements"])


def test_the_same_story_gives_the_same_bytes(whence: Run, sample: Path) -> None:
    words = ("read", sample, "--format", "json", "--explain")
    assert whence(*words).stdout == whence(*words).stdout


def test_standard_input(whence: Run) -> None:
    reading = read_json(whence("read", "-", "--format", "json", "--published", "2024-03-14", stdin=STORY))
    assert reading["story"]["published"] == "2024-03-14"
    assert reading["story"]["headline"] == [0, 25]


def test_a_page_is_read_as_a_page(whence: Run, sample: Path) -> None:
    reading = read_json(whence("read", sample.with_suffix(".html"), "--format", "json"))
    assert "<" not in reading["story"]["text"]
    assert reading["story"]["outlet"]


@pytest.mark.parametrize("name", ["r.html", "r.json", "r.jsonld", "r.ann", "r.txt", "r.jsonl"])
def test_the_ending_of_out_decides_the_format(whence: Run, sample: Path, tmp_path: Path, name: str) -> None:
    done = whence("read", sample, "--out", name)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    written = (tmp_path / name).read_text(encoding="utf-8")
    starts = {"r.html": "<!doctype html>", "r.json": "{", "r.jsonld": "{", "r.ann": "T1\t", "r.jsonl": '{"version'}
    assert written.lower().startswith(starts.get(name, "").lower())
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".r")], "a temporary file was left behind"


def test_parquet(whence: Run, sample: Path, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="needs whence[parquet]")
    assert whence("read", sample, "--out", "r.parquet").returncode == 0
    table = pq.read_table(tmp_path / "r.parquet")
    assert table.num_rows > 5
    assert {"story", "statement", "voice", "content"} <= set(table.column_names)


def test_a_batch_goes_on_after_a_bad_story(whence: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in (1, 2, 4):
        (folder / f"{n}.txt").write_text(STORY)
    (folder / "3.txt").write_bytes(b"%PDF-1.7\x00\x01\x02" * 40)
    (folder / "5.txt").write_text("   ")
    done = whence("read", folder, "--out", "all.jsonl")
    assert done.returncode == 3
    assert "3.txt" in done.stderr
    assert "5.txt" in done.stderr
    assert "3 read, 2 failed" in done.stderr
    lines = (tmp_path / "all.jsonl").read_text().splitlines()
    assert [Path(json.loads(x)["story"]["id"]).name for x in lines] == ["1.txt", "2.txt", "4.txt"]


def test_one_worker_and_many_give_the_same_bytes(whence: Run, tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"n{n}", "text": STORY.replace("80", str(80 + n))}) for n in range(6)]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    one = whence("read", "in.jsonl", "--workers", "1", "--quiet")
    two = whence("read", "in.jsonl", "--workers", "2", "--quiet")
    assert one.returncode == two.returncode == 0, one.stderr + two.stderr
    assert one.stdout == two.stdout
    assert len(one.stdout.splitlines()) == 6


def test_pages_of_a_batch_go_into_a_folder(whence: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_text(STORY)
    assert whence("read", "a.txt", "b.txt", "--format", "html", "--out", "pages").returncode == 0
    assert sorted(p.name for p in (tmp_path / "pages").iterdir()) == ["a.txt.html", "b.txt.html"]


BAD = [
    (["read", "nowhere.txt"], 2, "nowhere.txt"),
    (["read", "empty.txt"], 2, "no text"),
    (["read", "story.txt", "--published", "Thursday"], 2, "ISO 8601"),
    (["read", "https://127.0.0.1/x"], 4, "127.0.0.1"),
    (["read", "https://example.org/x", "--offline"], 4, "offline"),
    (["read", "story.txt", "-"], 2, "standard input"),
    (["read", "story.txt", "story.txt", "--workers", "0"], 2, "1 or more"),
    (["read", "story.txt", "story.txt", "--format", "html"], 2, "--out"),
    (["read", "story.txt", "--format", "parquet"], 2, "--out"),
    (["read", "story.txt", "--format", "pdf"], 2, "pdf"),
    (["read"], 2, "STORY"),
    (["nonsense"], 2, "nonsense"),
]


@pytest.mark.parametrize(("words", "code", "says"), BAD, ids=[" ".join(w) for w, _, _ in BAD])
def test_bad_input_is_one_line_and_a_code(whence: Run, tmp_path: Path, words: list[str], code: int, says: str) -> None:
    (tmp_path / "empty.txt").write_text("\n \n")
    (tmp_path / "story.txt").write_text(STORY)
    done = whence(*words)
    assert done.returncode == code, done.stderr
    assert says in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("whence: ")
    assert done.stdout == ""


def test_a_failure_leaves_what_was_there(whence: Run, tmp_path: Path) -> None:
    (tmp_path / "kept.json").write_text("before")
    assert whence("read", "nowhere.txt", "--out", "kept.json").returncode == 2
    assert (tmp_path / "kept.json").read_text() == "before"


def test_explain_says_why(whence: Run, sample: Path) -> None:
    reading = read_json(whence("read", sample, "--format", "json", "--explain"))
    explained = {e["target"] for e in reading["explanations"]}
    assert {s["id"] for s in reading["statements"]} <= explained
    assert all(e["rule"] and e["component"] for e in reading["explanations"])


def test_doctor_finds_all_well(whence: Run) -> None:
    done = whence("doctor", "--json")
    assert done.returncode == 0, done.stdout
    report = json.loads(done.stdout)
    assert report["problems"] == []
    assert all(m["intact"] and len(m["sha256"]) == 64 for m in report["models"].values())
    assert "all well" in whence("doctor").stdout


def test_version_help_and_completion(whence: Run) -> None:
    assert whence("--version").stdout.startswith("whence ")
    assert "read" in whence("--help").stdout
    for shell in ("bash", "zsh", "fish"):
        assert "_WHENCE_COMPLETE" in whence("completion", shell).stdout


def test_a_reader_that_goes_away_is_no_error(sample: Path) -> None:
    import subprocess
    import sys

    with subprocess.Popen(
        [sys.executable, "-m", "whence", "read", str(sample), "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.wait(timeout=60) == 0
        assert process.stderr.read() == b""
