"""A reading in a Jupyter notebook: small, scoped, without scripts or ids."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from whence.publish.facts import KIND_WORDS, SHADE_WORDS, count, finding_title, heading, shade, steps
from whence.publish.html.markup import Markup, join, tag
from whence.publish.html.pieces import quoted
from whence.publish.html.sections import summary
from whence.publish.html.story import story
from whence.publish.index import Index
from whence.publish.safe import scalar
from whence.records import Reading, Statement

__all__ = ["to_notebook"]


@cache
def _style() -> str:
    return files("whence.publish").joinpath("notebook.css").read_text(encoding="utf-8")


def _way(reading: Reading, statement: Statement) -> Markup:
    links = [
        join(None if i == 0 else " & " if step.part == "with" else " → ", tag("bdi", step.label))
        for i, step in enumerate(steps(reading, statement))
    ]
    return join(*links)


def _statements(reading: Reading) -> Markup:
    rows = [
        tag(
            "tr",
            tag("td", tag("sup", str(i), class_=f"n {shade(s)}")),
            tag("td", _way(reading, s)),
            tag("td", s.act),
            tag("td", quoted(reading, s.content)),
        )
        for i, s in enumerate(reading.statements, 1)
    ]
    head = tag("tr", *(tag("th", h, scope="col") for h in ("", "way to the page", "act", "words")))
    return tag("table", tag("thead", head), tag("tbody", rows))


def _sources(reading: Reading) -> Markup:
    rows = [
        tag(
            "tr",
            tag("td", tag("bdi", source.label)),
            tag("td", f"{source.naming}, {KIND_WORDS[source.kind]}"),
            tag("td", str(len(says))),
            tag("td", str(len(passed))),
        )
        for source, says, passed in Index(reading).resting_on()
    ]
    head = tag("tr", *(tag("th", h, scope="col") for h in ("source", "", "says", "through it")))
    return tag("table", tag("thead", head), tag("tbody", rows))


def to_notebook(reading: Reading) -> str:
    """A reading as an HTML fragment for `_repr_html_`; its style applies to nothing else in the notebook."""
    legend = join(*(tag("span", words, class_=f"s {kind}") for kind, words in SHADE_WORDS.items()))
    found = [tag("li", tag("b", finding_title(f.id)), ". ", f.says) for f in reading.findings]
    parts = [
        tag("p", tag("bdi", heading(reading)), class_="title"),
        summary(reading),
        tag("p", legend, class_="legend"),
        tag("div", story(reading, anchors=False), class_="story"),
        tag("details", tag("summary", f"Statements ({count(reading).statements})"), _statements(reading)),
        tag("details", tag("summary", f"Sources ({len(reading.sources)})"), _sources(reading)),
        tag("details", tag("summary", f"Findings ({len(found)})"), tag("ul", found)) if found else None,
    ]
    return scalar(tag("div", Markup(f"<style>{_style()}</style>"), *parts, class_="whence-reading"))
