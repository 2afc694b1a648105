"""The story itself, every statement tinted by its voice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from whence.publish.facts import SHADE_WORDS, UNSURE, shade
from whence.publish.html.markup import Markup, attribute, join, tag, words
from whence.publish.paragraphs import paragraphs
from whence.publish.safe import safe_url
from whence.publish.segments import Layer, nest, split
from whence.records import Paragraph, Reading, Span, Statement

__all__ = ["story", "story_blocks"]

# Evidence and marks go inside statements, so that a statement's frame is cut as seldom as can be.
_STATEMENT, _EVIDENCE, _MARK, _LINK = range(4)


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a layer writes around its words: `first` at its beginning, `again` where it goes on after a cut."""

    first: str
    again: str
    close: str


Say = Callable[[str], str]
"""Puts the display's own words into another language."""


def _english(words: str) -> str:
    return words


def _number(statement: Statement, number: int, say: Say) -> Markup:
    kind = shade(statement)
    doubt = "?" if statement.confidence < UNSURE else ""
    label = say("Statement {number}: {voice}, low confidence") if doubt else say("Statement {number}: {voice}")
    label = label.format(number=number, voice=say(SHADE_WORDS[kind]))
    href = f"#s{number}"
    return tag("sup", tag("a", f"{number}{doubt}", href=href, class_=f"n {kind}", data_n=number, aria_label=label))


def _statement_layers(reading: Reading, anchors: bool, say: Say) -> Iterator[Layer[_Mark]]:
    for number, statement in enumerate(reading.statements, 1):
        kind = shade(statement)
        for i, piece in enumerate(statement.content):
            if anchors:
                again = f'<span class="s {kind}" data-s="{number}">'
                first = f'<span class="s {kind}" data-s="{number}" id="w{number}">{_number(statement, number, say)}'
            else:
                again = f'<span class="s {kind}">'
                first = f'<span class="s {kind}"><sup class="n {kind}">{number}</sup>'
            yield Layer(piece, _Mark(first if i == 0 else again, again, "</span>"), _STATEMENT)
        if not anchors:
            continue
        spans: Iterable[Span] = (
            *statement.hedges,
            *statement.distancing,
            *statement.loaded,
            *(f.span for f in statement.figures),
            *(t.span for t in statement.times),
        )
        for name, span in [("k", s) for s in spans] + ([("c", statement.cue)] if statement.cue else []):
            opening = f'<span class="{name}" data-k="{number}">'
            yield Layer(span, _Mark(opening, opening, "</span>"), _MARK)


def _finding_layers(reading: Reading) -> Iterator[Layer[_Mark]]:
    for f, finding in enumerate(reading.findings, 1):
        for e, span in enumerate(finding.evidence, 1):
            opening = f'<span class="ev" data-e="f{f}e{e}"'
            yield Layer(span, _Mark(f'{opening} id="f{f}e{e}">', f"{opening}>", "</span>"), _EVIDENCE)


def _link_layers(reading: Reading) -> Iterator[Layer[_Mark]]:
    end = 0
    for link in sorted(reading.story.links, key=lambda x: x.span):
        url = safe_url(link.url)
        # A link in a link is not HTML: the first one keeps the words.
        if url and link.span[0] >= end:
            opening = f'<a class="out" rel="noopener noreferrer nofollow" href="{attribute(url)}">'
            yield Layer(link.span, _Mark(opening, opening, "</a>"), _LINK)
            end = link.span[1]


def _runs(text: str, within: Span, layers: list[Layer[_Mark]], begun: set[int]) -> Markup:
    """A span's words with its layers around them; `begun` holds the layers that have been opened before."""
    out: list[str] = []
    stack: list[Layer[_Mark]] = []
    for (start, end), now in nest(within, layers):
        common = 0
        while common < min(len(stack), len(now)) and stack[common] is now[common]:
            common += 1
        out.extend(layer.mark.close for layer in reversed(stack[common:]))
        for layer in now[common:]:
            out.append(layer.mark.again if id(layer) in begun else layer.mark.first)
            begun.add(id(layer))
        stack = list(now)
        out.append(words(text[start:end]))
    out.extend(layer.mark.close for layer in reversed(stack))
    return Markup("".join(out))


def _badge(links: int, say: Say) -> str:
    if not links:
        return say("badge · links no check")
    return say("badge · links {n} check" if links == 1 else "badge · links {n} checks").format(n=links)


def story_blocks(reading: Reading, *, anchors: bool = True, say: Say = _english) -> list[tuple[Paragraph, Markup]]:
    """The story's paragraphs in text order, each in its role, as elements of their own.

    Args:
        anchors: give words ids and link the numbers to `#s1`, …; off where several readings share a page.
        say: puts the few words that are ours into the page's language.
    """
    layers = list(_statement_layers(reading, anchors, say))
    if anchors:
        layers += [*_finding_layers(reading), *_link_layers(reading)]
    shown = list(paragraphs(reading.story))
    spans = [p.span for p in shown]
    within: list[list[Layer[_Mark]]] = [[] for _ in shown]
    for layer in sorted(layers, key=lambda x: x.span):
        for i, _ in split(layer.span, spans):
            within[i].append(layer)
    begun: set[int] = set()
    evidence = {badge.span: len(badge.evidence) for badge in reading.story.badges}
    blocks: list[tuple[Paragraph, Markup]] = []
    for paragraph, inside in zip(shown, within, strict=True):
        inner = _runs(reading.story.text, paragraph.span, inside, begun)
        name, note = "p", None
        if paragraph.role == "headline":
            name = "h2"
        elif paragraph.role == "badge":
            checks = sum(n for span, n in evidence.items() if paragraph.span[0] <= span[0] < paragraph.span[1])
            note = tag("span", _badge(checks, say), class_="role")
        elif paragraph.role in {"byline", "furniture"}:
            note = tag("span", say(paragraph.role), class_="role")
        block = tag(name, inner, note and Markup(" "), note, class_=f"t {paragraph.role}", dir="auto")
        blocks.append((paragraph, tag("blockquote", block) if paragraph.quoted else block))
    return blocks


def story(reading: Reading, *, anchors: bool = True) -> Markup:
    """The story's paragraphs, each in its role.

    Args:
        anchors: as of story_blocks.
    """
    return join(block for _, block in story_blocks(reading, anchors=anchors))
