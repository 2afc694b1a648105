"""The component "times" on its invented cases (data/times.jsonl)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.components.cases import load, made
from benchmarks.components.scoring import found as found_in
from benchmarks.components.scoring import score, wanted
from whence.read.annotations import TaggedSpan
from whence.read.document import Document, Draft
from whence.read.time_direction import direction
from whence.read.times import TIMES, times
from whence.records import Paragraph, Story


@pytest.mark.parametrize("case", load("times"), ids=lambda case: case["text"][:60])
def test_cases(case: dict[str, Any]) -> None:
    assert found_in("times", case) == wanted("times", case)


def test_enough_cases() -> None:
    assert score("times").cases >= 60


@given(
    st.text(alphabet="0123456789-/:., MaySept Monday thwkqurQ'", max_size=60),
    st.none() | st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31)),
)
@example("last week, next year, 9 years ago", date(1, 1, 1))
@example("tomorrow and next week", date(9999, 12, 31))
def test_spans_are_in_order_and_inside_the_text(text: str, published: date | None) -> None:
    at = 0
    for found in times(text, (0, len(text)), published):
        assert at <= found.span[0] < found.span[1] <= len(text)
        at = found.span[1]


@pytest.mark.parametrize(
    "words", ["yesterday", "last week", "on Monday", "in May", "two days ago", "on May 3", "this summer"]
)
def test_nothing_is_guessed_without_the_day_of_publication(words: str) -> None:
    text = f"It closed {words}."
    assert [t.value for t in times(text, (0, len(text)), None)] == [None]


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("The vote will be held on", "future"),
        ("The vote was held on", "past"),
        ("It will pass, aides said on", "past"),
        ("The vote on", None),
    ],
)
def test_direction(text: str, looks: str | None) -> None:
    assert direction(text + " Monday.", len(text) + 1, len(text) + 7) == looks


def test_times_count_from_the_paragraph_before() -> None:
    text = "It fell on 3 May 2016.\n\nA week later it rose."
    paragraphs = (Paragraph((0, 22), "body"), Paragraph((24, len(text)), "body"))
    draft = Draft(((24, len(text)),))
    document = Document(Story(text, paragraphs=paragraphs), drafts=[draft])
    TIMES.apply(document)
    assert [t.value for t in draft.times] == ["2016-W19"]


def test_a_person_is_no_month() -> None:
    text = "They met in April in town."
    draft = Draft(((0, len(text)),))
    document = Document(Story(text, paragraphs=(Paragraph((0, len(text)), "body"),)), drafts=[draft])
    document.entities = [TaggedSpan((12, 17), "PERSON", 0.9)]
    TIMES.apply(document)
    assert draft.times == ()


def test_when_it_was_said_belongs_to_the_statement() -> None:
    case = {"text": "[C “The pier is safe”], [S a diver] [Q told] the council on Thursday.", "published": "2018-02-10"}
    document, draft = made(case)
    TIMES.apply(document)
    assert [t.value for t in draft.times] == ["2018-02-08"]


def test_when_it_was_said_belongs_to_the_nearest_cue() -> None:
    text = "Ann said on Monday it fell, and Bo said on Tuesday it rose."
    one, two = (
        Draft(((19, 26),), cue=((4, 8),), voice="attributed"),
        Draft(((51, 58),), cue=((35, 39),), voice="attributed"),
    )
    story = Story(text, paragraphs=(Paragraph((0, len(text)), "body"),))
    document = Document(story, published=date(2018, 2, 10), sentences=[(0, len(text))], drafts=[one, two])
    TIMES.apply(document)
    assert [[t.value for t in d.times] for d in (one, two)] == [["2018-02-05"], ["2018-02-06"]]
