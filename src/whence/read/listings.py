"""Lists behind "The minister promised:": each item is a statement of the one who promised."""

from __future__ import annotations

import re

from whence.read.annotations import Attribution
from whence.read.document import Document
from whence.read.lines import lines
from whence.read.selection import cue_class
from whence.records import Span
from whence.text.offsets import strip

__all__ = ["listed"]

_BULLET = re.compile(r"(?:[-–—•*·▪●◦►]|\d{1,2}[.)]|\([a-z\d]\)|[a-z]\))\s+(?=\S)")
_ENDS = re.compile(r"[;,.]?(?:\s(?:and|or))?[;,.\s]*$")
_ACCORDING = re.compile(r"(According to)\s([^,:\n]{2,90}),", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][\w'’-]*")
_PARTICLE = re.compile(r"\s(?:on|upon|for|out)\b")
_HELPERS = frozenset(
    "has have had also now then will would was were is are been be repeatedly today yesterday further jointly".split()
)
_NO_SOURCE = frozenset("which that who there here what this these".split())
_LONGEST_SOURCE = 14  # words


def listed(doc: Document) -> list[Attribution]:
    """Items of lists whose first line attributes them; each item is a content of its own, with that line's cue.

    The items are the lines behind one that ends with a colon, as long as each has a bullet or a number.
    """
    found: list[Attribution] = []
    body = lines(doc)
    for n, line in enumerate(body):
        if doc.text[line[1] - 1] != ":":
            continue
        items: list[Span] = []
        for item in body[n + 1 :]:
            bullet = _BULLET.match(doc.text, *item)
            if bullet is None:
                break
            end = _ENDS.search(doc.text, bullet.end(), item[1])
            items.append((bullet.end(), end.start() if end else item[1]))
        head = _head(doc, line) if items else None
        if head is not None:
            source, cue = head
            found += [Attribution((source,), (cue,), (i,), 0.9, laid_out=True) for i in items if i[0] < i[1]]
    return found


def _head(doc: Document, line: Span) -> tuple[Span, Span] | None:
    """Source and cue of a line that opens a list, or None where nobody says anything in it."""
    sentence = max(doc.sentence_of(line[1] - 1)[0], line[0])
    accord = _ACCORDING.match(doc.text, sentence, line[1])
    if accord:
        return accord.span(2), accord.span(1)
    found = None
    for m in _WORD.finditer(doc.text, sentence, line[1]):
        token = doc.token_at(m.start())
        verb = token is not None and token.span[0] == m.start() and token.pos.startswith("VB")
        if not verb or cue_class(m.group())[0] not in ("speech", "judgement") or m.group()[0].isupper():
            continue
        start = max(doc.text.rfind(", ", sentence, m.start()) + 2, sentence)
        words = list(_WORD.finditer(doc.text, start, m.start()))
        while words and (words[-1].group().lower() in _HELPERS or words[-1].group().endswith("ly")):
            words.pop()
        if not words or len(words) > _LONGEST_SOURCE or words[0].group().lower() in _NO_SOURCE:
            continue
        behind = _PARTICLE.match(doc.text, m.end(), line[1])
        found = strip(doc.text, (start, words[-1].end())), (m.start(), behind.end() if behind else m.end())
    return found
