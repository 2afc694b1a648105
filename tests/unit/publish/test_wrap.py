from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from whence.publish.wrap import lines


@given(st.text("ab 漢字é\n", max_size=80), st.integers(2, 20))
def test_lines_fit_and_lose_nothing_but_white_space(text: str, width: int) -> None:
    found = lines(text, width)
    assert all(cell_len(text[a:b]) <= width for a, b in found)
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())


def test_lines_are_as_full_as_they_can_be() -> None:
    text = "one two three"
    assert [text[a:b] for a, b in lines(text, 7)] == ["one two", "three"]
