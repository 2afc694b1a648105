"""`whence query` against a desk that serves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.functional.desk.conftest import Desk, whence


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    pytest.importorskip("django", reason="the extra `desk` is not installed")
    served = Desk(tmp_path_factory.mktemp("query") / "home", "", "--demo")
    yield served
    served.end()


def _asked(demo: Desk, *words: str) -> list[dict[str, object]]:
    done = whence("query", demo.url, *words, "--allow-private")
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_lists_filters_and_single_things(demo: Desk, tmp_path: Path) -> None:
    stories = _asked(demo, "stories")
    assert len(stories) >= 3
    everything = _asked(demo, "statements")
    unnamed = _asked(demo, "statements", "--where", "naming=unnamed")
    assert 0 < len(unnamed) < len(everything)
    assert len(everything) > 50  # several pages of a smaller API
    assert len(_asked(demo, "statements", "--limit", "7")) == 7
    shown = _asked(demo, "notes", "--where", "status=helpful")
    assert shown
    (status,) = _asked(demo, f"notes/{shown[0]['id']}/status")
    assert status["status"] == "helpful"
    changes = _asked(demo, f"notes/{shown[0]['id']}/history")
    assert changes[-1]["after"] == "helpful"
    done = whence("query", demo.url, "sources", "--allow-private", "--out", str(tmp_path / "sources.jsonl"))
    assert (done.returncode, done.stdout) == (0, "")
    assert len((tmp_path / "sources.jsonl").read_text().splitlines()) == len(_asked(demo, "sources"))


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("notes/999999",), 4, "the desk has no"),
        (("votes/x/y/z/w",), 2, "a path is like notes/12/status"),
        (("notes", "--where", "naming=x"), 2, "filtered by story, author, status"),
        (("notes", "--where", "status=loved"), 2, "does not understand"),
        (("notes", "--where", "status"), 2, "--where is NAME=VALUE"),
        (("notes/1", "--limit", "3"), 2, "are for lists"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(demo: Desk, words: tuple[str, ...], code: int, said: str) -> None:
    done = whence("query", demo.url, *words, "--allow-private")
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_private_desk_needs_leave(demo: Desk) -> None:
    done = whence("query", demo.url, "notes")
    assert done.returncode == 4
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith("private network: --allow-private\n")
    for what in (("query", demo.url, "log"), ("verify", f"{demo.url}/badge/1.json")):
        assert "--allow-private" in whence(*what).stderr
