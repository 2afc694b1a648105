"""The component "figures" on its invented cases (data/figures.jsonl)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.components.cases import load
from benchmarks.components.scoring import found, score, wanted
from whence.read.annotations import Token
from whence.read.document import Document, Draft
from whence.read.figures import FIGURES, figures
from whence.read.numbers import of_digits, of_words
from whence.records import Paragraph, Story


@pytest.mark.parametrize("case", load("figures"), ids=lambda case: case["text"][:60])
def test_cases(case: dict[str, Any]) -> None:
    assert found("figures", case) == wanted("figures", case)


def test_enough_cases() -> None:
    assert score("figures").cases >= 60


@given(st.text(alphabet="0123456789,.-$%€ abmk\u2013½", max_size=60))
@example("between 1 and 2")
def test_spans_are_in_order_and_inside_the_text(text: str) -> None:
    at = 0
    for figure in figures(text, (0, len(text))):
        assert at <= figure.span[0] < figure.span[1] <= len(text)
        at = figure.span[1]
        if isinstance(figure.value, tuple):
            assert figure.comparator == "between"
            assert figure.value[0] < figure.value[1]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("seven", 7),
        ("forty-two", 42),
        ("a hundred", 100),
        ("three hundred and six", 306),
        ("two thousand five hundred", 2500),
        ("half a dozen", 6),
        ("one and a half million", 1_500_000),
        ("nine hundred thousand", 900_000),
    ],
)
def test_numbers_in_words(words: str, value: int) -> None:
    assert of_words(words) == value


@pytest.mark.parametrize(("digits", "scale", "value"), [("1,234.5", None, 1234.5), ("1.1", "million", 1_100_000)])
def test_numbers_in_digits(digits: str, scale: str | None, value: float) -> None:
    assert of_digits(digits, scale) == value


def test_parts_of_speech_show_what_is_counted() -> None:
    text = "It drew 40 keen young singers home."
    tagged = [("It", "PRP"), ("drew", "VBD"), ("40", "CD"), ("keen", "JJ"), ("young", "JJ"), ("singers", "NNS")]
    tokens = [Token((text.index(w), text.index(w) + len(w)), pos) for w, pos in tagged]
    assert [f.unit for f in figures(text, (0, len(text)), tokens)] == ["singers"]


def test_a_figure_belongs_to_the_inner_and_to_the_outer_statement() -> None:
    text = "She said he told her 40 men left."
    outer, inner = Draft(((9, 32),)), Draft(((21, 32),))
    document = Document(Story(text, paragraphs=(Paragraph((0, len(text)), "body"),)), drafts=[outer, inner])
    FIGURES.apply(document)
    assert outer.figures == inner.figures != ()
