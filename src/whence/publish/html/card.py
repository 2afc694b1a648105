"""The facts of one statement: its words, its chain, its labels, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from whence.publish.dates import date_words
from whence.publish.facts import (
    ACT_WORDS,
    KIND_WORDS,
    SHADE_WORDS,
    Step,
    figure_words,
    shade,
    steps,
)
from whence.publish.html.checks import checks
from whence.publish.html.markup import Markup, join, tag
from whence.publish.html.pieces import quoted, said, to_statement, why
from whence.publish.index import Index
from whence.records import Figure, Reading, Source, Span, Statement
from whence.records.claim import Match

__all__ = ["card"]


def _station(step: Step) -> Markup:
    source: Source | None = step.source
    what = {"origin": "", "with": "together with", "relay": "passed on by", "page": "on this page"}[step.part]
    detail: list[str] = []
    if source is not None:
        detail.append(source.naming)
        if source.role:
            detail.append(source.role)
        elif source.kind != "unknown":
            detail.append(KIND_WORDS[source.kind])
        if source.affiliation and source.affiliation not in (source.role or ""):
            detail.append(source.affiliation)
    return tag(
        "li",
        tag("span", what, class_="edge") if what else None,
        tag("bdi", step.label, class_="who"),
        tag("span", " · ".join(detail), class_="what", dir="auto") if detail else None,
        class_=f"{step.part} {source.naming if source else 'plain'}",
    )


def _row(name: str, *value: Markup | str | None) -> Markup | None:
    shown = join(*value)
    return join(tag("dt", name), tag("dd", shown)) if shown else None


def _each(reading: Reading, spans: tuple[Span, ...]) -> Markup | None:
    return tag("ul", *(tag("li", quoted(reading, [s])) for s in spans)) if spans else None


def _figures(reading: Reading, statement: Statement) -> Markup | None:
    if not statement.figures:
        return None

    def meaning(figure: Figure) -> Markup | None:
        words = figure_words(figure)
        return None if words == reading.text(figure.span) else join(" = ", tag("bdi", words))

    return tag("ul", *(tag("li", quoted(reading, [f.span]), meaning(f)) for f in statement.figures))


def _times(reading: Reading, statement: Statement) -> Markup | None:
    if not statement.times:
        return None

    def value(iso: str | None) -> Markup:
        return tag("span", "not known") if iso is None else tag("span", date_words(iso), title=iso)

    return tag("ul", *(tag("li", quoted(reading, [t.span]), " = ", value(t.value)) for t in statement.times))


def card(index: Index, statement: Statement, matches: Sequence[Match] = ()) -> Markup:
    """Everything that the reading says about a statement, and the fact-checks that speak to it, as one article."""
    reading = index.reading
    number = index.numbers[statement.id]
    kind = shade(statement)
    denied_by, denies = index.denied_by.get(statement.id), index.denies.get(statement.id)
    inner = [s.id for s in index.inner.get(statement.id, ())]

    def links(ids: Iterable[str]) -> Markup:
        return join(*(join(" " if i else None, to_statement(x, index)) for i, x in enumerate(ids)))

    cue = quoted(reading, [statement.cue]) if statement.cue else "none" if statement.voice == "attributed" else None
    rows = [
        _row("Says", said(statement)),
        _row("Act", ACT_WORDS[statement.act]),
        _row("Cue", cue),
        _row("Quoted", {"direct": "word for word", "indirect": "in other words", "mixed": "in part"}[statement.quote])
        if statement.quote
        else None,
        _row("Hedged", _each(reading, statement.hedges)),
        _row("Kept at a distance", _each(reading, statement.distancing)),
        _row("Loaded", _each(reading, statement.loaded)),
        _row("Figures", _figures(reading, statement)),
        _row("Times", _times(reading, statement)),
        _row("Stands in", links([statement.parent])) if statement.parent else None,
        _row("Holds", links(inner)) if inner else None,
        _row("Denied in", links(denied_by)) if denied_by else None,
        _row("Denies", links(denies)) if denies else None,
        _row("Confidence", f"{statement.confidence:.2f}"),
    ]
    return tag(
        "article",
        tag(
            "h3",
            tag(
                "a",
                str(number),
                href=f"#w{number}",
                class_=f"n {kind}",
                data_n=number,
                aria_label=f"Statement {number}, in the story",
            ),
            tag("span", SHADE_WORDS[kind], class_="kind"),
        ),
        tag("blockquote", quoted(reading, statement.content), class_=f"words {kind}"),
        tag("ol", *(_station(s) for s in steps(reading, statement)), class_="chain", aria_label="Its way to this page"),
        checks(matches, "h4"),
        tag("dl", rows),
        why(index, statement.id, "Why these labels"),
        class_=f"card {kind}",
        id=f"s{number}",
        tabindex="-1",
    )
