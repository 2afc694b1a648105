from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from whence.text.offsets import clip, contains, cover, merge, overlap, overlaps, strip, subtract

spans = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda t: (t[0], t[0] + t[1]))


def points(span: tuple[int, int]) -> set[int]:
    return set(range(*span))


@given(spans, spans)
def test_overlap_counts_shared_characters(a: tuple[int, int], b: tuple[int, int]) -> None:
    assert overlap(a, b) == len(points(a) & points(b))
    assert overlaps(a, b) == bool(points(a) & points(b))
    assert contains(a, b) == (points(b) <= points(a))


@given(spans, spans)
def test_clip_keeps_the_shared_part(a: tuple[int, int], b: tuple[int, int]) -> None:
    got = clip(a, b)
    assert (points(got) if got else set()) == points(a) & points(b)


@given(st.lists(spans, max_size=8))
def test_merge_keeps_every_character_once(many: list[tuple[int, int]]) -> None:
    merged = merge(many)
    assert set().union(*map(points, merged)) == set().union(*map(points, many))
    assert all(a[1] < b[0] for a, b in itertools.pairwise(merged))


@given(spans, st.lists(spans, max_size=8))
def test_subtract_leaves_what_no_hole_covers(whole: tuple[int, int], holes: list[tuple[int, int]]) -> None:
    left = subtract(whole, holes)
    assert set().union(*map(points, left)) == points(whole) - set().union(*map(points, holes))


@given(st.text(alphabet=" a\n“,", max_size=12))
def test_strip_shrinks_to_the_words(text: str) -> None:
    start, end = strip(text, (0, len(text)), ",")
    assert text[start:end] == text.strip(" \n,")


def test_cover_holds_all() -> None:
    assert cover([(5, 9), (1, 2), (7, 30)]) == (1, 30)
