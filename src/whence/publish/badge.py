"""A story's badge as JSON, as text, and as HTML that needs no script and asks no other server for anything."""

from __future__ import annotations

from html import escape
from typing import Any, Literal, get_args

from whence.publish.safe import printable, safe_url
from whence.records.badge import BadgeFacts

__all__ = ["RECORD_TYPE", "THEMES", "Theme", "badge_html", "badge_text", "record_link", "to_badge"]

Theme = Literal["light", "dark", "text"]
THEMES: tuple[Theme, ...] = get_args(Theme)

RECORD_TYPE = "application/vnd.whence.record+json"
"""Media type of a record; a page's `<link rel="alternate">` of this type leads `whence verify` to it."""

_BADGE_VERSION = 1
_FRAME = (
    "display:inline-block;padding:.35em .7em;border-radius:.35em;"
    "text-decoration:none;font:.85em/1.35 system-ui,sans-serif;"
)
_COLOURS: dict[Theme, str] = {
    "light": f"{_FRAME}border:1px solid #8a8578;background:#fbfaf6;color:#22201a",
    "dark": f"{_FRAME}border:1px solid #7d7868;background:#22211d;color:#f3f0e6",
    "text": "",
}


def to_badge(facts: BadgeFacts) -> dict[str, Any]:
    """The badge as JSON-ready values; `record` is where `whence verify` goes on.

    Raises:
        ValueError: the record's address is not http or https.
    """
    return {"version": _BADGE_VERSION, "type": "whence-badge", **facts.to_dict(), "record": _record(facts)}


def badge_text(facts: BadgeFacts) -> str:
    """The badge as one line of text: what it says, and where the record is.

    Raises:
        ValueError: the record's address is not http or https.
    """
    return f"{facts.line}: {_record(facts)}"


def badge_html(facts: BadgeFacts, theme: Theme = "light") -> str:
    """The badge as a snippet for a page: a link with the line in it.

    It holds no script and no image, so that a reader's visit is told to nobody. A page that forbids style attributes
    shows a plain link.

    Args:
        facts: what it says.
        theme: `light` and `dark` have a frame; `text` looks like the page's other links.

    Raises:
        ValueError: the record's address is not http or https, or the theme is unknown.
    """
    if theme not in THEMES:
        raise ValueError(f"a badge's theme is one of {', '.join(THEMES)}; got {theme!r}")
    record = escape(_record(facts))
    style = f' style="{_COLOURS[theme]}"' if _COLOURS[theme] else ""
    title = escape(printable(f"The record of “{facts.title}”" if facts.title else "The record of this story"))
    return (
        f'<a class="whence-badge" href="{record}" data-record="{record}" title="{title}" '
        f'rel="external"{style}>{escape(facts.line)}</a>'
    )


def record_link(record: str) -> str:
    """The element in a page's head from which `whence verify` finds the record.

    Args:
        record: address of the record's JSON.

    Raises:
        ValueError: it is not http or https.
    """
    if safe_url(record) is None:
        raise ValueError(f"a record's address is http or https; got {record[:80]!r}")
    return f'<link rel="alternate" type="{RECORD_TYPE}" href="{escape(record)}">'


def _record(facts: BadgeFacts) -> str:
    url = safe_url(facts.record)
    if url is None:
        raise ValueError(f"a badge links to a record, http or https; got {facts.record[:80]!r}")
    return url
