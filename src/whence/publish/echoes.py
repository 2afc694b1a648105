"""Statements that say the same as another, the opposite, or the same with other figures: terminal, JSON, HTML."""

from __future__ import annotations

from collections.abc import Sequence

from whence.publish.checks import marked
from whence.publish.dates import date_words
from whence.publish.facts import ACT_WORDS
from whence.publish.html.checks import words_in_common
from whence.publish.html.frame import document
from whence.publish.html.markup import Markup, join, tag
from whence.publish.json import dump
from whence.publish.match_lines import INDENT, Lines
from whence.publish.safe import safe_url
from whence.records.claim import Stance
from whence.records.said import Echo, QuantityPair, Said

__all__ = ["ECHO_VERSION", "Asking", "echoes_text", "echoes_to_html", "echoes_to_json"]

ECHO_VERSION = 1
"""Version of the JSON contract (docs/reference/match.md)."""

Asking = tuple[str, Sequence[Echo]]
"""A text that was asked for, and the statements that speak to it."""

_GROUPS: tuple[tuple[Stance, str], ...] = (
    ("same", "say the same"),
    ("different-figure", "say it with another figure"),
    ("denial", "say otherwise"),
)


def _who(said: Said) -> str:
    """Who says it and in which way, in which outlet, when."""
    who = ", ".join(said.sources) or ("in its own voice" if said.own else "nobody in particular")
    who += f" {ACT_WORDS[said.act]}" if said.act != "assert" else ""
    where = said.outlet or said.url or said.story or "outlet not known"
    when = date_words(said.published) if said.published else "date not known"
    return f"{who} – {where}, {when}"


def _figures(pair: QuantityPair) -> str:
    if pair.same:
        return f"the same figure: {pair.here.words} here, {pair.there.words} there"
    both = "both can be right" if pair.agree else "not both can be right"
    return f"another figure: {pair.here.words} here, {pair.there.words} there; {both}"


def _groups(echoes: Sequence[Echo]) -> list[tuple[str, list[Echo]]]:
    groups = [(words, [e for e in echoes if e.stance == stance]) for stance, words in _GROUPS]
    return [(words, found) for words, found in groups if found]


def _none(threshold: float) -> str:
    return f"none found: no statement of the archive is as alike as {threshold:.2f}"


def echoes_text(
    asked: Sequence[Asking],
    *,
    threshold: float,
    colour: bool = False,
    width: int | None = None,
    encoding: str = "utf-8",
) -> str:
    """Echoes for a terminal: for each text who says the same, who gives another figure, who says otherwise.

    Args:
        asked: texts with their echoes.
        threshold: the likeness below which nothing counted as found.
        colour, width, encoding: as for `terminal_text`.
    """
    page = Lines(colour=colour, width=width, encoding=encoding)
    shown = [a for a in asked if a[1]] if len(asked) > 1 else list(asked)
    if not shown:
        page.put(_none(threshold))
    for number, (text, echoes) in enumerate(shown):
        if number:
            page.blank()
        page.put(page.words([(text, False)]), style="bold")
        if not echoes:
            page.put(_none(threshold))
        for words, found in _groups(echoes):
            page.put(f"{len(found)} {words if len(found) > 1 else words.replace('say', 'says', 1)}", style="bold")
            for echo in found:
                page.put(page.safe(_who(echo.said)), INDENT, "bold", lead=f"     {echo.score:.2f}")
                page.put(page.words(marked(echo.said.text, echo.agreements, "claim")), INDENT)
                for pair in echo.quantities:
                    page.put(page.safe(_figures(pair)), INDENT)
                if echo.said.url:
                    page.address(echo.said.url, INDENT)
    return page.text()


def echoes_to_json(asked: Sequence[Asking], *, threshold: float, indent: int | None = 2) -> str:
    """Echoes as JSON text, without a final newline.

    Args:
        asked: texts with their echoes.
        threshold: the likeness below which nothing counted as found.
        indent: spaces a level, or None for one line.
    """
    texts = [{"text": text, "statements": [e.to_dict() for e in echoes]} for text, echoes in asked]
    return dump({"version": ECHO_VERSION, "threshold": round(threshold, 4), "texts": texts}, indent)


def echoes_to_html(asked: Sequence[Asking], *, threshold: float) -> str:
    """Echoes as a self-contained HTML file without script.

    Args:
        asked: texts with their echoes.
        threshold: the likeness below which nothing counted as found.
    """
    shown = [a for a in asked if a[1]] if len(asked) > 1 else list(asked)
    sections = [_section(text, echoes, threshold) for text, echoes in shown]
    if not sections:
        sections = [tag("section", tag("p", _none(threshold).capitalize() + "."))]
    note = (
        "Likeness is measured on words and meaning; it is no probability, and whether two statements contradict each "
        "other is read from denials and negations in them. Check each in its story."
    )
    return document(
        "Who else said this?",
        join(
            tag(
                "header", tag("p", tag("b", "whence"), tag("span", "who else said this?"), class_="brand"), class_="top"
            ),
            tag("main", sections),
            tag("footer", tag("p", note)),
        ),
    )


def _section(text: str, echoes: Sequence[Echo], threshold: float) -> Markup:
    groups = [
        join(tag("h2", words[0].upper() + words[1:]), tag("ol", *(tag("li", _echo(e)) for e in found)))
        for words, found in _groups(echoes)
    ]
    return tag(
        "section",
        tag("h1", tag("q", text, dir="auto")),
        groups if groups else tag("p", _none(threshold).capitalize() + ".", class_="about"),
        class_="checked",
    )


def _echo(echo: Echo) -> Markup:
    url = safe_url(echo.said.url)
    who = tag("bdi", _who(echo.said))
    return tag(
        "div",
        tag("p", tag("a", who, href=url, rel="noopener noreferrer") if url else who, class_="verdict"),
        tag("p", words_in_common(echo.said.text, echo.agreements, "claim"), class_="claim"),
        *(tag("p", _figures(p), class_="figures" if p.same else "beware") for p in echo.quantities),
        tag("p", f"likeness {echo.score:.2f}", class_="score"),
        class_="check",
    )
