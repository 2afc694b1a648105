"""The small parts of which the report's sections are made: numbers, quoted words, names, reasons."""

from __future__ import annotations

from collections.abc import Iterable

from whence.publish.facts import shade, speakers
from whence.publish.html.markup import Markup, join, tag
from whence.publish.index import Index
from whence.publish.paragraphs import direction
from whence.records import Reading, Span, Statement

__all__ = ["quoted", "said", "to_statement", "why"]

_MARKS = tuple("“”„«»‹›‘’'\"")


def to_statement(id: str, index: Index) -> Markup:
    """A statement's number, linked to its facts, in its voice's colour; the id alone where there is none."""
    number = index.numbers.get(id)
    if number is None:
        return tag("span", id)
    kind = shade(index.statement(id))
    return tag(
        "a", str(number), href=f"#s{number}", class_=f"n {kind}", data_n=number, aria_label=f"Statement {number}"
    )


def quoted(reading: Reading, spans: Iterable[Span]) -> Markup:
    """Some words of the story, set apart from the report's own."""
    pieces = list(spans)
    text = " … ".join(" ".join(reading.story.text[a:b].split()) for a, b in pieces)
    way = direction(reading.story, pieces[0][0]) if pieces else None
    return tag("q", text, dir=way, class_="bare" if text[:1] in _MARKS else None)


def said(statement: Statement) -> Markup:
    """Who says a statement, each name set apart from its neighbours whatever way it is written."""
    if not statement.sources:
        return tag("span", speakers(statement))
    names = [tag("bdi", s.label) for s in statement.sources]
    return join(*(join(", " if i else None, name) for i, name in enumerate(names)))


def why(index: Index, target: str, heading: str = "Why") -> Markup | None:
    """Why the labels of a statement, source or finding are what they are, folded; None where nothing says so."""
    rows = [
        tag(
            "li",
            tag("b", e.label),
            " ",
            tag("span", f"{e.component}: {e.rule}", None if e.score is None else f" ({e.score:.2f})", dir="auto"),
            " " if e.evidence else None,
            quoted(index.reading, e.evidence) if e.evidence else None,
        )
        for e in index.why(target)
    ]
    return tag("details", tag("summary", heading), tag("ul", rows), class_="why") if rows else None
