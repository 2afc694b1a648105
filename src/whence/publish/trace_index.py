"""The front page of a trace: the largest topics, each headed by how many origins stand behind how many pages."""

from __future__ import annotations

from whence.publish.dates import date_words, starts
from whence.publish.html.markup import Markup, join, tag
from whence.publish.trace_parts import count, document, pages_words
from whence.records.trace_view import TopicView, TraceView

__all__ = ["trace_index"]

_SKIPPED = {
    "no-text": "without a text", "empty": "empty", "no-id": "without an id",
    "duplicate-id": "with an id that came before", "too-long": "too long",
}  # fmt: skip
_MOST_FAILURES = 50


def trace_index(view: TraceView) -> str:
    """The front page of a trace's report."""
    c = view.counts
    parts = [
        tag("h1", view.title, dir="auto"),
        _headline(view),
        tag("p", *(tag("span", remark + " ") for remark in view.remarks), class_="soft"),
        tag(
            "section",
            tag("h2", "Largest topics"),
            tag("ol", map(_topic, view.topics), class_="topics"),
        )
        if view.topics
        else tag("section", tag("p", "No two of these stories share prose, a long quotation or an origin.")),
        _left_out(view),
        tag(
            "section",
            tag("h2", "Tables"),
            tag(
                "p",
                f"Everything is in the tables beside this page (Parquet): {count(c.get('passages', 0), 'passage')} in "
                f"{count(c.get('pairs', 0), 'pair')}, {count(c.get('derivations', 0), 'derivation')}, "
                f"{count(c.get('topics', 0), 'topic')}.",
                class_="soft",
            ),
        ),
    ]
    return document(view.title, *parts)


def _headline(view: TraceView) -> Markup:
    stories = view.counts.get("stories", 0)
    rest = f" of {count(stories, 'story', 'stories')}"
    if not view.topics:
        return tag("p", tag("b", "0 topics"), rest, ".", class_="sum")
    first = view.topics[0]
    explained = view.counts.get("explained", 0)
    circles = view.counts.get("circular", 0)
    return tag(
        "p",
        tag("b", pages_words(first.pages, first.origins)),
        ": the largest ",
        f"of {count(view.counts.get('topics', 0), 'topic')}{rest}. ",
        f"{count(explained, 'page')} took from another page or rests on another’s report"
        if explained == 1
        else f"{count(explained, 'page')} took from other pages or rest on others’ reports",
        f"; {count(circles, 'topic')} circular" if circles else None,
        ".",
        class_="sum",
    )


def _topic(topic: TopicView) -> Markup:
    first = topic.stories[0]
    span = "undated"
    if topic.first and topic.last:
        span = date_words(topic.first) + (f" to {date_words(topic.last)}" if topic.last != topic.first else "")
    extra = "circular: pages name one another as their source" if topic.circular else None
    said = count(topic.quoted, "shared quotation") if topic.quoted else None
    facts = [count(topic.outlets, "outlet"), span, *(x for x in (said, extra) if x)]
    return tag(
        "li",
        tag("p", pages_words(topic.pages, topic.origins), class_="big"),
        tag(
            "div",
            tag("h3", tag("a", first.headline, href=f"topic-{topic.topic}.html"), dir="auto"),
            tag("p", " · ".join(facts), class_="soft"),
            _dots(topic),
        ),
    )


def _dots(topic: TopicView) -> Markup | None:
    """When the pages appeared; a ring is a page that took from nobody here."""
    days = {s.story: day for s in topic.stories if s.published and (day := starts(s.published))}
    if len(days) < 2:
        return None
    clocks = {s.story: (s.published or "")[11:16] for s in topic.stories}

    def at(story: int) -> float:
        clock = clocks[story]
        part = (int(clock[:2]) * 60 + int(clock[3:5])) / 1440 if len(clock) == 5 and clock[:2].isdigit() else 0.0
        return days[story].toordinal() + part

    low, high = min(map(at, days)), max(map(at, days))
    taken = {d.story for d in topic.derivations if d.kind != "unknown"}
    marks = [
        tag(
            "circle", cx=f"{10 + 980 * (at(s) - low) / ((high - low) or 1):.1f}", cy=12, r=6,
            class_=None if s in taken else "o",
        )
        for s in days
    ]  # fmt: skip
    label = f"{len(days)} dated pages in time; a ring is a page that took from nobody here"
    return tag(
        "svg", tag("line", x1=0, y1=12, x2=1000, y2=12), marks, class_="dots", viewBox="0 0 1000 24", role="img",
        aria_label=label, preserveAspectRatio="xMidYMid meet",
    )  # fmt: skip


def _left_out(view: TraceView) -> Markup | None:
    rows = [
        tag("li", f"{count(n, 'story', 'stories')} {_SKIPPED.get(why, why)}") for why, n in view.skipped.items() if n
    ]
    rows += [tag("li", tag("bdi", id), ": ", reason) for id, reason in view.failures[:_MOST_FAILURES]]
    if len(view.failures) > _MOST_FAILURES:
        rows.append(tag("li", f"and {len(view.failures) - _MOST_FAILURES:,} more"))
    return tag("section", tag("h2", "Left out"), tag("ul", rows, class_="list")) if rows else join()
