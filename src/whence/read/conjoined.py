"""Second cues that the tagger took into a content: "said the dam was safe and accused the firm of lying".

In the gold of PolNeAR's training split, a past or present tense cue of speech or judgement behind "and" or "but", in
the same tense as the cue before it, opens an attribution of its own 126 times and is part of the content 24 times; a
participle behind a comma, where no finite verb stands between, 152 times against 13 (docs/decisions/0004).
"""

from __future__ import annotations

import re
from dataclasses import replace

from whence.read.annotations import Attribution
from whence.read.document import Document
from whence.read.quotes import inside, quoted_spans
from whence.read.selection import cue_class, decide
from whence.records import Span
from whence.text.offsets import strip

__all__ = ["split"]

_AND = re.compile(r"(?:,|;)?\s+(?:and|but|yet|then)\s+(?:(?:also|later|then|again|even|\w{2,20}ly)\s+)?([a-z]+)\b")
_COMMA = re.compile(r",\s+(?:\w{2,20}ly\s+)?(?!according\b)([a-z]+ing)\b")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD", "VBZ/VBP"})
_TENSES = frozenset({"VBD", "VBZ", "VBP", "VBZ/VBP"})
_MARKS = " ,;:"


def _tense(doc: Document, a: Attribution) -> str | None:
    """The tag of the cue's finite verb."""
    tags = [t.pos for piece in a.cue for t in doc.tokens_in(piece) if t.pos in _TENSES]
    return tags[-1] if tags else None


def _second_cue(doc: Document, a: Attribution, piece: Span) -> Span | None:
    """Where a second cue of the same speaker begins in a piece of content, and ends."""
    tense = _tense(doc, a)
    quoted = quoted_spans(doc.text, piece)
    for pattern in (_AND, _COMMA):
        for m in pattern.finditer(doc.text, *piece):
            token = doc.token_at(m.start(1))
            if token is None or inside(m.span(1), quoted) or cue_class(m.group(1))[0] not in ("speech", "judgement"):
                continue
            before = doc.tokens_in((piece[0], m.start()))
            if pattern is _AND and tense is not None and token.pos == tense:
                return m.span(1)
            if pattern is _COMMA and token.pos == "VBG" and not any(t.pos in _FINITE for t in before):
                return m.span(1)
    return None


def split(doc: Document, a: Attribution) -> list[Attribution]:
    """An attribution, as one for each of its cues.

    Args:
        a: an attribution as the tagger gave it.

    Returns:
        The attribution unchanged, or it with the content up to the second cue, and one with the same source for each
        cue that follows. Only a content behind its cue is looked at: before it, there is no room for a second one.
    """
    if not a.cue or cue_class(" ".join(doc.words(c) for c in a.cue))[0] not in ("speech", "judgement"):
        return [a]
    for n, piece in enumerate(a.content):
        if piece[0] < a.cue[-1][1]:
            continue
        cue = _second_cue(doc, a, piece)
        if cue is None:
            continue
        lead = max(doc.text.rfind(mark, piece[0], cue[0]) for mark in (",", " and ", " but ", " yet ", " then "))
        first, rest = strip(doc.text, (piece[0], lead), _MARKS), strip(doc.text, (cue[1], piece[1]), _MARKS)
        content = (rest, *a.content[n + 1 :])
        if first[0] == first[1] or rest[0] == rest[1]:
            continue
        if decide(doc.text, a.source, (cue,), content, doc.tokens_in(rest))[0]:
            second = replace(a, cue=(cue,), content=content)
            return [replace(a, content=(*a.content[:n], first)), *split(doc, second)]
    return [a]
