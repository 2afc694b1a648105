"""A story's page: first here, or taken from whom, with what added and what dropped; and its independent origins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whence.publish.html.markup import Markup, join, tag, words
from whence.publish.segments import Layer, nest
from whence.publish.trace_diff import side_by_side, side_section
from whence.publish.trace_parts import count, document, how, name, origin_words, reasons, story_link, where_when
from whence.publish.trace_topic import quotations
from whence.records.trace_view import EdgeView, StoryView

__all__ = ["story_page", "verdict"]

_MOST_CHILDREN = 60
_MOST_TEXT = 100_000
"""Characters of a story that its page shows."""
_SAYS = re.compile(r"[^\W_]")


def verdict(view: StoryView) -> Markup:
    """Where the story came from, in a sentence or two."""
    taken = [e for e in view.edges if e.derivation.kind == "taken"]
    other = [e for e in view.edges if e.derivation.kind != "taken"]
    if taken or other:
        parts = [_merged(taken)] if len(taken) > 1 else [_sentence(e) for e in taken]
        parts += [_sentence(e) for e in other[:2]]
        first = join(*(join(" " if i else None, p) for i, p in enumerate(parts)))
    elif view.children:
        first = join(
            tag("b", "First here."), f" {count(len(view.children) + view.more_children, 'page')} took from it."
        )
    else:
        first = join(tag("b", "Its own words"), ": no page on hand explains it.")
    origins = join(
        f" Independent origins: {view.topic_origins} of {count(view.pages, 'page')}." if view.pages > 1 else None,
        f" This page began with {'; '.join(origin_words(o) for o in view.origins if o.main)}.",
    )
    return tag("p", first, origins, class_="sum")


def _merged(taken: list[EdgeView]) -> Markup:
    """Of several parents: from whom how much, and how much is the page's own."""
    named = [join(story_link(e.parent), f" ({e.derivation.share:.0%})") for e in taken if e.parent is not None]
    own = max(0.0, 1.0 - sum(e.derivation.share for e in taken))
    listed = (join(" and from " if i else None, n) for i, n in enumerate(named))
    return join(tag("b", "Taken from ", *listed), f", with {own:.0%} of its own.")


def _sentence(e: EdgeView) -> Markup:
    said = how(e.derivation, e.parent)
    return join(tag("b", Markup(said[:1].upper() + said[1:])), ".")


def story_page(view: StoryView, *, alone: bool = False) -> str:
    """The page of one story.

    Args:
        alone: it is no part of a report's folder: there is nothing to link to.
    """
    edges = [e for e in view.edges if e.parent is not None and e.passages]
    links = None if alone else _links(view)
    return document(
        f"{view.line.headline}: where it comes from",
        links,
        tag("h1", view.line.headline, dir="auto"),
        where_when(view.line),
        verdict(view),
        _came_from(view),
        side_section(
            [
                tag("div", side_by_side(e, name(view.line), name(e.parent)), _dropped(e), class_="edge")
                for e in edges
                if e.parent is not None
            ]
        ),
        _text(view),
        _children(view),
        quotations(view.quotations),
    )


def _links(view: StoryView) -> Markup:
    topic = join(" · ", tag("a", "This topic", href=f"topic-{view.topic}.html")) if view.topic is not None else None
    return tag("p", tag("a", "All topics", href="index.html"), topic, class_="pub")


def _came_from(view: StoryView) -> Markup | None:
    rows = [tag("li", tag("p", how(e.derivation, e.parent)), reasons(e.derivation)) for e in view.edges]
    rows += [tag("li", "It says: ", tag("q", " ".join(c.words.split()), dir="auto")) for c in view.credits[:20]]
    parts = [o for o in view.origins if not o.main]
    if parts:
        listed = ", ".join(origin_words(o) + (f" ({o.share:.0%})" if o.share is not None else "") for o in parts)
        rows.append(tag("li", f"Other parts began with {listed}."))
    return tag("section", tag("h2", "Where it came from"), tag("ul", rows, class_="list")) if rows else None


def _dropped(e: EdgeView) -> Markup | None:
    if not e.dropped:
        return None
    items = [tag("li", tag("del", piece), dir="auto") for piece in e.dropped]
    if e.more_dropped:
        items.append(tag("li", f"and {count(e.more_dropped, 'more piece')}"))
    return tag(
        "details",
        tag("summary", f"Dropped on the way ({count(len(e.dropped) + e.more_dropped, 'piece')})"),
        tag("ul", items, class_="drop"),
    )


def _text(view: StoryView) -> Markup:
    """The story, with what it shares with its parents, and the quotations it shares with others, marked."""
    taken = [p for e in view.edges if e.derivation.kind in ("taken", "unknown") for p in e.passages]
    layers: list[Layer[str]] = [Layer(p.span, "", 0) for p in taken if not p.quotation]
    layers += [Layer(q.span, "q", 1) for q in view.quotations]
    out = []
    last = min(len(view.text), _MOST_TEXT)
    layers = [Layer((x.span[0], min(last, x.span[1])), x.mark, x.rank) for x in layers if x.span[0] < last]
    for (start, end), stack in nest((0, last), layers):
        piece = words(view.text[start:end])
        if not stack:
            out.append(tag("span", piece, class_="new") if taken and _SAYS.search(view.text, start, end) else piece)
        else:
            mark = stack[-1].mark
            out.append(tag("mark", piece, class_=mark or None))
    return tag(
        "section",
        tag("h2", "The story"),
        _key(bool(taken), bool(view.quotations)),
        tag("div", out, class_="story", dir="auto"),
        tag("p", f"{len(view.text) - last:,} further characters are not shown.", class_="soft")
        if last < len(view.text)
        else None,
    )


def _key(taken: bool, quoted: bool) -> Markup | None:
    items: Sequence[Markup | None] = (
        tag("li", tag("mark", "taken from another page")) if taken else None,
        tag("li", tag("span", "added here", class_="new")) if taken else None,
        tag("li", tag("mark", "quotation that others have too", class_="q")) if quoted else None,
    )
    return tag("ul", items, class_="key") if any(items) else None


def _children(view: StoryView) -> Markup | None:
    if not view.children:
        return None
    rows = [
        tag(
            "li",
            story_link(line),
            f": {count(d.words, 'word')}" if d.words else ": rests on it",
            f" ({d.share:.0%} of that page)" if d.words else None,
        )
        for line, d in view.children[:_MOST_CHILDREN]
    ]
    more = len(view.children) - _MOST_CHILDREN + view.more_children
    if more > 0:
        rows.append(tag("li", f"and {more:,} more"))
    return tag("section", tag("h2", "Who took from it"), tag("ul", rows, class_="list"))
