"""Badges say what is true, hold nothing that acts, and ask no other server for anything."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from whence.publish.badge import THEMES, Theme, badge_html, badge_text, record_link, to_badge
from whence.publish.badge_svg import badge_svg
from whence.publish.oembed import oembed_link, to_oembed
from whence.records.badge import BadgeFacts

RECORD = "https://desk.example/records/1.json?a=1&b=\"'<x>"
FACTS = BadgeFacts(27, 12, 3, "https://desk.example/records/1.json?a=1&b=2", "https://c.example/", "The crane")
ATTACK = "</title></svg><script>alert(1)</script><img src=x onerror=alert(1)>\"' onload='x'\x00\x1b[2J\u202e]]>&#0;"
SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "title", "rect", "g", "path", "circle", "text", "style"}
ATTRIBUTES = {
    "width", "height", "viewBox", "role", "aria-label", "data-record", "x", "y", "rx", "fill", "stroke", "cx", "cy",
    "r", "d", "stroke-width", "stroke-linecap", "font-family", "font-size", "textLength",
}  # fmt: skip


def check_svg(text: str) -> etree._Element:
    """A strict reading: well-formed, known elements and attributes alone, nothing that acts or fetches."""
    root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    for element in root.iter():
        assert isinstance(element.tag, str), "no comments, instructions or entities"
        assert element.tag.removeprefix(SVG) in ELEMENTS
        assert {str(name) for name in element.attrib} <= ATTRIBUTES
        for name, value in element.attrib.items():
            assert (
                name == "data-record"
                or not re.search(r"(?i)url\(|https?:|javascript:|data:", value)
                or name == "aria-label"
            )
        if element.tag == f"{SVG}style":
            assert not re.search(r"(?i)url|import|@font|expression", element.text or "")
    return root


@pytest.mark.parametrize("theme", THEMES)
def test_the_image_says_the_line_to_eyes_and_ears(theme: Theme) -> None:
    root = check_svg(badge_svg(FACTS, theme))
    texts = root.findall(f"{SVG}text")
    assert [text.text for text in texts] == ["12 of 27 statements checked, 3 notes shown"]
    assert root.get("role") == "img"
    assert (
        root.get("aria-label")
        == root.findtext(f"{SVG}title")
        == "The crane: 12 of 27 statements checked, 3 notes shown"
    )
    assert root.get("data-record") == FACTS.record
    width = int(root.get("width") or 0)
    assert float(texts[0].get("x") or 0) + float(texts[0].get("textLength") or 0) < width < 340


@given(counts=st.tuples(*[st.integers(0, 10**6)] * 3), theme=st.sampled_from(THEMES), title=st.text() | st.just(ATTACK))
def test_no_title_and_no_count_breaks_out(counts: tuple[int, int, int], theme: Theme, title: str) -> None:
    statements, checked, shown = sum(counts), counts[0], counts[2] if counts[0] else 0
    facts = BadgeFacts(statements, checked, shown, RECORD.replace('"', "%22").replace("<x>", ""), title=title)
    root = check_svg(badge_svg(facts, theme))
    assert root.findtext(f"{SVG}text") == facts.line
    check_html(badge_html(facts, theme))


class Strict(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def check_html(snippet: str) -> Strict:
    parser = Strict()
    parser.feed(snippet)
    parser.close()
    assert [tag for tag, _ in parser.tags] == ["a"]
    assert set(parser.tags[0][1]) <= {"class", "href", "data-record", "title", "rel", "style"}
    assert "url(" not in (parser.tags[0][1].get("style") or "")
    return parser


def test_the_snippet_is_one_link_and_nothing_else() -> None:
    for theme in THEMES:
        parser = check_html(badge_html(FACTS, theme))
        assert parser.words == FACTS.line
        assert parser.tags[0][1]["href"] == FACTS.record
    assert "style" not in badge_html(FACTS, "text")


def test_json_and_text() -> None:
    assert to_badge(FACTS) == {
        "version": 1,
        "type": "whence-badge",
        "line": "12 of 27 statements checked, 3 notes shown",
        "statements": 27,
        "checked": 12,
        "shown": 3,
        "record": FACTS.record,
        "story": "https://c.example/",
        "title": "The crane",
        "updated": "",
    }
    assert badge_text(FACTS) == f"12 of 27 statements checked, 3 notes shown: {FACTS.record}"
    assert record_link(FACTS.record).endswith('href="https://desk.example/records/1.json?a=1&amp;b=2">')


def test_a_badge_without_a_record_is_refused() -> None:
    for record in ("", "javascript:alert(1)", "https://", "/records/1"):
        facts = BadgeFacts(1, 0, 0, record)
        for make in (to_badge, badge_text, badge_html, badge_svg, lambda f: record_link(f.record)):
            with pytest.raises(ValueError, match="http or https"):
                make(facts)
    with pytest.raises(ValueError, match="got 'red'"):
        badge_svg(FACTS, "red")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="got 'red'"):
        badge_html(FACTS, "red")  # type: ignore[arg-type]


def luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        c = channel / 255
        return c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_line_can_be_read(theme: Theme) -> None:
    root = check_svg(badge_svg(FACTS, theme))
    rect, text = root.find(f"{SVG}rect"), root.find(f"{SVG}text")
    assert rect is not None
    assert text is not None
    dark, light = sorted(luminance(str(e.get("fill"))) for e in (rect, text))
    assert (light + 0.05) / (dark + 0.05) >= 12  # WCAG 2.2, 1.4.6, asks for 7


def test_oembed_is_version_1_of_type_rich() -> None:
    found = to_oembed(FACTS, "The Desk", "https://desk.example", max_width=300, max_height=1000)
    assert set(found) == {
        "type", "version", "title", "provider_name", "provider_url", "html", "width", "height", "cache_age",
    }  # fmt: skip
    assert (found["type"], found["version"], found["width"], found["height"]) == ("rich", "1.0", 300, 44)
    check_html(found["html"])
    assert "provider_url" not in to_oembed(FACTS, "The Desk", "javascript:x")
    assert oembed_link("https://desk.example/oembed", "https://desk.example/s/1?a=1&b=2") == (
        '<link rel="alternate" type="application/json+oembed" href="https://desk.example/oembed?'
        'url=https%3A%2F%2Fdesk.example%2Fs%2F1%3Fa%3D1%26b%3D2&amp;format=json">'
    )
    with pytest.raises(ValueError, match="http or https"):
        oembed_link("ftp://desk.example", "x")
