"""What is new on a desk as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from whence.publish.safe import safe_url
from whence.records.change import Change

__all__ = ["to_atom"]

# Characters that XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_atom(changes: Iterable[Change], *, title: str, url: str, page: str, author: str, next_url: str = "") -> str:
    """An Atom feed.

    Args:
        changes: the latest first.
        title: of the feed.
        url: the feed's own address, which is its id too.
        page: the page of the desk that shows the same.
        author: the desk's name, which stands for entries without an author of their own.
        next_url: address of older changes (RFC 5005), or "".

    Returns:
        The document, UTF-8 declared, equal changes giving equal text. Without changes it was updated in 1970.

    Raises:
        ValueError: an address is not http or https.
    """
    for address in filter(None, (url, page, next_url)):
        if safe_url(address) is None:
            raise ValueError(f"a feed's addresses are http or https; got {address[:80]!r}")
    entries = list(changes)
    updated = max((change.at for change in entries), default="1970-01-01T00:00:00Z")
    following = f'<link rel="next" type="application/atom+xml" href="{_text(next_url)}"/>\n' if next_url else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>{_text(url)}</id>\n<title>{_text(title)}</title>\n<updated>{updated}</updated>\n"
        f'<link rel="self" type="application/atom+xml" href="{_text(url)}"/>\n'
        f'<link rel="alternate" type="text/html" href="{_text(page)}"/>\n{following}'
        f"<author><name>{_text(author)}</name></author>\n{''.join(map(_entry, entries))}</feed>\n"
    )


def _entry(change: Change) -> str:
    link = safe_url(change.url)
    alternate = f'<link rel="alternate" type="text/html" href="{_text(link)}"/>\n' if link else ""
    author = f"<author><name>{_text(change.author)}</name></author>\n" if change.author else ""
    topics = "".join(f'<category term="{_text(topic)}"/>\n' for topic in (change.kind, *change.topics))
    return (
        f"<entry>\n<id>{_text(change.id)}</id>\n<title>{_text(change.title)}</title>\n"
        f"<updated>{_text(change.at)}</updated>\n<published>{_text(change.at)}</published>\n"
        f'{alternate}{author}{topics}<content type="text">{_text(change.text)}</content>\n</entry>\n'
    )


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text)).replace("\r", "&#13;")
