"""The words of a stretch of text, with what their form tells: capital, possessive ending."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from whence.records import Span

__all__ = ["Word", "words_anew", "words_in"]

_SHORT = 400
"""Characters of a text below which its words are not worth keeping."""

_WORD = re.compile(r"[^\W_]+(?:[-.’'/&][^\W_]+)*")
_POSSESSIVE = frozenset(("'s", "’s"))


class Word(NamedTuple):
    """A word of the story.

    Args:
        span: where it stands, without a possessive ending.
        text: its letters.
        possessive: whether it has a possessive ending.
        low: in lower case.
        capital: whether it begins with a capital or a figure, as words of names do.
    """

    span: Span
    text: str
    possessive: bool
    low: str
    capital: bool

    @classmethod
    def of(cls, span: Span, text: str, possessive: bool = False) -> Word:
        """The word with these letters at a span."""
        return cls(span, text, possessive, *_form(text))


@lru_cache(maxsize=1 << 14)
def _form(text: str) -> tuple[str, bool]:
    """A word in lower case, and whether it begins as words of names do."""
    low = text.lower()
    return low, text[0].isupper() or (text[0].isdigit() and not low.endswith("-year-old"))


def words_in(text: str, span: Span) -> list[Word]:
    """The words at a span.

    Args:
        text: the story; the words of the last few texts given are kept.
        span: where to look; a word that lies across its end is cut there.
    """
    if len(text) < _SHORT:
        return words_anew(text, span)
    starts, ends, words = _words_of(text)
    first = bisect_left(starts, span[0])
    last = bisect_left(starts, span[1], lo=first)
    found = words[first:last]
    end = ends[last - 1] if found else -1
    if end > span[1] or (end == span[1] and found[-1].possessive and found[-1].span[1] == end):
        # Outside the span nothing is seen: not the rest of a word, nor that "workers" is "workers'".
        found[-1:] = words_anew(text, (starts[last - 1], span[1]))
    if first > 0 and ends[first - 1] > span[0]:
        found[:0] = words_anew(text, (span[0], min(span[1], ends[first - 1] + 1)))
    return found


@lru_cache(maxsize=4)
def _words_of(text: str) -> tuple[list[int], list[int], list[Word]]:
    """Where the words of a text begin and end, possessive ending included, and the words."""
    words = words_anew(text, (0, len(text)))
    # A possessive ending of two characters is part of what was found, and no part of the word.
    ends = [w.span[1] + 2 * (w.possessive and text[w.span[1] : w.span[1] + 2] in _POSSESSIVE) for w in words]
    return [w.span[0] for w in words], ends, words


def words_anew(text: str, span: Span) -> list[Word]:
    """The words at a span, found by looking at the text: what `words_in` gives, only more slowly."""
    found = []
    for m in _WORD.finditer(text, span[0], span[1]):
        word, end = m.group(), m.end()
        owned = word[-2:] in _POSSESSIVE and len(word) > 2
        if owned:
            word, end = word[:-2], end - 2
        elif text[end : end + 1] in ("'", "’") and word.endswith("s") and end < span[1]:
            owned = True
        found.append(Word.of((m.start(), end), word, owned))
    return found
