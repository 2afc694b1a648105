"""A trace for a terminal and as JSON."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import asdict
from html import unescape
from typing import Any

from whence.publish.dates import date_words
from whence.publish.html.markup import Markup
from whence.publish.safe import printable
from whence.publish.trace_parts import how, pages_words, reasons
from whence.publish.trace_story import verdict
from whence.records.trace_view import StoryView, TopicView

__all__ = ["story_json", "story_text", "topics_text"]

_TAG = re.compile(r"<[^>]*>")


def _plain(markup: Markup) -> str:
    """The words of a piece of a page, for a terminal."""
    return printable(unescape(_TAG.sub("", markup)))


def topics_text(topics: tuple[TopicView, ...]) -> str:
    """The largest topics, a line or two each."""
    out = []
    for t in topics:
        first = t.stories[0]
        circular = ", circular" if t.circular else ""
        out.append(f"{pages_words(t.pages, t.origins)}{circular}  {printable(first.headline)[:90]}")
    return "\n".join(out)


def story_text(view: StoryView, width: int = 80) -> str:
    """Where a story comes from, in lines of at most `width` characters.

    Args:
        view: the story.
        width: 20 or more.
    """
    when = date_words(view.line.published) if view.line.published else "date not known"
    out = [printable(view.line.headline), f"{printable(view.line.outlet or 'outlet not known')}, {when}", ""]
    out += textwrap.wrap(_plain(verdict(view)), width)
    for e in view.edges:
        out += ["", *textwrap.wrap(_plain(how(e.derivation, e.parent, link=False)), width)]
        if e.parent is not None:
            out += textwrap.wrap(
                f"  {printable(e.parent.id)}  {e.parent.published or 'undated'}  {printable(e.parent.headline)}",
                width,
                subsequent_indent="  ",
            )
        out += textwrap.wrap("  " + _plain(reasons(e.derivation)), width, subsequent_indent="  ")
    if view.credits:
        out += ["", "It says: " + "; ".join(f"“{printable(' '.join(c.words.split()))}”" for c in view.credits[:6])]
    return "\n".join(out) + "\n"


def story_json(view: StoryView) -> str:
    """Where a story comes from, as JSON (docs/reference/trace.md)."""
    value: dict[str, Any] = {
        "version": 1,
        "story": {k: v for k, v in asdict(view.line).items() if k != "paged"},
        "pages": view.pages,
        "independent_origins": view.topic_origins,
        "origins": [asdict(o) for o in view.origins],
        "came_from": [
            {
                **asdict(e.derivation),
                "parent": {k: v for k, v in asdict(e.parent).items() if k != "paged"} if e.parent else None,
                "passages": [asdict(p) for p in e.passages],
                "dropped_text": list(e.dropped),
            }
            for e in view.edges
        ],
        "taken_by": [
            {"story": line.id, "outlet": line.outlet, "published": line.published, "words": d.words}
            for line, d in view.children
        ],
        "credits": [asdict(c) for c in view.credits],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
