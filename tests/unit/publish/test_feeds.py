"""Feeds hold to RFC 4287 and JSON Feed 1.1, whatever a title holds."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from whence.publish.feed_atom import to_atom
from whence.publish.feed_json import to_json_feed
from whence.publish.json import dump
from whence.records.change import CHANGES, Change

ATOM = "{http://www.w3.org/2005/Atom}"
HEAD: dict[str, Any] = {
    "title": "The Desk & <others>",
    "url": "https://desk.example/feed.atom?a=1&b=2",
    "page": "https://desk.example/",
    "author": "The Clearwater Desk",
}
ONCE = {"id", "title", "updated", "published", "content", "rights", "subtitle", "generator", "summary"}
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def change(number: int, **other: Any) -> Change:
    given: dict[str, Any] = {
        "id": f"tag:desk.example,2026:{number}",
        "kind": CHANGES[number % 4],
        "title": f"A note on statement {number} <b>&amp;",
        "text": "It says:\n\n“The crane” ]]> was & is inspected.",
        "url": f"https://desk.example/notes/{number}?a=1&b=2",
        "at": f"2026-03-04T05:{number:02d}:00Z",
        "author": ("", "heron")[number % 2],
        "outlet": "The Northern Courier",
        "sources": ("The port",),
        "topics": ("crane",),
    }
    return Change(**{**given, **other})


def check_atom(text: str) -> etree._Element:
    """RFC 4287, section 4: what a feed and its entries must have, and how often."""
    root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False))
    assert root.tag == f"{ATOM}feed"
    for place in (root, *root.findall(f"{ATOM}entry")):
        tags = [child.tag.removeprefix(ATOM) for child in place if isinstance(child.tag, str)]
        assert {"id", "title", "updated"} <= set(tags)
        assert all(tags.count(tag) == 1 for tag in set(tags) & ONCE)
        assert place is root or root.find(f"{ATOM}author") is not None or "author" in tags
        for tag in ("updated", "published"):
            for when in place.findall(f"{ATOM}{tag}"):
                assert RFC3339.fullmatch(when.text or "")
                datetime.fromisoformat(str(when.text))
        for link in place.findall(f"{ATOM}link"):
            assert re.fullmatch(r"https?://\S+", link.get("href") or "")
        alternates = [one for one in place.findall(f"{ATOM}link") if one.get("rel") == "alternate"]
        assert len({(one.get("type"), one.get("hreflang")) for one in alternates}) == len(alternates)
        assert alternates or place.find(f"{ATOM}content") is not None
        for author in place.findall(f"{ATOM}author"):
            assert len(author.findall(f"{ATOM}name")) == 1
        for category in place.findall(f"{ATOM}category"):
            assert category.get("term")
        assert re.match(r"[a-z][a-z0-9+.-]*:\S", place.findtext(f"{ATOM}id") or "")
    assert any(one.get("rel") == "self" for one in root.findall(f"{ATOM}link"))
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    return root


def test_a_feed_is_valid_and_says_what_is_new() -> None:
    changes = [change(number) for number in range(8, 0, -1)]
    text = to_atom(changes, **HEAD, next_url="https://desk.example/feed.atom?after=1")
    root = check_atom(text)
    assert root.findtext(f"{ATOM}updated") == "2026-03-04T05:08:00Z"
    parsed = feedparser.parse(text.encode())
    assert not parsed.bozo
    assert [entry.title for entry in parsed.entries] == [one.title for one in changes]
    assert [entry.link for entry in parsed.entries] == [one.url for one in changes]
    assert parsed.entries[0].content[0].value == changes[0].text
    assert [tag.term for tag in parsed.entries[0].tags] == ["statement", "crane"]
    assert to_atom(changes, **HEAD) == to_atom(changes, **HEAD)


def test_an_empty_feed_is_valid() -> None:
    assert check_atom(to_atom([], **HEAD)).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


@given(words=st.text())
def test_no_text_breaks_a_feed(words: str) -> None:
    one = change(1, title=f"x{words}", text=words, author=words, topics=(f"t{words}",), url="javascript:alert(1)")
    root = check_atom(to_atom([one], **{**HEAD, "author": words, "title": words}))
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    assert not entry.findall(f"{ATOM}link")
    feed = json.loads(dump(to_json_feed([one], **HEAD), None))
    assert feed["items"][0]["content_text"] == words
    assert "url" not in feed["items"][0]


def test_a_json_feed_is_version_1_1() -> None:
    changes = [change(number) for number in range(3)]
    feed = to_json_feed(changes, **HEAD, next_url="https://desk.example/feed.json?after=1")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert set(feed) == {"version", "title", "home_page_url", "feed_url", "authors", "next_url", "items"}
    allowed = {"id", "url", "title", "content_text", "date_published", "authors", "tags", "_whence"}
    for item, one in zip(feed["items"], changes, strict=True):
        assert set(item) <= allowed
        assert {"id", "content_text"} <= set(item)  # the two that a feed's items must have
        assert RFC3339.fullmatch(item["date_published"])
        assert item["_whence"] == {"kind": one.kind, "outlet": "The Northern Courier", "sources": ["The port"]}


@pytest.mark.parametrize("name", ["url", "page", "next_url"])
def test_addresses_that_are_none_are_refused(name: str) -> None:
    for make in (to_atom, to_json_feed):
        with pytest.raises(ValueError, match="http or https"):
            make([], **{**HEAD, name: "javascript:alert(1)"})
