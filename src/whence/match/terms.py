"""Words of a text as the index knows them: stems, with what kind of word each is and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from whence.match.values import is_year, values
from whence.match.words import MONTHS, NEGATIONS, WEAK
from whence.text.normalise import plain
from whence.text.offsets import Span

if TYPE_CHECKING:
    from Stemmer import Stemmer

__all__ = ["Term", "terms"]

_TOKEN = re.compile(
    r"(?P<skip>https?://\S{1,500}|\b(?:pic\.twitter|t)\.c[\w./]{1,60})"
    r"|(?P<number>\d{1,15}(?:[.,]\d{1,9}){0,6})"
    r"|(?P<word>[^\W\d_]{1,60}(?:'[^\W\d_]{1,20})*)"
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OPENS = re.compile(r"[.!?:;\"'(\[—–]\s*$|^\s*$")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a text.

    Args:
        stem: in lower case, without ending; of a number its value, after "=".
        span: where it stands.
        kind: number, date (a month or a year), name (a capital where none has to be), negation, weak (articles,
            pronouns and their like) or word.
    """

    stem: str
    span: Span
    kind: str


def terms(text: str) -> list[Term]:
    """Cut a text into its words.

    Addresses are left out; "#WorldNews" and "@WorldNews" are two words each; "year-old" is two words and, joined, a
    third, as people leave the hyphen out; "3 million" is two words and a number.

    Args:
        text: any text.

    Returns:
        Terms in text order, then the numbers.
    """
    smooth = plain(text)
    found: list[Term] = []
    before: tuple[str, Span] | None = None
    for match in _TOKEN.finditer(smooth):
        if match["skip"]:
            continue
        for start, end in _pieces(smooth, match):
            raw = smooth[start:end]
            term = Term(_stem(raw), (start, end), _kind(raw, smooth, start))
            found.append(term)
            hyphened = before is not None and before[1][1] + 1 == start and smooth[start - 1] == "-"
            if hyphened and before is not None and match["word"]:
                found.append(Term(_stem(before[0] + raw), (before[1][0], end), "word"))
            before = (raw, (start, end)) if match["word"] else None
    return found + [Term(number.stem, number.span, "number") for number in values(text)]


def _pieces(smooth: str, match: re.Match[str]) -> Iterator[Span]:
    start, end = match.span()
    if not match["word"] or start == 0 or smooth[start - 1] not in "#@":
        yield start, end
        return
    last = start
    for hump in _HUMP.finditer(smooth, start, end):
        yield last, hump.start()
        last = hump.start()
    yield last, end


def _kind(raw: str, smooth: str, start: int) -> str:
    low = raw.lower()
    if raw[0].isdigit():
        return "date" if is_year(raw) else "weak"
    if low.replace("'", "") in NEGATIONS or low.endswith("n't"):
        return "negation"
    if low in MONTHS and raw[0].isupper():
        return "date"
    if low in WEAK:
        return "weak"
    if raw[0].isupper() and not _OPENS.search(smooth, max(0, start - 4), start):
        return "name"
    return "word"


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer:
    from Stemmer import Stemmer

    return Stemmer("english")


@lru_cache(maxsize=65536)
def _stem(raw: str) -> str:
    low = raw.lower()
    if low[0].isdigit():
        return low.replace(",", "").rstrip(".")
    low = low.removesuffix("'s").replace("'", "")
    stem: str = _stemmer().stemWord(low)
    return stem
