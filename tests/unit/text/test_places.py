"""Which of many spans touch a stretch of text."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from whence.text.offsets import Span, overlaps
from whence.text.places import Places

_SPANS = st.tuples(st.integers(0, 2000), st.integers(0, 900)).map(lambda s: (s[0], s[0] + s[1]))


@given(st.lists(_SPANS, max_size=30), _SPANS)
@example([(256, 256)], (250, 260))
@example([(200, 300)], (256, 256))
@example([(0, 256)], (256, 300))
def test_same_as_looking_at_each(spans: list[Span], asked: Span) -> None:
    places = Places((span, n % 3) for n, span in enumerate(spans))
    touched = [(span, n % 3) for n, span in enumerate(spans) if overlaps(span, asked)]
    assert places.placed(asked) == touched
    assert places.touching(asked) == [thing for _, thing in touched]
    assert places.touches(asked) == bool(touched)


def test_what_is_added_later_is_found() -> None:
    places: Places[str] = Places()
    assert not places.touches((0, 1000))
    places.add((500, 510), "later")
    assert places.touching((505, 506)) == ["later"]
