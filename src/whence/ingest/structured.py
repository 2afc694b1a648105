"""What a page says in structured data: its JSON-LD and microdata, as plain values, and what was wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from whence.errors import FormatError
from whence.ingest.decode import decode
from whence.ingest.loose_json import loads

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["PageData", "page_data"]

_SCRIPTS = 100  # of a page that are read


@dataclass(frozen=True, slots=True)
class PageData:
    """The structured data of one page.

    Args:
        documents: the JSON values of its scripts and the items of its microdata, in the page's order.
        url: the page's own address as it names it, or the one it was fetched from.
        language: as the page declares it.
        outlet: the site's name.
        headline: the page's title.
        published: ISO 8601.
        repairs: what was mended on the way, a few words each.
        refused: why a script could not be read.
    """

    documents: tuple[Any, ...]
    url: str | None = None
    language: str | None = None
    outlet: str | None = None
    headline: str | None = None
    published: str | None = None
    repairs: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def page_data(data: bytes, name: str, *, url: str | None = None, charset: str | None = None) -> PageData:
    """Read the structured data of a page.

    Args:
        data: the page.
        name: what to call it in messages.
        url: where it was fetched from.
        charset: as the server declares it.

    Raises:
        FormatError: it is no text, too large, or nested too deeply.
        InputError: there is nothing in it.
    """
    from whence.ingest.dom import parse
    from whence.ingest.metadata import metadata
    from whence.ingest.microdata import microdata

    got = decode(data, name, declared=charset, html=True)
    root = parse(got.text, name)
    about = metadata(root, url)
    documents: list[Any] = []
    repairs: dict[str, None] = dict.fromkeys(got.warnings)
    refused: list[str] = []
    for number, script in enumerate(_scripts(root), start=1):
        try:
            values, mended = loads(script, f"JSON-LD {number} of {name}")
        except FormatError as e:
            refused.append(str(e))
            continue
        documents += values
        repairs.update(dict.fromkeys(mended))
    documents += microdata(root, about.base)
    return PageData(
        documents=tuple(documents),
        url=about.url,
        language=about.language,
        outlet=about.outlet,
        headline=about.headline,
        published=about.published,
        repairs=tuple(repairs),
        refused=tuple(refused),
    )


def _scripts(root: HtmlElement) -> list[str]:
    found = (s.text for s in root.iter("script") if "ld+json" in (s.get("type") or "").lower())
    return [text for text in found if text and text.strip()][:_SCRIPTS]
