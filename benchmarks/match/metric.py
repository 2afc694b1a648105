"""What a ranking is worth, as the CheckThat! labs count it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

CUTS = (1, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over queries.

    Args:
        map5: average precision of the first five: of min(right ones, 5).
        mrr: one over the place of the first right one, 0 where there is none.
        hits: share of queries with a right one among the first 1, 3, 5 and 10.
    """

    map5: float
    mrr: float
    hits: tuple[float, ...]

    def __str__(self) -> str:
        return " ".join(f"{value:7.3f}" for value in (self.map5, self.mrr, *self.hits))


HEADING = " ".join(f"{name:>7}" for name in ("MAP@5", "MRR", *(f"HasP@{cut}" for cut in CUTS)))


def average_precision(ranked: Sequence[int], gold: Collection[int]) -> float:
    """Average precision of the first five."""
    found, total = 0, 0.0
    for place, row in enumerate(ranked[:5], start=1):
        if row in gold:
            found += 1
            total += found / place
    return total / min(len(gold), 5)


def figures(ranked: Sequence[Sequence[int]], gold: Sequence[Collection[int]]) -> Figures:
    """Figures of some rankings.

    Args:
        ranked: for each query rows, best first.
        gold: for each query the right rows, one at least.
    """
    count = len(ranked)
    firsts = [
        next((place for place, row in enumerate(rows, start=1) if row in right), 0)
        for rows, right in zip(ranked, gold, strict=True)
    ]
    return Figures(
        sum(average_precision(rows, right) for rows, right in zip(ranked, gold, strict=True)) / count,
        sum(1 / place for place in firsts if place) / count,
        tuple(sum(0 < place <= cut for place in firsts) / count for cut in CUTS),
    )
