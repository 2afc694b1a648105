"""Paragraphs of plain text: between blank lines, one a line, or hard-wrapped lines joined again."""

from __future__ import annotations

import re
from itertools import pairwise

from whence.ingest.badges import badge_line
from whence.ingest.byline import about_line, signature
from whence.ingest.dates import date_line
from whence.ingest.furniture import is_furniture
from whence.text.offsets import Span, strip

__all__ = ["paragraphs"]

# Every end of a line that Unicode knows (UAX 14, class BK, CR, LF, NL), CR LF as one.
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SEPARATORS = frozenset("\f\u2029\x1c\x1d")  # ends that also end the paragraph
_WIDEST = 120  # characters of a line: wider lines are not hard-wrapped
_NARROWEST = 40
_SLACK = 12  # characters by which a wrapped line may fall short of what fits
_WRAPPED = 0.75  # share of line ends that must be where wrapping would put them
_SHORT = 160  # characters of a line that may be furniture, byline, badge or date on its own
_TERMINAL = frozenset(".!?…\"'”’)]")
_INDENT = 2  # characters of white space that open a paragraph


def paragraphs(text: str) -> list[Span]:
    """Cut a plain text into paragraphs.

    Blank lines (and form feeds) always part paragraphs. Between them each line is a paragraph, unless the text is
    hard-wrapped: no line is wider than 120 characters, and three quarters of the line ends stand where the next word
    would not have fitted. Takes time linear in the text.

    Returns:
        Spans in order, without white space at either end, that together hold every other character once.
    """
    blocks = _blocks(text)
    width = _wrap_width(text, blocks)
    out: list[Span] = []
    for lines in blocks:
        start = lines[0][0]
        for line, after in pairwise(lines):
            if width is None or _ends_here(text, line, after, width):
                out.append(strip(text, (start, line[1])))
                start = after[0]
        out.append(strip(text, (start, lines[-1][1])))
    return [p for p in out if p[0] < p[1]]


def _blocks(text: str) -> list[list[Span]]:
    blocks: list[list[Span]] = []
    open_, at = False, 0
    ends = [(m.start(), m.end(), m.group()) for m in _LINE_END.finditer(text)]
    for stop, after, mark in [*ends, (len(text), len(text), "")]:
        if text[at:stop].strip():
            if open_:
                blocks[-1].append((at, stop))
            else:
                blocks.append([(at, stop)])
            open_ = mark not in _SEPARATORS
        else:
            open_ = False
        at = after
    return blocks


def _wrap_width(text: str, blocks: list[list[Span]]) -> int | None:
    """The column at which the text is hard-wrapped, or None."""
    pairs = [(a, b) for lines in blocks for a, b in pairwise(lines)]
    if not pairs:
        return None
    width = max(len(text[a:b].rstrip()) for lines in blocks for a, b in lines)
    if not _NARROWEST <= width <= _WIDEST:
        return None
    full = sum(_fits_not(text, line, after, width) for line, after in pairs)
    # Three line ends at least: two short paragraphs of one length are no proof of wrapping.
    return width if len(pairs) > 2 and full >= _WRAPPED * len(pairs) else None


def _fits_not(text: str, line: Span, after: Span, width: int) -> bool:
    head = text[after[0] : after[0] + width + 1].lstrip().split(maxsplit=1)
    return len(text[line[0] : line[1]].rstrip()) + 1 + (len(head[0]) if head else 0) > width - _SLACK


def _ends_here(text: str, line: Span, after: Span, width: int) -> bool:
    """Whether, in a hard-wrapped text, a paragraph ends with `line`."""
    words, following = text[line[0] : line[1]], text[after[0] : after[1]]
    if not _fits_not(text, line, after, width):
        return True
    if len(following) - len(following.lstrip()) >= _INDENT + len(words) - len(words.lstrip()):
        return True
    return _stands_alone(words) or _stands_alone(following)


def _stands_alone(line: str) -> bool:
    if len(line) > _SHORT:
        return False
    found = (badge_line(line), about_line(line), signature(line), date_line(line))
    return any(f is not None for f in found) or (is_furniture(line) and line.rstrip()[-1:] not in _TERMINAL)
