"""In which words a statement and a claim agree, and whether the one denies the other or gives another figure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from whence.match.terms import Term, cut, terms
from whence.match.values import Value, values
from whence.match.words import DENIALS
from whence.records.claim import Agreement, AgreementKind, Stance
from whence.text.offsets import overlaps

__all__ = ["agreements", "stance"]

_REACH = 4  # words around a negation that it may turn
_DENIAL_REACH = 8
_ROUNDED = 0.02  # values so close are told as one
_KINDS: dict[str, AgreementKind] = {"number": "number", "date": "date", "name": "name"}


def agreements(query: str, claim: str) -> tuple[Agreement, ...]:
    """The words that two texts have in common.

    Args:
        query: a statement.
        claim: the claim of a fact-check.

    Returns:
        Pairs of spans in the order of the statement; no word stands in two, and articles and their like in none.
    """
    there: dict[str, list[Term]] = {}
    for term in cut(claim):
        there.setdefault(term.stem, []).append(term)
    found: list[Agreement] = []
    # Numbers by value first, so that "3 million" agrees as a whole; then words.
    for term in sorted(cut(query), key=lambda t: (t.kind != "number", t.span)):
        if term.kind == "weak" and not term.stem[0].isdigit():
            continue
        for other in there.get(term.stem, []):
            if any(overlaps(a.query, term.span) or overlaps(a.claim, other.span) for a in found):
                continue
            kinds = {term.kind, other.kind}
            kind: AgreementKind = next((_KINDS[k] for k in ("number", "date", "name") if k in kinds), "word")
            found.append(Agreement(term.span, other.span, kind))
            break
    return tuple(sorted(found, key=lambda a: a.query))


def stance(query: str, claim: str) -> Stance:
    """Whether a statement says the same as a claim, denies it, or says it with another figure.

    A hint for people, by rules: it is computed whether or not the two speak of one thing.

    Args:
        query: a statement.
        claim: the claim of a fact-check.
    """
    mine, theirs = cut(query), cut(claim)
    shared = {t.stem for t in mine if t.kind in ("word", "name")} & {t.stem for t in theirs}
    if _denies(mine, shared) != _denies(theirs, shared):
        return "denial"
    return "different-figure" if _figures_differ(query, claim, mine, theirs) else "same"


def _denies(words: Sequence[Term], shared: set[str]) -> bool:
    """Whether negations turn what is shared; two of them turn it back."""
    solid = [t for t in words if t.kind not in ("weak", "number")]
    turned = 0
    for place, term in enumerate(solid):
        if term.kind == "negation":
            near = solid[place + 1 : place + 1 + _REACH]
        elif term.stem in _denied() and term.stem not in shared:
            near = solid[max(0, place - _DENIAL_REACH) : place + 1 + _DENIAL_REACH]
        else:
            continue
        turned += any(t.stem in shared for t in near)
    return turned % 2 == 1


def _figures_differ(query: str, claim: str, mine: Sequence[Term], theirs: Sequence[Term]) -> bool:
    """Whether numbers that count the same thing are there on both sides, and none of them agrees."""
    differ = False
    here = [(v, _counted(v, mine)) for v in _values(query)]
    there = [(v, _counted(v, theirs)) for v in _values(claim)] if here else []
    for one, noun in here:
        for other, counted in there:
            if one.unit != other.unit:
                continue
            if math.isclose(one.value, other.value, rel_tol=_ROUNDED):
                return False
            differ = differ or bool(one.unit) or (bool(noun) and noun == counted)
    return differ


def _counted(value: Value, words: Sequence[Term]) -> str:
    """The stem of the first solid word behind a number, which is what it counts."""
    behind = (t.stem for t in words if t.span[0] >= value.span[1] and t.kind in ("word", "name"))
    return next(behind, "")


@lru_cache(maxsize=1024)
def _values(text: str) -> tuple[Value, ...]:
    return tuple(values(text))


@lru_cache(maxsize=1)
def _denied() -> frozenset[str]:
    """The stems of words that deny."""
    return frozenset(term.stem for word in DENIALS for term in terms(word))
