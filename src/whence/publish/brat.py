"""A reading as brat standoff (https://brat.nlplab.org/standoff.html), discontinuous spans included."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whence.publish.facts import figure_words, relays, shade
from whence.publish.safe import scalar
from whence.records import Reading, Source, Span, Statement

__all__ = ["CONFIGURATION", "to_brat"]

CONFIGURATION = """\
[entities]
Statement
Source
Cue
Hedge
Distancing
Loaded
Figure
Time

[relations]
SaidBy\tArg1:Statement, Arg2:Source
Through\tArg1:Statement, Arg2:Source
In\tArg1:Statement, Arg2:Statement
Denies\tArg1:Statement, Arg2:Statement
Of\tArg1:Hedge|Distancing|Loaded|Figure|Time, Arg2:Statement

[events]
Attribution\tContent:Statement, Source*:Source

[attributes]
Voice\tArg:Statement, Value:named|unnamed|nobody|own
Act\tArg:Statement, Value:assert|deny|accuse|condemn|praise|demand|warn|promise|predict|ask|decline
Quote\tArg:Statement, Value:direct|indirect|mixed
Naming\tArg:Source, Value:named|unnamed|unspecified
"""
"""brat's annotation.conf for these files."""

_BREAK = re.compile(r"[\r\n]+")


def _fragments(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans cut at line breaks, which brat allows in no fragment, and trimmed of white space at each cut."""
    out: list[Span] = []
    for start, end in spans:
        at = start
        edges = [m.span() for m in _BREAK.finditer(text, start, end)]
        for left, right in [*edges, (end, end)]:
            a, b = at, left
            while edges and a < b and text[a].isspace():
                a += 1
            while edges and b > a and text[b - 1].isspace():
                b -= 1
            if a < b:
                out.append((a, b))
            at = right
    return out


class _Writer:
    """The lines of one file, each kind numbered from 1."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[str] = []
        self.counts: dict[str, int] = {}

    def add(self, prefix: str, *fields: str) -> str:
        self.counts[prefix] = number = self.counts.get(prefix, 0) + 1
        key = f"{prefix}{number}"
        self.lines.append("\t".join((key, *fields)))
        return key

    def span(self, kind: str, spans: Sequence[Span]) -> str | None:
        parts = _fragments(self.text, spans)
        if not parts:
            return None
        words = " ".join(self.text[a:b] for a, b in parts)
        return self.add("T", f"{kind} " + ";".join(f"{a} {b}" for a, b in parts), words)

    def relation(self, kind: str, first: str | None, second: str | None) -> None:
        if first and second:
            self.add("R", f"{kind} Arg1:{first} Arg2:{second}")

    def note(self, about: str, text: str) -> None:
        self.add("#", f"AnnotatorNotes {about}", _BREAK.sub(" ", text).replace("\t", " "))


def _nearest(source: Source, to: Span, keys: dict[Span, str]) -> str | None:
    """The mention of a source that stands closest to some words."""
    mentions = [m for m in source.mentions if m in keys]
    best = min(mentions, key=lambda m: (max(m[0] - to[1], to[0] - m[1], 0), m), default=None)
    return None if best is None else keys[best]


def _parts(writer: _Writer, statement: Statement, key: str) -> None:
    for kind, spans in (
        ("Hedge", statement.hedges),
        ("Distancing", statement.distancing),
        ("Loaded", statement.loaded),
    ):
        for span in spans:
            writer.relation("Of", writer.span(kind, [span]), key)
    for figure in statement.figures:
        part = writer.span("Figure", [figure.span])
        if part:
            writer.note(part, figure_words(figure))
            writer.relation("Of", part, key)
    for time in statement.times:
        part = writer.span("Time", [time.span])
        if part:
            writer.note(part, time.value or "not known")
            writer.relation("Of", part, key)


def to_brat(reading: Reading) -> str:
    """A reading as the content of an .ann file; the .txt beside it is the story's text, unchanged, as UTF-8.

    Statements, source mentions, cues, hedges, distancing and loaded words, figures and times are text-bound
    annotations (T); an attribution with a cue is an event (E) on it, one without a relation `SaidBy`; relays are
    relations `Through`; voice, act, quotation and naming are attributes (A); mentions of one source are equivalent (*).
    Offsets count code points. A piece that holds line breaks is written as one fragment a line. Halves of surrogate
    pairs become U+FFFD: write the .txt through `whence.publish.safe.scalar` where it may hold them.

    Returns:
        The lines, each with its newline.
    """
    writer = _Writer(scalar(reading.story.text))
    mentions: dict[str, dict[Span, str]] = {}
    for source in reading.sources:
        keys: dict[Span, str] = {}
        for mention in source.mentions:
            key = writer.span("Source", [mention])
            if key:
                keys[mention] = key
                writer.add("A", f"Naming {key} {source.naming}")
        mentions[source.id] = keys
        if len(keys) > 1:
            writer.lines.append("*\tEquiv " + " ".join(keys.values()))
    written: dict[str, str] = {}
    for statement in reading.statements:
        key = writer.span("Statement", statement.content)
        if key is None:
            continue
        written[statement.id] = key
        writer.add("A", f"Voice {key} {shade(statement)}")
        writer.add("A", f"Act {key} {statement.act}")
        if statement.quote:
            writer.add("A", f"Quote {key} {statement.quote}")
        writer.note(key, f"{statement.id}, confidence {statement.confidence:.2f}")
        near = statement.cue or statement.span
        speakers = [k for s in statement.sources if (k := _nearest(s, near, mentions.get(s.id, {})))]
        cue = writer.span("Cue", [statement.cue]) if statement.cue else None
        if cue:
            roles = [f"Source{i if i > 1 else ''}:{k}" for i, k in enumerate(speakers, 1)]
            writer.add("E", " ".join([f"Attribution:{cue}", f"Content:{key}", *roles]))
        else:
            for speaker in speakers:
                writer.relation("SaidBy", key, speaker)
        for relay in relays(statement):
            writer.relation("Through", key, _nearest(relay, statement.span, mentions.get(relay.id, {})))
        _parts(writer, statement, key)
    for statement in reading.statements:
        if statement.parent:
            writer.relation("In", written.get(statement.id), written.get(statement.parent))
    for dispute in reading.disputes:
        writer.relation("Denies", written.get(dispute.denial), written.get(dispute.claim))
    return "".join(line + "\n" for line in writer.lines)
