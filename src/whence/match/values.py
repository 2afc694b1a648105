"""Numbers of a text by their value, so that "3 million" is "3,000,000" and not "3 thousand"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whence.match.words import NUMBER_WORDS, SCALES
from whence.text.normalise import plain
from whence.text.offsets import Span

__all__ = ["Value", "is_year", "values"]

_SMALL = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_NUMBER = re.compile(
    r"(?<![\w.])(?P<money>[$£€¥₹] ?)?"
    r"(?:(?P<digits>\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?)|(?P<word>\b(?:a(?= (?:hundred|thousand"
    rf"|[mbtr]{{1,2}}illion)\b)|{_SMALL})(?:[- ](?:{_SMALL}))?\b))"
    r"(?P<scales>(?:[ -]?(?:hundred|thousand|million|billion|trillion|mn|bn|tn|k|m|b)\b){0,3})"
    r"(?P<percent> ?%| ?percent\b| ?per cent\b)?",
    re.IGNORECASE,
)
_SCALE = re.compile(r"[a-z]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """A number in a text.

    Args:
        value: with its scale multiplied in.
        unit: "%", "$" for money of any currency, or "".
        span: where it stands, with currency, scale and percent sign.
    """

    value: float
    unit: str
    span: Span

    @property
    def stem(self) -> str:
        """The number as a term of the index; no word is one."""
        return f"={self.value:.6g}"


def values(text: str) -> list[Value]:
    """Find the numbers of a text that are no years.

    Args:
        text: any text.

    Returns:
        Numbers in text order; they do not overlap.
    """
    found = []
    for match in _NUMBER.finditer(plain(text)):
        bare = not (match["money"] or match["scales"] or match["percent"])
        if bare and (is_year(match.group()) or match.group().lower() in {"one", "half"}):
            continue
        value = float(match["digits"].replace(",", "")) if match["digits"] else _of_words(match["word"])
        for scale in _SCALE.findall(match["scales"]):
            value *= SCALES[scale.lower()]
        unit = "%" if match["percent"] else "$" if match["money"] else ""
        found.append(Value(value, unit, match.span()))
    return found


def is_year(token: str) -> bool:
    """Whether digits look like a year between 1500 and 2099."""
    return len(token) == 4 and token.isdigit() and "1500" <= token <= "2099"


def _of_words(words: str) -> float:
    # "twenty-five" is a sum; "a" before a scale is one.
    return sum(NUMBER_WORDS.get(word, 1.0) for word in re.split(r"[- ]", words.lower()))
