"""Transcripts and interviews: lines that begin with the name of who speaks, or with "Q:" and "A:"."""

from __future__ import annotations

import re

from whence.read.annotations import Attribution
from whence.read.document import Document
from whence.read.lines import NAME, lines
from whence.read.outlets import Outlets, same_outlet
from whence.records import Span
from whence.text.offsets import strip

__all__ = ["transcript"]

_BOLD = r"(?:\*\*|__)"
_TURN = re.compile(rf"{_BOLD}?(Q|A|{NAME})\s?(?P<bold>{_BOLD})?\s?:\s?(?P<after>{_BOLD})?\s*(?=\S)")
_ASKS = frozenset({"q", "question", "interviewer", "host", "reporter", "moderator", "journalist"})
_ANSWERS = frozenset({"a", "answer"})
_FEWEST_TURNS = 3
"""Turns from which lines that begin "Name:" are a transcript and not, say, a relay line or a list."""


def transcript(doc: Document) -> tuple[list[Attribution], list[Span]]:
    """Turns of a transcript or an interview.

    At least three lines must begin with a name and a colon, and one speaker must do so twice; a name in bold is enough
    by itself. What the interviewer says is the page's own voice. "A:" is whoever the lines above the first turn name,
    if that is one person.

    Returns:
        The attributions, and the spans of the questions, which are nobody's but the page's.
    """
    turns = [(line, m) for line in lines(doc) if (m := _TURN.match(doc.text, *line))]
    bold = [(line, m) for line, m in turns if m["bold"] or m["after"]]
    names = [m.group(1) for _, m in turns]
    if len(turns) < _FEWEST_TURNS or len(set(names)) == len(names):
        turns = bold
    outlets = Outlets(doc.text, doc.entities) if turns else None
    said: list[Attribution] = []
    asked: list[Span] = []
    for line, m in turns:
        words = strip(doc.text, (m.end(), line[1]))
        label = m.group(1)
        if words[0] == words[1]:
            continue
        of_page = doc.story.outlet is not None and same_outlet(label, doc.story.outlet)
        outlet = outlets.at(m.start(1)) if outlets is not None else None
        if label.casefold() in _ASKS or of_page or (outlet is not None and outlet.span == m.span(1)):
            asked.append(line)
            continue
        colon = doc.text.index(":", m.end(1))
        answers = label.casefold() in _ANSWERS
        source = _interviewed(doc, turns[0][0][0]) if answers else (m.span(1),)
        said.append(Attribution(source, ((colon, colon + 1),), (words,), 0.95, laid_out=True))
    return said, asked


def _interviewed(doc: Document, before: int) -> tuple[Span, ...]:
    """The one person whom the story names in full above its first turn, as one span; nothing where they are several."""
    named = [e.span for e in doc.entities if e.label == "PERSON" and e.span[1] <= before]
    full = [s for s in named if " " in doc.words(s)]
    return (full[-1],) if len({doc.words(s) for s in full}) == 1 else ()
