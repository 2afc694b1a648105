"""A topic's page: who carried it when, who took from whom, and the words that changed on the way."""

from __future__ import annotations

from whence.publish.dates import date_words
from whence.publish.html.markup import Markup, join, tag
from whence.publish.trace_diff import side_by_side, side_section
from whence.publish.trace_parts import (
    count,
    document,
    how,
    name,
    origin_words,
    pages_words,
    reasons,
    story_link,
)
from whence.records.origins import Derivation
from whence.records.trace_view import QuoteView, StoryLine, TopicView

__all__ = ["quotations", "topic_page"]

_ROW = 68
"""Pixels of a row of the timeline; the style sheet's 4.25rem."""
_WIDE = 112
_OPEN = 3
"""Edges whose passages are shown unfolded."""
_MOST_EDGES = 40


def topic_page(topic: TopicView) -> str:
    """The page of one topic."""
    lines = {s.story: s for s in topic.stories}
    labels = dict.fromkeys(origin_words(o) for o in topic.began.values())
    shown = list(labels)[:6]
    more = f" and {topic.origins - len(shown):,} more" if topic.origins > len(shown) else ""
    title = pages_words(topic.pages, topic.origins)
    edges = [(s, e) for s, held in topic.edges.items() for e in held if e.parent is not None and e.passages]
    return document(
        f"{title}: {topic.stories[0].headline}",
        tag("p", tag("a", "All topics", href="index.html"), class_="pub"),
        tag("h1", topic.stories[0].headline, dir="auto"),
        tag(
            "p",
            tag("b", title),
            f". It began with {'; '.join(shown)}{more}.",
            " Pages of this topic name one another as their source: that is circular." if topic.circular else None,
            class_="sum",
        ),
        tag(
            "section",
            tag("h2", "Who carried it, and when"),
            _flow(topic, lines),
            tag(
                "p",
                f"These are the first {len(topic.stories):,} pages; {left:,} later ones are in the tables.",
                class_="soft",
            )
            if (left := topic.pages - len(topic.stories))
            else None,
        ),
        side_section(
            [
                _edge(
                    i,
                    lines[story],
                    edge.derivation,
                    side_by_side(edge, name(lines[story]), name(edge.parent)),
                    edge.parent,
                )
                for i, (story, edge) in enumerate(edges[:_MOST_EDGES])
                if edge.parent is not None
            ],
            _not_shown(topic, min(len(edges), _MOST_EDGES)),
        ),
        quotations(topic.quotations),
    )


def _not_shown(topic: TopicView, shown: int) -> str | None:
    """Of how many derivations the words are not side by side here."""
    left = sum(d.parent is not None and d.words > 0 for d in topic.derivations) - shown
    if left <= 0:
        return None
    return (
        f"These are the first {shown:,}; {left:,} more are shown on the pages of their stories, or are in the tables."
    )


def _edge(rank: int, line: StoryLine, d: Derivation, shown: Markup, parent: StoryLine) -> Markup:
    head = tag("p", tag("b", story_link(line)), ": ", how(d, parent))
    body = shown if rank < _OPEN else tag("details", tag("summary", "The passages"), shown)
    return tag("div", head, reasons(d), body, class_="edge")


def _flow(topic: TopicView, lines: dict[int, StoryLine]) -> Markup:
    """Rows by date with arcs from the page that took to the one it took from."""
    row = {s.story: i for i, s in enumerate(topic.stories)}
    by: dict[int, list[Derivation]] = {}
    arcs = []
    for d in topic.derivations:
        by.setdefault(d.story, []).append(d)
        if d.parent in row and d.story in row:
            arcs.append(_arc(row[d.parent], row[d.story], d))
    height = _ROW * len(topic.stories)
    dots = [
        tag(
            "circle", cx=_WIDE - 10, cy=_ROW * i + 22, r=6,
            class_=None if any(d.kind != "unknown" for d in by.get(s.story, ())) else "o",
        )
        for i, s in enumerate(topic.stories)
    ]  # fmt: skip
    picture = tag(
        "svg", arcs, dots, viewBox=f"0 0 {_WIDE} {height}", height=height, preserveAspectRatio="xMaxYMin slice",
        role="img",
        aria_label="Arcs lead from each page to those that took from it; the list says the same in words",
    )  # fmt: skip
    items = [tag("li", _row(s, by.get(s.story, []), lines, topic)) for s in topic.stories]
    return tag("div", picture, tag("ol", items), class_="flow")


def _arc(start: int, end: int, d: Derivation) -> Markup:
    x, a, b = _WIDE - 16, _ROW * start + 22, _ROW * end + 22
    out = x - min(92, 16 + 9 * abs(end - start) + (6 if end < start else 0))
    kind = "circle" if d.circular else "unsure" if d.kind in ("unknown", "rests-on") else None
    return tag("path", d=f"M{x} {a}C{out} {a} {out} {b} {x} {b}", class_=kind)


def _row(s: StoryLine, held: list[Derivation], lines: dict[int, StoryLine], topic: TopicView) -> Markup:
    when = date_words(s.published) if s.published else "date not known"
    if held:
        lead = held[0]
        parent = lines.get(lead.parent) if lead.parent is not None else None
        words = how(lead, parent, link=False) if parent or lead.parent is None else join("taken from a page not shown")
        more = f"; and {len(held) - 1} more" if len(held) > 1 else None
        said = join(words, more)
    else:
        said = join("first here" if any(d.parent == s.story for d in topic.derivations) else "its own words")
    return join(
        tag("p", when, class_="when"),
        tag("p", story_link(s), " ", tag("span", tag("bdi", s.headline)), class_="who"),
        tag("p", said, class_="how"),
    )


def quotations(held: tuple[QuoteView, ...]) -> Markup | None:
    """Shared quotations: one source, said to many; separate from copied prose."""
    if not held:
        return None
    rows = [
        tag(
            "li",
            tag("q", " ".join(q.words.split()), dir="auto"),
            " ",
            tag("b", tag("bdi", q.source)) if q.source else "speaker not named beside it",
            f" · {count(len(q.others) + q.more, 'page')}: ",
            *(join(", " if i else None, story_link(s)) for i, s in enumerate(q.others)),
            f" and {q.more:,} more" if q.more else None,
        )
        for q in held
    ]
    return tag(
        "section",
        tag("h2", "Shared quotations"),
        tag("p", "One source, quoted by many: that alone makes no page another’s copy.", class_="soft"),
        tag("ul", rows, class_="list"),
    )
