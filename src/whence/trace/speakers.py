"""Quotations of a text with whoever is quoted, where the words beside the marks say so: a light scan for archives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whence.text.offsets import Span
from whence.text.quotations import quoted

__all__ = ["LEAST_QUOTE", "Quote", "quotes_in"]

LEAST_QUOTE = 6
"""Words of a quotation that is worth following; shorter ones are phrases that many use."""

_SAID = (
    r"(?:said|says|told|tells|added|adds|wrote|writes|argued|warned|insisted|explained|stated|announced|replied|"
    r"declared|continued|recalled|tweeted|testified|claimed|denied|noted)"
)
_NAME = r"((?:[A-Z][\w.’'-]{0,30}\s){0,3}[A-Z][\w’'-]{1,30})"
_NOBODY = frozenset("He She They It We I You The A An In On At But And His Her Their This That One".split())
_AFTER = re.compile(
    rf"[,.]?\s*(?:{_SAID}\s(?:the\s)?(?:[a-z-]+\s){{0,3}}{_NAME}|{_NAME}(?:,[^,.\n”\"]{{1,60}},)?\s{_SAID}\b)"
)
_BEFORE = re.compile(rf"{_NAME}(?:,[^,.\n”\"]{{1,60}},)?\s{_SAID}\b[^.\n”\"]{{0,60}}$")
_REACH = 140


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: where it stands, marks included, its words, and whoever is quoted if the text says so near by."""

    span: Span
    words: int
    source: str | None = None


def quotes_in(text: str) -> list[Quote]:
    """Find the quotations of `LEAST_QUOTE` words or more.

    Args:
        text: a story's text.
    """
    out = []
    for start, end in quoted(text):
        words = len(text[start:end].split())
        if words >= LEAST_QUOTE:
            out.append(Quote((start, end), words, _source(text, start, end)))
    return out


def _source(text: str, start: int, end: int) -> str | None:
    """Whoever is named beside a verb of saying, behind the quotation or before it."""
    found = _AFTER.match(text, end, min(len(text), end + _REACH)) or _BEFORE.search(text, max(0, start - _REACH), start)
    if found is None:
        return None
    words = next(name for name in found.groups() if name).split()
    while words and words[0] in _NOBODY:
        words = words[1:]
    return " ".join(words) or None
