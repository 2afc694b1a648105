"""BM25: grown, shrunk, and beside an independent solver."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.match.lexical import K1, B, Field

bm25s = pytest.importorskip("bm25s", reason="bm25s is not installed")

_TEXTS = st.lists(st.lists(st.integers(min_value=0, max_value=12), max_size=15), min_size=1, max_size=30)
_QUERY = st.sets(st.integers(min_value=0, max_value=15), min_size=1, max_size=6)


def _theirs(texts: list[list[int]], query: list[int]) -> npt.NDArray[np.float32]:
    """bm25s with Lucene's formula; it takes words, so each number is written out."""
    known = bm25s.BM25(method="lucene", k1=K1, b=B, dtype="float64")
    known.index([[f"w{term}" for term in text] for text in texts], show_progress=False)
    vocabulary = {f"w{term}" for text in texts for term in text}
    asked = [f"w{term}" for term in query if f"w{term}" in vocabulary]
    return np.asarray(known.get_scores(asked) if asked else np.zeros(len(texts)), dtype=np.float32)


@settings(max_examples=60, deadline=None)
@given(_TEXTS.filter(any), _QUERY)
def test_scores_are_those_of_bm25s(texts: list[list[int]], query: set[int]) -> None:
    field = Field()
    for text in texts:
        field.add([text])
    ours = field.scores(sorted(query), np.ones(len(texts), bool), 1.0)
    assert ours == pytest.approx(_theirs(texts, sorted(query)), abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(_TEXTS, _QUERY, st.integers(min_value=0, max_value=2**30 - 1))
def test_rows_that_went_count_no_more(texts: list[list[int]], query: set[int], mask: int) -> None:
    alive = np.array([bool(mask >> row & 1) for row in range(len(texts))])
    field, fresh = Field(), Field()
    field.add(texts)
    fresh.add([text for text, stays in zip(texts, alive, strict=True) if stays])
    expected = fresh.scores(sorted(query), np.ones(int(alive.sum()), bool), 1.0)
    scores = field.scores(sorted(query), alive, 1.0)
    assert scores[alive] == pytest.approx(expected)
    assert not scores[~alive].any()
    assert field.keep(alive).scores(sorted(query), np.ones(int(alive.sum()), bool), 1.0) == pytest.approx(expected)


def test_words_in_most_rows_are_passed_over() -> None:
    field = Field()
    field.add([[1, 2] if row else [2] for row in range(30)])
    assert not field.scores([1], np.ones(30, bool), 0.5).any()
    assert field.scores([1], np.ones(30, bool), 1.0)[1] > 0
