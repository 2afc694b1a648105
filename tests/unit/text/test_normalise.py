"""One spelling for signs that mean the same, character for character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from whence.text.normalise import fold, plain


def test_marks_become_straight() -> None:
    assert plain("“We’re here,” he said—twice.\u00a0«Yes»") == '"We\'re here," he said—twice. "Yes"'


def test_fold_lowers() -> None:
    assert fold("“The MAY”") == '"the may"'


@given(st.text())
def test_length_never_changes(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert len(fold(text)) == len(text)


def test_a_letter_whose_lower_case_is_longer_stays() -> None:
    assert fold("İstanbul") == "İstanbul"
