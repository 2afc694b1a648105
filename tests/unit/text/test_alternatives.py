"""Many words as one pattern."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from whence.text.alternatives import one_of

_WORDS = st.lists(st.text("ab. ", min_size=1, max_size=6), min_size=1, max_size=12)


@given(_WORDS, st.text("ab. ", max_size=40))
def test_same_as_word_by_word_the_longest_first(words: list[str], text: str) -> None:
    plain = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    for around in ("({})", r"(?<!a)({})(?!b)"):
        one, other = (re.compile(around.format(p)) for p in (plain, one_of(words)))
        assert [m.span(1) for m in one.finditer(text)] == [m.span(1) for m in other.finditer(text)]


def test_names_that_begin_alike_share_their_beginning() -> None:
    assert one_of(["Vale", "Vale Herald", "Valdera"]) == r"Val(?:dera|e(?:\ Herald)?)"
