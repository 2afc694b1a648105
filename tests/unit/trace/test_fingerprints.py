"""Fingerprints: the twin's, and the promise that a long enough common passage is always seen."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from whence.trace.fingerprints import fingerprints
from whence.trace.plain import plain_fingerprints

WORDS = st.lists(st.integers(0, 5), max_size=60)


def kernel(words: list[int], shingle: int, window: int) -> set[int]:
    hashes, story = fingerprints(np.array(words, np.uint32), np.array([0, len(words)], np.int64), shingle, window)
    assert set(story.tolist()) <= {0}
    return set(hashes.tolist())


@given(WORDS, st.integers(1, 6), st.integers(1, 6))
def test_kernel_and_twin_agree(words: list[int], shingle: int, window: int) -> None:
    assert kernel(words, shingle, window) == plain_fingerprints(words, shingle, window)


@given(
    st.lists(st.integers(0, 3), min_size=15, max_size=30),
    *[st.lists(st.integers(4, 9), max_size=30)] * 4,
)
def test_fifteen_words_in_common_are_always_seen(
    shared: list[int], before: list[int], after: list[int], before_2: list[int], after_2: list[int]
) -> None:
    assert kernel(before + shared + after, 8, 8) & kernel(before_2 + shared + after_2, 8, 8)


def test_stories_are_apart() -> None:
    words = np.array([1, 2, 3, 4, 1, 2, 3, 4], np.uint32)
    hashes, story = fingerprints(words, np.array([0, 4, 4, 8], np.int64), 3, 2)
    assert set(hashes[story == 0].tolist()) == set(hashes[story == 2].tolist())
    assert 1 not in story


def test_a_story_shorter_than_a_shingle_has_none_and_one_shorter_than_a_window_has_one() -> None:
    assert kernel([1, 2], 3, 4) == set()
    assert len(kernel([1, 2, 3, 4], 3, 4)) == 1
