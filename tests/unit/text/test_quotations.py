"""Quotation marks of every kind, found in one pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.text.quotations import quoted


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('She said "it holds" and left.', ['"it holds"']),
        ("She said “it holds” and left.", ["“it holds”"]),
        ("„Es hält“, sagte sie.", ["„Es hält“"]),
        ("Elle dit «tout va bien» et part.", ["«tout va bien»"]),
        ("``It holds,'' she said.", ["``It holds,''"]),
        ("He called it ‘a workers’ paradise’ again.", ["‘a workers’ paradise’"]),
        ("He said 'we don't know' twice.", ["'we don't know'"]),
        ("The workers' pay and the dog's dinner.", []),
        ("In the '90s, 'twas better, rock 'n' roll.", []),
        ('A 6\'2" man and a 12" record.', []),
        ("“One ‘inner’ word” here.", ["“One ‘inner’ word”"]),
        ("“First paragraph goes on.\n\n“And ends here,” he said.", ["“First paragraph goes on.", "“And ends here,”"]),
        ("He said “it never closes. Then more.", ["“it never closes."]),
        ("He said “a broken\nline” too.", ["“a broken\nline”"]),
        ("", []),
    ],
)
def test_what_stands_in_marks(text: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in quoted(text)] == found


@given(st.text(alphabet="ab s.,\n\"'“”‘’„«»`-90", max_size=200))
def test_spans_are_in_order_apart_and_inside(text: str) -> None:
    at = 0
    for start, end in quoted(text):
        assert at <= start < end <= len(text)
        at = end


def test_a_hostile_text_takes_linear_time() -> None:
    # A quadratic scan of so many marks would not end within the life of this test.
    for marks in ("'a ", "‘a", "“", '"a ', "«", "``a"):
        quoted(marks * 100_000)
