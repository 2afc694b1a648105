"""What is new on a desk as a JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from whence.publish.safe import safe_url
from whence.records.change import Change

__all__ = ["to_json_feed"]


def to_json_feed(
    changes: Iterable[Change], *, title: str, url: str, page: str, author: str, next_url: str = ""
) -> dict[str, Any]:
    """A JSON Feed, version 1.1; what Atom has no word for is in each item's `_whence`.

    Args:
        changes: the latest first.
        title: of the feed.
        url: the feed's own address.
        page: the page of the desk that shows the same.
        author: the desk's name.
        next_url: address of older changes, or "".

    Returns:
        JSON-ready values.

    Raises:
        ValueError: an address is not http or https.
    """
    for address in filter(None, (url, page, next_url)):
        if safe_url(address) is None:
            raise ValueError(f"a feed's addresses are http or https; got {address[:80]!r}")
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": page,
        "feed_url": url,
        "authors": [{"name": author}],
    }
    if next_url:
        feed["next_url"] = next_url
    feed["items"] = [_item(change) for change in changes]
    return feed


def _item(change: Change) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": change.id,
        "title": change.title,
        "content_text": change.text,
        "date_published": change.at,
        "tags": [change.kind, *change.topics],
        "_whence": {"kind": change.kind, "outlet": change.outlet, "sources": list(change.sources)},
    }
    if link := safe_url(change.url):
        item["url"] = link
    if change.author:
        item["authors"] = [{"name": change.author}]
    return item
