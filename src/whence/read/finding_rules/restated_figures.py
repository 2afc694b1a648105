"""Figures that one source sets against another's: "The ministry puts the figure at 6%", "Insurers estimated it at …".

What "the figure", "the number" or "it" counts is what the nearest figure before counts. Where the words name the
quantity ("put the cost of the bridge at …"), they must stand around that figure, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from whence.read.document import Document, Draft
from whence.read.wording import stem, stems
from whence.records import Figure

__all__ = ["restated"]

_STATEMENTS = 3  # before the one that sets a figure against another, among which that other is looked for
_LEAD = 110  # characters before a figure in which the words that set it stand
_PUTS = re.compile(
    r"\b(?:put|puts|putting|estimate|estimates|estimated|estimating|set|sets|reckon|reckons|reckoned|peg|pegs|pegged|count|"
    r"counts|counted|place|places|placed)\s(?P<what>[^.,;:]{2,60}?)\sat\s(?:[a-z]+\s){0,3}$",
    re.IGNORECASE,
)
_IS = re.compile(
    r"\b(?:the|that|their|its)\s(?P<what>(?:real |true |actual |correct )?(?:figure|number|total|toll|tally|sum|count|"
    r"cost|bill|price|share|rate|damage)(?:\sof\s[^.,;:]{3,40}?)?)\s(?:was|is|were|had been|would be|could be|"
    r"stood at|came to|should be)\s(?:[a-z]+\s){0,3}$",
    re.IGNORECASE,
)
_GENERAL = frozenset(
    stem(w) for w in "figure number total toll tally sum count amount estimate real true actual correct".split()
)
_POINTS = re.compile(r"(?:it|that|this|them|those)$", re.IGNORECASE)
_OTHER_TIME = re.compile(
    r"\b(?:last (?:year|month|week|season)|previous(?:ly)?|earlier|a (?:year|month|week|decade) (?:ago|before)|"
    r"compared|until|now|then|by \d{4}|in \d{4}|next (?:year|month|week|season)|since)\b",
    re.IGNORECASE,
)


def restated(doc: Document) -> Iterator[tuple[Draft, Figure, Draft, Figure]]:
    """Pairs of figures by two sources for what the words say is one quantity, the earlier first."""
    for n, draft in enumerate(doc.drafts):
        for figure in draft.figures:
            what = _what(doc, figure)
            if what is None:
                continue
            found = _earlier(doc, doc.drafts[max(0, n - _STATEMENTS) : n], draft, figure, what)
            if found is not None:
                yield (*found, draft, figure)


def _what(doc: Document, figure: Figure) -> frozenset[str] | None:
    """Stems of the quantity that a figure is set for, empty for "it" and "the figure"; None where none is set."""
    sentence = doc.sentence_of(figure.span[0])
    lead = doc.text[max(sentence[0], figure.span[0] - _LEAD) : figure.span[0]]
    m = _PUTS.search(lead) or _IS.search(lead)
    if m is None or _OTHER_TIME.search(doc.words(sentence)):
        return None
    what = m["what"].strip()
    return frozenset() if _POINTS.match(what) else frozenset(stems(what)) - _GENERAL


def _earlier(
    doc: Document, before: list[Draft], draft: Draft, figure: Figure, what: frozenset[str]
) -> tuple[Draft, Figure] | None:
    """The nearest figure before of the same unit, if somebody else gave it and the words around it fit."""
    days = {t.value for t in draft.times if t.value}
    speakers = {s.id for s in draft.sources}
    for other in reversed(before):
        for one in reversed(other.figures):
            if not _one_unit(one, figure):
                continue
            apart = {t.value for t in other.times if t.value}
            same = bool(speakers & {s.id for s in other.sources})
            around = _alike(stems(doc.words(doc.sentence_of(one.span[0]))))
            if same or (days and apart and not days & apart) or not _alike(what) <= around:
                return None
            return other, one
    return None


def _alike(words: Iterable[str]) -> set[str]:
    """Stems, with the many words for going up or down, and those for a price, brought to one each."""
    return {_SAME.get(w, w) for w in words}


def _one_unit(one: Figure, other: Figure) -> bool:
    """Whether two figures can count one thing; a bare number takes the unit of the things counted before."""
    if one.unit is None:
        return False
    if other.unit is None and one.unit.casefold() in _MONEY and not isinstance(other.value, tuple):
        # "Analysts put it at 90 million crowns. The firm puts it at 64 million."
        return other.value >= _LARGE
    if other.unit is None:
        never_alone = one.unit.casefold() in _MONEY | _MULTIPLES
        return bool(re.fullmatch(r"[^\W\d_]{3,}(?: [\w-]+){0,3}", one.unit)) and not never_alone
    return stems(one.unit) == stems(other.unit) if stems(one.unit) else one.unit == other.unit


_MONEY = frozenset("euro euros dollar dollars pounds percent kronor crowns yen yuan rupees francs pence cents".split())
"""Units that a number never goes without."""

_MULTIPLES = frozenset({"time", "times", "fold"})
"""Units of "twice as many as usual", which compares a quantity and does not give it."""

_LARGE = 1_000_000
"""From here on a bare number behind a sum of money is money, too."""

_SAME = {
    stem(word): stem(group.split()[0])
    for group in (
        "rise raise increase add hike jump growth climb up",
        "fall drop decrease cut decline reduction loss",
        "cost price bill pay charge expense",
        "toll dead death die kill",
    )
    for word in group.split()
}
"""Words for one thing, which two sources seldom call the same."""
