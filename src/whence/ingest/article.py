"""Which blocks of a page are its article: trafilatura chooses the region, and our own walk says what stands in it."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whence.ingest.walk import Block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Region", "choose", "in_widget"]

_WORDS = re.compile(r"\w+")
_RUN = 4  # words in a row that are compared
_MATCH = 0.6  # share of a block's runs that trafilatura's text must hold
_SHARE = 0.85  # of the chosen characters that the article's element must hold
_LINKED = 0.6  # share of link text from which a block is a list of links
_LABEL = 6  # words
_TERMINAL = frozenset('.!?…"”’:')
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_WIDGET = re.compile(
    r"(?:^|[\s_-])(?:related|recirc\w*|recommend\w*|share\w*|sharing|social\w*|newsletter\w*|promo\w*|comments?|disqus\w*|advert\w*|ads?|"
    r"sponsor\w*|sidebar|widget\w*|tags?|breadcrumbs?|pagination|cookie\w*|consent|popup|modal|subscri\w*|paywall|outbrain|taboola|"
    r"trending|popular|most-?read|more-?(?:on|from|stories)|read-?(?:more|next|also)|menu|nav(?:bar|igation)?|toolbar|print-only|"
    r"skip-?link|banner|signup|sign-up|donat\w*|see-?also|next-?article|player)(?:$|[\s_-])",
    re.IGNORECASE,
)
_OUTSIDE = frozenset(["nav", "aside"])
_BODY_MARK = re.compile(
    r"article-?_?body|story-?_?body|entry-content|post-content|article-?_?content|story-?_?content", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Region:
    """The article among a page's blocks.

    Args:
        inside: indices of the blocks that are article text, ascending.
        captions: those between them that are captions.
        first, last: the first and the last index of all these; `first > last` where nothing was found.
        container: the element that holds the article.
    """

    inside: tuple[int, ...]
    captions: tuple[int, ...]
    first: int
    last: int
    container: HtmlElement


def choose(root: HtmlElement, found: Sequence[Block]) -> Region:
    """Find the article.

    trafilatura reads a copy of the tree. Blocks whose words its text holds are chosen; the smallest element that holds
    85% of their characters is the article's; everything in it between the first and the last chosen block belongs to
    the article, whatever trafilatura dropped of it (block quotations, short paragraphs, repeated ones), except
    navigation, asides, lists of links, and elements named as widgets.

    Args:
        root: the page's root element; it is not changed.
        found: the blocks of its body, in order.

    Returns:
        The region; where trafilatura finds nothing, that of the page's main element.
    """
    lines, runs = _chosen(root)
    chosen = [i for i, b in enumerate(found) if _holds(b, lines, runs) and not _is_title(b)]
    if not chosen:
        container = _fallback(root)
        under = _under(container)
        chosen = [i for i, b in enumerate(found) if b.element in under and not in_widget(b.element, container)]
        chosen = [i for i in chosen if found[i].linked < _LINKED and not _is_title(found[i])]
        if not chosen:
            return Region((), (), 0, -1, container)
    else:
        container = _smallest(found, chosen)
    picked = set(chosen)
    under = _under(container)
    chosen = [i for i in chosen if found[i].element in under]
    inside, captions = [], []
    for i in range(chosen[0], chosen[-1] + 1):
        block = found[i]
        if block.element not in under:
            continue
        if _in(block.element, "figcaption", container) or _named(block.element, "caption"):
            captions.append(i)
        elif i in picked or _belongs(block, container):
            inside.append(i)
    return Region(tuple(inside), tuple(captions), chosen[0], chosen[-1], container)


def in_widget(element: HtmlElement, container: HtmlElement | None) -> bool:
    """Whether an element, or one around it inside the container, is navigation, an aside or named as a widget."""
    at: HtmlElement | None = element
    while at is not None and at is not container:
        if at.tag in _OUTSIDE or _WIDGET.search(f"{at.get('class') or ''} {at.get('id') or ''}"[:500]):
            return True
        at = at.getparent()
    return False


def _chosen(root: HtmlElement) -> tuple[frozenset[str], frozenset[tuple[str, ...]]]:
    """What trafilatura takes for the article: its lines, and all their runs of words."""
    import trafilatura

    # It warns on every page it declines; we have our own way of saying so.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document = trafilatura.bare_extraction(deepcopy(root), include_comments=False, include_tables=True)
    except Exception:  # A third party's code on hostile input: whatever it raises, our own choice stands in.
        document = None
    body = getattr(document, "body", None)
    if body is None:
        return frozenset(), frozenset()
    lines: set[str] = set()
    runs: set[tuple[str, ...]] = set()
    for element in body.iter():
        pieces = [" ".join(element.itertext())] if element.tag in ("p", "head") else [element.text, element.tail]
        for piece in pieces:
            words = _words(piece or "")
            if words:
                lines.add(" ".join(words))
                runs.update(_runs(words))
    return frozenset(lines), frozenset(runs)


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.lower())


def _runs(words: list[str]) -> Iterable[tuple[str, ...]]:
    return zip(*(words[k:] for k in range(_RUN)), strict=False)


def _holds(block: Block, lines: frozenset[str], runs: frozenset[tuple[str, ...]]) -> bool:
    words = _words(block.text)
    if " ".join(words) in lines:
        return True
    mine = list(_runs(words))
    return bool(mine) and sum(r in runs for r in mine) >= _MATCH * len(mine)


def _is_title(block: Block) -> bool:
    return block.tag == "h1" or (block.element.getparent() is not None and block.element.getparent().tag == "h1")


def _smallest(found: Sequence[Block], chosen: list[int]) -> HtmlElement:
    weights: Counter[HtmlElement] = Counter()
    for i in chosen:
        size = len(found[i].text)
        weights[found[i].element] += size
        for above in found[i].element.iterancestors():
            weights[above] += size
    total = sum(len(found[i].text) for i in chosen)
    holders = [e for e, w in weights.items() if w >= _SHARE * total]
    best = max(holders, key=lambda e: sum(1 for _ in e.iterancestors()))
    # One long paragraph may be the smallest holder; its neighbours belong to it.
    parent = best.getparent()
    return parent if best.tag in ("p", "blockquote", "ul", "ol", "li", *_HEADINGS) and parent is not None else best


def _fallback(root: HtmlElement) -> HtmlElement:
    named = [e for e in root.iter() if isinstance(e.tag, str) and e.get("itemprop") == "articleBody"]
    named += list(root.iter("article")) or list(root.iter("main"))
    if len(named) == 1 or (named and named[0].get("itemprop")):
        return named[0]
    marked = [e for e in root.iter("div", "section") if _BODY_MARK.search((e.get("class") or "")[:500])]
    body = root.find(".//body")
    return marked[0] if marked else body if body is not None else root


def _under(container: HtmlElement) -> set[HtmlElement]:
    return set(container.iter())


def _in(element: HtmlElement, tag: str, container: HtmlElement) -> bool:
    at: HtmlElement | None = element
    while at is not None and at is not container:
        if at.tag == tag:
            return True
        at = at.getparent()
    return False


def _named(element: HtmlElement, word: str) -> bool:
    parent = element.getparent()
    return any(e is not None and word in (e.get("class") or "").lower() for e in (element, parent))


def _belongs(block: Block, container: HtmlElement) -> bool:
    """Whether a block that trafilatura dropped, between blocks that it chose, is article text."""
    if in_widget(block.element, container) or (block.linked >= _LINKED and not block.quoted):
        return False
    if block.tag in ("p", "li", "pre", "dd", "dt", "td", "th", *_HEADINGS) or block.quoted:
        return True
    # A few words in a bare <div> are a label, unless they are a sentence.
    return len(block.text.split()) >= _LABEL or block.text[-1] in _TERMINAL
