"""Trying the patterns of numbers only where one can begin finds what trying them everywhere finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.read.multiples import MULTIPLE
from whence.read.number_places import digits_in, numbers_in, places
from whence.read.numbers import DIGITS, FRACTION, INDEFINITE, WORDS
from whence.text.offsets import Span

Find = Callable[..., Iterator["object"]]

_PIECES = st.sampled_from(
    "a an half a third one two-thirds twenty five ten hundred thousand million and half dozen tens of thousands "
    "several few couple scores doubled tripled to double twice as much tenfold ten-fold 10-fold mid-thirty someone "
    "often in out of every 5 1,200 $3.4bn US$20 USD 5 EUR Rs. £ 12345678901234567890 50% ½ 1.3m 5-7 the rise Nr._3 "
    "\u017fix Fifty".split(" ")
)
_TEXTS = st.lists(st.tuples(_PIECES, st.sampled_from([" ", "-", " ", "\n\n", ", ", "."])), max_size=14).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)


@pytest.mark.parametrize(
    ("find", "name"),
    [(numbers_in, "MULTIPLE"), (numbers_in, "FRACTION"), (numbers_in, "INDEFINITE"), (numbers_in, "WORDS"),
     (digits_in, "DIGITS")],
)  # fmt: skip
@given(text=_TEXTS, at=st.tuples(st.integers(0, 30), st.integers(0, 60)))
def test_same_as_the_pattern_alone(find: Find, name: str, text: str, at: tuple[int, int]) -> None:
    pattern = {"MULTIPLE": MULTIPLE, "FRACTION": FRACTION, "INDEFINITE": INDEFINITE, "WORDS": WORDS, "DIGITS": DIGITS}[
        name
    ]
    span: Span = (min(at[0], len(text)), min(at[0] + at[1], len(text)))
    for where in ((0, len(text)), span):
        assert [m.span() for m in find(pattern, text, where)] == [m.span() for m in pattern.finditer(text, *where)]  # type: ignore[attr-defined]


def test_few_places_of_many_words() -> None:
    text = "The mayor of a small town said that a third of its 1,200 homes had no heating. " * 5
    starts, runs = places(text)
    assert len(starts) == 5 * 3
    assert len(runs) == 5 * 2
