"""Feeds: RSS and Atom by feedparser, JSON Feed by ourselves; each item a story."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from whence.errors import FormatError, WhenceError
from whence.ingest.decode import MAX_BYTES, decode
from whence.ingest.failure import Failure
from whence.ingest.record import from_fields, from_record
from whence.records import Story

__all__ = ["MAX_ITEMS", "from_feed"]

MAX_ITEMS = 10_000
"""Items of one feed that are read."""

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")  # names an encoding, which is no longer the text's
_SUMMARY = "the feed gives a summary only: read {} for the whole story"
_BRIEF = 800  # characters of a summary, at most
_PARAGRAPHS = 3  # that a whole story has at least
_FULL = 1.2  # a content so many times longer than the summary is the whole story


def from_feed(
    data: bytes, name: str, *, outlet: str | None = None, published: str | None = None
) -> Iterator[Story | Failure]:
    """Read a feed: RSS, Atom or JSON Feed.

    An item's full content is its story. An item with a summary only gives a story of that summary, with a warning that
    names the item's page; nothing is fetched.

    Args:
        data: the feed, at most `MAX_BYTES` bytes.
        name: what to call it in messages.
        outlet, published: used for the items where the feed does not say.

    Yields:
        A story for each item, in the feed's order, or a `Failure` for one without text.

    Raises:
        FormatError: it is too large or no feed.
    """
    if len(data) > MAX_BYTES:
        raise FormatError(f"{name} has {len(data)} bytes, more than the {MAX_BYTES} of a feed: split it up")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json_feed(data, name, outlet, published)
    return _xml_feed(data, name, outlet, published)


def _json_feed(data: bytes, name: str, outlet: str | None, published: str | None) -> Iterator[Story | Failure]:
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError):
        raise FormatError(f"{name} is no JSON: give an RSS, Atom or JSON feed") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise FormatError(f"{name} has no list of items: give an RSS, Atom or JSON feed")
    title = feed.get("title")
    for number, item in enumerate(items[:MAX_ITEMS], start=1):
        label = f"{name}#{number}"
        if not isinstance(item, dict):
            yield Failure(label, "the item is no object: give an RSS, Atom or JSON feed")
            continue
        summary = not (item.get("content_html") or item.get("content_text"))
        record = {**item, "text": item.get("summary")} if summary else dict(item)
        record.setdefault("author", item.get("authors"))
        record["outlet"] = title
        try:
            story = from_record(record, id=label, outlet=outlet, published=published)
        except WhenceError as e:
            yield Failure(label, str(e))
            continue
        yield _warned(story) if summary else story


def _xml_feed(data: bytes, name: str, outlet: str | None, published: str | None) -> Iterator[Story | Failure]:
    import feedparser

    # feedparser expands entities that a feed declares, a million characters of them; feeds have no use for any.
    text = _DECLARATION.sub("", decode(data, name, html=True).text, count=1).replace("<!ENTITY", "<! ENTITY")
    try:
        feed = feedparser.parse(
            BytesIO(text.encode("utf-8", "replace")), sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as e:  # A third party's code on hostile input: it must not end a batch.
        raise FormatError(
            f"{name} cannot be read as a feed ({type(e).__name__}): give an RSS, Atom or JSON feed"
        ) from None
    if not feed.entries and not feed.get("version"):
        raise FormatError(f"{name} is no feed, or an empty one: give an RSS, Atom or JSON feed")
    for number, entry in enumerate(feed.entries[:MAX_ITEMS], start=1):
        link = _string(entry.get("link"))
        label = _string(entry.get("id")) or link or f"{name}#{number}"
        content, html, summary = _content(entry)
        if not content.strip():
            yield Failure(label, "the item has no text: read its page instead" + (f", {link}" if link else ""))
            continue
        try:
            story = from_fields(
                content,
                html=html,
                id=label,
                title=" ".join((_string(entry.get("title")) or "").split()) or None,
                outlet=outlet or _string(feed.feed.get("title")),
                date=_string(entry.get("published")) or _string(entry.get("updated")),
                default_date=published,
                url=link,
                author=_string(entry.get("author")),
                language=_string(feed.feed.get("language")),
            )
        except WhenceError as e:
            yield Failure(label, str(e))
            continue
        yield _warned(story) if summary else story


def _content(entry: Any) -> tuple[str, bool, bool]:
    """An item's longest content, whether it is HTML, and whether it is only a summary."""
    whole = [(_string(c.get("value")) or "", _string(c.get("type")) or "text/html") for c in entry.get("content") or ()]
    brief = _string(entry.get("summary")) or ""
    if whole:
        text, kind = max(whole, key=lambda c: len(c[0]))
        # Some feeds put the same summary, cut or uncut, into both places.
        same = text != brief and len(text) < _FULL * len(brief) and len(brief) < _BRIEF
        return text, kind != "text/plain", same
    kind = _string((entry.get("summary_detail") or {}).get("type")) or "text/html"
    # Without a content element, a long summary of several paragraphs is the story itself.
    paragraphs = brief.lower().count("<p") + brief.count("\n\n")
    return brief, kind != "text/plain", paragraphs < _PARAGRAPHS and len(brief) < 2 * _BRIEF


def _warned(story: Story) -> Story:
    return replace(story, warnings=(*story.warnings, _SUMMARY.format(story.url or "the item's page")))


def _string(value: Any) -> str | None:
    return str(value) if isinstance(value, str) and value.strip() else None
