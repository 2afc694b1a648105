"""Shown notes as ClaimReview and as a DataFeed, valid by schema.org's definitions."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.unit.publish.schema_org import validate
from tests.unit.verification.community import note, page
from whence.publish.datafeed import data_feed
from whence.publish.note_review import Publisher, json_ld_script, note_review, rated_notes
from whence.records.note_status import NoteStatus
from whence.records.story_record import StoryRecord

DESK = Publisher("The Clearwater Desk", "https://desk.example/")


def record(*notes: Any, status: Any = "helpful") -> StoryRecord:
    statuses = tuple(NoteStatus(one.id, status, computed="2026-03-04T06:00:00Z") for one in notes)
    return page(notes=notes, statuses=statuses)


def test_a_shown_note_is_a_claim_review() -> None:
    found = record(note(0))
    review = note_review(found, found.notes[0], DESK)
    validate(review)
    assert review == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://desk.example/notes/n0",
        "claimReviewed": "The crane was never inspected.",
        "datePublished": "2026-03-04",
        "author": {"@type": "Organization", "name": "The Clearwater Desk", "url": "https://desk.example/"},
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "False",
            "ratingValue": 1,
            "worstRating": 1,
            "bestRating": 5,
        },
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Thing", "name": "The port"},
            "appearance": [
                {
                    "@type": "NewsArticle",
                    "url": "https://courier.example/crane?a=1&b=2",
                    "headline": "Crane <b>was never</b> inspected & fell",
                    "datePublished": "2026-03-03",
                    "publisher": {"@type": "Organization", "name": "The Northern Courier"},
                }
            ],
        },
        "reviewBody": "The register has an inspection in 2021, says source 0.",
        "inLanguage": "en",
        "citation": ["https://register.example/0?a=1&b=2"],
    }


def test_what_is_not_known_is_left_out() -> None:
    one = note(0, claim="", claimant="", language="", sources=("javascript:alert(1)",),
               claim_date="2026-03-01", first_appearance="https://first.example/")  # fmt: skip
    one = replace(one, rating=replace(one.rating, value=None, worst=None, best=None) if one.rating else None)
    found = replace(record(one), story_url="", title="", outlet="", published="")
    review = note_review(found, one, DESK)
    validate(review)
    assert review["claimReviewed"] == "The crane was never inspected"
    assert review["itemReviewed"] == {
        "@type": "Claim",
        "datePublished": "2026-03-01",
        "firstAppearance": {"@type": "CreativeWork", "url": "https://first.example/"},
    }
    assert not {"citation", "inLanguage"} & set(review)
    first = replace(one, first_appearance="https://courier.example/crane?a=1&b=2")
    reviewed = note_review(record(first), first, DESK)["itemReviewed"]
    assert "appearance" not in reviewed
    assert reviewed["firstAppearance"]["@type"] == "NewsArticle"


def test_only_shown_notes_with_a_verdict_are_exchanged() -> None:
    for found in (
        record(note(0), status="needs-more-ratings"),
        record(note(0), status="not-helpful"),
        record(note(0, hidden="spam")),
        record(note(0, withdrawn=True)),
        record(note(0, rating=None)),
        record(note(0, url="")),
        record(note(0, claim="", anchors=())),
    ):
        assert rated_notes(found) == ()
        with pytest.raises(ValueError, match="note n0 is none"):
            note_review(found, found.notes[0], DESK)


def test_the_feed_holds_every_review_once() -> None:
    records = [record(note(0), note(1), note(2, rating=None)), record(), record(note(3))]
    text = "".join(data_feed(records, DESK, "2026-03-04T06:00:00Z"))
    feed = json.loads(text)
    validate(feed)
    assert [item["url"][-2:] for item in feed["dataFeedElement"]] == ["n0", "n1", "n3"]
    assert text.endswith("\n]}\n")
    empty = json.loads("".join(data_feed([], DESK, "2026-03-04T06:00:00Z")))
    validate(empty)
    assert empty["dataFeedElement"] == []


def test_nothing_ends_the_script_early() -> None:
    attack = "</script><!--<script>alert(1)</script>&\u2028\ud800"
    one = note(0, text=attack, claim=attack)
    text = json_ld_script(note_review(record(one), one, Publisher(attack)))
    inside = text.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not {"<", ">", "&", "\u2028"} & set(inside)
    text.encode()
    assert json.loads(inside)["author"]["name"] == attack
    with pytest.raises(ValueError, match="has a name"):
        Publisher(" ")
