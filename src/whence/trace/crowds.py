"""Text in more stories than are compared all with all: the first of them stands for those that a sample left out."""

from __future__ import annotations

import numpy as np

from whence.records.origins import Derivation
from whence.trace.components import components
from whence.trace.directions import DATE, sigmoid
from whence.trace.facts import Facts
from whence.trace.shared import Shared

__all__ = ["Crowds"]

_SAME = 0.5
"""Pairs of a crowd that share this much of both stories have one text."""


class Crowds:
    """Crowds of stories with one text, of whose pairs only a sample is known.

    A story that has no earlier neighbour in the sample need not be the first: another one of its crowd may be earlier.

    Args:
        facts: the stories.
        shared: what they share.
        least_prose: words of prose below which a pair says nothing about copying.
    """

    def __init__(self, facts: Facts, shared: Shared, least_prose: int) -> None:
        p = shared.pairs
        same = p["crowd"] & (p["prose"] >= least_prose) & (np.minimum(p["a_share"], p["b_share"]) >= _SAME)
        self._facts = facts
        self._shared = shared
        self._label = components(shared.stories, p["a"][same], p["b"][same])
        self._members = {int(s) for s in np.concatenate([p["a"][same], p["b"][same]])}
        self._first: dict[int, int] = {}
        for story in sorted(self._members):
            crowd = int(self._label[story])
            last = float(facts.when[story, 1])
            held = self._first.get(crowd)
            if not np.isnan(last) and (held is None or last < float(facts.when[held, 1])):
                self._first[crowd] = story

    def first_of(self, story: int) -> int | None:
        """The earliest story of this story's crowd, if it has a crowd and was not first itself."""
        if story not in self._members:
            return None
        first = self._first.get(int(self._label[story]))
        if first is None or first == story or not self._facts.when[first, 1] <= self._facts.when[story, 0]:
            return None
        return first

    def unordered(self, story: int) -> int | None:
        """The story that stands for this story's crowd where nobody can say which of the two was first."""
        if story not in self._members:
            return None
        crowd = int(self._label[story])
        stands = self._first.get(crowd, crowd)
        return None if stands == story else stands

    def derivation(self, story: int, first: int, *, known: bool) -> Derivation:
        """What can be said of a story and the first one of its crowd, which were not compared.

        Args:
            story: the story.
            first: the one that stands for its crowd.
            known: it was there before the story.
        """
        pairs = self._shared.pairs_of(story)
        best = int(pairs[np.argmax(self._shared.pairs["prose"][pairs])])
        words = int(self._shared.pairs["words"][best])
        return Derivation(
            story=story,
            parent=first,
            outlet=self._facts.names.label(self._facts.outlets[first]) or None,
            kind="taken" if known else "unknown",
            words=int(self._shared.pairs["prose"][best]),
            share=min(1.0, words / max(int(self._facts.words[story]), 1)),
            added=max(0, int(self._facts.words[story]) - words),
            dropped=max(0, int(self._facts.words[first]) - words),
            confidence=sigmoid(DATE) if known else 0.5,
            reasons=("earlier", "crowd") if known else ("crowd",),
        )
