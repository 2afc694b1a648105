"""The words of a stretch of text, cut out of those of the story."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from whence.read.words import Word, words_anew, words_in

_TEXT = (
    "The workers' pay, Ms O'Neil-Baker's lawyers said, is 1,200 a month; the U.S.-based firm’s 45-year-old boss "
    "(\u201cBig Al\u201d) didn’t know. AT&T and the boys’ club/pub: J.R. Orr's 3rd-quarter bonus — £5.5m — went "
    "to his sons' "
) * 4


@given(st.integers(0, len(_TEXT)), st.integers(0, 90))
def test_same_as_looking_at_the_text(start: int, size: int) -> None:
    span = (start, min(len(_TEXT), start + size))
    assert words_in(_TEXT, span) == words_anew(_TEXT, span)


def test_a_possessive_ending_is_no_part_of_a_word() -> None:
    text = "The workers' pay and the firm's boss"
    assert [(w.text, w.possessive) for w in words_in(text, (0, len(text))) if w.possessive] == [
        ("workers", True),
        ("firm", True),
    ]
    assert [w.possessive for w in words_in(text, (4, 11))] == [False]


def test_what_the_form_of_a_word_tells() -> None:
    assert [Word.of((0, 4), w).capital for w in ("Rome", "rome", "3rd", "45-year-old")] == [True, False, True, False]
