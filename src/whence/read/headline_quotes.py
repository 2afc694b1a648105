"""Headlines that say who says it: "'We were robbed', says coach", "Ida Colm: “We wait”", "Pier shut, council says".

The tagger has seen running text only. What a headline attributes is said again in the body as a rule, so that only
forms that can hardly be anything else count.
"""

from __future__ import annotations

import re

from whence.read.document import Document, Draft
from whence.read.quotes import quoted_spans
from whence.read.source_lexicon import classes, singular
from whence.records import Span
from whence.text.offsets import overlaps, strip

__all__ = ["attributed_in_headline"]

_CUE = (
    r"(?:says?|said|claims?|claimed|warns?|warned|insists?|admits?|tells?|reveals?|vows?|reports?|finds?|argues?"
    r"|suggests?)"
)
_SOURCE = r"[^\W_][^,:;“”\"‘\n]{1,60}?"
_BEHIND = re.compile(
    rf"(?P<said>.{{3,200}}?)(?:,|[”\"’'»]|(?<=[”\"’'»]),)?\s(?P<cue>{_CUE}) (?P<source>{_SOURCE})"
    r"(?=$|\s(?:as|after|amid|over|in|ahead|following|despite|while|but|on|at)\b|[,;:]|\s[-–—]\s)"
)
_LAST = re.compile(rf"(?P<said>.{{8,200}}?),\s(?P<source>{_SOURCE}) (?P<cue>{_CUE})$")
_COLON = re.compile(r"(?P<source>[^\W_][^,:;“”\"‘’\n]{1,50}): (?P<said>\S.{3,200})$")
_PEOPLE = frozenset({"person", "office", "bio", "state", "body", "group", "document"})
_NOT_PEOPLE = re.compile(
    r"\b(?:war|crisis|live|video|watch|review|row|talks|election|vote|analysis|opinion|explained)\b", re.IGNORECASE
)


def attributed_in_headline(doc: Document) -> list[Draft]:
    """The one statement that a headline attributes, as a list; empty where it attributes none for certain."""
    headline = doc.story.headline
    if headline is None:
        return []
    quoted = quoted_spans(doc.text, headline)
    found = _colon(doc, headline, quoted) or _last(doc, headline) or _behind(doc, headline, quoted)
    if found is None:
        return []
    source, cue, said, rule = found
    draft = Draft(content=(said,), source=(source,), cue=(cue,), voice="attributed", score=0.85, origin="headline")
    doc.explain(draft, "voice=attributed", "patterns", rule, 0.85, (cue,))
    return [draft]


_Found = tuple[Span, Span, Span, str]


def _behind(doc: Document, headline: Span, quoted: list[Span]) -> _Found | None:
    """'X', says Y: a whole quotation, or words up to a comma, and behind them who says so."""
    m = _BEHIND.match(doc.text, *headline)
    if m is None:
        return None
    cue = m.span("cue")
    said = next((q for q in quoted if q[0] == headline[0] and q[1] <= cue[0] <= q[1] + 2), None)
    if said is None:
        if doc.text[cue[0] - 2] != ",":
            return None
        said = strip(doc.text, (headline[0], cue[0]), ", ")
    if any(overlaps(q, cue) for q in quoted) or len(doc.words(said).split()) < 2:
        return None
    return m.span("source"), cue, said, "the headline says behind the words who says them"


def _last(doc: Document, headline: Span) -> _Found | None:
    m = _LAST.match(doc.text, *headline)
    if m is None or len(m["source"].split()) > 6:
        return None
    return m.span("source"), m.span("cue"), m.span("said"), "the headline ends with who says so"


def _colon(doc: Document, headline: Span, quoted: list[Span]) -> _Found | None:
    """Y: 'X'. Without marks, only where Y is a word for somebody who speaks, not a topic."""
    m = _COLON.match(doc.text, *headline)
    if m is None or len(m["source"].split()) > 6 or _NOT_PEOPLE.search(m["source"]):
        return None
    said, colon = m.span("said"), (m.end("source"), m.end("source") + 1)
    whole = next((q for q in quoted if q[0] == said[0] and q[1] - q[0] >= 12), None)
    if whole is not None:
        return m.span("source"), colon, whole, "the headline quotes behind a name and a colon"
    head = singular(m["source"].split()[-1].casefold())[0]
    if not classes(head) & _PEOPLE or len(doc.words(said).split()) < 3:
        return None
    return m.span("source"), colon, said, "the headline says it behind a speaker and a colon"
