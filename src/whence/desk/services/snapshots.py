"""A page as it was when it was checked: one WARC record, compressed (ISO 28500)."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from whence.desk import config
from whence.ingest import Policy, from_text
from whence.ingest.fetch import Fetcher
from whence.ingest.open import fetch_page, story_of
from whence.records import Story

__all__ = ["of_page", "of_text", "policy"]


def policy() -> Policy:
    """Return what may be fetched: nothing inside a private network but what the operator names."""
    return replace(Policy(), allow=config.get().network)


def of_page(url: str) -> tuple[Story, bytes]:
    """Fetch a page.

    Args:
        url: http or https.

    Returns:
        The story on it, and the record.

    Raises:
        WhenceError: as whence.ingest.load.
    """
    page = fetch_page(url, Fetcher(policy()))
    story = story_of(page.body, url, url=page.url, charset=page.charset)
    kind = page.content_type or "text/html"
    if page.charset:
        kind += f"; charset={page.charset}"
    return story, _record("response", page.url, page.body, kind)


def of_text(text: str, *, outlet: str | None, published: str | None, url: str | None) -> tuple[Story, bytes]:
    """Take a text as somebody gave it.

    Args:
        text: headline first, then paragraphs between blank lines.
        outlet, published, url: as the giver says, or None.

    Returns:
        The story, and the record.

    Raises:
        WhenceError: as whence.ingest.from_text.
    """
    story = from_text(text, id="", outlet=outlet, published=published, url=url)
    return story, _record("resource", url or "urn:whence:pasted", text.encode(), "text/plain; charset=utf-8")


def _record(kind: str, url: str, body: bytes, content_type: str) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    headers = None
    if kind == "response":
        headers = StatusAndHeaders("200 OK", [("Content-Type", content_type)], protocol="HTTP/1.1")
    made = writer.create_warc_record(
        url,
        kind,
        payload=BytesIO(body),
        length=len(body),  # without it the writer counts through a temporary file, and leaves that open
        http_headers=headers,
        warc_content_type=content_type if not headers else "",
    )
    writer.write_record(made)
    return out.getvalue()
