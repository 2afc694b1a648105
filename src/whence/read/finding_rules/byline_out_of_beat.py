"""What the byline says of its author shares no field with the subject of the story.

It holds only where both are plain: the author states a background and nothing that makes a journalist, the story's
words tell its subject, and neither field is the other's neighbour.
"""

from __future__ import annotations

import re
from collections import Counter

from whence.read.document import Document
from whence.read.finding_rules.fields import BACKGROUND, RELATED, SUBJECT
from whence.read.wording import stems
from whence.records import Finding, Span

__all__ = ["find"]

_LEAST = 6  # words of its field that a story holds, at least
_SHARE = 0.2  # of the words of all fields, that a field has to be one of the story's
_PLAUSIBLE = 5000  # articles of one author; more is one a day for fourteen years
_JOURNALIST = re.compile(
    r"\b(?:reporter|journalist|correspondent|editor|columnist|writer|staff|freelancer?|desk|newsroom|agency|bureau)\b",
    re.IGNORECASE,
)


def _background(doc: Document) -> tuple[frozenset[str], tuple[Span, ...], str]:
    """The fields that a byline states, where it states them, and its words."""
    byline = doc.story.byline
    if byline is None:
        return frozenset(), (), ""
    words = " ".join(filter(None, (byline.role, doc.words(byline.about) if byline.about else None)))
    held = set(stems(words))
    fields = frozenset(field for field, known in BACKGROUND.items() if known & held)
    spans = tuple(s for s in (byline.about or byline.span,) if s)
    return (frozenset() if _JOURNALIST.search(words) else fields), spans, words


def _subjects(doc: Document) -> tuple[str | None, frozenset[str]]:
    """The field that most of a story's words tell, if enough do, and all fields that a part of it is about."""
    tally: Counter[str] = Counter()
    for p in doc.story.paragraphs:
        if p.role in ("headline", "body"):
            for word in stems(doc.words(p.span)):
                tally.update(field for field, known in SUBJECT.items() if word in known)
    if not tally or max(tally.values()) < _LEAST:
        return None, frozenset()
    total = sum(tally.values())
    some = frozenset(field for field, n in tally.items() if n >= _SHARE * total)
    return max(sorted(tally), key=lambda field: tally[field]), some


def find(doc: Document) -> Finding | None:
    """The finding, where it holds."""
    stated, spans, words = _background(doc)
    if not stated or doc.story.byline is None:
        return None
    subject, some = _subjects(doc)
    near = stated | {f for pair in RELATED if pair & stated for f in pair}
    if subject is None or near & (some | {subject}):
        return None
    byline = doc.story.byline
    about = " ".join(words.split())[:160].rstrip(". ")
    says = f"The byline says of {byline.name}: “{about}”. The story is about {subject}."
    if byline.articles and byline.articles > _PLAUSIBLE:
        says += f" It also counts {byline.articles:,} articles by this author."
    return Finding("byline-out-of-beat", says, spans)
