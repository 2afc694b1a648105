"""Which of many spans lie in a stretch of text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from whence.read.annotations import Token
from whence.read.held import Held
from whence.text.offsets import Span, contains, overlaps

_GAPS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4)), max_size=12)


def _spans(gaps: list[tuple[int, int]]) -> list[Token]:
    out: list[Token] = []
    at = 0
    for gap, size in gaps:
        out.append(Token((at + gap, at + gap + size), "NN"))
        at += gap + size
    return out


@given(_GAPS, st.tuples(st.integers(0, 40), st.integers(0, 12)))
def test_same_as_looking_at_each(gaps: list[tuple[int, int]], place: tuple[int, int]) -> None:
    things = _spans(gaps)
    span: Span = (place[0], place[0] + place[1])
    held = Held(things)
    assert held.within([span]) == tuple(t for t in things if contains(span, t.span))
    assert held.touching(span) == (place[1] > 0 and any(overlaps(span, t.span) for t in things))
