"""The same quantity in two texts: figures of one thing, and whether both can be right."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from whence.match.terms import terms
from whence.records import Figure
from whence.records.said import Quantity, QuantityPair

__all__ = ["pair_quantities", "quantities"]

_NEAR = 40  # characters to each side of a figure in which its subject is looked for
_ROUNDED = 0.1  # a number that is said to be "about" another may be so much off
_UNITS = {
    "per cent": "%", "percent": "%", "percentage": "%", "dollars": "$", "dollar": "$", "us$": "$", "usd": "$",
    "euros": "€", "euro": "€", "eur": "€", "pounds": "£", "gbp": "£", "people": "person", "persons": "person",
    "km": "kilometre", "kilometers": "kilometre", "kilometres": "kilometre", "metres": "metre", "meters": "metre",
}  # fmt: skip


def quantities(text: str, figures: Iterable[Figure]) -> tuple[Quantity, ...]:
    """The figures of a text as bounds.

    Args:
        text: the text that the figures' spans are into.
        figures: as the reader found them.
    """
    out = []
    for figure in figures:
        low, high = figure.value if isinstance(figure.value, tuple) else (figure.value, figure.value)
        bounds = {
            "more": (low, math.inf),
            "at-least": (low, math.inf),
            "less": (-math.inf, high),
            "at-most": (-math.inf, high),
            "nearly": (low * (1 - _ROUNDED), high),
            "about": (low * (1 - _ROUNDED), high * (1 + _ROUNDED)),
        }.get(figure.comparator, (low, high))
        words = " ".join(text[slice(*figure.span)].split())
        out.append(Quantity(float(bounds[0]), float(bounds[1]), figure.unit, words, figure.span))
    return tuple(out)


def pair_quantities(
    here: Sequence[Quantity], there: Sequence[Quantity], text: str, other: str
) -> tuple[QuantityPair, ...]:
    """Figures of two texts that measure the same thing.

    Two figures do where their units are the same and, for what is counted in units that fit much (percent, money,
    people), the words around them have one in common; of several that could, each takes the one whose surroundings
    have most in common.

    Args:
        here: figures of `text`.
        there: figures of `other`.
        text, other: the texts.

    Returns:
        Pairs in the order of `here`.
    """
    out: list[QuantityPair] = []
    taken: set[int] = set()
    for mine in here:
        best: tuple[int, int] | None = None
        for place, yours in enumerate(there):
            if place in taken or (unit := _unit(mine.unit)) is None or unit != _unit(yours.unit):
                continue
            common = len(_around(mine, text) & _around(yours, other))
            if (common or unit not in _BROAD) and (best is None or common > best[0]):
                best = (common, place)
        if best is not None:
            taken.add(best[1])
            yours = there[best[1]]
            agree = mine.low <= yours.high and yours.low <= mine.high
            out.append(QuantityPair(mine, yours, _same(mine, yours, agree), agree))
    return tuple(out)


def _same(mine: Quantity, yours: Quantity, agree: bool) -> bool:
    """Whether two figures give one number: closed ranges that meet, or the same edge of an open one."""
    if math.isfinite(mine.low + mine.high) and math.isfinite(yours.low + yours.high):
        return agree
    edges = [next(v for v in (q.low, q.high) if math.isfinite(v)) for q in (mine, yours)]
    return agree and math.isclose(*edges)


_BROAD = frozenset(["%", "$", "€", "£", "person", "year", "day", "month", "week", "hour", "minute", "time"])


def _unit(unit: str | None) -> str | None:
    if not unit:
        return None
    name = " ".join(unit.lower().split())
    name = _UNITS.get(name, name)
    return name[:-1] if len(name) > 3 and name.endswith("s") and not name.endswith("ss") else name


def _around(quantity: Quantity, text: str) -> set[str]:
    """The words that may name what a figure measures: those near it, or all where its place is not known."""
    start, end = quantity.span or (0, len(text))
    near = text[max(0, start - _NEAR) : end + _NEAR]
    own = set(quantity.words.lower().split()) | {_unit(quantity.unit)}
    return {t.stem for t in terms(near) if t.kind in ("word", "name") and t.stem not in own}
