"""What a page says about itself: headline, outlet, author, date, language, address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from whence.ingest.dates import iso
from whence.ingest.jsonld import linked_data
from whence.ingest.walk import http_url
from whence.text.normalise import plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Metadata", "metadata", "without_outlet"]

_SEPARATOR = re.compile(r"\s+[|–—·»:•-]+\s+|\s?\|\s?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_LONGEST = 500  # characters of a value
_DATES = (
    "article:published_time og:published_time datepublished date dc.date dc.date.issued dcterms.created pubdate "
    "publishdate parsely-pub-date sailthru.date publication_date cxenseparse:recs:publishtime"
).split()
_NAMES = 80  # characters of an author's name
_NO_AUTHOR = frozenset(
    ["admin", "administrator", "editor", "webmaster", "user", "author", "unknown", "none", "null", "staff"]
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about itself; None for what it does not say."""

    headline: str | None
    outlet: str | None
    author: str | None
    author_role: str | None
    published: str | None
    language: str | None
    url: str | None
    base: str | None


def metadata(root: HtmlElement, url: str | None) -> Metadata:
    """Read JSON-LD, meta elements and links of a page.

    Args:
        root: its root element.
        url: the address it was fetched from, if it was: a canonical address at another host is not believed then.
    """
    found = linked_data(root)
    meta = _meta(root)
    base_element = next(root.iter("base"), None)
    base = http_url(base_element.get("href"), url) if base_element is not None else None
    canonical = next((e.get("href") for e in root.iter("link") if "canonical" in (e.get("rel") or "").lower()), None)
    address = http_url(canonical, url) or http_url(meta.get("og:url"), url) or http_url(found.url, url)
    if url is not None and (address is None or _site(address) != _site(url)):
        address = url
    outlet = meta.get("og:site_name") or found.outlet or meta.get("application-name") or meta.get("publisher")
    title = next(
        (" ".join(t.text_content()[:_LONGEST].split()) for t in root.iter("title") if t.getparent().tag == "head"), None
    )
    headline = found.headline or meta.get("og:title") or meta.get("twitter:title") or title
    host = _host(address)
    if headline is not None:
        headline = without_outlet(headline, outlet, host) or None
    author = found.author or _author(root, meta)
    if author is not None and (author.lower() in _NO_AUTHOR or plain(author).lower() == plain(outlet or "").lower()):
        author = None
    return Metadata(
        headline=headline,
        outlet=outlet or host,
        author=author,
        author_role=found.author_role if author == found.author else None,
        published=_published(root, meta, found.published),
        language=_language(root, meta, found.language),
        url=address,
        base=base or address,
    )


def without_outlet(title: str, outlet: str | None, host: str | None) -> str:
    """A page's title without the outlet's name behind, or before, a dash or bar ("Bridge falls | The Daily Lamp")."""
    names = {_key(n) for n in (outlet, host, (host or "").rsplit(".", 1)[0], (host or "").split(".")[0]) if n}
    cuts = list(_SEPARATOR.finditer(title))
    for cut in cuts:
        if _key(title[cut.end() :]) in names:
            return title[: cut.start()].strip()
    if cuts and _key(title[: cuts[0].start()]) in names:
        return title[cuts[0].end() :].strip()
    return title.strip()


def _key(text: str) -> str:
    key = "".join(c for c in text.lower() if c.isalnum())
    return key.removeprefix("the") or key


def _meta(root: HtmlElement) -> dict[str, str]:
    """The page's meta elements by name; the first of each counts."""
    out: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and len(content) <= _LONGEST and content.strip():
            out.setdefault(name.strip().lower(), " ".join(content.split()))
    return out


def _author(root: HtmlElement, meta: dict[str, str]) -> str | None:
    for key in (
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "byl",
    ):
        value = meta.get(key, "").removeprefix("By ").strip()
        if value and "/" not in value and "@" not in value and len(value) <= _NAMES:
            return value
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if "author" in (element.get("rel") or "").split() or element.get("itemprop") == "author":
            named = next((e for e in element.iter() if e.get("itemprop") == "name"), element)
            value = " ".join((named.get("content") or named.text_content()).split())
            if 0 < len(value) <= _NAMES:
                return re.sub(r"^[Bb][Yy]:?\s", "", value)
    return None


def _published(root: HtmlElement, meta: dict[str, str], linked: str | None) -> str | None:
    values = [linked, *(meta.get(k) for k in _DATES)]
    times = list(root.iter("time"))[:50]
    marked = [
        t for t in times if t.get("pubdate") is not None or "publ" in f"{t.get('itemprop')} {t.get('class')}".lower()
    ]
    if not marked and len({t.get("datetime") for t in times}) == 1:
        marked = times
    values += [t.get("datetime") or t.text_content()[:100] for t in marked]
    return next((found for v in values if (found := iso(v)) is not None), None)


def _language(root: HtmlElement, meta: dict[str, str], linked: str | None) -> str | None:
    for value in (
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        linked,
        meta.get("og:locale"),
        meta.get("language"),
    ):
        match = _LANGUAGE.fullmatch((value or "").strip())
        if match:
            return match[0].replace("_", "-")
    return None


def _host(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.").removeprefix("m.") if host else None


def _site(url: str) -> str:
    """The last two labels of the host: near enough to the registrable domain to tell a site's own addresses."""
    return ".".join((_host(url) or "").split(".")[-2:])
