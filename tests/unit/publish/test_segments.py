from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from whence.publish.segments import Layer, nest, split

spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda p: (min(p), max(p)))
layers = st.lists(st.builds(Layer, spans, st.integers(0, 99), st.integers(0, 2)), max_size=12)


def test_an_inner_span_lies_inside_an_outer_one() -> None:
    outer, inner = Layer((0, 10), "outer"), Layer((4, 6), "inner")
    runs = [(span, [x.mark for x in stack]) for span, stack in nest((0, 12), [inner, outer])]
    assert runs == [((0, 4), ["outer"]), ((4, 6), ["outer", "inner"]), ((6, 10), ["outer"]), ((10, 12), [])]


def test_rank_decides_before_length() -> None:
    long_link, short = Layer((0, 10), "link", 3), Layer((2, 4), "statement", 0)
    runs = dict(nest((0, 10), [long_link, short]))
    assert [x.mark for x in runs[2, 4]] == ["statement", "link"]


@given(spans, layers)
def test_runs_cover_the_span_once_and_bear_exactly_their_layers(
    within: tuple[int, int], given_layers: list[Layer[int]]
) -> None:
    runs = list(nest(within, given_layers))
    assert [i for (a, b), _ in runs for i in range(a, b)] == list(range(*within))
    for (a, b), stack in runs:
        for at in range(a, b):
            over = [x for x in given_layers if x.span[0] <= at < x.span[1]]
            assert sorted(map(id, stack)) == sorted(map(id, over))


@given(spans, layers)
def test_two_layers_have_the_same_order_in_every_run(within: tuple[int, int], given_layers: list[Layer[int]]) -> None:
    seen: set[tuple[int, int]] = set()
    for _, stack in nest(within, given_layers):
        for i, outer in enumerate(stack):
            seen.update((id(outer), id(inner)) for inner in stack[i + 1 :])
    assert not any((b, a) in seen for a, b in seen)


@given(spans, st.lists(st.integers(0, 30), max_size=12, unique=True).map(sorted))
def test_a_split_span_keeps_exactly_what_the_blocks_hold(span: tuple[int, int], cuts: list[int]) -> None:
    blocks = list(zip(cuts[::2], cuts[1::2], strict=False))
    parts = list(split(span, blocks))
    assert all(blocks[i][0] <= a < b <= blocks[i][1] for i, (a, b) in parts)
    held = [x for a, b in blocks for x in range(a, b) if span[0] <= x < span[1]]
    assert [x for _, (a, b) in parts for x in range(a, b)] == held
