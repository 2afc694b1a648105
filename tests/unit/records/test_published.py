"""Records of notes, statuses and stories: what they refuse, and that JSON brings them back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.verification.community import note, page
from whence.records.anchor import Anchor, anchor_of
from whence.records.badge import BadgeFacts
from whence.records.change import Change
from whence.records.moderation import ModerationAct
from whence.records.note import NoteRating, PublicNote
from whence.records.note_history import Contributor, history_of
from whence.records.note_status import NoteStatus
from whence.records.story_record import StoryRecord

AT = "2026-03-04T05:06:07Z"


@given(text=st.text(min_size=1), data=st.data())
def test_an_anchor_brings_its_words_and_what_is_around(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = anchor_of(text, start, end)
    assert text[: found.start].endswith(found.prefix)
    assert text[found.end :].startswith(found.suffix)
    assert text[found.start : found.end] == found.exact
    assert Anchor.from_dict(found.to_dict()) == found


def test_a_note_and_a_record_come_back_from_json() -> None:
    one = note(3)
    assert PublicNote.from_dict(json.loads(json.dumps(one.to_dict()))) == one
    record = page(notes=(one,), statuses=(NoteStatus("n3", "helpful", 0.75),))
    assert StoryRecord.from_dict(json.loads(json.dumps(record.to_dict()))) == record


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: note(0, statements=()), "a story, an author and a statement"),
        (lambda: note(0, classification="wrong"), "misleading, not-misleading, needs-context; got 'wrong'"),
        (lambda: note(0, reasons=("notMisleadingOther",)), "a misleading note's reasons are of"),
        (lambda: note(0, text=" "), "has a text, unless it was removed"),
        (lambda: note(0, removed=True), "has a text, unless it was removed"),
        (lambda: note(0, sources=()), "at least one source"),
        (lambda: note(0, created="2026-03-04"), "in UTC and ends in Z"),
        (lambda: NoteRating(" "), "a name in words"),
        (lambda: NoteRating("False", 1), "worst, value and best"),
        (lambda: NoteRating("False", 6, 1, 5), "worst <= value <= best"),
        (lambda: NoteRating("False", 1, 1, 1), "worst <= value <= best"),
        (lambda: BadgeFacts(3, 4, 0, ""), "4 checked, 0 notes shown cannot be"),
        (lambda: BadgeFacts(3, 0, 1, ""), "0 checked, 1 notes shown cannot be"),
        (lambda: ModerationAct("n1", "hide", "spam", "owl", AT), "note:ID"),
        (lambda: ModerationAct("note:n1", "hide", " ", "owl", AT), "public reason"),
        (lambda: ModerationAct("note:n1", "burn", "spam", "owl", AT), "got 'burn'"),  # type: ignore[arg-type]
        (lambda: page(notes=(note(0, "bridge"),)), "note n0 is on 'bridge'"),
        (lambda: page(notes=(note(0), note(0))), "every note once"),
        (lambda: page(statuses=(NoteStatus("n0", "helpful"),)), "there is no note 'n0'"),
        (lambda: Change("x", "note", "", "", "https://a.example", AT), "one is missing in 'x'"),
        (lambda: Contributor("", True), "has an alias"),
        (lambda: Anchor(0, 2, "x"), "1 characters cannot stand at 0 to 2"),
    ],
)
def test_what_cannot_be_is_refused(make: Callable[[], Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make()


def test_a_badge_speaks_of_one_in_the_singular() -> None:
    assert BadgeFacts(27, 12, 3, "").line == "12 of 27 statements checked, 3 notes shown"
    assert BadgeFacts(1, 1, 1, "").line == "1 of 1 statement checked, 1 note shown"


def test_what_counts_as_checked() -> None:
    def line(status: str, **other: Any) -> str:
        one = note(0, **other)
        return page(notes=(one,), statuses=(NoteStatus("n0", status),)).badge().line  # type: ignore[arg-type]

    assert line("helpful") == "1 of 5 statements checked, 1 note shown"
    assert line("needs-more-ratings") == "1 of 5 statements checked, 0 notes shown"
    assert line("not-helpful") == "0 of 5 statements checked, 0 notes shown"
    for gone in ({"withdrawn": True}, {"hidden": "spam"}, {"orphaned": True}):
        assert line("helpful", **gone) == "0 of 5 statements checked, 0 notes shown"


def replaced(path: str, value: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(page(notes=(note(0),)).to_dict()))
    *way, last = path.split(".")
    at: Any = found
    for part in way:
        at = at[int(part) if part.isdigit() else part]
    at[last] = value
    return found


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("statements", "5"),
        ("statements", True),
        ("version", 2),
        ("notes", {"a": 1}),
        ("notes.0.text", 5),
        ("notes.0.hidden", None),
        ("notes.0.statements", "st1"),
        ("notes.0.statements", [1]),
        ("notes.0.anchors", [{"start": 0}]),
        ("notes.0.rating", {"name": "False", "value": True, "worst": 0, "best": 2}),
        ("notes.0.extra", 1),
        ("statuses", [{}]),
        ("moderation", [None]),
        ("evidence", {"log": "", "key": "", "checkpoint": "", "entries": [{"index": -1, "entry": "", "proof": []}]}),
        ("badge", "27 of 27 statements checked, 9 notes shown"),
    ],
)
def test_a_record_of_another_shape_is_refused(path: str, value: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        StoryRecord.from_dict(replaced(path, value))


def test_a_history_sums_statuses_up() -> None:
    words = ("needs-more-ratings", "helpful", "needs-more-ratings", "not-helpful", "needs-more-ratings")
    given = [NoteStatus("n0", word, computed=f"2026-03-0{day}T00:00:00Z") for day, word in enumerate(words, 1)]  # type: ignore[arg-type]
    found = history_of(note(0), reversed(given))
    assert (found.first, found.latest, found.current, found.changed) == (
        given[1],
        given[3],
        given[4],
        given[4].computed,
    )
    none = history_of(note(0), [])
    assert (none.first, none.latest, none.current, none.changed) == (None, None, None, "")


def test_filters_of_changes() -> None:
    one = Change(
        "x", "note", "t", "", "https://a.example", AT, outlet="Courier", sources=("The port",), topics=("crane",)
    )
    assert one.about()
    assert one.about(outlet="courier", source="the port", topic="CRANE")
    assert not one.about(outlet="Kestrel")
    assert not one.about(source="Norvik")
    assert not one.about(topic="bridge")
