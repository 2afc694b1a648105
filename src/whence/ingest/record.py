"""A story from named fields: a line of JSONL, an item of a feed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from whence.errors import InputError
from whence.ingest.dates import iso
from whence.ingest.html import from_html
from whence.ingest.plain import from_text
from whence.ingest.sniff import kind_of
from whence.ingest.walk import http_url
from whence.records import Byline, Story

__all__ = ["TEXTS", "from_fields", "from_record"]

_TEXT = ("text", "body", "content", "article", "maintext", "content_text")
_HTML = ("html", "content_html", "raw_html")
TEXTS = (*_TEXT, *_HTML)
"""Where a record's text may stand."""
_TITLE = ("headline", "title")
_OUTLET = ("outlet", "publisher", "source", "site_name", "sitename", "domain")
_DATE = (
    "published",
    "date",
    "date_published",
    "published_at",
    "publish_date",
    "datePublished",
    "pubDate",
    "date_publish",
)
_URL = ("url", "link", "canonical_url")
_AUTHOR = ("byline", "author", "authors")
_LANGUAGE = ("language", "lang")
_LONGEST = 500  # characters of a short field


def from_record(
    record: Mapping[str, Any], *, id: str, outlet: str | None = None, published: str | None = None
) -> Story:
    """Make a story of a record.

    Args:
        record: its text under `text`, `body` or `content`, or its HTML under `html` or one of these; and, where known,
            `title` or `headline`, `outlet`, `publisher` or `source`, `published` or `date`, `url`, `author`, `id`.
        id: used where the record has none.
        outlet, published: used where the record does not say.

    Returns:
        The story.

    Raises:
        InputError: the record has no text.
    """
    html = _first(record, _HTML, strings=True)
    text = _first(record, _TEXT, strings=True)
    if html is None and text is None:
        raise InputError(f"{id} has no text: a record holds it under one of {', '.join((*_TEXT[:3], _HTML[0]))}")
    given = record.get("id")
    return from_fields(
        _clean(html if html is not None else text or ""),
        html=html is not None or kind_of((text or "")[:4096].encode("utf-8", "replace")) == "html",
        id=str(given) if isinstance(given, (str, int)) and str(given).strip() else id,
        title=_short(_first(record, _TITLE)),
        outlet=_short(_first(record, _OUTLET)) or outlet,
        date=_short(_first(record, _DATE)),
        default_date=published,
        url=_short(_first(record, _URL)),
        author=_short(_first(record, _AUTHOR)),
        language=_short(_first(record, _LANGUAGE)),
    )


def from_fields(
    content: str,
    *,
    html: bool,
    id: str,
    title: str | None,
    outlet: str | None,
    date: str | None,
    url: str | None,
    author: str | None,
    language: str | None = None,
    default_date: str | None = None,
) -> Story:
    """Make a story of its content and of what is known about it.

    Plain text gets its title as a first paragraph, unless it begins with it; otherwise it stays unchanged.

    Args:
        content: text or HTML; a whole page or the article alone.
        html: whether it is HTML.
        date: as written; what cannot be read is passed over with a warning.
        default_date: ISO 8601, used where neither `date` nor the content says it.

    Raises:
        InputError: there is no text in it.
    """
    address = http_url(url, None)
    day = iso(date)
    if html:
        whole = "<body" in content[:200_000].lower() or "<html" in content[:4096].lower()
        story = from_html(content, id=id, outlet=outlet, published=day, url=address, fragment=not whole, headline=title)
    else:
        if title and not content.lstrip().startswith(title) and content.strip():
            content = f"{title}\n\n{content}"
        story = from_text(content, id=id, outlet=outlet, published=day, url=address)
    byline = story.byline or (Byline(author) if author and "@" not in author else None)
    warnings = story.warnings
    if date and day is None:
        warnings = (
            *warnings,
            f"its date {date[:40]!r} cannot be read or could mean two days: write it like 2018-02-10",
        )
    return replace(
        story,
        byline=byline,
        language=story.language or language,
        published=story.published or default_date,
        warnings=warnings,
    )


def _first(record: Mapping[str, Any], keys: tuple[str, ...], *, strings: bool = False) -> Any:
    for key in keys:
        value = record.get(key)
        if value and (isinstance(value, str) or not strings):
            return value
    return None


def _short(value: Any) -> str | None:
    if isinstance(value, list):
        parts = [p for v in value[:20] if (p := _short(v))]
        value = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    return " ".join(_clean(value).split()) or None


def _clean(text: str) -> str:
    """JSON can hold halves of surrogate pairs, which are no characters and cannot be written out again."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
