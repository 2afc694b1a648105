"""A desk that serves, seen from outside: its badges verify, and an assistant finds its notes."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator

import pytest

from tests.functional.conftest import Run
from tests.functional.desk.conftest import Desk

pytest.importorskip("django", reason="the extra `desk` is not installed")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with its sample community."""
    served = Desk(tmp_path_factory.mktemp("desk") / "home", "", "--demo")
    yield served
    served.end()


def stories(desk: Desk) -> list[dict[str, str]]:
    with urllib.request.urlopen(f"{desk.url}/api/v1/stories", timeout=60) as answer:
        found: list[dict[str, str]] = json.load(answer)["items"]
    return found


def test_a_badge_of_the_desk_holds_from_its_address_alone(whence: Run, demo: Desk) -> None:
    story = stories(demo)[0]
    with urllib.request.urlopen(story["record"], timeout=60) as answer:
        record = json.load(answer)
    for where in (story["page"] + "badge.svg", story["page"]):
        found = whence("verify", where, "--allow-private", "--key", record["evidence"]["key"])
        assert (found.returncode, found.stderr) == (0, "")
        assert found.stdout.startswith(f"{record['badge']}: holds; {len(record['evidence']['entries'])} entries are in")
        assert "follow from its" in found.stdout


def test_an_assistant_finds_the_notes_of_a_story(demo: Desk) -> None:
    from whence.mcp import RecordSource, Tools

    tools = Tools(records=RecordSource(demo.url, private=True))
    story = stories(demo)[0]
    (found,) = tools.show_notes(story["page"]).found
    assert found.record == story["record"]
    assert found.verified.startswith("yes: its ")
    assert found.notes
    assert found.notes[0].state == "Shown: people who disagree found it helpful"
    assert tools.show_notes("https://courier.example/not-there").found == []
