"""What a hurried or hostile user does: odd paths, closed streams, signals, results written over stories."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import whence as library
from tests.functional.conftest import Run
from whence.cli.many import read_batch
from whence.ingest import load_many
from whence.records import Paragraph, Reading, Story

STORY = """Council denies dam claims

The dam is safe, engineer Ida Vik told the Vale Courier on Monday.
"""


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "s.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def files(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_nothing_is_written_but_what_was_asked_for(whence: Run, story: Path) -> None:
    """HOME is the same folder: onnxruntime would put a device id and its telemetry there."""
    assert whence("read", "s.txt", "--out", "r.json").returncode == 0
    assert whence("read", "s.txt", "s.txt", "--out", "r.jsonl").returncode == 0
    assert files(story.parent) == ["r.json", "r.jsonl", "s.txt"]


def test_an_empty_name_is_not_the_folder_we_are_in(whence: Run, story: Path) -> None:
    done = whence("read", "")
    assert done.returncode == 2
    assert "empty name" in done.stderr
    with pytest.raises(library.WhenceError, match="empty name"):
        library.read("")
    (failure,) = load_many([""])
    assert "empty name" in getattr(failure, "reason", "")


@pytest.mark.parametrize(
    "words",
    [("s.txt", "--out", "s.txt"), ("s.txt", "t.txt", "--out", "t.txt"), ("s.txt", "--format", "json", "--out", "l")],
    ids=" ".join,
)
def test_no_story_is_written_over(whence: Run, story: Path, words: tuple[str, ...]) -> None:
    (story.parent / "t.txt").write_text(STORY)
    (story.parent / "l").symlink_to("s.txt")
    done = whence("read", *words)
    assert done.returncode == 2
    assert "the story itself" in done.stderr
    assert story.read_text() == (story.parent / "t.txt").read_text() == STORY


def test_brat_keeps_its_annotations_and_the_story(whence: Run, story: Path) -> None:
    assert whence("read", "s.txt", "--format", "brat", "--out", "new.txt").returncode == 2
    assert whence("read", "s.txt", "--out", "s.ann").returncode == 0
    assert story.read_text() == STORY
    story.write_bytes(STORY.replace("claims", "cl\u00e9ms").encode("latin-1"))
    before = story.read_bytes()
    done = whence("read", "s.txt", "--out", "s.ann")
    assert (done.returncode, story.read_bytes()) == (2, before)
    assert "UTF-8" in done.stderr


@pytest.mark.parametrize("stories", [("s.txt",), ("s.txt", "s.txt")], ids=["one", "many"])
def test_a_folder_where_a_file_should_be(whence: Run, story: Path, stories: tuple[str, ...]) -> None:
    (story.parent / "sub").mkdir()
    done = whence("read", *stories, "--out", "sub", "--format", "jsonl")
    assert done.returncode == 2
    assert done.stderr == "whence: --out is a file here, and sub is a folder: name a file in it\n"
    assert files(story.parent) == ["s.txt", "sub"]


def test_a_file_where_a_folder_should_be(whence: Run, story: Path) -> None:
    (story.parent / "taken").write_text("x")
    done = whence("read", "s.txt", "s.txt", "--format", "html", "--out", "taken")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "taken is a file" in done.stderr


def test_pipes_and_devices_are_written_to_and_stay(whence: Run, story: Path) -> None:
    pipe = story.parent / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        assert whence("read", "s.txt", "--format", "json", "--out", "pipe").returncode == 0
        assert json.loads(reader.communicate(timeout=30)[0])["story"]["text"] == STORY
    assert pipe.is_fifo()


def test_a_link_stays_a_link_and_a_private_file_private(whence: Run, story: Path) -> None:
    real, link = story.parent / "real.json", story.parent / "link.json"
    real.write_text("before")
    real.chmod(0o600)
    link.symlink_to("real.json")
    assert whence("read", "s.txt", "--out", "link.json").returncode == 0
    assert link.is_symlink()
    assert json.loads(real.read_text())["version"] == 1
    assert real.stat().st_mode & 0o777 == 0o600


def test_a_name_as_long_as_names_can_be(whence: Run, story: Path) -> None:
    name = "x" * 250 + ".html"
    assert whence("read", "s.txt", "--out", name).returncode == 0
    assert files(story.parent) == ["s.txt", name]


@pytest.mark.parametrize("closed", [">&-", "<&-", "2>&-"])
def test_closed_streams_are_no_defect(story: Path, closed: str) -> None:
    source = "-" if closed == "<&-" else "s.txt"
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m whence read {source} {closed}', sys.executable],
        cwd=story.parent, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == (2 if source == "-" else 0)
    assert "Traceback" not in done.stderr


def test_without_a_command_the_help_is_shown(whence: Run) -> None:
    done = whence()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == whence("--help").stdout


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=["term", "kill"])
def test_a_batch_that_is_ended_leaves_nothing_running(tmp_path: Path, number: signal.Signals) -> None:
    lines = "".join(json.dumps({"id": str(n), "text": STORY * 20}) + "\n" for n in range(200))
    (tmp_path / "in.jsonl").write_text(lines)
    (tmp_path / "o.jsonl").write_text("before")
    process = subprocess.Popen(
        [sys.executable, "-m", "whence", "read", "in.jsonl", "--out", "o.jsonl", "--workers", "2"],
        cwd=tmp_path, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    until = time.monotonic() + 60
    while time.monotonic() < until and not any(p.stat().st_size for p in tmp_path.glob("o.jsonl.partial/results")):
        time.sleep(0.1)
    process.send_signal(number)
    # The workers hold our pipe too: this returns when the last of them has ended, and not before.
    _, told = process.communicate(timeout=60)
    assert (tmp_path / "o.jsonl").read_text() == "before"
    if number == signal.SIGTERM:
        assert process.returncode == 130
        assert re.fullmatch(
            r"whence: \d+ stories are kept in o\.jsonl\.partial: the same command goes on from there\n+"
            r"whence: interrupted\n",
            told,
        )
    assert files(tmp_path) == ["in.jsonl", "o.jsonl", "o.jsonl.partial"]


def test_no_page_of_a_folder_takes_the_place_of_another(tmp_path: Path) -> None:
    ids = ["a", "a", "a-2", "A", "b/a"]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps({"id": i, "text": STORY}) + "\n" for i in ids))
    failed = read_batch([str(tmp_path / "in.jsonl")], format="annotation", out=tmp_path / "out", workers=1, quiet=True)
    assert failed == 0
    assert len({n.lower() for n in files(tmp_path / "out")}) == len(ids)


def test_a_pipe_in_a_folder_does_not_stop_a_batch(story: Path) -> None:
    os.mkfifo(story.parent / "p.txt")
    found = list(load_many([story.parent]))
    assert [type(x).__name__ for x in found] == ["Failure", "Story"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_shut_folder_is_reported(story: Path) -> None:
    (story.parent / "shut").mkdir(mode=0)
    assert "shut" in [getattr(x, "id", "").rpartition("/")[2] for x in load_many([story.parent])]


def test_text_given_as_a_path_is_told_apart_in_one_line() -> None:
    with pytest.raises(library.WhenceError, match="read_text") as caught:
        library.read(STORY * 20)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_a_story_record_takes_a_date_and_an_outlet() -> None:
    text = Story(text=STORY, paragraphs=(Paragraph((27, 93), "body"),), outlet="Selm Gazette")
    reading = library.read(text, published="2024-03-14", outlet="Vale Courier")
    assert (reading.story.published, reading.story.outlet) == ("2024-03-14", "Vale Courier")
    assert [t.value for s in reading.statements for t in s.times] == ["2024-03-11"]
    assert library.read(text).story == text
    with pytest.raises(library.WhenceError, match="ISO 8601"):
        library.read(text, published="Monday")


def test_a_terminal_without_our_marks_gets_ascii() -> None:
    from whence.publish import terminal_text

    reading = library.read_text(STORY.replace("Vik", "Vík"))
    shown = terminal_text(reading, encoding="ascii")
    assert shown.isascii()
    assert "V?k" in shown
    assert "Vík" in terminal_text(reading)


def test_a_defect_in_one_story_does_not_stop_an_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    from whence.batch import read_stories
    from whence.read import Reader

    def broken(self: Reader, story: Story) -> Reading:
        if story.id == "bad":
            raise RuntimeError("a library gave up")
        return Reading(story)

    monkeypatch.setattr(Reader, "read", broken)
    stories = [Story(STORY, id=i) for i in ("one", "bad", "two")]
    found = list(read_stories(stories, workers=1))
    assert [type(x).__name__ for x in found] == ["Reading", "Failure", "Reading"]
    assert "a library gave up" in found[1].reason
