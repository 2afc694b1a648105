"""Exact spans, whole attributions, and two relaxed ways to count them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from benchmarks.attribution.corpus import LABELS, Span


class Members(Protocol):
    """An attribution, gold or found."""

    @property
    def source(self) -> tuple[Span, ...]: ...
    @property
    def cue(self) -> tuple[Span, ...]: ...
    @property
    def content(self) -> tuple[Span, ...]: ...


@dataclass(slots=True)
class Count:
    """How many were right, found and to be found."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, right: int, found: int, gold: int) -> None:
        """Add the counts of one story."""
        self.right += right
        self.found += found
        self.gold += gold

    @property
    def precision(self) -> float:
        """The share of what was found that is right, in 0..1; 0 when nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what was to be found that was, in 0..1; 0 when there was nothing."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in 0..1."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


@dataclass(slots=True)
class Score:
    """Counts over a split.

    Attributes:
        spans: By label: start, end and label equal a gold span's; a discontinuous member counts as its pieces.
        whole: Attributions with source, cue and content exact and linked.
        relaxed: By threshold: attributions whose cue overlaps and whose content and source reach this Jaccard index.
    """

    spans: dict[str, Count] = field(default_factory=lambda: {label: Count() for label in LABELS})
    whole: Count = field(default_factory=Count)
    relaxed: dict[float, Count] = field(default_factory=lambda: {0.8: Count(), 0.5: Count()})

    def add(self, found: Sequence[Members], gold: Sequence[Members], spans: dict[str, set[Span]]) -> None:
        """Count one story.

        Args:
            found: The attributions a system found.
            gold: The gold attributions.
            spans: By label the spans a system found, linked or not.
        """
        for label, count in self.spans.items():
            wanted = {piece for one in gold for piece in getattr(one, label)}
            count.add(len(wanted & spans[label]), len(spans[label]), len(wanted))
        mine = {(one.source, one.cue, one.content) for one in found}
        theirs = {(one.source, one.cue, one.content) for one in gold}
        self.whole.add(len(mine & theirs), len(mine), len(theirs))
        for threshold, count in self.relaxed.items():
            count.add(pairs(found, gold, threshold), len(found), len(gold))


def pairs(found: Sequence[Members], gold: Sequence[Members], threshold: float) -> int:
    """Count gold attributions that have a found one near enough; each serves once, in text order.

    Args:
        found: The attributions a system found.
        gold: The gold attributions.
        threshold: The Jaccard index of characters that content and source must reach, in 0..1; cues must overlap.

    Returns:
        The number of pairs.
    """
    free = list(found)
    right = 0
    for one in gold:
        for other in free:
            if (
                _characters(one.cue) & _characters(other.cue)
                and _jaccard(one.content, other.content) >= threshold
                and _jaccard(one.source, other.source) >= threshold
            ):
                free.remove(other)
                right += 1
                break
    return right


def _characters(pieces: Sequence[Span]) -> set[int]:
    return {position for start, end in pieces for position in range(start, end)}


def _jaccard(one: Sequence[Span], other: Sequence[Span]) -> float:
    a, b = _characters(one), _characters(other)
    return len(a & b) / len(a | b) if a or b else 1.0
