"""HTML: a story whose text we build from the article's blocks, with exact spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from whence.errors import FormatError, InputError
from whence.ingest.article import Region, choose, in_widget
from whence.ingest.badges import badge_line
from whence.ingest.byline import about_line, bio_name, signature
from whence.ingest.dates import date_line, validate
from whence.ingest.dom import parse
from whence.ingest.marks import mark
from whence.ingest.metadata import Metadata, metadata
from whence.ingest.walk import Block, blocks
from whence.records import Badge, Byline, Link, Paragraph, Role, Story

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["MAX_TEXT", "from_html"]

MAX_TEXT = 2_000_000
"""Characters of text on one page, at most."""

_AROUND = 60  # blocks above and below the article among which badges, byline and standfirst are looked for
_BYLINE = re.compile(r"by-?_?line|\bauthor(?!iz)|author[-_]|contributor", re.IGNORECASE)
_BADGE = re.compile(r"fact-?_?check|reviewed-?_?by|verified", re.IGNORECASE)
_STANDFIRST = re.compile(
    r"standfirst|\bdek\b|(?:^|[\s_-])deck(?:$|[\s_-])|subtitle|sub-?head(?:line|ing)?\b|article-?_?(?:intro|summary|lead)|"
    r"excerpt|strap-?line|(?:^|[\s_-])lede?(?:$|[\s_-])",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"(?:^|[\s_-])(?:related|comments?|recirc\w*|more-?stories|recommend\w*|disqus\w*|footer)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LEVELS = 4  # elements upwards in which a class or id may say what a block is
_OVERLAP = 0.5  # share of words that a heading shares with the page's title


@dataclass(slots=True)
class _Draft:
    """The blocks that make the story, with the roles that the page itself gives."""

    blocks: list[Block] = field(default_factory=list)
    given: dict[int, Role] = field(default_factory=dict)
    signed: set[int] = field(default_factory=set)
    author: str | None = None

    def add(self, block: Block, role: Role | None = None, *, signed: bool = False) -> None:
        if role is not None:
            self.given[len(self.blocks)] = role
        if self.author is None and (sign := signature(block.text, bare=signed)) is not None:
            self.author = sign.name
        if signed:
            self.signed.add(len(self.blocks))
        self.blocks.append(block)


def from_html(
    page: str,
    *,
    id: str,
    outlet: str | None = None,
    published: str | None = None,
    url: str | None = None,
    fragment: bool = False,
    headline: str | None = None,
) -> Story:
    """Make a story of a page.

    Its text is built: headline, badges, byline and body, one block each, joined by blank lines. Captions in the
    article stay in the text as furniture; what stands around the article is left out.

    Args:
        page: the page as text.
        id: a name for messages and batches.
        outlet, published: as the caller knows them; they go before what the page says.
        url: the address it was fetched from; links are resolved against it.
        fragment: the whole of it is the article (a feed's or a record's content), there is no page around.
        headline: used where the page has none.

    Returns:
        The story.

    Raises:
        InputError: there is no article text in it.
        FormatError: it is too large, too deep, or no HTML.
        RangeError: `published` is not ISO 8601.
    """
    given = validate(published)
    name = id or "the page"
    root = parse(page, name)
    about = metadata(root, url)
    body = root.find("body")
    found = list(blocks(body if body is not None else root, about.base))
    size = sum(len(b.text) for b in found)
    if size > MAX_TEXT:
        raise FormatError(
            f"{name} has {size} characters of text, more than the {MAX_TEXT} of a page: give its story alone"
        )
    title = about.headline or headline
    if fragment:
        draft = _Draft()
        if title is not None:
            draft.add(Block(" ".join(title.split()), root), "headline")
        for block in found:
            draft.add(block, "furniture" if block.tag == "figcaption" else None)
    else:
        draft = _page(found, choose(root, found), title)
    if not any(c.isalnum() for b in draft.blocks[len(draft.given) if fragment else 0 :] for c in b.text):
        raise InputError(f"{name} has no text: no article was found in it; save the story's text and give that")
    day = given or about.published
    guess = None if fragment or day else root
    return _story(draft, about, guess, id=id, outlet=outlet, published=day, url=url)


def _page(found: Sequence[Block], region: Region, title: str | None) -> _Draft:
    """Put the blocks together: headline, what belongs to it above the article, the article, its author below."""
    draft = _Draft()
    head = _headline(found, region, title)
    if head is not None:
        draft.add(found[head], "headline")
    elif title is not None:
        draft.add(Block(title, region.container), "headline")
    start = region.first if region.first <= region.last else len(found)
    top = head + 1 if head is not None and head < start else max(start - _AROUND, 0)
    for i in range(max(top, start - _AROUND), start):
        _above(draft, found[i], under_headline=head is not None and head < start)
    members = {**dict.fromkeys(region.inside, None), **dict.fromkeys(region.captions, "furniture")}
    for i in sorted(members):
        if i != head:
            role: Role | None = "furniture" if members[i] else None
            draft.add(found[i], role, signed=_says(found[i], _BYLINE) and len(found[i].text) <= _SIGNED)
    for i in range(region.last + 1, min(region.last + 1 + _AROUND, len(found))):
        if _says(found[i], _STOP) or found[i].tag == "h1":
            break
        _below(draft, found[i])
    return draft


_SIGNED = 120  # characters of a block whose class says that it is a byline


def _headline(found: Sequence[Block], region: Region, title: str | None) -> int | None:
    """The index of the block that is the headline: the h1 nearest to the page's title."""
    words = set(title.lower().split()) if title else set()
    best: tuple[float, int] | None = None
    for i, block in enumerate(found):
        if block.tag not in ("h1", "h2") or (block.tag == "h2" and not words) or len(block.text) > 300:
            continue
        mine = set(block.text.lower().split())
        share = len(mine & words) / max(1, min(len(mine), len(words)))
        if block.tag == "h2" and share < 1:
            continue
        if block.tag == "h1" and not words:
            share = 1.0 if len(mine) > 2 else _OVERLAP
        if share >= _OVERLAP and len(mine) > 1 and (best is None or share > best[0]):
            best = (share, i)
    return best[1] if best else None


def _above(draft: _Draft, block: Block, *, under_headline: bool) -> None:
    hinted = _says(block, _BYLINE)
    if badge_line(block.text):
        draft.add(block)
    elif signature(block.text, bare=hinted) is not None:
        if not (hinted and block.linked and in_widget(block.element, None) and not under_headline):
            draft.add(block, signed=hinted)
    elif (day := date_line(block.text)) is not None:
        if day.labelled or under_headline:
            draft.add(block)
    elif (
        under_headline
        and not in_widget(block.element, None)
        and (
            _says(block, _STANDFIRST) or (block.tag in ("h2", "p") and len(block.text.split()) >= 6 and not block.links)
        )
    ):
        draft.add(block, "body")


def _below(draft: _Draft, block: Block) -> None:
    text = block.text
    hinted = _says(block, _BYLINE)
    if badge_line(text) or about_line(text):
        draft.add(block)
    elif signature(text, bare=hinted) is not None or bio_name(text, draft.author) is not None:
        draft.add(block, signed=hinted)
    elif hinted and not in_widget(block.element, None) and block.text.endswith((".", "!")):
        draft.add(block, "byline")


def _says(block: Block, pattern: re.Pattern[str]) -> bool:
    """Whether a class, id, rel or itemprop on a block, inside it, or just around it matches."""
    at: HtmlElement | None = block.element
    for _ in range(_LEVELS):
        if at is None or at.tag in ("body", "article", "main", "html"):
            return False
        if pattern.search(
            f"{at.get('class') or ''} {at.get('id') or ''} {at.get('rel') or ''} {at.get('itemprop') or ''}"[:500]
        ):
            return True
        at = at.getparent()
    return False


def _story(
    draft: _Draft,
    about: Metadata,
    guess: HtmlElement | None,
    *,
    id: str,
    outlet: str | None,
    published: str | None,
    url: str | None,
) -> Story:
    """Join the blocks into one text, and let `mark` read what they are; `guess` is where a date may be guessed from."""
    at, spans, links, parts = 0, [], [], []
    for block in draft.blocks:
        spans.append((at, at + len(block.text)))
        links += [Link((at + a, at + b), u) for a, b, u in block.links]
        parts.append(block.text)
        at += len(block.text) + 2
    text = "\n\n".join(parts)
    marks = mark(text, spans, headline=0 not in draft.given, given=draft.given, signed=draft.signed)
    badges = [Badge(b.span, b.checker, _evidence(b, links)) for b in marks.badges]
    day = published or marks.published or (_guessed(guess, url) if guess is not None else None)
    warnings = () if day else ("the page does not say when it was published: give the date with --published",)
    return Story(
        text=text,
        headline=None if marks.headline is None else spans[marks.headline],
        paragraphs=tuple(Paragraph(s, r, b.quoted) for s, r, b in zip(spans, marks.roles, draft.blocks, strict=True)),
        outlet=outlet or about.outlet,
        url=about.url or url,
        published=day,
        language=about.language,
        byline=_byline(marks.byline, about, text, spans, marks.roles),
        badges=tuple(badges),
        links=tuple(links),
        id=id,
        warnings=warnings,
    )


def _evidence(badge: Badge, links: Sequence[Link]) -> tuple[str, ...]:
    inside = (k.url for k in links if badge.span[0] <= k.span[0] and k.span[1] <= badge.span[1])
    return tuple(dict.fromkeys(inside))


def _byline(
    marked: Byline | None, about: Metadata, text: str, spans: Sequence[tuple[int, int]], roles: Sequence[Role]
) -> Byline | None:
    """The byline that stands on the page, completed from the metadata; or the metadata's."""
    if marked is not None:
        same = about.author is not None and about.author.lower() == marked.name.lower()
        role = marked.role or (about.author_role if same else None)
        return Byline(marked.name, role, marked.articles, marked.span, marked.about)
    if about.author is None:
        return None
    for (a, b), role_ in zip(spans, roles, strict=True):
        at = text.find(about.author, a, b) if role_ in ("byline", "furniture") else -1
        if at >= 0:
            return Byline(about.author, about.author_role, None, (at, at + len(about.author)))
    return Byline(about.author, about.author_role)


def _guessed(root: HtmlElement, url: str | None) -> str | None:
    """What htmldate makes of a page that says nothing in the usual places."""
    from htmldate import find_date

    try:
        found: str | None = find_date(root, url=url, original_date=True, extensive_search=False)
    except Exception:  # A third party's code on hostile input: a date is then not known.
        return None
    return found
