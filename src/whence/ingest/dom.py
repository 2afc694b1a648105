"""HTML to a tree, with limits: on size, depth, elements and attributes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from whence.errors import FormatError, InputError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["MAX_ATTRIBUTES", "MAX_DEPTH", "MAX_ELEMENTS", "parse"]

MAX_ELEMENTS = 60_000
"""Elements of one page, at most: the longest live blogs have some 30,000."""

MAX_DEPTH = 256
"""Elements inside one another, at most; what libxml2 allows."""

MAX_ATTRIBUTES = 1_000
"""Attributes of one element, at most: libxml2 builds the tree in time quadratic in them."""

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,500}\[", re.IGNORECASE)
_PROLOG = 10_000  # characters in which a document type declaration begins
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")


class _TooMuch(Exception):
    """The page is over a limit; its text is the rule and the value."""


class _Counter:
    """A parser's target that counts, and builds nothing; the parser calls its methods."""

    def __init__(self) -> None:
        self.elements = 0

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise _TooMuch(f"more than {MAX_ELEMENTS} elements")
        if len(attrib) > MAX_ATTRIBUTES:
            raise _TooMuch(f"an element with more than {MAX_ATTRIBUTES} attributes")

    def end(self, tag: str | bytes) -> None: ...

    def data(self, data: str | bytes) -> None: ...

    def comment(self, data: str | bytes) -> None: ...

    def close(self) -> int:
        return self.elements


def parse(text: str, name: str) -> HtmlElement:
    """Parse a page; nothing is loaded from outside, no entity is expanded but HTML's own.

    Args:
        text: the page.
        name: what to call it in messages.

    Returns:
        The root element.

    Raises:
        FormatError: the page is nested deeper than `MAX_DEPTH`, or has more elements or attributes than allowed.
        InputError: there is nothing in it.
    """
    from lxml import etree, html

    text = _without_subset(_DECLARATION.sub("", _ILLEGAL.sub("", text)))
    if not text.strip():
        raise InputError(f"{name} is empty: give a page that holds a story")
    data = text.encode("utf-8")
    try:
        etree.fromstring(data, etree.HTMLParser(target=_Counter(), encoding="utf-8", huge_tree=False))
    except _TooMuch as e:
        raise FormatError(f"{name} has {e}: save the story's text and give that") from None
    except etree.LxmlError:
        pass  # What is wrong with it, the real parse says.
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=False, recover=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = html.document_fromstring(data, parser=parser, ensure_head_body=False)
    except (etree.LxmlError, ValueError, AssertionError) as e:
        raise FormatError(
            f"{name} cannot be read as HTML ({type(e).__name__}): save the story's text and give that"
        ) from None
    for entry in parser.error_log:
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            raise FormatError(
                f"{name} is nested deeper than {MAX_DEPTH} elements, or has an attribute or text over 10 MB: "
                "save the story's text and give that"
            )
    return root


def _without_subset(text: str) -> str:
    """The page without the internal subset of its document type: it is the seat of entity bombs, and HTML has none."""
    opening = _DOCTYPE.search(text, 0, _PROLOG)
    if opening is None:
        return text
    end = text.find("]", opening.end())
    return text[: opening.start()] + text[text.find(">", end) + 1 :] if end >= 0 else text
