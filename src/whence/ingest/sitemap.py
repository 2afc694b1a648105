"""Sitemaps: the pages that a site lists (sitemaps.org, version 0.9)."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from whence.errors import FormatError
from whence.ingest.dates import iso
from whence.ingest.decode import MAX_BYTES
from whence.ingest.gzipped import unpacked
from whence.ingest.walk import http_url

__all__ = ["MAX_LISTED", "Listed", "from_sitemap", "is_sitemap"]

MAX_LISTED = 50_000
"""Entries of one sitemap that are read: as many as the protocol allows."""

_ROOT = re.compile(
    rb"(?:<\?[^>]{0,300}\?>|<!--(?:(?!-->).){0,2000}-->|\s){0,20}<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Listed:
    """An address that a sitemap lists: of a page, or of a further sitemap; `changed` is ISO 8601 or None."""

    url: str
    changed: str | None = None
    sitemap: bool = False


def is_sitemap(data: bytes) -> bool:
    """Whether bytes are a sitemap or an index of sitemaps, plain or gzipped."""
    if data.startswith(b"\x1f\x8b"):
        try:
            data = zlib.decompressobj(31).decompress(data, 4096)
        except zlib.error:
            return False
    return _ROOT.match(data.removeprefix(b"\xef\xbb\xbf")) is not None


def from_sitemap(data: bytes, name: str, *, url: str | None = None) -> list[Listed]:
    """Read a sitemap.

    Args:
        data: XML, plain or gzipped, at most `MAX_BYTES` bytes unpacked.
        name: what to call it in messages.
        url: where it was fetched from: then addresses of other sites, which it may not list, are left out.

    Returns:
        What it lists, the latest changed first; entries without a date come last, in their order.

    Raises:
        FormatError: it is too large or no sitemap.
    """
    from lxml import etree

    if data.startswith(b"\x1f\x8b"):
        data = unpacked(data, name, MAX_BYTES)
    if len(data) > MAX_BYTES:
        raise FormatError(f"{name} has more than the {MAX_BYTES} bytes of a sitemap")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as e:
        raise FormatError(f"{name} cannot be read as a sitemap ({type(e).__name__})") from None
    kind = _name(root.tag) if root is not None else ""
    if kind not in ("urlset", "sitemapindex"):
        raise FormatError(f"{name} is no sitemap: its root is {kind[:40]!r}")
    found: list[Listed] = []
    for entry in root:
        fields = {_name(e.tag): (e.text or "").strip() for e in entry if isinstance(e.tag, str)}
        address = http_url(fields.get("loc"), url)
        if address is None or (url is not None and _site(address) != _site(url)):
            continue
        found.append(Listed(address, iso(fields.get("lastmod")), kind == "sitemapindex"))
        if len(found) >= MAX_LISTED:
            break
    return sorted(found, key=lambda e: e.changed or "", reverse=True)


def _name(tag: object) -> str:
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _site(url: str) -> str:
    """The last two labels of the host, so that www.example.org may list cdn.example.org."""
    host = url.partition("://")[2].partition("/")[0].partition(":")[0].lower()
    return ".".join(host.split(".")[-2:])
