"""What a number counts: the noun behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from whence.read.figure_words import IRREGULAR, MEASURES, STOPS

__all__ = ["unit_behind"]

_BASIS = re.compile(r"[ -]basis points?\b")
_NEXT = re.compile(r"(?: |-)([A-Za-z][\w'-]*)")
_ATTACHED = re.compile(r"(?:km|kg|mg|ml|kWh|kHz|MHz|mph|kph|cm|mm|ft|lbs?|g|m|MW|GW|GB|°[CF]|C|F)\b")
_ARTICLE = re.compile(r" (?:the|its|their|his|her|our|all|those|these|my)\b")
_WHOLE = re.compile(r" \d[\d,]{0,14}(?= )")
_REACH = 5
_QUALIFIERS = ("JJ", "VBN", "VBG", "RB", "CD", "NNP", "DT", "PRP$", "POS")


def unit_behind(text: str, at: int, end: int, pos: Mapping[int, str], many: bool, part: bool = False) -> str | None:
    """The noun that a number counts.

    Args:
        text: the story, with straight marks.
        at: where the number ends.
        end: where the stretch that is read ends.
        pos: parts of speech of the words, by offset; empty where they are not at hand.
        many: whether the noun should be a plural.
        part: whether it is a share of one thing, that may stand in the singular: "a third of the harvest".

    Returns:
        The noun as it stands, or None.
    """
    if many and (attached := _ATTACHED.match(text, at, end)):
        return attached.group()
    if basis := _BASIS.match(text, at, end):
        return basis.group()[1:]
    counted = None
    if part and (article := _ARTICLE.match(text, at, end)):
        at = article.end()
    for step in range(_REACH):
        match = _NEXT.match(text, at, end)
        if not match:
            break
        word, start = match.group(1), match.start(1)
        low = word.lower()
        if low == "of" and step == 0:
            at = match.end()
            while article := _ARTICLE.match(text, at, end):
                at = article.end()
            # “300 of its 2,000 jobs”: both count jobs.
            if whole := _WHOLE.match(text, at, end):
                at = whole.end()
            continue
        tag = pos.get(start, "")
        if tag in {"NN", "NNS"}:
            counted = word
            if tag == "NNS":
                break
        elif counted or low in STOPS or (tag and not tag.startswith(_QUALIFIERS)):
            break
        elif not tag:
            if _is_plural(low) or low in MEASURES or (part and _ends(text, match.end(), end)):
                return word
            if not low.isalpha() and "-" not in low:
                break
        at = match.end()
    return counted


def _ends(text: str, at: int, end: int) -> bool:
    """Whether a noun phrase ends here: no word follows, or one that opens no noun."""
    follows = _NEXT.match(text, at, end)
    return follows is None or follows.group(1).lower() in STOPS


def _is_plural(word: str) -> bool:
    return word in IRREGULAR or (len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")))
