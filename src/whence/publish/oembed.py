"""A story's badge for sites that embed by oEmbed 1.0 (https://oembed.com)."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import urlencode

from whence.publish.badge import Theme, badge_html
from whence.publish.safe import printable, safe_url
from whence.records.badge import BadgeFacts

__all__ = ["oembed_link", "to_oembed"]

_WIDTH, _HEIGHT = 420, 44
_CACHE_SECONDS = 300


def to_oembed(
    facts: BadgeFacts,
    provider: str,
    provider_url: str,
    *,
    theme: Theme = "light",
    max_width: int | None = None,
    max_height: int | None = None,
) -> dict[str, Any]:
    """The oEmbed response for a story's record, of type "rich".

    Args:
        facts: what the badge says.
        provider: name of the desk.
        provider_url: its address.
        theme: of the badge.
        max_width, max_height: what the consumer asked for, px; the badge wraps, so its width can be any.

    Raises:
        ValueError: the record's address is not http or https, or the theme is unknown.
    """
    html = badge_html(facts, theme)
    width = _WIDTH if max_width is None else max(1, min(_WIDTH, max_width))
    height = _HEIGHT if max_height is None else max(1, min(_HEIGHT, max_height))
    found: dict[str, Any] = {
        "type": "rich",
        "version": "1.0",
        "title": printable(facts.title) or facts.line,
        "provider_name": provider,
        "html": html,
        "width": width,
        "height": height,
        "cache_age": _CACHE_SECONDS,
    }
    if safe_url(provider_url):
        found["provider_url"] = provider_url
    return found


def oembed_link(endpoint: str, page: str) -> str:
    """The element in a page's head from which consumers find its oEmbed response.

    Args:
        endpoint: address of the desk's oEmbed endpoint.
        page: address of the page that is embedded.

    Raises:
        ValueError: the endpoint is not http or https.
    """
    if safe_url(endpoint) is None:
        raise ValueError(f"an oEmbed endpoint is http or https; got {endpoint[:80]!r}")
    address = f"{endpoint}?{urlencode({'url': page, 'format': 'json'})}"
    return f'<link rel="alternate" type="application/json+oembed" href="{escape(address)}">'
