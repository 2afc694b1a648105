"""Quoted spans by marks, and what passages have in common with them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.trace.quotes import quoted_spans
from whence.trace.spans import Spans, covered, to_words


def quoted(text: str) -> list[str]:
    data = np.frombuffer(text.encode(), np.uint8)
    bounds, spans = quoted_spans(data, np.array([0, len(data)], np.int64))
    assert bounds.tolist() == [0, len(spans)]
    return [text[begin:end] for begin, end in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “the port is shut” and left.", ["the port is shut"]),
        ('"Shut," he said. "All of it."', ["Shut,", "All of it."]),
        ("«Fermé», dit-il — „zu“, sagte sie.", ["Fermé", "zu"]),
        ("🙂 “ö”", ["ö"]),
        ("“One paragraph\n\n“and the next”", ["One paragraph", "and the next"]),
        ("A stray “ mark\n\nNo quotation here", []),
        ('A 5" gauge and nothing else', []),
        ("closed” only", []),
        ("“never closed", []),
        ("", []),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@given(st.text(st.sampled_from('“”"«»„ a\n5é🙂'), max_size=40))
def test_spans_are_in_order_and_apart(text: str) -> None:
    data = np.frombuffer(text.encode(), np.uint8)
    _, spans = quoted_spans(data, np.array([0, len(data)], np.int64))
    flat = spans.reshape(-1).tolist()
    assert flat == sorted(flat)
    assert all(0 <= point <= len(text) for point in flat)


def test_spans_in_words() -> None:
    spans = Spans(np.array([0, 1, 2], np.int64), np.array([[4, 11], [0, 3]], np.int32))
    words = to_words(spans, np.array([0, 4, 6], np.int64), np.array([0, 4, 8, 12, 0, 4], np.int32))
    assert words.spans.tolist() == [[1, 3], [0, 1]]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5)), max_size=6), st.integers(0, 40), st.integers(0, 20))
def test_covered_counts_what_a_pen_would(steps: list[tuple[int, int]], begin: int, size: int) -> None:
    spans, at = [], 0
    for gap, length in steps:
        spans.append([at + gap, at + gap + length])
        at += gap + length
    marked = {point for first, last in spans for point in range(first, last)}
    held = Spans(np.array([0, len(spans)], np.int64), np.array(spans, np.int32).reshape(-1, 2))
    found = covered(held, np.array([0], np.int32), np.array([begin], np.int32), np.array([begin + size], np.int32))
    assert found.tolist() == [len(marked & set(range(begin, begin + size)))]
