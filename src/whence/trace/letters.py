"""What each code point is to a word: part of it, a word of its own, nothing, or the end of it; and its folded form."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["ALONE", "BREAK", "LAST", "PART", "SILENT", "Letters", "folded", "letters"]

BREAK, PART, SILENT, ALONE = 0, 1, 2, 3
"""Ends a word; part of one; counts for nothing wherever it stands; a word by itself (scripts without spaces)."""

LAST = 0x32000
"""Code points from here on are in no script that stories are written in, and end a word."""

_APOSTROPHES = "'\u2019\u2018\u02bc\u02b9`\u00b4\uff07"
_UNSPACED = (
    (0x0E00, 0x0F00),  # Thai, Lao
    (0x1000, 0x10A0),  # Myanmar
    (0x1780, 0x1800),  # Khmer
    (0x3040, 0x3100),  # kana
    (0x3400, 0x4DC0),  # CJK ideographs
    (0x4E00, 0xA000),
    (0xF900, 0xFB00),
    (0x20000, LAST),
)
_PLAIN = ((0x3400, 0x4DC0, ALONE), (0x4E00, 0xA000, ALONE), (0xAC00, 0xD7A4, PART), (0x20000, LAST, ALONE))
"""Ideographs and Hangul syllables: each is its own folded form."""
_EMPTY = ((0xD800, 0xF900), (0x11000, 0x1D400), (0x1D800, 0x1E900), (0x1F000, 0x20000))
"""Surrogates, private use, ancient scripts and pictures: they end a word."""
_POINTING = ((0x0300, 0x0370), (0x0591, 0x05C8), (0x064B, 0x0660), (0x1AB0, 0x1B00), (0x1DC0, 0x1E00), (0x20D0, 0x2100))
"""Marks over and under letters that outlets write or leave out: accents, Hebrew points, Arabic vowels."""


@dataclass(frozen=True)
class Letters:
    """Tables over code points.

    Attributes:
        role: uint8 (LAST): BREAK, PART, SILENT or ALONE.
        first: int32 (LAST + 1): where the folded form of each begins in `forms`.
        forms: int32: code points of folded forms.
    """

    role: NDArray[np.uint8]
    first: NDArray[np.int32]
    forms: NDArray[np.int32]


def _within(point: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= point < high for low, high in ranges)


def folded(letter: str) -> tuple[int, str]:
    """One code point's role and its folded form.

    The form is the compatibility decomposition in lower case without accents, so that "é", "É" and "e" are one, "ﬁ" is
    "fi" and a letter means the same whether its accent is part of it or follows it.

    Args:
        letter: one code point.

    Returns:
        The role, and the form; empty unless the role is PART or ALONE.
    """
    point = ord(letter)
    for low, high, role in _PLAIN:
        if low <= point < high:
            return role, letter
    if point >= LAST or _within(point, _EMPTY):
        return BREAK, ""
    category = unicodedata.category(letter)
    if letter in _APOSTROPHES or category == "Cf" or _within(point, _POINTING):
        return SILENT, ""
    if category[0] not in "LMN":
        return BREAK, ""
    form = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    form = "".join(c for c in form if unicodedata.category(c)[0] in "LMN" and not _within(ord(c), _POINTING))
    if not form:
        return SILENT, ""
    return (ALONE if _within(point, _UNSPACED) and category[0] == "L" else PART), form


@lru_cache(maxsize=1)
def letters() -> Letters:
    """The tables; made once a process."""
    role = np.zeros(LAST, np.uint8)
    forms: list[int] = []
    counts = np.zeros(LAST, np.int32)
    settled = {low: (high, BREAK) for low, high in _EMPTY} | {low: (high, each) for low, high, each in _PLAIN}
    point = 0
    while point < LAST:
        if point in settled:  # a whole range at once, or the tables would take half a second
            high, role[point:high] = settled[point][0], settled[point][1]
            if settled[point][1] != BREAK:
                counts[point:high] = 1
                forms.extend(range(point, high))
            point = high
            continue
        role[point], form = folded(chr(point))
        counts[point] = len(form)
        forms.extend(map(ord, form))
        point += 1
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return Letters(role, first, np.array(forms, np.int32))
