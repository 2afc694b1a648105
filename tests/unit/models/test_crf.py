"""The random field against its own definition: every path written out."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.models.crf import Chain, Found, choose, legal

LABELS = ("source", "cue")
TAGS = 5


def random_chain(seed: int) -> tuple[Chain, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    transitions, start, end = rng.normal(size=(TAGS, TAGS)), rng.normal(size=TAGS), rng.normal(size=TAGS)
    return Chain(LABELS, transitions.tolist(), start.tolist(), end.tolist()), transitions, start, end


def paths(
    scores: np.ndarray, transitions: np.ndarray, start: np.ndarray, end: np.ndarray
) -> dict[tuple[int, ...], float]:
    """Return the probability of each legal path."""
    following, first = legal(len(LABELS))
    weights = {}
    for path in product(range(TAGS), repeat=len(scores)):
        if first[path[0]] and all(following[a, b] for a, b in pairwise(path)):
            total = start[path[0]] + end[path[-1]] + sum(scores[t, tag] for t, tag in enumerate(path))
            weights[path] = float(np.exp(total + sum(transitions[a, b] for a, b in pairwise(path))))
    return {path: weight / sum(weights.values()) for path, weight in weights.items()}


def holds(path: tuple[int, ...], span: Found) -> bool:
    begin = 1 + 2 * LABELS.index(span.label)
    ends = span.last == len(path) or path[span.last] != begin + 1
    return path[span.first] == begin and all(tag == begin + 1 for tag in path[span.first + 1 : span.last]) and ends


@pytest.mark.parametrize("seed", range(5))
def test_posteriors_are_sums_over_paths(seed: int) -> None:
    chain, *potentials = random_chain(seed)
    scores = np.random.default_rng(seed + 100).normal(size=(4, TAGS)).astype(np.float32) * 2
    every = paths(scores, *potentials)
    tags, _ = chain.posteriors(scores)
    for t, tag in product(range(4), range(TAGS)):
        assert tags[t, tag] == pytest.approx(sum(p for path, p in every.items() if path[t] == tag), abs=1e-6)
    found = chain.spans(scores, floor=1e-9)
    assert len(found) == len(LABELS) * 4 * 5 // 2
    for span in found:
        assert span.score == pytest.approx(sum(p for path, p in every.items() if holds(path, span)), abs=1e-6)


def test_a_clear_answer_is_found() -> None:
    scores = np.full((6, TAGS), -9.0, dtype=np.float32)
    for t, tag in enumerate((0, 1, 2, 3, 0, 1)):
        scores[t, tag] = 9.0
    found = Chain(LABELS).decode(scores, [0.4, 0.4])
    assert [(one.first, one.last, one.label) for one in found] == [(1, 3, "source"), (3, 4, "cue"), (5, 6, "source")]
    assert all(one.score > 0.999 for one in found)


def test_choosing_prefers_two_good_spans_to_one_that_overlaps_both() -> None:
    spans = [Found(0, 2, "cue", 0.6), Found(1, 4, "source", 0.9), Found(3, 5, "cue", 0.6)]
    assert choose(spans, {"cue": 0.1, "source": 0.1}) == [spans[0], spans[2]]
    assert choose(spans, {"cue": 0.4, "source": 0.1}) == [spans[1]]


@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(1, 5), st.sampled_from(LABELS), st.floats(0.0, 1.0)), max_size=8)
)
def test_choosing_is_best_among_all_choices(raw: list[tuple[int, int, str, float]]) -> None:
    spans = [Found(first, first + length, label, score) for first, length, label, score in raw]
    bar = {"source": 0.3, "cue": 0.2}

    def worth(chosen: list[Found]) -> float:
        return sum(span.score - bar[span.label] for span in chosen)

    best = 0.0
    for taken in product((False, True), repeat=len(spans)):
        chosen = sorted((span for span, take in zip(spans, taken, strict=True) if take), key=lambda span: span.first)
        if all(a.last <= b.first for a, b in pairwise(chosen)):
            best = max(best, worth(chosen))
    mine = choose(spans, bar)
    assert all(a.last <= b.first for a, b in pairwise(mine))
    assert worth(mine) == pytest.approx(best)


def test_nothing_to_tag() -> None:
    assert Chain(LABELS).decode(np.empty((0, TAGS), dtype=np.float32), [0.4, 0.4]) == []


def test_extreme_scores_stay_finite() -> None:
    scores = np.zeros((300, TAGS), dtype=np.float32)
    scores[:, 2] = 500.0
    tags, _ = Chain(LABELS).posteriors(scores)
    assert np.isfinite(tags).all()


def test_shapes_are_checked() -> None:
    with pytest.raises(ValueError, match=r"transitions must have the shape \(5, 5\), got \(2, 2\)"):
        Chain(LABELS, [[0.0, 0.0], [0.0, 0.0]])


@given(st.lists(st.integers(1, 12), min_size=1, max_size=6), st.integers(0, 99))
def test_many_chains_at_once_are_each_as_if_alone(lengths: list[int], seed: int) -> None:
    chain, *_ = random_chain(seed)
    edges = np.concatenate(([0], np.cumsum(lengths)))
    scores = np.random.default_rng(seed).normal(size=(int(edges[-1]), TAGS)).astype(np.float32) * 3
    tags, going_on = chain.posteriors_of(scores, edges)
    found = chain.decode(scores, [0.4, 0.4], [0.6, 0.6], edges)
    alone: list[Found] = []
    for first, last in pairwise(edges.tolist()):
        one, on = chain.posteriors(scores[first:last])
        np.testing.assert_allclose(tags[first:last], one, atol=1e-12)
        np.testing.assert_allclose(going_on[first:last], on, atol=1e-9)
        alone += [
            Found(span.first + first, span.last + first, span.label, span.score)
            for span in chain.decode(scores[first:last], [0.4, 0.4], [0.6, 0.6])
        ]
    assert [(span.first, span.last, span.label) for span in found] == [(s.first, s.last, s.label) for s in alone]
    assert [span.score for span in found] == pytest.approx([span.score for span in alone])
