"""A walk through a page's tree: its blocks of text, in order, with their links and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from whence.text.offsets import strip

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Block", "blocks", "http_url"]

_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4
    h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul
    html""".split()
)
_NEVER = frozenset(
    """applet audio button canvas datalist dialog embed head iframe input link map math meta meter noembed noframes
    noscript object
    option output param picture progress rp rt script select source style svg template textarea title track video
    amp-ad amp-iframe amp-sidebar amp-analytics amp-consent amp-social-share amp-embed amp-sticky-ad""".split()
)
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0]+")
_DROPPED = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f]")
_TERMINAL = frozenset(".!?…:;\"'”’)")
_SHORT = 60  # characters: a shorter line before a <br> is a line of its own
_URL_LONGEST = 4096
_URL_BAD = re.compile(r"[\s\x00-\x1f\x7f<>\"\\]")


@dataclass(slots=True, eq=False)
class Block:
    """A block of text on a page.

    Args:
        text: its words, white space made single spaces.
        element: the block element in which it stands.
        links: spans in `text` with the absolute http(s) addresses they lead to.
        quoted: it stands in a block quotation.
    """

    text: str
    element: HtmlElement
    links: list[tuple[int, int, str]] = field(default_factory=list)
    quoted: bool = False

    @property
    def tag(self) -> str:
        """The element's name, in lower case."""
        return str(self.element.tag).lower()

    @property
    def linked(self) -> float:
        """Share of the characters that are link text, 0..1."""
        return sum(b - a for a, b, _ in self.links) / len(self.text) if self.text else 0.0


def http_url(href: str | None, base: str | None) -> str | None:
    """An absolute http(s) address, or None for anything else ("javascript:", "mailto:", fragments, broken)."""
    if not href or len(href) > _URL_LONGEST:
        return None
    href = href.strip()
    if not href or href.startswith("#"):
        return None
    try:
        url = urljoin(base, href) if base else href
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc or _URL_BAD.search(url):
        return None
    return url


class _Flow:
    """The inline text of one block while it is gathered."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.space = True
        self.links: list[tuple[int, int, str]] = []

    def add(self, raw: str | None) -> None:
        if not raw:
            return
        text = _SPACES.sub(" ", _DROPPED.sub("", raw))
        if self.space and text.startswith(" "):
            text = text[1:]
        if text:
            self.parts.append(text)
            self.length += len(text)
            self.space = text.endswith(" ")

    def take(self, element: HtmlElement, quoted: bool) -> Block | None:
        text = "".join(self.parts)
        links = [(*strip(text, (a, min(b, len(text)))), url) for a, b, url in self.links]
        self.reset()
        stripped = text.rstrip()
        if not stripped:
            return None
        return Block(stripped, element, [(a, b, u) for a, b, u in links if a < b <= len(stripped)], quoted)


def blocks(root: HtmlElement, base: str | None) -> Iterator[Block]:
    """The visible blocks of text under an element, in document order.

    Scripts, styles, forms' controls, embedded objects and hidden elements have none; attributes are never text.

    Args:
        root: where to walk; its depth is limited by `dom.parse`.
        base: the page's address, against which links are resolved.
    """
    flow = _Flow()
    yield from _walk(root, flow, base, root, quoted=False)
    if (last := flow.take(root, False)) is not None:
        yield last


def _walk(element: HtmlElement, flow: _Flow, base: str | None, block: HtmlElement, quoted: bool) -> Iterator[Block]:
    """Gather one element's content into `flow`; yield a block wherever one ends."""
    flow.add(element.text)
    for child in element:
        tag = child.tag.lower() if isinstance(child.tag, str) else ""
        if tag == "br":
            if _line_ends(flow, child) and (done := flow.take(block, quoted)) is not None:
                yield done
            elif not flow.space:
                flow.add(" ")
        elif tag in _BLOCKS and not _is_hidden(child):
            if (done := flow.take(block, quoted)) is not None:
                yield done
            inner = quoted or tag == "blockquote"
            yield from _walk(child, flow, base, child, inner)
            if (done := flow.take(child, inner)) is not None:
                yield done
        elif tag and tag not in _NEVER and not _is_hidden(child):
            start = flow.length
            yield from _walk(child, flow, base, block, quoted)
            url = http_url(child.get("href"), base) if tag == "a" else None
            # A link around blocks (a card) leaves nothing in the flow: such a block has no link of its own.
            if url is not None and flow.length > start:
                flow.links.append((start, flow.length, url))
        elif tag and not flow.space:
            flow.add(" ")
        flow.add(child.tail)


def _line_ends(flow: _Flow, br: HtmlElement) -> bool:
    """Whether a line break ends the block: a double one does, and one after a sentence or a short line."""
    after = br.getnext()
    if after is not None and after.tag == "br" and not (br.tail or "").strip():
        return True
    if (br.tail or "").lstrip()[:1].islower():
        return False
    last = next((p.rstrip()[-1:] for p in reversed(flow.parts) if p.strip()), "")
    return flow.length < _SHORT or last in _TERMINAL


def _is_hidden(element: HtmlElement) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return style is not None and _HIDDEN.search(style[:2000]) is not None
