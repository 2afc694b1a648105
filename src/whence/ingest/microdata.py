"""Microdata: items that a page marks in its elements, in the shape that JSON-LD gives them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["microdata"]

_ITEMS = 500  # top-level items of a page that are read
_PROPERTIES = 5_000  # of a page that are read
_STEPS = 300_000  # elements of a page that are looked at; more than once where items refer to them
_DEPTH = 12  # items inside one another
_LONGEST = 20_000  # characters of one value
_URLS = {
    "a": "href", "area": "href", "link": "href", "img": "src", "audio": "src", "video": "src", "source": "src",
    "track": "src", "embed": "src", "iframe": "src", "object": "data",
}  # fmt: skip


def microdata(root: HtmlElement, base: str | None) -> list[dict[str, Any]]:
    """The items of a page that stand in no other item (HTML Living Standard, section 5.2).

    Args:
        root: the page.
        base: its address, against which the links among the values are resolved.

    Returns:
        One object an item: `@type` without the vocabulary's address, `@id` where it has one, and its properties; a
        property that occurs more than once holds a list.
    """
    ids: dict[str, HtmlElement] = {}
    tops: list[HtmlElement] = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if name := element.get("id"):
            ids.setdefault(name, element)
        if element.get("itemscope") is not None and element.get("itemprop") is None and len(tops) < _ITEMS:
            tops.append(element)
    reader = _Reader(ids, base)
    return [reader.read(top, ()) for top in tops]


class _Reader:
    """Reads the items of one page, within limits that all of them share."""

    def __init__(self, ids: dict[str, HtmlElement], base: str | None) -> None:
        self._ids = ids
        self._base = base
        self._left = _PROPERTIES
        self._steps = _STEPS

    def read(self, element: HtmlElement, above: tuple[HtmlElement, ...]) -> dict[str, Any]:
        """An item; one that stands in itself, by way of `itemref`, is left empty there."""
        out: dict[str, Any] = {}
        types = [t.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1] for t in (element.get("itemtype") or "").split()]
        if types:
            out["@type"] = types[0] if len(types) == 1 else types
        if name := (element.get("itemid") or "").strip():
            out["@id"] = name
        if element in above or len(above) >= _DEPTH:
            return out
        for holder in self._properties(element):
            self._left -= 1
            if self._left < 0:
                break
            value = (
                self.read(holder, (*above, element))
                if holder.get("itemscope") is not None
                else _value(holder, self._base)
            )
            for given in (holder.get("itemprop") or "").split():
                name = given.rstrip("/").rsplit("/", 1)[-1]
                if name in out and not name.startswith("@"):
                    before = out[name]
                    out[name] = [*before, value] if isinstance(before, list) else [before, value]
                else:
                    out[name] = value
        return out

    def _properties(self, element: HtmlElement) -> Iterator[HtmlElement]:
        """The elements that bear an item's properties, in document order; those of items in it are not among them."""
        referred = [self._ids[name] for name in (element.get("itemref") or "").split()[:50] if name in self._ids]
        stack = [*reversed(referred), *reversed(list(element))]
        seen: set[HtmlElement] = set()
        while stack and self._steps > 0:
            self._steps -= 1
            at = stack.pop()
            if at in seen or not isinstance(at.tag, str) or at is element:
                continue
            seen.add(at)
            if at.get("itemprop") is not None:
                yield at
            if at.get("itemscope") is None:
                stack.extend(reversed(list(at)))


def _value(element: HtmlElement, base: str | None) -> str:
    tag = element.tag.lower()
    if element.get("content") is not None:
        value = element.get("content")
    elif tag in _URLS:
        value = element.get(_URLS[tag]) or ""
        try:
            value = urljoin(base, value.strip()) if base else value.strip()
        except ValueError:
            value = ""
    elif tag == "time" and element.get("datetime"):
        value = element.get("datetime")
    elif tag in ("data", "meter") and element.get("value") is not None:
        value = element.get("value")
    else:
        value = _text(element)
    return str(value)[:_LONGEST]


def _text(element: HtmlElement) -> str:
    pieces, length = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > _LONGEST:
            break
    return " ".join("".join(pieces)[:_LONGEST].split())
