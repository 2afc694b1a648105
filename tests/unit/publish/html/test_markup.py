from __future__ import annotations

import lxml.html
from hypothesis import given
from hypothesis import strategies as st

from whence.publish.html.markup import Markup, attribute, join, tag, words


@given(st.text())
def test_words_read_back_as_they_were(text: str) -> None:
    shown = lxml.html.fromstring(f"<p>{words(text)}</p>").text_content()
    forbidden = dict.fromkeys(range(32)) | {127: None}
    kept = {ord(c): c for c in "\t\n\r"}
    assert len(shown) == len(text)
    assert shown.translate(forbidden | kept) == "".join(
        chr(0x2421 if c == "\x7f" else 0x2400 + ord(c)) if ord(c) in forbidden and c not in "\t\n\r" else c
        for c in text
    )


@given(st.text(st.characters(codec=None)))
def test_no_text_can_open_a_tag_or_leave_an_attribute(text: str) -> None:
    assert "<" not in words(text).replace('<span class="ctl"', "").replace("</span>", "")
    assert not set('<>"') & set(attribute(text))


def test_elements() -> None:
    assert tag("p", "a < b", class_="x y", data_n=3, hidden=True, title=None) == (
        '<p class="x y" data-n="3" hidden>a &lt; b</p>'
    )
    assert tag("rect", x=1) == '<rect x="1"/>'
    assert tag("ul", (tag("li", str(i)) for i in range(2)), None) == "<ul><li>0</li><li>1</li></ul>"
    assert join(Markup("<b>"), "<b>") == "<b>&lt;b&gt;"


def test_bidirectional_controls_stay_in_the_text_and_are_isolated() -> None:
    assert words("a\u202eb") == 'a<span class="ctl" data-u="U+202E">\u202e</span>b'
    assert attribute("a\u202eb") == "a&lt;U+202E&gt;b"
