"""From whom a story took its text: its parent, or the parents of a merged story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whence.records.origins import Derivation, Reason
from whence.text.offsets import merge
from whence.trace.crowds import Crowds
from whence.trace.directions import DATE, LEAST, Directions, sigmoid
from whence.trace.evidence import WHOLE
from whence.trace.facts import Facts, Known
from whence.trace.shared import Shared

__all__ = ["parents"]

Ints = NDArray[np.int64]

MOST_PARENTS = 5
"""Parents of one story that are looked for: a page put together from more is a digest."""
NEAR = 0.95
"""Candidates that share so much of what the best one shares are equals in words; then the closest text decides."""
FURTHER = 25
"""Words that a further parent explains at least, beyond those before it."""
_MOST_CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class _Candidate:
    pair: int
    story: int
    score: float  # log odds that it had the text first
    prose: int
    likeness: float
    credited: float


def parents(facts: Facts, shared: Shared, found: Directions, least_prose: int) -> Iterator[Derivation]:
    """Choose the parents of every story that shares prose.

    The story that is credited is the parent, where it shares half of what the best candidate shares; else the one that
    shares most prose; of equals the one whose text is closest as a whole; of equals again the earliest. Further
    parents are those that explain words which no parent before them does.

    Args:
        facts: the stories.
        shared: what they share.
        found: the direction of each pair of `shared`.
        least_prose: words of prose below which a pair says nothing about copying.

    Yields:
        Derivations of kind `taken`, and `unknown` where prose is shared and no direction is known, by story.
    """
    crowds = Crowds(facts, shared, least_prose)
    for story in shared.with_pairs().tolist():
        candidates = _candidates(story, facts, shared, found, least_prose)
        whole = [k for k in facts.credits.get(story, ()) if k.credit.kind in WHOLE and not k.own]
        earlier = [c for c in candidates if c.score >= LEAST and not _signed(c, story, facts, shared, whole)]
        chosen = list(_choose(story, earlier, facts, shared))
        for rank, (candidate, words, share) in enumerate(chosen):
            yield _derivation(
                story, candidate, facts, shared, found, words, share, alone=len(earlier) == 1, first=not rank
            )
        if not chosen and not whole and (first := crowds.first_of(story)) is not None:
            yield crowds.derivation(story, first, known=True)
        elif not chosen and not whole and (first := crowds.unordered(story)) is not None:
            yield crowds.derivation(story, first, known=False)
        elif not chosen and not whole:
            yield from _unknown(story, candidates, facts, shared, found)


def _candidates(story: int, facts: Facts, shared: Shared, found: Directions, least_prose: int) -> list[_Candidate]:
    pairs = shared.pairs_of(story)
    pairs = pairs[shared.pairs["prose"][pairs] >= least_prose]
    first = shared.pairs["a"][pairs] != story
    other = np.where(first, shared.pairs["a"][pairs], shared.pairs["b"][pairs])
    most = np.lexsort((other, -shared.pairs["prose"][pairs]))[:_MOST_CANDIDATES]
    pairs, first, other = pairs[most], first[most], other[most]
    words = shared.pairs["words"][pairs]
    union = np.maximum(facts.words[story] + facts.words[other] - words, 1)
    score = np.where(first, found.score[pairs], -found.score[pairs])
    outlets = [facts.outlets[s] for s in other.tolist()] if story in facts.credits else [""] * len(other)
    credited = [facts.named(story, outlet) if outlet else 0.0 for outlet in outlets]
    columns = (pairs, other, score, shared.pairs["prose"][pairs], words / union)
    return [_Candidate(*row) for row in zip(*(column.tolist() for column in columns), credited, strict=True)]


def _signed(c: _Candidate, story: int, facts: Facts, shared: Shared, whole: list[Known]) -> bool:
    """Whether a story signs its text as another outlet's than the candidate's: an earlier date proves little then."""
    if not whole or c.credited >= DATE or any(k.key == facts.outlets[c.story] for k in whole):
        return False
    return int(shared.pairs["words"][c.pair]) >= 0.5 * int(facts.words[story])


def _earliest(c: _Candidate, facts: Facts) -> tuple[float, int]:
    last = float(facts.when[c.story, 1])
    return (np.inf if np.isnan(last) else last), c.story


def _choose(
    story: int, candidates: list[_Candidate], facts: Facts, shared: Shared
) -> Iterator[tuple[_Candidate, int, float]]:
    """Parents in turn, each with the words and the share of the story that it adds to what is explained."""
    chars = max(float(facts.chars[story]), 1.0)
    rows, owner, start, end = shared.spans_of(np.array([c.pair for c in candidates], np.int64), story)
    density = shared.passages["prose"][rows] / np.maximum(end - start, 1)
    covered: list[tuple[int, int]] = []
    left = set(range(len(candidates)))
    for rank in range(MOST_PARENTS):
        new = (end - start) - _covered(covered, start, end)
        words = np.rint(np.bincount(owner, density * new, len(candidates))).astype(np.int64)
        gains = [(k, candidates[k], int(words[k])) for k in sorted(left) if words[k] >= (FURTHER if rank else 1)]
        if not gains:
            return
        most = max(g[2] for g in gains)
        near = [g for g in gains if g[2] >= NEAR * most or (g[1].credited >= DATE and g[2] >= 0.5 * most)]
        credited = [g for g in near if g[1].credited >= DATE]
        near = credited or near
        close = max(g[1].likeness for g in near)
        near = [g for g in near if g[1].likeness >= close - 0.01]
        place, best, gain = min(near, key=lambda g: _earliest(g[1], facts))
        of_best = owner == place
        yield best, gain, min(1.0, int(new[of_best].sum()) / chars)
        covered = merge([*covered, *zip(start[of_best].tolist(), end[of_best].tolist(), strict=True)])
        left.remove(place)


def _covered(spans: list[tuple[int, int]], start: Ints, end: Ints) -> Ints:
    """How much of each stretch lies in some spans, which are in order and apart."""
    if not spans:
        return np.zeros(len(start), np.int64)
    firsts, lasts = np.array(spans, np.int64).T
    before = np.concatenate([[0], np.cumsum(lasts - firsts)])

    def up_to(place: Ints) -> Ints:
        k = np.searchsorted(firsts, place, side="right")
        return before[k] - np.where(k > 0, np.maximum(lasts[k - 1] - place, 0), 0)

    return up_to(end) - up_to(start)


def _derivation(
    story: int,
    c: _Candidate,
    facts: Facts,
    shared: Shared,
    found: Directions,
    words: int,
    share: float,
    *,
    alone: bool,
    first: bool,
) -> Derivation:
    reasons, against = found.reasons(c.pair, a_first=c.story == shared.pairs["a"][c.pair])
    extra: tuple[Reason, ...] = ("only-text",) if alone else ("closest",) if first else ()
    return Derivation(
        story=story,
        parent=c.story,
        outlet=facts.names.label(facts.outlets[c.story]) or None,
        kind="taken",
        words=words,
        share=share,
        confidence=sigmoid(c.score),
        reasons=(*reasons, *extra),
        against=against,
        circular=bool(found.circular[c.pair]),
        **_apart(story, c, facts, shared),
    )


def _apart(story: int, c: _Candidate, facts: Facts, shared: Shared) -> dict[str, int]:
    words = int(shared.pairs["words"][c.pair])
    return {
        "added": max(0, int(facts.words[story]) - words),
        "dropped": max(0, int(facts.words[c.story]) - words),
    }


def _unknown(
    story: int, candidates: list[_Candidate], facts: Facts, shared: Shared, found: Directions
) -> Iterator[Derivation]:
    """The closest story of which nobody can say whether it had the text first; said once a pair, of the later one."""
    open_ = [c for c in candidates if abs(c.score) < LEAST and c.story < story]
    if not open_:
        return
    c = max(open_, key=lambda c: (c.prose, c.likeness, -c.story))
    reasons, against = found.reasons(c.pair, a_first=True)
    yield Derivation(
        story=story,
        parent=c.story,
        outlet=facts.names.label(facts.outlets[c.story]) or None,
        kind="unknown",
        words=c.prose,
        share=min(1.0, c.prose / max(int(facts.words[story]), 1)),
        confidence=0.5,
        reasons=reasons,
        against=against,
        circular=bool(found.circular[c.pair]),
        **_apart(story, c, facts, shared),
    )
