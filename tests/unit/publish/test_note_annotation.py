"""Notes as Web Annotations, and the pages of a collection."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.publish.web_annotation import validate_annotation, validate_collection, validate_page
from tests.unit.verification.community import TEXT, note, page
from whence.publish.note_annotation import annotation_collection, annotation_page, note_annotation
from whence.records.anchor import anchor_of
from whence.records.note_status import NoteStatus

URL = "https://desk.example/annotations"


def test_a_note_is_an_annotation_of_its_statements() -> None:
    two = note(1, anchors=(anchor_of(TEXT, 0, 29), anchor_of(TEXT, 31, 48)))
    status = NoteStatus("n1", "helpful", computed="2026-03-04T06:00:00Z")
    record = page(notes=(note(0), two), statuses=(status,))
    for one in record.notes:
        validate_annotation(note_annotation(record, one), TEXT)
    found = note_annotation(record, two)
    assert [target["selector"][1]["exact"] for target in found["target"]] == [TEXT[:29], TEXT[31:48]]
    assert found["target"][0]["source"] == record.story_url
    assert (found["motivation"], found["created"], found["modified"]) == (
        "assessing",
        "2026-03-04T05:01:00Z",
        "2026-03-04T06:00:00Z",
    )
    assert [body["value"] for body in found["body"] if body["purpose"] == "tagging"] == [
        "misleading",
        "misleadingFactualError",
        "status: helpful",
    ]
    assert [body["source"] for body in found["body"] if body["purpose"] == "linking"] == list(two.sources)


def test_an_orphaned_note_is_about_the_whole_story() -> None:
    record = page(notes=(note(0, orphaned=True, url="", sources=("javascript:x",)),), story_url="")
    found = note_annotation(record, record.notes[0])
    validate_annotation(found, TEXT)
    assert found["target"].startswith("urn:uuid:")
    assert found["id"].startswith("urn:uuid:")


def test_what_does_not_stand_is_not_published() -> None:
    gone = {"text": "", "sources": (), "removed": True}
    for other in ({"hidden": "spam"}, {"withdrawn": True}, gone):
        record = page(notes=(note(0, **other),))
        with pytest.raises(ValueError, match="note n0 does not"):
            note_annotation(record, record.notes[0])


@given(total=st.integers(0, 40), size=st.integers(1, 9))
def test_pages_lead_through_the_whole_collection_once(total: int, size: int) -> None:
    record = page(notes=(note(0),))
    item = note_annotation(record, record.notes[0])
    items = [item | {"id": f"{URL}/{number}"} for number in range(total)]
    collection = annotation_collection(URL, "All notes", total, size=size)
    validate_collection(collection)
    seen: list[str] = []
    at, number = collection.get("first"), 0
    while at:
        assert at == f"{URL}?page={number}"
        found = annotation_page(URL, number, items[number * size : (number + 1) * size], total, size=size)
        validate_page(found, TEXT)
        assert found["id"] == at
        assert found["startIndex"] == len(seen)
        seen += [one["id"] for one in found["items"]]
        last, at, number = at, found.get("next"), number + 1
    assert seen == [one["id"] for one in items]
    if total:
        assert last == collection["last"]


def test_a_page_that_is_not_there_is_refused() -> None:
    for number, items in ((1, []), (0, []), (-1, []), (0, [{}, {}])):
        with pytest.raises(ValueError, match="holds"):
            annotation_page(URL, number, items, 1, size=5)
    with pytest.raises(ValueError, match="has an address"):
        annotation_collection("javascript:x", "x", 1, size=1)
