"""Words of a text as the index knows them: stems, with what kind of word each is and where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from whence.match.values import is_year, values
from whence.match.words import MONTHS, NEGATIONS, WEAK
from whence.text.normalise import plain
from whence.text.offsets import Span

if TYPE_CHECKING:
    from Stemmer import Stemmer

__all__ = ["Term", "cut", "terms"]

_TOKEN = re.compile(
    r"(?P<skip>https?://\S{1,500}|\b(?:pic\.twitter|t)\.c[\w./]{1,60})"
    r"|(?P<number>\d{1,15}(?:[.,]\d{1,9}){0,6})"
    r"|(?P<word>[^\W\d_]{1,60}(?:'[^\W\d_]{1,20})*)"
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_OPENS = re.compile(r"[.!?:;\"'(\[—–]\s*$|^\s*$")


class Term(NamedTuple):
    """A word of a text.

    Attributes:
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
    before: tuple[str, int] | None = None
    for match in _TOKEN.finditer(smooth):
        if match.lastgroup == "skip":
            continue
        is_word = match.lastgroup == "word"
        for start, end in _pieces(smooth, match) if is_word else (match.span(),):
            raw = smooth[start:end]
            stem, kind = _known(raw)
            # The first word of a sentence has a capital whatever it is.
            if kind == "name" and _OPENS.search(smooth, max(0, start - 4), start):
                kind = "word"
            found.append(Term(stem, (start, end), kind))
            if is_word and before is not None and before[1] + 1 == start and smooth[start - 1] == "-":
                found.append(Term(_known(before[0] + raw)[0], (before[1] - len(before[0]), end), "word"))
            before = (raw, end) if is_word else None
    return found + [Term(number.stem, number.span, "number") for number in values(text)]


@lru_cache(maxsize=1024)
def cut(text: str) -> tuple[Term, ...]:
    """The same as `terms`, remembered: a query and the claims that it meets are looked at several times."""
    return tuple(terms(text))


def _pieces(smooth: str, match: re.Match[str]) -> Sequence[Span]:
    start, end = match.span()
    if start == 0 or smooth[start - 1] not in "#@":
        return (match.span(),)
    humps = [hump.start() for hump in _HUMP.finditer(smooth, start, end)]
    return list(zip([start, *humps], [*humps, end], strict=True))


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer:
    from Stemmer import Stemmer

    return Stemmer("english")


@lru_cache(maxsize=65536)
def _known(raw: str) -> tuple[str, str]:
    """Stem and kind of a word, as it would be inside a sentence."""
    low = raw.lower()
    if low[0].isdigit():
        return low.replace(",", "").rstrip("."), "date" if is_year(raw) else "weak"
    bare = low.replace("'", "")
    stem: str = _stemmer().stemWord(low.removesuffix("'s").replace("'", ""))
    if bare in NEGATIONS or low.endswith("n't"):
        return stem, "negation"
    if low in MONTHS and raw[0].isupper():
        return stem, "date"
    if low in WEAK:
        return stem, "weak"
    return stem, "name" if raw[0].isupper() else "word"
