"""The assistant's tools as plain functions."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from tests.unit.verification.community import NOTES, note, page
from whence.errors import InputError, RangeError
from whence.mcp import RecordSource, Tools
from whence.mcp.tools import _said
from whence.publish.record_json import to_record_json
from whence.records.note_status import NoteStatus

STORY = (
    "Crane was never inspected, port says\n\n"
    "The crane had not been inspected since 2016, harbour master Mara Ilves said on Tuesday.\n\n"
    "Norvik Lifting denied that the crane was never inspected.\n\n"
    "Two dock workers told Radio Kestrel that the cable was likely to snap."
)


@pytest.fixture(scope="module")
def tools() -> Tools:
    return Tools(offline=True)


def test_a_story_is_read_with_who_says_what(tools: Tools) -> None:
    found = tools.read_story(text=STORY, published="2024-03-14")
    assert found.title == "Crane was never inspected, port says"
    by = {name: said for said in found.statements for name in said.said_by}
    assert "not been inspected since 2016" in next(said.words for name, said in by.items() if "Ilves" in name)
    assert all(said.words in STORY for said in found.statements if " … " not in said.words)
    assert found.left_out == 0
    assert "never says whether it is true" in found.about
    assert tools.read_story(text=STORY, published="2024-03-14") == found


def test_a_statement_reads_as_a_line() -> None:
    reading = runpy.run_path(str(Path(__file__).parents[1] / "publish/sample.py"))["sample"]()
    said = {one.id: _said(reading, one) for one in reading.statements}
    assert said["st7"].reads == "Norvik Lifting denies: “that the crane was never inspected”"
    assert (said["st7"].disputed_by, said["st3"].disputed_by) == (["st3"], ["st7"])
    assert said["st9"].reads.endswith("(through Radio Kestrel)")
    assert said["st9"].through == ["Radio Kestrel"]
    assert said["st6"].reads.startswith("In the outlet’s own voice: “The disastrous decision")
    assert said["st8"].reads.startswith("Attributed to nobody in particular: “")


def test_who_says_finds_the_words_and_their_source(tools: Tools) -> None:
    found = tools.who_says("the crane had not been inspected since 2016", text=STORY)
    assert any("Ilves" in name for name in found.found[0].said_by)
    assert not tools.who_says("the moon is made of cheese", text=STORY).found
    with pytest.raises(InputError, match="there are none"):
        tools.who_says("…", text=STORY)


def test_stories_are_named_by_one_address_or_text(tools: Tools) -> None:
    for url, text, says in (
        ("", "", "one of the two"),
        ("https://a.example", "x", "one of the two"),
        ("/etc/passwd", "", "files are not read"),
        ("file:///etc/passwd", "", "files are not read"),
        ("", "x" * 200_001, "at most 200000 characters"),
        ("https://a.example/", "", "offline"),
    ):
        with pytest.raises(InputError if "offline" not in says else Exception, match=says):
            tools.read_story(url, text)


def test_a_claim_is_matched_or_it_is_said_why_not(tmp_path: Path) -> None:
    tools = Tools(tmp_path / "absent.sqlite")
    for claim, most, error in (("", 5, InputError), ("x", 0, RangeError), ("x", 21, RangeError)):
        with pytest.raises(error):
            tools.match_claim(claim, most)


def test_notes_of_a_folder_s_records(tmp_path: Path) -> None:
    statuses = (NoteStatus("n1", "helpful"), NoteStatus("n0", "needs-more-ratings"))
    record = page(notes=(*NOTES[:2], note(3, hidden="spam")), statuses=statuses)
    (tmp_path / "crane.json").write_text(to_record_json(record))
    tools = Tools(records=RecordSource(folder=tmp_path))
    for address in (record.story_url, record.story_url.replace("courier", "COURIER"), record.url):
        (found,) = tools.show_notes(address).found
        assert found.badge == "2 of 5 statements checked, 1 note shown"
        assert [(one.url[-2:], one.state) for one in found.notes] == [
            ("n1", "Shown: people who disagree found it helpful"),
            ("n0", "Needs more ratings"),
        ]
        assert found.verified == "no: the record has no evidence: nothing in it can be verified"
    assert tools.show_notes("https://elsewhere.example/").found == []
    with pytest.raises(InputError, match="named by its http"):
        tools.show_notes("crane")
    with pytest.raises(InputError, match="--desk URL or --records"):
        Tools().show_notes(record.story_url)


def test_sources_of_records_are_checked(tmp_path: Path) -> None:
    for desk, folder, says in (("", None, "name one"), ("desk", None, "http"), ("", tmp_path / "absent", "no folder")):
        with pytest.raises(InputError, match=says):
            RecordSource(desk, folder)
