"""JSON-LD: what a page says about itself to search engines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Linked", "linked_data"]

_SCRIPTS = 30  # of a page that are looked at
_SIZE = 1_000_000  # characters of one script
_NODES = 5_000  # objects that are looked at
_ARTICLE = re.compile(r"(?:\w*Article|BlogPosting|LiveBlogPosting|NewsPost|Report|Review|ClaimReview)$")
_TAG = re.compile(r"<[^<>]{0,1000}>")
_LONGEST = 500  # characters of one value


@dataclass(frozen=True, slots=True)
class Linked:
    """The article that a page's JSON-LD describes; None or empty for what it does not say."""

    headline: str | None = None
    published: str | None = None
    author: str | None = None
    author_role: str | None = None
    outlet: str | None = None
    language: str | None = None
    url: str | None = None


def linked_data(root: HtmlElement) -> Linked:
    """Read the JSON-LD of a page: the first article in it, or nothing. What cannot be read is passed over."""
    best: tuple[int, Linked] | None = None
    budget = _NODES
    for script in list(root.iter("script"))[: 10 * _SCRIPTS]:
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > _SIZE:
            continue
        try:
            data = json.loads(_bare(script.text))
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            budget -= 1
            if budget < 0:
                break
            types = node.get("@type")
            names = [t for t in (types if isinstance(types, list) else [types]) if isinstance(t, str)]
            if not any(_ARTICLE.search(t) for t in names):
                continue
            made = _read(node)
            rank = sum(v is not None for v in (made.headline, made.published, made.author, made.outlet))
            if best is None or rank > best[0]:
                best = (rank, made)
    return best[1] if best else Linked()


def _bare(text: str) -> str:
    text = text.strip()
    for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("//<![CDATA[", "//]]>")):
        if text.startswith(opening):
            text = text.removeprefix(opening).removesuffix(closing)
    return text.strip().rstrip(";")


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    stack, seen = [data], 0
    while stack and seen < 10 * _NODES:
        at = stack.pop()
        seen += 1
        if isinstance(at, dict):
            yield at
            stack.extend(v for v in reversed(list(at.values())) if isinstance(v, (dict, list)))
        elif isinstance(at, list):
            stack.extend(v for v in reversed(at) if isinstance(v, (dict, list)))


def _read(node: dict[str, Any]) -> Linked:
    people = node.get("author") or node.get("creator")
    names = [n for p in (people if isinstance(people, list) else [people]) if (n := _name(p))]
    first = people[0] if isinstance(people, list) and people else people
    page = node.get("mainEntityOfPage")
    return Linked(
        headline=_text(node.get("headline")) or _text(node.get("name")),
        published=_text(node.get("datePublished")) or _text(node.get("dateCreated")),
        author=_joined(list(dict.fromkeys(names))),
        author_role=_text(first.get("jobTitle")) if isinstance(first, dict) and len(names) == 1 else None,
        outlet=_name(node.get("publisher")) or _name(node.get("sourceOrganization")),
        language=_text(node.get("inLanguage")),
        url=_text(node.get("url")) or (_text(page.get("@id")) if isinstance(page, dict) else _text(page)),
    )


def _joined(names: list[str]) -> str | None:
    if len(names) > 1:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return names[0] if names else None


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    name = _text(value.get("name")) if isinstance(value, dict) else _text(value)
    # An address or a handle is no name.
    return None if name is None or "/" in name or name.startswith(("@", "http")) else name


def _text(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    return " ".join(_TAG.sub(" ", unescape(value)).split()) or None
