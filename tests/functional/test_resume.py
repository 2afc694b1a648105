"""A batch that was stopped goes on where it was, and its results are those of one that was not."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.functional.conftest import Run
from whence.cli.journal import Journal

STORY = """Council denies dam claims

The dam is safe, engineer Ida Vik told the Vale Courier on Monday.

More than {n} people left their homes. “Nobody was told,” said a resident who asked not to be named.

The council rejected the claims.
"""


def archive(folder: Path, count: int) -> Path:
    """A JSONL file of stories that differ, every seventh of which cannot be read."""
    path = folder / "in.jsonl"
    records = [{"id": f"n{n}", "text": STORY.format(n=n + 10) if n % 7 else " "} for n in range(count)]
    path.write_text("".join(json.dumps(r) + "\n" for r in records))
    return path


def kill(folder: Path, number: signal.Signals, *words: str, after: int = 3) -> int:
    """Begin a batch and end it as soon as some stories are done; how many are."""
    with subprocess.Popen(
        [sys.executable, "-m", "whence", "read", *words, "--workers", "2"],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        (out,) = [folder / w for w in words if w.startswith("o")]
        journal = Journal.folder_of(out) / "journal"
        until = time.monotonic() + 90
        while time.monotonic() < until and process.poll() is None:
            if journal.exists() and (len(journal.read_bytes().partition(b"\n")[2]) // 33) >= after:
                break
            time.sleep(0.01)
        process.send_signal(number)
        process.wait(60)
    return len(journal.read_bytes().partition(b"\n")[2]) // 33


def before(told: str) -> int:
    """How many stories a run says were done before."""
    found = re.search(r"going on: (\d+) stories", told)
    return int(found[1]) if found else 0


@pytest.mark.parametrize(
    ("out", "number"), [("o.jsonl", signal.SIGKILL), ("o.parquet", signal.SIGKILL), ("o.jsonl", signal.SIGINT)]
)
def test_a_stopped_batch_goes_on_and_ends_as_if_never_stopped(
    whence: Run, tmp_path: Path, out: str, number: signal.Signals
) -> None:
    if out.endswith("parquet"):
        pytest.importorskip("pyarrow", reason="needs whence[parquet]")
    archive(tmp_path, 120)
    done = kill(tmp_path, number, "in.jsonl", "--out", out)
    assert 3 <= done < 120, "the batch was over before it could be stopped"
    assert not (tmp_path / out).exists(), "nothing half-written bears the name of the results"
    resumed = whence("read", "in.jsonl", "--out", out)
    assert resumed.returncode == 3
    assert before(resumed.stderr) == done
    assert resumed.stderr.splitlines()[-1] == "whence: 102 read, 18 failed"
    whole = whence("read", "in.jsonl", "--out", f"whole.{out[2:]}", "--workers", "1")
    assert whole.returncode == 3
    assert (tmp_path / out).read_bytes() == (tmp_path / f"whole.{out[2:]}").read_bytes()
    assert not Journal.folder_of(tmp_path / out).exists()


def test_pages_go_on_too_and_keep_their_names(whence: Run, tmp_path: Path) -> None:
    records = [{"id": "same", "text": STORY.format(n=n)} for n in range(60)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records))
    done = kill(tmp_path, signal.SIGKILL, "in.jsonl", "--format", "annotation", "--out", "o")
    # Often, but not always, the kill falls into the writing of a page; what it leaves then is always left here.
    (tmp_path / "o/.whence-page.partial").write_text("half a page")
    resumed = whence("read", "in.jsonl", "--format", "annotation", "--out", "o")
    assert (resumed.returncode, before(resumed.stderr)) == (0, done)
    assert whence("read", "in.jsonl", "--format", "annotation", "--out", "whole", "--quiet").returncode == 0
    one, other = ({p.name: p.read_bytes() for p in (tmp_path / f).iterdir()} for f in ("o", "whole"))
    assert one == other
    assert len(one) == 60


def test_what_has_changed_is_not_mixed_with_what_was(whence: Run, tmp_path: Path) -> None:
    path = archive(tmp_path, 60)
    kill(tmp_path, signal.SIGKILL, "in.jsonl", "--out", "o.jsonl")
    other = whence("read", "in.jsonl", "--out", "o.jsonl", "--published", "2024-03-14")
    assert other.returncode == 2
    assert "begun with another --published" in other.stderr
    assert "--fresh" in other.stderr
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([lines[0], lines[1].replace("Ida", "Ada"), *lines[2:]]))
    changed = whence("read", "in.jsonl", "--out", "o.jsonl")
    assert changed.returncode == 2
    assert "n1 is where an unfinished run read something else, as story 2" in changed.stderr
    path.write_text(lines[0])
    assert "nothing is left where" in whence("read", "in.jsonl", "--out", "o.jsonl").stderr
    path.write_text("".join(lines[1:6]))
    fresh = whence("read", "in.jsonl", "--out", "o.jsonl", "--fresh")
    assert (fresh.returncode, fresh.stderr) == (0, "whence: 5 read, 0 failed\n")
    assert len((tmp_path / "o.jsonl").read_text().splitlines()) == 5


def test_a_folder_is_read_without_the_results_in_it(whence: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/b.txt").write_text(STORY)
    for place in (("--out", "sub/r.jsonl"), ("--format", "html", "--out", "sub/pages")):
        for _ in range(2):
            done = whence("read", ".", *place)
            assert (done.returncode, done.stderr) == (0, "whence: 2 read, 0 failed\n")
        for made in (tmp_path / "sub").glob("r.jsonl"):
            made.unlink()


def test_doubts_about_a_story_are_told_in_a_batch(whence: Run, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes(
        STORY.replace("Vik", "V\u00edk").replace("“", "").replace("”", "").encode("latin-1")
    )
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "x", "text": STORY, "published": "Thursday"}) + "\n")
    done = whence("read", "old.txt", "in.jsonl", "--out", "r.jsonl")
    assert done.returncode == 0
    assert "note: old.txt: old.txt does not say its encoding: read as cp1252" in done.stderr
    assert "note: x: its date 'Thursday' cannot be read" in done.stderr
    assert "note" not in whence("read", "old.txt", "in.jsonl", "--out", "r.jsonl", "--quiet").stderr


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("e.jsonl", b"\n \n", "e.jsonl: no line of it holds anything"),
        (
            "d.warc",
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: nine\r\n\r\nxx",
            "no page of HTML or text was found in it",
        ),
        ("n.jsonl", b"nonsense\n", "n.jsonl:1: the line is no JSON"),
    ],
)
def test_where_nothing_can_be_read_nothing_is_written(
    whence: Run, tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "o.jsonl").write_text("before")
    done = whence("read", name, "--out", "o.jsonl")
    assert done.returncode == 2
    assert says in done.stderr
    assert "nothing could be read" in done.stderr
    assert (tmp_path / "o.jsonl").read_text() == "before"
    assert not (tmp_path / "o.jsonl.partial").exists()


def test_two_runs_do_not_write_to_one_file(whence: Run, tmp_path: Path) -> None:
    archive(tmp_path, 5)
    journal = Journal(tmp_path / "o.jsonl", {})
    done = whence("read", "in.jsonl", "--out", "o.jsonl")
    journal.close()
    assert done.returncode == 2
    assert "another run is writing" in done.stderr
