"""Where in a story a number can begin: trying the patterns there alone is what makes looking for figures fast.

A number in words begins with one of a few dozen words, a number in digits near a digit. `finditer` here gives what the
pattern's own gives, for the patterns of `numbers` and `multiples`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from whence.text.literals import lowered
from whence.text.offsets import Span

__all__ = ["digits_in", "numbers_in", "places"]

_RUN = re.compile(r"[^\W_]+|[½⅓⅔¼¾]")
_DIGITS = re.compile(r"\d+")
_CURRENCY = 4
"""Characters of the longest currency before a number in digits: "USD "."""

_SCALES = "hundred thousand million billion trillion dozen".split()
_PARTS = "third quarter fifth sixth seventh eighth ninth tenth".split()
_FIRST = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety half tens dozens hundreds thousands "
    "millions billions trillions scores several many doubled tripled trebled quadrupled halved doubling tripling "
    "trebling quadrupling halving double triple treble quadruple halve twice thrice".split()
    + _SCALES
)
"""Words with which a number or a multiple begins."""
_AFTER_A = frozenset([*_SCALES, *_PARTS, *(f"{p}s" for p in _PARTS), "few", "couple"])
"""Words that make "a" or "an" before them a number."""
_FOLD = re.compile(r"([a-z]+|\d+)fold")


@lru_cache(maxsize=2)
def places(text: str) -> tuple[list[int], list[int]]:
    """Where numbers in words, fractions and multiples can begin, and where runs of digits do, in text order.

    Args:
        text: the story, with straight marks; of the last ones given the places are kept.
    """
    low = lowered(text)
    starts: list[int] = []
    article: int | None = None
    for m in _RUN.finditer(low):
        word = m.group()
        if word in ("a", "an"):
            article = m.start()
            continue
        if article is not None and word in _AFTER_A:
            starts.append(article)
        article = None
        first = word[0]
        if word in _FIRST or not first.isalpha() or (word.endswith("fold") and _FOLD.fullmatch(word)):
            starts.append(m.start())
    return starts, [m.start() for m in _DIGITS.finditer(text)]


def numbers_in(pattern: re.Pattern[str], text: str, span: Span) -> Iterator[re.Match[str]]:
    """What a pattern of numbers in words, of fractions or of multiples finds in a stretch of a text.

    Args:
        pattern: one whose matches begin at one of the places.
        text: the story, with straight marks.
        span: where to look.
    """
    starts, _ = places(text)
    at = span[0]
    for i in range(bisect_left(starts, span[0]), bisect_left(starts, span[1])):
        if starts[i] >= at and (m := pattern.match(text, starts[i], span[1])):
            yield m
            at = max(m.end(), starts[i] + 1)


def digits_in(pattern: re.Pattern[str], text: str, span: Span) -> Iterator[re.Match[str]]:
    """What a pattern of numbers in digits, each perhaps with a currency before it, finds in a stretch of a text.

    Args:
        pattern: one whose matches begin at a digit or up to `_CURRENCY` characters before one.
        text: the story.
        span: where to look.
    """
    _, runs = places(text)
    at = span[0]
    cut = [at] if 0 < at < span[1] and text[at].isdigit() and text[at - 1].isdigit() else []
    for run in (*cut, *runs[bisect_left(runs, at) : bisect_left(runs, span[1])]):
        if (m := _first_match(pattern, text, max(at, run - _CURRENCY), run, span[1])) is None:
            continue
        while m is not None:
            yield m
            at = m.end()
            # A run of more digits than a number has goes on behind it.
            m = pattern.match(text, at, span[1]) if at < span[1] and text[at].isdigit() else None


def _first_match(pattern: re.Pattern[str], text: str, first: int, last: int, end: int) -> re.Match[str] | None:
    attempts: Sequence[int] = range(max(0, first), last + 1)
    return next((m for at in attempts if (m := pattern.match(text, at, end))), None)
