"""The report: one HTML file that needs nothing else."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from whence.publish.checks import Matched
from whence.publish.dates import date_words
from whence.publish.facts import heading
from whence.publish.html.card import card
from whence.publish.html.checks import checked
from whence.publish.html.markup import Markup, attribute, join, tag
from whence.publish.html.policy import policy
from whence.publish.html.sections import disputes, findings, legend, sources, strip, summary, times
from whence.publish.html.story import story
from whence.publish.index import Index
from whence.publish.safe import safe_url, scalar
from whence.records import Reading

__all__ = ["to_html"]


@cache
def _resource(name: str) -> str:
    return files("whence.publish.html").joinpath(name).read_text(encoding="utf-8")


def _about(reading: Reading) -> Markup:
    """Where and when the story was published, with what is not known said so."""
    s = reading.story
    items = [tag("bdi", s.outlet) if s.outlet else tag("span", "outlet not known")]
    items.append(
        tag("time", date_words(s.published), datetime=s.published) if s.published else tag("span", "date not known")
    )
    if s.byline:
        role = f", {s.byline.role}" if s.byline.role else ""
        count = f" ({s.byline.articles} articles)" if s.byline.articles is not None else ""
        items.append(tag("span", "by ", tag("bdi", f"{s.byline.name}{role}"), count))
    if s.url:
        url = safe_url(s.url)
        shown = tag("bdi", s.url, class_="url")
        items.append(tag("a", shown, href=url, rel="noopener noreferrer") if url else shown)
    return tag("p", *(join(" · " if i else None, item) for i, item in enumerate(items)), class_="pub")


def _checks(reading: Reading) -> Markup | None:
    """What each badge of the page names and links."""
    badges = reading.story.badges
    if not badges:
        return None
    rows = []
    for badge in badges:
        links = []
        for evidence in badge.evidence:
            url = safe_url(evidence)
            links.append(tag("li", tag("a", evidence, href=url, rel="noopener noreferrer") if url else evidence))
        rows.append(
            tag(
                "li",
                tag("q", reading.text(badge.span), dir="auto"),
                f" checker named: {badge.checker or 'none'}; ",
                tag("ul", links) if links else "it links no check",
            )
        )
    return tag("section", tag("h2", "Badges"), tag("ul", rows), class_="badges", aria_label="Badges")


def _footer(reading: Reading) -> Markup:
    return tag(
        "footer",
        tag("p", f"Read by {reading.reader or 'whence'}."),
        tag(
            "p",
            "The labels are a program’s and can be wrong: each can be checked against the words it links to. "
            "They show who says what and how it got here; they do not say what is true.",
        ),
        *(tag("p", f"Note: {w}") for w in reading.story.warnings),
    )


def to_html(reading: Reading, *, title: str | None = None, matched: Matched | None = None) -> str:
    """A reading as one self-contained HTML file, for a person to read, print or send.

    Everything stands in the page without scripts; the script only moves the facts of the chosen statement beside the
    story. The same reading and title give the same text.

    Args:
        title: the page's title; the story's headline if not given.
        matched: fact-checks that speak to its statements, where they were looked for.
    """
    index = Index(reading)
    name = title or heading(reading)
    language = reading.story.language
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag(
            "meta",
            http_equiv="Content-Security-Policy",
            content=policy(_resource("report.css"), _resource("report.js")),
        ),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", Markup(attribute(f"{name} – whence"))),
        Markup(f"<style>{_resource('report.css')}</style>"),
        Markup(f"<script>{_resource('report.js')}</script>"),
    )
    found = matched.by_statement if matched else {}
    cards = [card(index, s, found.get(s.id, ())) for s in reading.statements]
    panel = tag(
        "aside",
        tag(
            "div",
            tag("h2", "Statement by statement"),
            tag(
                "p",
                "Choose a statement: click it, or press ",
                tag("kbd", "j"),
                " and ",
                tag("kbd", "k"),
                ".",
                class_="keys",
            ),
            tag("button", "×", type="button", class_="close", aria_label="Close"),
            class_="bar",
        ),
        cards,
        class_="panel",
        id="facts",
        aria_label="The facts of each statement",
    )
    body = tag(
        "body",
        tag("a", "To the story", href="#story", class_="skip"),
        tag(
            "header",
            tag("p", tag("b", "whence"), tag("span", "who says, who told them"), class_="brand"),
            tag("h1", name, dir="auto"),
            _about(reading),
            summary(reading),
            strip(reading),
            class_="top",
        ),
        tag(
            "main",
            findings(index),
            tag(
                "div",
                tag(
                    "article", legend(reading), story(reading), class_="story", id="story", lang=language, tabindex="-1"
                ),
                panel,
                class_="desk",
            ),
            checked(index, matched) if matched else None,
            disputes(index),
            sources(index),
            times(index),
            _checks(reading),
        ),
        _footer(reading),
    )
    return scalar("<!doctype html>\n" + tag("html", head, body, lang="en") + "\n")
