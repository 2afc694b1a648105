"""Which of two stories that share text had it first: dates, credits and the longer version, weighed together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whence.records.origins import Reason
from whence.trace.evidence import WEIGHTS, WHOLE
from whence.trace.facts import Facts

__all__ = ["DATE", "LEAST", "Directions", "directions", "sigmoid"]

DATE = 2.0
"""Log odds of the order of two dates: of 100 such orders, 12 are wrong (pages are dated anew when they are edited)."""
OWN = 1.5
"""Of a story that says its own outlet was told ("told the Vale Herald", on the Vale Herald's page)."""
LONGER = 0.7
"""Of one story being, by its words, a part of the other: cuts are commoner than additions."""
LEAST = 0.6
"""Below this nobody can say who took from whom."""
_PART = 0.6
_ORDER: tuple[Reason, ...] = ("credits", "earlier", "credits-own", "longer")


@dataclass(frozen=True)
class Directions:
    """For each pair (a, b) of stories, which one had the shared text first.

    Args:
        score: float64, log odds that a had it first; negative: b; within ±`LEAST`: unknown.
        parts: float64, shape (pairs, 4): what each kind of evidence adds to it, in the order credits, earlier,
            credits-own, longer.
        circular: bool, each of the two credits the other.
    """

    score: NDArray[np.float64]
    parts: NDArray[np.float64]
    circular: NDArray[np.bool_]

    def reasons(self, pair: int, *, a_first: bool) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
        """What speaks for one direction, and what against it."""
        sign = 1.0 if a_first else -1.0
        held = [(name, sign * float(x)) for name, x in zip(_ORDER, self.parts[pair], strict=True)]
        return tuple(n for n, x in held if x > 0), tuple(n for n, x in held if x < 0)


def sigmoid(score: float) -> float:
    """A probability from log odds."""
    return float(1.0 / (1.0 + np.exp(-abs(score))))


def directions(
    facts: Facts,
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    a_share: NDArray[np.float64],
    b_share: NDArray[np.float64],
) -> Directions:
    """Weigh the evidence for all pairs at once.

    Args:
        facts: the stories.
        a, b: story numbers, one of each a pair.
        a_share, b_share: shared words / the story's words, 0 to 1.
    """
    parts = np.zeros((len(a), len(_ORDER)))
    names_a, names_b = _credited(facts, b, a), _credited(facts, a, b)
    # A credit to an outlet that both name says nothing about the two.
    parts[:, 0] = names_a - names_b
    circular = (names_a >= DATE) & (names_b >= DATE)
    first, last = facts.when[:, 0], facts.when[:, 1]
    with np.errstate(invalid="ignore"):
        before = (last[a] <= first[b]) & (first[a] < last[b])
        after = (last[b] <= first[a]) & (first[b] < last[a])
    parts[:, 1] = DATE * (before.astype(float) - after.astype(float))
    own = np.zeros(len(facts))
    for story, credits in facts.credits.items():
        if any(k.own and (k.credit.kind in ("told", "seen") or k.credit.kind in WHOLE) for k in credits):
            own[story] = OWN
    parts[:, 2] = np.where(names_a + names_b > 0, 0.0, own[a] - own[b])
    parts[:, 3] = LONGER * (_part(b_share, a_share).astype(float) - _part(a_share, b_share).astype(float))
    return Directions(parts.sum(axis=1), parts, circular)


def _part(inner: NDArray[np.float64], outer: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether one story is mostly shared text, and the other much less so."""
    return (inner >= _PART) & (outer <= inner * 0.75)


def _credited(facts: Facts, who: NDArray[np.int64], whom: NDArray[np.int64]) -> NDArray[np.float64]:
    """How strongly stories `who` credit the outlets of stories `whom`, as log odds."""
    numbers = {key: i for i, key in enumerate(dict.fromkeys(facts.outlets))}
    outlet = np.array([numbers[k] if k else -1 for k in facts.outlets], dtype=np.int64)
    weights: dict[int, float] = {}
    for story, credits in facts.credits.items():
        for known in credits:
            if known.key in numbers and not known.own:
                code = story * len(numbers) + numbers[known.key]
                weights[code] = max(weights.get(code, 0.0), WEIGHTS[known.credit.kind])
    if not weights or not len(who):
        return np.zeros(len(who))
    codes = np.array(sorted(weights), dtype=np.int64)
    values = np.array([weights[c] for c in codes.tolist()])
    wanted = who * len(numbers) + outlet[whom]
    at = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
    return np.where((codes[at] == wanted) & (outlet[whom] >= 0), values[at], 0.0)
