"""Sentences of news English: where they begin and end (docs/decisions/0007-sentences.md says why it is our own)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from whence.text.abbreviations import EXCLAIMING, JOINING, NUMBERING, REPORTING, STARTERS, TRAILING
from whence.text.normalise import plain
from whence.text.offsets import Span, strip

__all__ = ["sentences"]

# A possible end: the marks, whatever closes behind them, and then a space, or a capital that a lost space glued to it;
# or the end of a line with a list item below.
_END = re.compile(r"(?P<marks>[.!?…]{1,12})(?P<close>[\"')\]]{0,4})(?=\s|[\"'(]?[A-Z])|\n(?=[ \t]{0,8}[•*▪●–—―-][ \t])")
_NEXT = re.compile(r"\s*(?P<open>[\"'(\[—–―-]{0,4})\s?(?P<word>\w[\w'-]{0,30}(?:\.\w\b)?)?")
_BEFORE = re.compile(r"[^\s\"'(\[—–/]+$")
_CLAUSE = re.compile(
    rf"(?:[A-Z][\w.'-]{{0,30}},? ){{1,5}}(?:{REPORTING})\b(?! (?:that|he|she|it|they|the|his|her|there)\b)"
    rf"|(?:the|a|an|one|his|her) (?:\w[\w-]{{0,20}} ){{1,4}}(?:{REPORTING})\b",
)
_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]")
_CLOCK = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[ECMPAGB]\.?[SDM]?\.?T\b|UTC|Eastern|Pacific|Central|Mountain|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
)
_LABEL = re.compile(
    r"\b(?:[a-z]\w*|Plan|Vitamin|Class|Grade|Category|Type|Group|Hepatitis|Section|Part|Exhibit|Schedule|Title|Team|"
    r"Room|Gate|Column) $"
)


def sentences(text: str, blocks: Sequence[Span]) -> list[Span]:
    """Cut blocks of text into sentences.

    A sentence inside a quotation is a sentence; the marks that close behind it belong to it, and a reporting clause
    (“Is it?” she asked.) belongs to the sentence it reports. Takes time linear in the text.

    Args:
        text: any text.
        blocks: paragraphs, in order, each inside the text; no sentence crosses from one into the next.

    Returns:
        Spans in order, without white space at either end, that together hold every other character of the blocks once.

    Raises:
        ValueError: a block reaches outside the text or overlaps the one before it.
    """
    out: list[Span] = []
    folded = plain(text)
    at = 0
    for start, end in blocks:
        if not at <= start <= end <= len(text):
            raise ValueError(
                f"blocks are in order and inside the text of {len(text)} characters; got {(start, end)} after {at}"
            )
        at = end
        first = start
        for cut in _cuts(folded, start, end):
            span = strip(text, (first, cut))
            if span[0] < span[1]:
                out.append(span)
            first = cut
        span = strip(text, (first, end))
        if span[0] < span[1]:
            out.append(span)
    return out


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """The offsets inside a block at which one sentence ends and the next may begin, in order."""
    first = start
    for match in _END.finditer(text, start, end):
        if match["marks"] is None or _ends(text, match, first, end):
            yield match.end()
            first = match.end()


def _ends(text: str, match: re.Match[str], first: int, end: int) -> bool:
    """Whether the marks of a match end a sentence that began at `first`."""
    at = match.end()
    glued = at < end and not text[at].isspace()
    following = _NEXT.match(text, at, min(end, at + 60))
    assert following is not None, "every part of the pattern is optional"
    opened, word = following["open"], following["word"] or ""
    marks, closed = match["marks"], match["close"]
    before = _BEFORE.search(text, max(first, match.start() - 24), match.start())
    last = before.group() if before else ""
    if glued:
        # A space was lost (“said.The”); anything else without a space is a name, an address or a number.
        return (bool(closed) or (len(last) > 2 and last.islower())) and word in STARTERS
    if not word:
        rest = text[at : min(end, at + 4)].strip()
        return bool(rest) and rest[0] not in ",;:)]"
    if word[0].islower():
        return bool(opened) and opened[-1] in "\"'" and marks != "…" and "..." not in marks
    if marks[0] in "!?":
        if marks == "!" and last in EXCLAIMING and not closed:
            return False
        return not ('"' in closed or "'" in closed) or not _CLAUSE.match(
            text, at + len(following.group()) - len(word), min(end, at + 160)
        )
    if marks != ".":
        if text[first : match.start()].isspace():
            return False  # “It is over. ... We lost”: the dots stand for what was left out before the next sentence.
        return bool(opened) or word in STARTERS or bool(closed) or len(marks) > 3
    if closed and closed != ")":
        return True
    return _stops(text, last, word, opened, first, match.start())


def _stops(text: str, last: str, word: str, opened: str, first: int, at: int) -> bool:
    """Whether a full stop at `at` behind the word `last` ends a sentence, and is not that of an abbreviation."""
    number = word[0].isdigit()
    begun = at - len(last) <= first or text[first : at - len(last)].isspace()
    if last.isdigit() and begun:
        return False  # "1. The first of a list."
    if last in JOINING:
        return False
    if last in NUMBERING and number:
        return False
    dateline = bool(opened) and opened[0] in "—–―-"  # OAKVILLE, N.Y. — The mayor
    starter = not dateline and (word in STARTERS or bool(opened and opened[-1] in "\"'("))
    if last in TRAILING or (last[:1].isupper() and last.lower() in {"u.s", "u.k"}):
        return (starter or (last.lower() in {"a.m", "p.m", "am", "pm"} and not _CLOCK.match(word))) and not number
    if len(last) == 1 and last.isalpha():
        if last.islower():
            return not begun
        return (starter and last == "I") or (starter and bool(_LABEL.search(text, max(first, at - 20), at - 1)))
    if "." in last and _INITIALS.fullmatch(last):
        return starter
    return True
