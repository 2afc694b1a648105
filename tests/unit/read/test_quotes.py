"""The component "quotes" on its invented cases (data/quotes.jsonl)."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.components.cases import load
from benchmarks.components.scoring import found, score, wanted
from whence.read.document import Document, Draft
from whence.read.quotes import QUOTES, quoted_spans
from whence.records import Paragraph, Story


@pytest.mark.parametrize("case", load("quotes"), ids=lambda case: case["text"][:60])
def test_cases(case: dict[str, Any]) -> None:
    assert found("quotes", case) == wanted("quotes", case)


def test_enough_cases() -> None:
    assert score("quotes").cases >= 60


@given(st.text(alphabet="ab. \n'\"“”‘’„«»`", max_size=60))
def test_quotations_are_in_order_and_inside_the_block(text: str) -> None:
    at = 0
    for start, end in quoted_spans(text, (0, len(text))):
        assert at <= start < end <= len(text)
        at = end


def test_an_unclosed_quotation_ends_with_its_sentence() -> None:
    text = "He said: “It fell. Then it rained all night."
    assert [text[a:b] for a, b in quoted_spans(text, (0, len(text)))] == ["“It fell."]


def test_an_unclosed_quotation_goes_on_where_the_next_paragraph_opens_again() -> None:
    text = "He said: “It fell. Then it rained.\n\n“All night.”"
    assert [text[a:b] for a, b in quoted_spans(text, (0, 34))] == ["“It fell. Then it rained."]


def test_a_block_quotation_of_the_page_is_direct() -> None:
    text = "He wrote:\n\nIt fell at night."
    draft = Draft(((11, len(text)),), cue=((3, 8),), voice="attributed")
    story = Story(text, paragraphs=(Paragraph((0, 9), "body"), Paragraph((11, len(text)), "body", quoted=True)))
    QUOTES.apply(document := Document(story, drafts=[draft]))
    assert draft.quote == "direct"
    assert document.notes[0].evidence == ((11, len(text)),)


@pytest.mark.parametrize("unit", ['"', '"a ', "'a ", "a' ", "“", "'as' as", "''", "»a"])
def test_hostile_marks_take_linear_time(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    start = time.process_time()
    quoted_spans(text, (0, len(text)))
    assert time.process_time() - start < 2.0
