"""From whom a story took its text: its parent, or the parents of a merged story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from whence.records.origins import Derivation, Reason
from whence.text.offsets import merge, subtract
from whence.trace.crowds import Crowds
from whence.trace.directions import DATE, LEAST, Directions, sigmoid
from whence.trace.evidence import WHOLE
from whence.trace.facts import Facts, Known
from whence.trace.shared import Shared

__all__ = ["parents"]

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
            yield crowds.derivation(story, first)
        elif not chosen and not whole:
            yield from _unknown(story, candidates, facts, shared, found)


def _candidates(story: int, facts: Facts, shared: Shared, found: Directions, least_prose: int) -> list[_Candidate]:
    out = []
    for pair in shared.pairs_of(story).tolist():
        prose = int(shared.pairs["prose"][pair])
        if prose < least_prose:
            continue
        other = shared.other(pair, story)
        score = float(found.score[pair]) * (1.0 if other == shared.pairs["a"][pair] else -1.0)
        words = int(shared.pairs["words"][pair])
        union = int(facts.words[story] + facts.words[other]) - words
        credited = facts.named(story, facts.outlets[other]) if facts.outlets[other] else 0.0
        out.append(_Candidate(pair, other, score, prose, words / max(union, 1), credited))
    out.sort(key=lambda c: (-c.prose, c.story))
    return out[:_MOST_CANDIDATES]


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
    covered: list[tuple[int, int]] = []
    left = list(candidates)
    chars = max(float(facts.chars[story]), 1.0)
    for rank in range(MOST_PARENTS):
        gains = [(c, *_gain(story, c, shared, covered)) for c in left]
        gains = [g for g in gains if g[1] >= (1 if not rank else FURTHER)]
        if not gains:
            return
        most = max(g[1] for g in gains)
        near = [g for g in gains if g[1] >= NEAR * most or (g[0].credited >= DATE and g[1] >= 0.5 * most)]
        credited = [g for g in near if g[0].credited >= DATE]
        near = credited or near
        close = max(g[0].likeness for g in near)
        near = [g for g in near if g[0].likeness >= close - 0.01]
        best, words, new = min(near, key=lambda g: _earliest(g[0], facts))
        yield best, words, min(1.0, new / chars)
        covered = merge([*covered, *(shared.span(p, story) for p in shared.passages_of(best.pair))])
        left.remove(best)


def _gain(story: int, c: _Candidate, shared: Shared, covered: list[tuple[int, int]]) -> tuple[int, int]:
    """Words of prose, and characters, that a candidate explains and those before it do not."""
    prose = chars = 0.0
    for passage in shared.passages_of(c.pair):
        span = shared.span(passage, story)
        new = sum(end - start for start, end in subtract(span, covered))
        prose += float(shared.passages["prose"][passage]) * new / max(span[1] - span[0], 1)
        chars += new
    return round(prose), round(chars)


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
