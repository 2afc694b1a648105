"""Alignment: passages as one would mark them with a pen, and the twin's."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.trace.align import align
from whence.trace.plain import plain_align

HOW = {"least": 10, "anchor": 5, "gap": 6}
Row = tuple[int, int, int, int, int]


def kernel(a: list[int | None], b: list[int | None], **how: int) -> list[Row]:
    holes = [[[k, k + 1] for k, word in enumerate(words) if word is None] for words in (a, b)]
    number = np.array([0 if word is None else word for word in a + b], np.uint32)
    found = align(
        number,
        np.array([0, len(a), len(a) + len(b)], np.int64),
        np.array([0, len(holes[0]), len(holes[0]) + len(holes[1])], np.int64),
        np.array(holes[0] + holes[1], np.int32).reshape(-1, 2),
        np.array([0], np.int32),
        np.array([1], np.int32),
        **(HOW | how),  # type: ignore[arg-type]
    )
    return list(
        zip(
            *(column.tolist() for column in (found.a_begin, found.a_end, found.b_begin, found.b_end, found.words)),
            strict=True,
        )
    )


def fresh(count: int, seed: int) -> list[int | None]:
    chance = random.Random(seed)
    return [chance.randrange(1, 1 << 30) for _ in range(count)]


SHARED = fresh(60, 0)


def test_the_same_text() -> None:
    assert kernel(SHARED, SHARED) == [(0, 60, 0, 60, 60)]


def test_a_passage_inside_other_text() -> None:
    a, b = fresh(30, 1) + SHARED + fresh(5, 2), fresh(7, 3) + SHARED
    assert kernel(a, b) == [(30, 90, 7, 67, 60)]


@pytest.mark.parametrize("edit", ["replaced", "dropped", "added"])
def test_small_edits_do_not_end_a_passage(edit: str) -> None:
    changed = list(SHARED)
    if edit == "replaced":
        changed[20:22] = fresh(2, 4)
    elif edit == "dropped":
        del changed[20:22]
    else:
        changed[20:20] = fresh(2, 4)
    words = 60 if edit == "added" else 58
    assert kernel(SHARED, fresh(3, 5) + changed) == [(0, 60, 3, 3 + len(changed), words)]


def test_paragraphs_in_another_order_are_passages_of_their_own() -> None:
    assert kernel(SHARED, SHARED[30:] + SHARED[:30]) == [(0, 30, 30, 60, 30), (30, 60, 0, 30, 30)]


def test_text_put_in_between_cuts_a_passage() -> None:
    b = SHARED[:30] + fresh(20, 6) + SHARED[30:]
    assert kernel(SHARED, b) == [(0, 30, 0, 30, 30), (30, 60, 50, 80, 30)]


def test_a_text_that_stands_twice_is_counted_once() -> None:
    assert kernel(SHARED, SHARED + fresh(9, 7) + SHARED) in ([(0, 60, 0, 60, 60)], [(0, 60, 69, 129, 60)])


def test_holes_match_nothing() -> None:
    a: list[int | None] = [*SHARED[:30], *[None] * 10, *SHARED[40:]]
    assert kernel(a, a) == [(0, 30, 0, 30, 30), (40, 60, 40, 60, 20)]


def test_short_passages_are_left_out() -> None:
    assert kernel(fresh(20, 8) + SHARED[:9], SHARED[:9] + fresh(20, 9)) == []
    assert kernel([], SHARED) == []


def test_word_pairs_within_a_gap_count() -> None:
    a = [*SHARED[:20], 1, 2, 3, 4, *SHARED[20:]]
    b = [*SHARED[:20], 5, 2, 3, 6, *SHARED[20:]]
    assert kernel(a, b) == [(0, 64, 0, 64, 62)]


MAYBE = st.lists(st.one_of(st.integers(1, 4), st.none()), max_size=60)


@given(MAYBE, MAYBE)
def test_kernel_and_twin_agree_on_few_words(a: list[int | None], b: list[int | None]) -> None:
    assert kernel(a, b) == plain_align(a, b, **HOW)


@given(st.integers(0, 10_000), st.integers(0, 40))
def test_kernel_and_twin_agree_on_edited_copies(seed: int, edits: int) -> None:
    chance = random.Random(seed)
    a = fresh(120, seed)
    b = list(a)
    for _ in range(edits):
        at = chance.randrange(len(b))
        b[at : at + chance.randrange(3)] = fresh(chance.randrange(3), chance.randrange(1 << 20))
    cut = chance.randrange(len(b))
    b = b[cut:] + b[:cut]
    assert kernel(a, b) == plain_align(a, b, **HOW)


@given(st.integers(0, 10_000), st.integers(45, 120), st.integers(0, 80), st.integers(0, 80))
def test_a_lifted_passage_has_its_exact_ends(seed: int, size: int, before: int, after: int) -> None:
    passage = fresh(size, seed)
    a = fresh(before, seed + 1) + passage + fresh(after, seed + 2)
    b = fresh(after, seed + 3) + passage + fresh(before, seed + 4)
    assert kernel(a, b) == [(before, before + size, after, after + size, size)]
