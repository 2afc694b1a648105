"""Quotation marks: what stands between them, and how much of a statement does."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from whence.read.component import Component
from whence.read.document import Document
from whence.records import Quote
from whence.text.offsets import Span, merge, overlaps

__all__ = ["QUOTES", "inside", "kind_of_quote", "quoted_in", "quoted_spans"]

_MARK = re.compile(r"''|``|[\"“”„‟«»‘’'‹›＂]")
_WORD = re.compile(r"[^\W_]+")
_LEAD = re.compile(r"[\W_]{0,8}(?:and |but )?that\b[\W_]{0,8}", re.IGNORECASE)
_STOP = re.compile(r"[.?!…](?=\s|$)")
_CLIPPED = re.compile(r"'(?:\d0s|\d\d\b|tis\b|twas\b|em\b|til\b|cause\b|n'|n\b|round\b|bout\b)", re.IGNORECASE)

_OPENERS = {"“": '”"', "„": '“”"', "‟": '”"', "«": "»", "``": "''", "‹": "›"}
_DOUBLE = {'"', "''", "＂"}


def quoted_spans(text: str, block: Span) -> list[Span]:
    """Find what stands in quotation marks in one paragraph.

    Knows curly, straight, single (British), low (German) and angle marks. A quotation inside another is part of it. One
    that is opened and not closed reaches to the end of the paragraph where it fills it from the start or the next
    paragraph opens again, else to the end of its sentence. Takes time linear in the paragraph.

    Args:
        text: the story.
        block: offsets of the paragraph.

    Returns:
        Spans with their marks, in order, without overlaps.
    """
    out: list[Span] = []
    start, end = block
    opened: tuple[int, str] | None = None
    singles: list[tuple[int, bool]] | None = None
    skip_to = start
    for match in _MARK.finditer(text, start, end):
        mark, at, after = match.group(), match.start(), match.end()
        if at < skip_to:
            continue
        if opened is not None:
            closes = mark in opened[1] if len(mark) == 1 else mark == opened[1]
            inches = mark == '"' and text[at - 1].isdigit() and text[opened[0]] != '"'
            if closes and not inches:
                if mark in _DOUBLE and _opens(text, at, after, block):
                    out.append((opened[0], _end_of_unclosed(text, opened[0], (start, at))))
                    opened = (at, mark)
                    continue
                out.append((opened[0], after))
                opened = None
            continue
        if mark in _OPENERS:
            opened = (at, _OPENERS[mark])
        elif mark in _DOUBLE or mark == "”" or mark == "»":
            if _opens(text, at, after, block):
                opened = (at, {"»": "«", "”": "”"}.get(mark, mark))
            elif mark != "»" and not out and not text[at - 1 : at].isdigit() and at > start:
                out.append((start, after))  # The mark that opened it is missing.
        elif mark in "‘'":
            singles = _single_closers(text, block) if singles is None else singles
            close = _single_end(text, match, block, singles)
            if close is not None:
                out.append((at, close))
                skip_to = close
    if opened is not None:
        out.append((opened[0], _end_of_unclosed(text, opened[0], block)))
    return [s for s in out if s[1] - s[0] > 1]


def _opens(text: str, at: int, after: int, block: Span) -> bool:
    """Whether a mark that serves both ends opens a quotation here."""
    before = text[at - 1] if at > block[0] else " "
    behind = text[after] if after < block[1] else " "
    return (before.isspace() or before in "([{—–-/“‘'\"") and not behind.isspace()


def _end_of_unclosed(text: str, opened: int, block: Span) -> int:
    """Where a quotation that is never closed ends."""
    end = block[1]
    while end > opened and text[end - 1].isspace():
        end -= 1
    if opened == block[0] or text[block[0] : min(opened, block[0] + 8)].isspace():
        return end
    at = block[1]
    while at < len(text) and text[at].isspace():
        at += 1
    if at < len(text) and text[at] in '“"„«':
        return end
    stop = _STOP.search(text, opened, end)
    return stop.end() if stop else end


def _single_closers(text: str, block: Span) -> list[tuple[int, bool]]:
    """Where a single mark may close a quotation, and whether it may as well be a possessive (“the workers' pay”)."""
    out: list[tuple[int, bool]] = []
    for match in re.finditer(r"(?<=\S)['’](?!\w)", text[block[0] : block[1]]):
        at = block[0] + match.start()
        if at == block[0]:
            continue
        follows = text[at + 1 : at + 3]
        out.append((at, text[at - 1] in "sS" and len(follows) == 2 and follows[0] == " " and follows[1].islower()))
    return out


def _single_end(text: str, match: re.Match[str], block: Span, closers: Sequence[tuple[int, bool]]) -> int | None:
    """The end of the quotation that a single mark opens, or None where it is an apostrophe."""
    at = match.start()
    if match.group() == "'" and _CLIPPED.match(text, at):
        return None
    before = text[at - 1] if at > block[0] else " "
    behind = text[at + 1] if at + 1 < block[1] else " "
    if not (before.isspace() or before in '([{—–-/“"') or behind.isspace():
        return None
    fallback: int | None = None
    for i in range(
        bisect_left(closers, (at + 2, False)), min(len(closers), bisect_left(closers, (at + 2, False)) + 64)
    ):
        close, doubtful = closers[i]
        if not doubtful:
            # A doubtful mark ahead of this one closes if another quotation is opened in between.
            if fallback is not None and re.search(
                r"(?<![^\s(])['‘](?=\w)", text[fallback : min(close, fallback + 400)]
            ):
                return fallback
            return close + 1
        fallback = fallback or close + 1
    if fallback is None and match.group() == "‘" and at == block[0]:
        return block[1]
    return fallback


def quoted_in(document: Document) -> list[Span]:
    """All quotations of a story, block quotations of the page included, in order.

    Returns:
        Spans without overlaps.
    """
    blocks = tuple((p.span, p.quoted) for p in document.story.paragraphs)
    return list(_quoted_in(document.text, blocks))


@lru_cache(maxsize=1)  # Three components ask for the same story's, one after the other.
def _quoted_in(text: str, blocks: tuple[tuple[Span, bool], ...]) -> tuple[Span, ...]:
    out: list[Span] = []
    for span, quoted in blocks:
        out.extend([span] if quoted else quoted_spans(text, span))
    return tuple(merge(out))


def inside(span: Span, quotations: Sequence[Span]) -> bool:
    """Whether a span touches a quotation.

    Args:
        quotations: in order, without overlaps.
    """
    i = bisect_left(quotations, (span[0], span[0]))
    return any(overlaps(span, q) for q in quotations[max(0, i - 1) : i + 1])


def kind_of_quote(text: str, content: Sequence[Span], quotations: Sequence[Span]) -> tuple[Quote, tuple[Span, ...]]:
    """How much of a statement stands in quotation marks.

    A leading “that” and signs other than words count for nothing.

    Args:
        content: the statement's words, as pieces in text order.
        quotations: the story's quotations, in order, without overlaps.

    Returns:
        `direct` where all words are quoted, `indirect` where none is, else `mixed`; and the quotations it touches.
    """
    quoted = 0
    total = 0
    touched: list[Span] = []
    for index, (start, end) in enumerate(content):
        lead = _LEAD.match(text, start, end) if index == 0 else None
        for word in _words(text, (lead.end() if lead and lead.end() < end else start, end)):
            total += 1
            i = bisect_left(quotations, (word[0] + 1, word[0] + 1)) - 1
            if i >= 0 and quotations[i][1] >= word[1]:
                quoted += 1
                if not touched or touched[-1] != quotations[i]:
                    touched.append(quotations[i])
    if not quoted:
        return "indirect", ()
    return ("direct" if quoted == total else "mixed"), tuple(touched)


def _words(text: str, span: Span) -> Iterator[Span]:
    return (m.span() for m in _WORD.finditer(text, *span))


def _apply(document: Document) -> None:
    quotations = quoted_in(document)
    rules = {
        "direct": "all of the content stands in quotation marks",
        "indirect": "no word of the content stands in quotation marks",
        "mixed": "part of the content stands in quotation marks",
    }
    for draft in document.drafts:
        if draft.voice == "own":
            continue
        draft.quote, touched = kind_of_quote(document.text, draft.content, quotations)
        document.explain(draft, f"quote={draft.quote}", "quotes", rules[draft.quote], evidence=touched)


QUOTES = Component(
    name="quotes",
    requires=frozenset({"story", "drafts"}),
    assigns=frozenset({"draft.quote"}),
    apply=_apply,
)
"""Sets the quote kind of attributed drafts."""
