"""How close together a text has a statement's words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.match.passages import passages, plain_passages

_WORDS = st.integers(min_value=-1, max_value=8)


def _fast(query: list[int], weights: list[float], texts: list[list[int]]) -> tuple[list[float], list[float]]:
    rows = np.array([row for row, text in enumerate(texts) for _ in text], dtype=np.int64)
    terms = np.array([number for text in texts for number in text], dtype=np.int32)
    near, run = passages(np.array(query, dtype=np.int64), np.array(weights), rows, terms, len(texts))
    return near.tolist(), run.tolist()


def test_words_side_by_side_and_words_far_apart() -> None:
    together, apart = [9, 1, 2, 3, 9], [1, *[9] * 20, 2, *[9] * 20, 3]
    near, run = _fast([1, 2, 3, 4], [1.0, 1.0, 1.0, 1.0], [together, apart, [9], []])
    assert near == pytest.approx([0.75, 0.25, 0, 0])
    assert run == pytest.approx([0.75, 0.25, 0, 0])


def test_a_window_does_not_reach_into_the_next_text() -> None:
    near, run = _fast([1, 2], [1.0, 1.0], [[1], [2]])
    assert near == run == pytest.approx([0.5, 0.5])


@given(
    st.lists(_WORDS, min_size=1, max_size=8),
    st.lists(st.lists(st.integers(min_value=0, max_value=10), max_size=40), max_size=5),
)
def test_kernel_and_plain_twin_agree(query: list[int], texts: list[list[int]]) -> None:
    weights = [0.5 + number if number >= 0 else 3.0 for number in query]
    for fast, plain in zip(_fast(query, weights, texts), plain_passages(query, weights, texts), strict=True):
        assert fast == pytest.approx(plain)
