"""Two versions of a passage: what was dropped and what was added is marked, and nothing acts."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from whence.publish.trace_diff import changes


def plain(markup: str) -> str:
    return unescape(re.sub(r"</?(?:del|ins)>", "", markup))


def test_changed_words_are_marked_on_their_side() -> None:
    old, new = changes("The wall may give way today.", "The big wall may give way.")
    assert re.findall(r"<del>(.*?)</del>", old) == ["way today."]
    assert [w.strip() for w in re.findall(r"<ins>(.*?)</ins>", new)] == ["big", "way."]


def test_markup_of_the_text_stays_text() -> None:
    old, new = changes("a <script>x</script> b", "a <img src=x> b")
    assert "<script" not in old
    assert "<img" not in new


@given(
    st.lists(st.sampled_from(["dam", "wall", "<b>", "&", "\n\n"]), max_size=20),
    st.lists(st.sampled_from(["dam", "sea", ">"]), max_size=20),
)
def test_no_word_is_lost(left: list[str], right: list[str]) -> None:
    theirs, mine = " ".join(left), " ".join(right)
    old, new = changes(theirs, mine)
    assert plain(old) == theirs
    assert plain(new) == mine
