"""Two statements give figures for one quantity that cannot both hold.

One quantity: the same unit, and around the figures mostly the same words (at least `_ALIKE` of them by weight, both
ways), the same names, pronouns and other numbers, no different dates, and nothing that speaks of a change or of a
further number; or both say how many died, came or were held, in any words (`quantities`); or one source sets its
figure against the other's ("puts the number at"). Figures that are the same but
for rounding or for their comparators ("about 100", "more than 90") agree.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from whence.read.document import Document, Draft
from whence.read.finding_rules.quantities import PEOPLE, matter_of
from whence.read.finding_rules.restated_figures import restated
from whence.read.finding_rules.words import count
from whence.read.wording import Wording, stem, stems
from whence.records import Figure, Finding, Span

__all__ = ["find"]

_ALIKE = 0.6
_COMPARED = 200  # figures of one unit behind a figure with which it is compared, at most
_WINDOW = 60  # characters on each side of a figure that tell what it counts
_CHANGE = re.compile(
    r"\b(?:from|up|down|compared|previous(?:ly)?|earlier|rise|rose|risen|fell|fallen|drop(?:ped)?|increas\w+|decreas\w+|grew|grown"
    r"|another|additional|further|other|others|extra|remaining|rest|each|per|every|first|second|third|last|next|average"
    r"|total|combined|including|half|double|since|until|initially|then|now|among|of (?:them|whom|which|those)"
    r"|out of)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![.!?“\"] )(?<!^)\b[A-Z]\w{2,30}")
_PRONOUN = re.compile(r"\b(?:he|she|him|her|his|hers|it|its|they|them|their)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d.,]*")
_LEFT_OUT = re.compile(r"(?:to|of|having|being|[a-z]{2,20}ing)\b")
_DURATIONS = frozenset(
    stem(w) for w in "second minute hour day week month year decade century time o'clock am pm age".split()
)
_ROUNDED_FROM = 100  # below this, counts are given as they are


_Given = tuple[Draft, Figure]


@dataclass(frozen=True, slots=True)
class _Counted:
    draft: Draft
    figure: Figure
    unit: str
    context: frozenset[str]
    names: frozenset[str]
    pronouns: frozenset[str]
    numbers: frozenset[str]
    matter: str | None


def _bounds(figure: Figure) -> tuple[float, float]:
    """The interval in which a figure says the quantity lies."""
    if isinstance(figure.value, tuple):
        return float(figure.value[0]), float(figure.value[1])
    v = float(figure.value)
    return {
        "exactly": (v, v),
        "more": (v, math.inf),
        "at-least": (v, math.inf),
        "less": (-math.inf, v),
        "at-most": (-math.inf, v),
        "about": (v * 0.85, v * 1.15),
        "nearly": (v * 0.85, v),
        "between": (v, v),
    }[figure.comparator]


def _is_rounding(one: float, other: float) -> bool:
    """Whether one of two numbers is the other, rounded to fewer digits."""
    if min(abs(one), abs(other)) < _ROUNDED_FROM and one == int(one) and other == int(other):
        return False
    for a, b in ((one, other), (other, one)):
        if not a or not b:
            continue
        for digits in (1, 2, 3):
            scale = 10.0 ** (math.floor(math.log10(abs(b))) - digits + 1)
            if math.isclose(round(b / scale) * scale, a, rel_tol=1e-9):
                return True
    return False


def _disagree(one: Figure, other: Figure) -> bool:
    low, high = _bounds(one)
    lower, higher = _bounds(other)
    if low <= higher and lower <= high:
        return False
    plain = not isinstance(one.value, tuple) and not isinstance(other.value, tuple)
    return not (plain and _is_rounding(float(one.value), float(other.value)))  # type: ignore[arg-type]


def _counted(doc: Document) -> Iterable[_Counted]:
    for draft in doc.drafts:
        for figure in () if doc.in_headline(draft) else draft.figures:
            unit = " ".join(stems(figure.unit)) or figure.unit.strip() if figure.unit else ""
            if unit in _DURATIONS or (not unit and not _is_count(figure)):
                continue
            piece = next((c for c in draft.content if c[0] <= figure.span[0] < c[1]), None)
            if piece is None:
                continue
            sentence = doc.sentence_of(figure.span[0])
            start = max(piece[0], sentence[0], figure.span[0] - _WINDOW)
            end = min(piece[1], max(sentence[1], figure.span[1]), figure.span[1] + _WINDOW)
            before, after = doc.text[start : figure.span[0]], doc.text[figure.span[1] : end]
            if _CHANGE.search(before) or _CHANGE.search(after):
                continue
            context = frozenset(stems(before) + stems(after)) - frozenset(unit.split())
            names = frozenset(_NAME.findall(f"{before} {after}{_subject(doc, draft, piece)}"))
            if context:
                around = f"{before} {after}"
                pronouns = frozenset(p.casefold() for p in _PRONOUN.findall(around))
                matter = matter_of(f"{around} {figure.unit or ''}") if unit in PEOPLE or not unit else None
                numbers = frozenset(_NUMBER.findall(around))
                yield _Counted(draft, figure, unit, context, names, pronouns, numbers, matter)


def _subject(doc: Document, draft: Draft, piece: Span) -> str:
    """Who has what is counted, where the content leaves it to its source: "Ms Orr reported having $2m"."""
    if not draft.source or not _LEFT_OUT.match(doc.text, piece[0], piece[1]):
        return ""
    return "".join(f" and {doc.words(s)}" for s in draft.source)


def _is_count(figure: Figure) -> bool:
    """Whether a bare number can count people: a whole number, more than one."""
    value = figure.value
    return not isinstance(value, tuple) and value == int(value) and value > 1


def _one_matter(one: _Counted, other: _Counted) -> bool:
    """Whether two sources say of one event how many died, came, were held, whatever their words.

    Both must be attributed, near to each other, and to different sources; no name, day or place may tell them apart.
    """
    if one.matter is None or one.matter != other.matter or "attributed" not in (one.draft.voice, other.draft.voice):
        return False
    speakers = [{s.id for s in c.draft.sources} for c in (one, other)]
    if not speakers[0] or not speakers[1] or speakers[0] & speakers[1]:
        return False
    days = [{t.value for t in c.draft.times if t.value} for c in (one, other)]
    apart = days[0] and days[1] and not days[0] & days[1]
    return not apart and (one.names <= other.names or other.names <= one.names)


def _one_quantity(one: _Counted, other: _Counted, wording: Wording) -> bool:
    if _one_matter(one, other):
        return True
    if one.unit != other.unit or not one.unit or not (one.names <= other.names or other.names <= one.names):
        return False
    if one.pronouns != other.pronouns or one.numbers != other.numbers:
        return False
    days = [{t.value for t in c.draft.times if t.value} for c in (one, other)]
    if days[0] and days[1] and not days[0] & days[1]:
        return False
    both = (wording.covered(one.context, other.context), wording.covered(other.context, one.context))
    return min(both) >= _ALIKE or (
        max(both) == 1.0 and min(both) >= _ALIKE / 2 and len(one.context & other.context) > 1
    )


def find(doc: Document) -> Finding | None:
    """The finding, where it holds."""
    counted = list(_counted(doc))
    by_unit: dict[str, list[_Counted]] = {}
    for c in counted:
        by_unit.setdefault("people" if c.matter else c.unit, []).append(c)
    wording = Wording(doc.words(s) for s in doc.sentences)
    pairs: list[tuple[_Given, _Given]] = [
        ((one, figure), (other, second)) for one, figure, other, second in restated(doc) if _disagree(figure, second)
    ]
    for group in by_unit.values():
        for n, one in enumerate(group):
            pairs += [
                ((one.draft, one.figure), (other.draft, other.figure))
                for other in group[n + 1 : n + 1 + _COMPARED]
                if one.draft is not other.draft
                and _disagree(one.figure, other.figure)
                and _one_quantity(one, other, wording)
            ]
    if not pairs:
        return None
    (_, said), (_, against) = pairs[0]
    spans: list[Span] = sorted({figure.span for p in pairs for _, figure in p})
    unit = f" ({said.unit})" if said.unit else ""
    says = (
        f"The page gives {count(len(spans), 'figure')} for what seems to be one quantity{unit}: "
        f"“{doc.words(said.span)}” and “{doc.words(against.span)}”."
    )
    ids = dict.fromkeys(draft.id for p in pairs for draft, _ in p)
    return Finding("numbers-disagree", says, tuple(spans), tuple(ids))
