from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.publish.safe import printable, safe_url, scalar


@given(st.text(st.characters(codec=None)))
def test_nothing_printable_can_act_on_a_terminal(text: str) -> None:
    kept = {"\u200c", "\u200d"}
    for char in printable(text):
        assert char in kept or ord(char) > 0xFFFF or unicodedata.category(char) not in {"Cc", "Cs", "Zl", "Zp"}
    printable(text).encode()


def test_an_escape_is_shown_by_its_code() -> None:
    assert printable("a\x1b[31mb\u202ec\r\nd\te") == "a<U+001B>[31mb<U+202E>c d e"


def test_plain_text_of_every_script_stays_as_it_is() -> None:
    text = "Zoë said: “ça va” — نعم 🏗️ می‌روم"
    assert printable(text) == text


@given(st.text(st.characters(codec=None)))
def test_scalar_text_can_be_encoded_and_keeps_its_length(text: str) -> None:
    assert len(scalar(text)) == len(text)
    scalar(text).encode()


@pytest.mark.parametrize("url", ["https://a.example/x?y=1#z", "http://user.example:8080/"])
def test_web_addresses_may_be_links(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//host.example/x",
        "/relative",
        "https:///nohost",
        "https://[broken",
        "https://a.example/\x00",
        "https://a.example/ b",
        "https://a.example/\u202egnp.exe",
    ],
)
def test_everything_else_may_not(url: str | None) -> None:
    assert safe_url(url) is None
