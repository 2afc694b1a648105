"""What the pages of a trace share: the frame of a page, names, dates, counts, and why an edge is what it is."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from whence.publish.dates import date_words
from whence.publish.html.markup import Child, Markup, attribute, join, tag
from whence.publish.safe import safe_url, scalar
from whence.records.origins import Derivation, Origin, Reason
from whence.records.trace_view import StoryLine

__all__ = ["count", "document", "how", "name", "origin_words", "pages_words", "reasons", "story_link", "where_when"]

_REASONS: dict[Reason, str] = {
    "earlier": "the other page is dated earlier",
    "credits": "this page names that outlet as its source",
    "credits-own": "the other page says that its own outlet was told",
    "longer": "the other page has the longer version",
    "closest": "no other page is as close in its words",
    "only-text": "no other page on hand has these words earlier",
    "same-report": "both are about the same people and numbers, at the same time",
    "signed-elsewhere": "another page signs the same words so",
    "crowd": "the words stand in so many pages that only some were compared with one another",
}
_AGAINST: dict[Reason, str] = {
    "earlier": "this page is dated earlier (one of the clocks may be wrong)",
    "credits": "the other page names this page's outlet",
    "credits-own": "this page says that its own outlet was told",
    "longer": "this page has the longer version",
}


@cache
def _css() -> str:
    return files("whence.publish").joinpath("trace_pages.css").read_text(encoding="utf-8")


def document(title: str, *body: Child) -> str:
    """A whole page: self-contained, without script."""
    digest = base64.b64encode(hashlib.sha256(_css().encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", Markup(attribute(f"{title} – whence"))),
        Markup(f"<style>{_css()}</style>"),
    )
    brand = tag("p", tag("b", "whence"), tag("span", "who had it first, and how many origins it has"), class_="brand")
    foot = tag(
        "footer",
        tag(
            "p",
            "Found by a program, which can be wrong: every line can be checked against the words beside it. "
            "It shows how text travelled among the pages on hand; a page that nobody gave it cannot be named. "
            "It does not say what is true.",
        ),
    )
    page = tag("body", tag("header", brand), tag("main", *body), foot)
    return scalar("<!doctype html>\n" + tag("html", head, page, lang="en") + "\n")


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def pages_words(pages: int, origins: int) -> str:
    """The headline of a topic: "14 pages, 1 origin"."""
    return f"{count(pages, 'page')}, {count(origins, 'origin')}"


def name(line: StoryLine) -> str:
    """What to call a story: its outlet, else its id."""
    return line.outlet or line.id


def story_link(line: StoryLine, words: str | None = None) -> Markup:
    """A story's name, linked to its page where it has one."""
    shown = tag("bdi", words or name(line))
    return tag("a", shown, href=f"story-{line.story}.html") if line.paged else shown


def where_when(line: StoryLine) -> Markup:
    """Outlet, date and address of a story, with what is not known said so."""
    items: list[Child] = [tag("bdi", line.outlet) if line.outlet else "outlet not known"]
    items.append(
        tag("time", date_words(line.published), datetime=line.published) if line.published else "date not known"
    )
    url = safe_url(line.url)
    if line.url:
        items.append(
            tag("a", tag("bdi", line.url), href=url, rel="noopener noreferrer") if url else tag("bdi", line.url)
        )
    items.append(tag("span", count(line.words, "word")))
    return tag("p", *(join(" · " if i else None, item) for i, item in enumerate(items)), class_="pub")


def how(d: Derivation, parent: StoryLine | None, *, link: bool = True) -> Markup:
    """A derivation in a line: from whom, with this added and that dropped."""
    who = (story_link(parent) if link else tag("bdi", name(parent))) if parent else tag("bdi", d.outlet or "")
    if d.kind == "unknown":
        return join("shares prose with ", who, "; which of them had it first is not known")
    if d.kind == "credited":
        rest = "" if parent else ", of which no page is here"
        return join("credited to ", who, rest)
    if d.kind == "rests-on":
        rest = "" if parent else ", of which no page is here"
        circle = ", which in turn rests on this page" if d.circular else ""
        return join("rests on ", who, rest, circle, "; no sentence is shared" if parent else None)
    share = f"{d.share:.0%} of it" if d.share >= 0.005 else count(d.words, "word")
    return join("taken from ", who, f" ({share}), {count(d.added, 'word')} added, {count(d.dropped, 'word')} dropped")


def reasons(d: Derivation) -> Markup:
    """Why, how sure, and what speaks against it."""
    why = "; ".join(_REASONS[r] for r in d.reasons)
    sure = f"Confidence {d.confidence:.2f}" if d.kind != "unknown" else "Direction not known"
    against = "; ".join(_AGAINST.get(r, r) for r in d.against)
    circle = " Circular: each names the other as its source." if d.circular else ""
    return tag(
        "p", tag("b", sure), f": {why}." if why else ".", f" Against it: {against}." if against else None, circle
    )


def origin_words(origin: Origin) -> str:
    """An origin, for a reader."""
    if origin.kind == "circular":
        return f"nobody on hand: {origin.label} name one another"
    if origin.kind == "unknown":
        return f"one of {origin.label}; which is not known"
    return f"{origin.label} (no page of it is here)" if origin.kind == "outlet" else origin.label
