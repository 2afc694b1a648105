"""Numbers that are no quantities: names, telephone numbers, ordinals, versions, pronouns."""

from __future__ import annotations

import re

from whence.read.figure_words import BEFORE, IRREGULAR, MEASURES, NAMED
from whence.text.offsets import Span

__all__ = ["is_quantity", "telephones"]

_PHONE = re.compile(r"(?<![\w,.])\(?\+?\d{1,5}[)]?(?:[ .-]{1,2}\(?\d{2,5}\)?){1,5}(?![\w,]|\.\d)")
_BEHIND = re.compile(r"(?:[A-Za-z_@\d]|[/:]\d|\.\d|,\d{3}|'s\b)")
_ATTACHED = re.compile(r"(?:km|kg|mg|ml|kWh|kHz|MHz|mph|kph|g|cm|mm|ft|lbs?|C|F|GB|MB|TB|MW|GW|kW|p|c|m|in|hrs?|x)\b")
_SINGLE_PART = re.compile(r"(?:an?|one)[ -]\w+$", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|about|nearly|almost|than|roughly|over|under|around|approximately|to) $", re.IGNORECASE)
_STREET = re.compile(r" (?:[A-Z]\w+ ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Boulevard|Place|Square|Court)\b")
_WORD_AHEAD = re.compile(r"([\w.#'-]+) $")
_WORD_BEHIND = re.compile(r"[ -]([a-z][\w'-]*)")
_PRONOUN_AHEAD = frozenset(
    "no any every each this that which the another some only or number day as not is was be for with from to by and "
    "but of than when if because".split()
)
_COMPOUND = re.compile(r"-(?!strong\b|odd\b|plus\b)(?P<word>[A-Za-z]+)")
_KEPT_COMPOUND = frozenset(
    "year month week day hour minute mile kilometre kilometer km metre meter foot feet acre ton tonne point page "
    "percent per seat bed room storey story member person man woman dollar pound inch yard degree game match goal "
    "run vote".split()
)
_BARE_SCALE = re.compile(r"(?:hundred|thousand|million|billion|trillion)\b", re.IGNORECASE)


def telephones(text: str, within: Span) -> list[Span]:
    """Where telephone numbers and the like stand: nine digits or more, in groups.

    Returns:
        Spans in order, without overlaps.
    """
    return [m.span() for m in _PHONE.finditer(text, *within) if sum(c.isdigit() for c in m.group()) >= 9]


def is_quantity(text: str, at: Span, within: Span, kind: str, after_number: bool = False) -> bool:
    """Whether a number is a quantity.

    Args:
        text: the story, with straight marks.
        at: the number, with its percent sign or currency.
        within: the stretch that is read.
        kind: digits, words, fraction, indefinite or multiple.
        after_number: whether another number stands right before it, as in a range.
    """
    if kind in ("indefinite", "multiple"):
        return True
    if kind == "fraction":
        ahead = text[max(within[0], at[0] - 14) : at[0]]
        if _SINGLE_PART.match(text, at[0], at[1]) and not text.startswith(" of ", at[1]) and not _BY.search(ahead):
            return False  # “a third man”, “a quarter later”.
        return not re.search(r"(?:first|second|third|fourth|other|better|opening|closing|1st|2nd|final) $", ahead, re.I)
    if kind == "words":
        return _is_counting(text, at, within)
    return _is_number(text, at, within, after_number)


def _is_number(text: str, at: Span, within: Span, after_number: bool) -> bool:
    start, end = at
    first = text[start]
    left = text[start - 1] if start > within[0] else " "
    if not first.isdigit():
        return not left.isalnum()
    if left.isalnum() or left in "_./:#@'$" or (left == "," and text[start - 2 : start - 1].isdigit()):
        return False
    if left in "-\u2013" and not after_number:
        return False
    if start == within[0] and text[end : end + 2] in {". ", ") "}:
        return False  # The number of a list.
    behind = _BEHIND.match(text, end, within[1])
    if behind and not (behind.group()[0].isalpha() and _ATTACHED.match(text, end, within[1])):
        return False
    compound = _COMPOUND.match(text, end, within[1])
    if compound and compound["word"].lower() not in _KEPT_COMPOUND:
        return False
    if _STREET.match(text, end, within[1]):
        return False
    return not (text[end - 1].isdigit() and _is_name(text, start, end, within))


def _is_name(text: str, start: int, end: int, within: Span) -> bool:
    """Whether a bare number belongs to the word before it: “Section 230”."""
    ahead = _WORD_AHEAD.search(text, max(within[0], start - 24), start)
    if not ahead:
        return False
    word = ahead.group(1)
    if word.lower().rstrip(".") in NAMED:
        return not (
            word.lower() in {"top", "no", "week", "day", "season", "game", "round", "ground", "line", "page"}
            and _counts(text, end)
            and word.lower() not in {"no"}
        )
    if not word[0].isupper() or BEFORE.search(text, max(within[0], start - 40), start):
        return False
    at = ahead.start(1)
    begins = (
        at <= within[0]
        or (text[max(0, at - 2) : at].strip() in {"", ".", "?", "!", '."', '"', ":", "("} and text[at - 1] != " ")
        or bool(re.search(r"[.?!:][\"')]? $", text[max(0, at - 4) : at]))
    )
    return not begins and not _counts(text, end)


def _counts(text: str, end: int) -> bool:
    """Whether the word behind a number is what it counts."""
    behind = _WORD_BEHIND.match(text, end, end + 24)
    if not behind:
        return False
    word = behind.group(1)
    return (
        word in IRREGULAR
        or word in MEASURES
        or (word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3)
    )


def _is_counting(text: str, at: Span, within: Span) -> bool:
    start, end = at
    left = text[start - 1] if start > within[0] else " "
    words = text[start:end].lower()
    if left in "-_/@#" or left.isalnum():
        return False
    ahead = _WORD_AHEAD.search(text, max(within[0], start - 24), start)
    before = ahead.group(1) if ahead else ""
    if _BARE_SCALE.fullmatch(words) or words == "dozen":
        return words == "dozen" and before.lower() in {"the", "that"}
    if before in {
        "Big",
        "Fab",
        "Area",
        "Formula",
        "Channel",
        "Chapter",
        "Phase",
        "Act",
        "Part",
        "Group",
        "Ground",
        "ground",
        "Radio",
        "Day",
        "Number",
        "number",
    }:
        return False
    if text[start].isupper() and before in {"of", "the", "Magnificent"} and start > within[0] + 4:
        return False
    compound = _COMPOUND.match(text, end, within[1])
    if compound and compound["word"].lower() not in _KEPT_COMPOUND:
        return False
    if words == "one":
        return _is_one(text, at, within, before.lower())
    return not (words == "zero" and not _counts(text, end))


def _is_one(text: str, at: Span, within: Span, before: str) -> bool:
    """Whether "one" counts, and is no pronoun: “one person”, “at least one”."""
    if BEFORE.search(text, max(within[0], at[0] - 40), at[0]):
        return not text.startswith(" of the ", at[1])
    if before in _PRONOUN_AHEAD and before not in {"not", "and", "with", "from", "to", "by", "for", "of"}:
        return False
    behind = _WORD_BEHIND.match(text, at[1], at[1] + 24)
    return behind is not None and behind.group(1) in MEASURES - {"day", "time", "point", "case"}
