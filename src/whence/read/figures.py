"""Quantities in the text, with what compares them and what they count (docs/reference/figures.md)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from whence.read.annotations import Token
from whence.read.component import Component
from whence.read.document import Document
from whence.read.figure_guards import is_quantity, telephones
from whence.read.figure_units import unit_behind
from whence.read.figure_words import AFTER, BEFORE, CHANGE, DURATIONS, MONEY_WORD, PERCENT, SCORED
from whence.read.held import Held
from whence.read.multiples import MULTIPLE, of_multiple
from whence.read.number_places import digits_in, numbers_in
from whence.read.numbers import (
    DIGITS,
    FRACTION,
    INDEFINITE,
    SCALES,
    WORDS,
    number,
    of_digits,
    of_fraction,
    of_indefinite,
    of_words,
)
from whence.read.times import time_spans
from whence.records import COMPARATORS, Comparator, Figure
from whence.text.normalise import plain
from whence.text.offsets import Span, overlaps

__all__ = ["FIGURES", "figures"]

_PATTERNS = (
    ("multiple", MULTIPLE, numbers_in),
    ("fraction", FRACTION, numbers_in),
    ("indefinite", INDEFINITE, numbers_in),
    ("digits", DIGITS, digits_in),
    ("words", WORDS, numbers_in),
)
_RANGE = re.compile(r" to |-|\u2013| ?\u2013 ?| and |-? to ")
_TALLY = re.compile(r" (?:votes?|points?|seats|runs|goals?|games?|sets?|frames?) to ")
_MADE = re.compile(r"\b(?:rais|cut|boost|lift|hik|reduc|lower|mov)\w{0,4} (?:\w+ ){0,2}$", re.IGNORECASE)
_SUFFIXED = re.compile(r"(?:(?:-|\u2013| to | and )\d[\d.]{0,6}[mbkMBK])? (?:people|of|[a-z]+s)\b")
_PRICED = re.compile(r"[$\u00a3\u20ac\u00a5]\d[\d.,]{0,12}(?:-|\u2013| to | and )$")
_MINUS = re.compile(r"(?:(?<![\w.,%)])-|\bminus )$", re.IGNORECASE)
_AGE = re.compile(r"[ -](?:years?|months?|weeks?|days?)[ -]olds?\b")
_LASTING = re.compile(
    r"\b(?:for|to|after|of|by|with|spent|took|takes|lasted|served|is|was|were|been|worked|aged|at|from) $"
)
_AGED = re.compile(
    r"(?:\b[Aa]ged?|\b[A-Z][\w'-]{1,30},|\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er) [\w-]{1,24}(?: [\w-]{1,24})?,) $"
)


@dataclass(frozen=True, slots=True)
class _Atom:
    """One number: where it stands with percent sign or currency, its value, its unit if it carries one."""

    span: Span
    value: float | int
    unit: str | None = None
    scale: str | None = None
    kind: str = "digits"


def figures(text: str, span: Span, tokens: Sequence[Token] = (), folded: str | None = None) -> list[Figure]:
    """Find the quantities in a stretch of text.

    Args:
        text: the story.
        span: where to look.
        tokens: words with their parts of speech, in text order, where they are at hand: they show what is counted.
        folded: the story as `normalise.plain` has it, where it is at hand.

    Returns:
        Figures in text order, without overlaps. A span holds comparator, number, scale and percent sign or currency.
    """
    smooth = plain(text) if folded is None else folded
    pos = {t.span[0]: t.pos for t in tokens}
    atoms = _atoms(smooth, span)
    out: list[Figure] = []
    i = 0
    while i < len(atoms):
        ranged = _ranged(smooth, atoms, i, span) if i + 1 < len(atoms) else None
        if ranged is not None:
            out.append(_unit_of_range(smooth, ranged, atoms[i], atoms[i + 1], span, pos))
            i += 2
        elif i + 1 < len(atoms) and _is_score(smooth, atoms[i], atoms[i + 1], span):
            i += 2
        else:
            if (figure := _single(smooth, atoms[i], span, pos)) is not None:
                out.append(figure)
            i += 1
    return out


def _atoms(smooth: str, span: Span) -> list[_Atom]:
    """The numbers of a span that are no dates, in text order, without overlaps."""
    taken = sorted([*time_spans("", span, smooth), *telephones(smooth, span)])
    found: list[_Atom] = []
    for kind, pattern, find in _PATTERNS:
        fresh: list[Span] = []
        for match in find(pattern, smooth, span):
            if _hits(taken, match.span()):
                continue
            atom = _atom(kind, match, smooth, span)
            if atom is not None:
                found.append(atom)
            fresh.append(match.span())
        taken = sorted([*taken, *fresh])
    kept: list[_Atom] = []
    for atom in sorted(found, key=lambda a: a.span):
        joined = bool(kept) and kept[-1].span[1] + 1 >= atom.span[0]
        if is_quantity(smooth, atom.span, span, atom.kind, after_number=joined):
            kept.append(atom)
    return kept


def _hits(taken: Sequence[Span], span: Span) -> bool:
    i = bisect_left(taken, span)
    return any(overlaps(t, span) for t in taken[max(0, i - 1) : i + 1])


def _atom(kind: str, match: re.Match[str], smooth: str, span: Span) -> _Atom | None:
    start, end = match.span()
    unit: str | None = None
    scale: str | None = None
    value: float | int
    if kind == "multiple":
        times = of_multiple(match)
        return None if times is None else _Atom((start, end), times, "times", kind=kind)
    if kind == "fraction":
        parted = PERCENT.match(smooth, end, span[1]) if match["single"] else None
        unit = None if parted is None else "percentage points" if parted["points"] else "%"
        end = parted.end() if parted else match.end("all") if match["some"] else end
        return _Atom((start, end), of_fraction(match), unit, kind=kind)
    if kind == "indefinite":
        return _Atom((start, end), of_indefinite(match), kind=kind)
    if kind == "digits":
        scale = match["scale"] or match["suffix"]
        if (
            match["suffix"] in {"m", "M", "b", "B", "K"}
            and not match["currency"]
            and not _SUFFIXED.match(smooth, end, span[1])
            and not _PRICED.search(smooth, max(span[0], start - 20), start)
        ):
            # 100m is a race and $100m a fortune.
            unit, scale, end = match["suffix"], None, match.end("digits")
        value = of_digits(match["digits"], scale)
        unit = match["currency"].strip() if match["currency"] else unit
        if minus := _MINUS.search(smooth, max(span[0], start - 6), start):
            start, value = minus.start(), -value
    else:
        value = of_words(match.group())
        scale = next((w for w in reversed(match.group().lower().replace("-", " ").split()) if w in SCALES), None)
    if unit is None and (percent := PERCENT.match(smooth, end, span[1])):
        unit, end = ("percentage points" if percent["points"] else "%"), percent.end()
    elif unit is None and (money := MONEY_WORD.match(smooth, end, span[1])):
        unit, end = money["money"], money.end()
    return _Atom((start, end), value, unit, scale, kind)


def _ranged(smooth: str, atoms: Sequence[_Atom], i: int, span: Span) -> Figure | None:
    """The range that two neighbours make ("between 5 and 7", "5-7 percent"), or None."""
    low, high = atoms[i], atoms[i + 1]
    gap = smooth[low.span[1] : high.span[0]]
    if not _RANGE.fullmatch(gap) or {low.kind, high.kind} & {"multiple", "fraction", "indefinite"}:
        return None
    ahead = smooth[max(span[0], low.span[0] - 60) : low.span[0]]
    lead = re.search(r"\b(?:(?P<between>between)|from|anywhere from|somewhere between) $", ahead, re.IGNORECASE)
    if gap == " and " and not (lead and lead["between"]):
        return None
    # "It rose $2 to $45" tells by how much and how far; "it raises $200m to $250m" gives a range.
    if gap == " to " and CHANGE.search(ahead) and (lead or not _MADE.search(ahead) or high.value > 2 * low.value):
        return None
    if low.unit and high.unit and low.unit != high.unit:
        return None
    first = low.value
    if low.scale is None and high.scale is not None and low.value < high.value / SCALES[high.scale.lower()]:
        first = number(low.value * SCALES[high.scale.lower()])
    if first >= high.value or (
        gap.strip() in {"-", "\u2013"} and not (low.unit or high.unit) and SCORED.match(smooth, high.span[1], span[1])
    ):
        return None
    start = low.span[0] - len(lead.group()) if lead else low.span[0]
    return Figure((start, high.span[1]), (first, high.value), "between", high.unit or low.unit)


def _is_score(smooth: str, one: _Atom, two: _Atom, span: Span) -> bool:
    """Whether two numbers joined by a hyphen are a score or a tally, and no quantity."""
    gap = smooth[one.span[1] : two.span[0]]
    falls = one.value > two.value
    tallied = falls and _TALLY.fullmatch(gap) and not smooth.endswith("from ", span[0], one.span[0])
    joined = gap in {"-", "\u2013"} or (gap == " to " and falls) or tallied
    return bool(joined) and not one.unit and not two.unit


def _unit_of_range(smooth: str, figure: Figure, low: _Atom, high: _Atom, span: Span, pos: dict[int, str]) -> Figure:
    if figure.unit is not None:
        return figure
    if age := _AGE.match(smooth, high.span[1], span[1]):
        return replace(figure, span=(figure.span[0], age.end()), unit=_years(age))
    if _AGED.search(smooth, max(span[0], figure.span[0] - 60), figure.span[0]):
        return replace(figure, unit="years")
    return replace(figure, unit=unit_behind(smooth, high.span[1], span[1], pos, many=True))


def _single(smooth: str, atom: _Atom, span: Span, pos: dict[int, str]) -> Figure | None:
    start, end = atom.span
    comparator: Comparator = "exactly"
    if atom.kind == "indefinite":
        comparator = "about" if smooth[start : start + 8].lower() == "a couple" else "at-least"
    unit = atom.unit
    if age := _AGE.match(smooth, end, span[1]):
        return Figure(
            _compared(smooth, (start, age.end()), span)[0],
            atom.value,
            _compared(smooth, atom.span, span)[1] or "exactly",
            _years(age),
        )
    if unit is None and not smooth.startswith("-strong", end):
        after = AFTER.match(smooth, end, span[1])
        part = atom.kind == "fraction"
        unit = unit_behind(smooth, after.end() if after else end, span[1], pos, many=atom.value != 1, part=part)
    if unit is None and smooth.endswith(" a factor of ", span[0], start):
        unit = "times"
    if unit is None and _is_age(smooth, atom, span):
        unit = "years"
    whole, found = _compared(smooth, (start, end), span)
    # “Over three years” is during them, unless something is said to last, to cost or to be that long.
    during = found == "more" and unit in DURATIONS and smooth[whole[0] : start].lower() == "over "
    if during and not _LASTING.search(smooth, max(span[0], whole[0] - 12), whole[0]):
        whole, found = (start, end), None
    return Figure(whole, atom.value, found or comparator, unit)


def _years(age: re.Match[str]) -> str:
    """The unit of an age: “-year-old” is counted in years."""
    return age.group().strip(" -").split("-")[0].split(" ")[0].rstrip("s") + "s"


def _is_age(smooth: str, atom: _Atom, span: Span) -> bool:
    """Whether a bare number is somebody's age: “Anna Berg, 45, …”, “aged 45”."""
    if atom.kind != "digits" or not 1 <= atom.value <= 115 or atom.value != int(atom.value):
        return False
    ahead = _AGED.search(smooth, max(span[0], atom.span[0] - 60), atom.span[0])
    if ahead is None or not ahead.group().endswith(", "):
        return ahead is not None
    return atom.span[1] == span[1] or bool(re.match(r"[,.)]| and\b", smooth[atom.span[1] : atom.span[1] + 5]))


def _compared(smooth: str, at: Span, span: Span) -> tuple[Span, Comparator | None]:
    """A number's span widened by its comparator, and the comparator, None where there is none."""
    start, end = at
    comparator: Comparator | None = None
    if before := BEFORE.search(smooth, max(span[0], start - 40), start):
        comparator = _name(before)
        start = before.start()
    if comparator is None and (after := AFTER.match(smooth, end, span[1])):
        comparator = _name(after)
        end = after.end()
    return (start, end), comparator


def _name(match: re.Match[str]) -> Comparator:
    name = next(name for name, value in match.groupdict().items() if value is not None).replace("_", "-")
    return next(comparator for comparator in COMPARATORS if comparator == name)


def _apply(document: Document) -> None:
    folded = plain(document.text)
    starts = [t.span[0] for t in document.tokens]
    found: list[Figure] = []
    for paragraph in document.story.paragraphs:
        if paragraph.role in {"furniture", "byline", "badge"}:
            continue
        low, high = (bisect_left(starts, at) for at in paragraph.span)
        found.extend(figures(document.text, paragraph.span, document.tokens[low:high], folded))
    held = Held(found)
    for draft in document.drafts:
        draft.figures = held.within(draft.content)
        for figure in draft.figures:
            rule = f"“{document.words(figure.span)}” is {figure.comparator} {figure.value}"
            document.explain(draft, "figures", "figures", rule, evidence=(figure.span,))


FIGURES = Component(
    name="figures",
    requires=frozenset({"story", "drafts", "tokens"}),
    assigns=frozenset({"draft.figures"}),
    apply=_apply,
)
"""Sets the figures of all drafts."""
