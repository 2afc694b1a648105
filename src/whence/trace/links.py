"""Stories that share no sentence and rest on one report: by the outlet they name, about the same thing, at one time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whence.trace.clock import DAY
from whence.trace.components import components
from whence.trace.evidence import WEIGHTS, WHOLE
from whence.trace.facts import Facts, Known

__all__ = ["Link", "links"]

Ints = NDArray[np.int64]

WINDOW = 7 * DAY
"""Stories further apart than this rest on different reports, in seconds; undated ones are let through."""
ALIKE = 0.3
"""Share of the rarity-weighted names and numbers that two openings have in common, of the one that has fewer."""
LEAST_SHARED = 2
"""Names or numbers that they have in common at least."""
_CROWDED = 200
"""A name that so many stories of one outlet's circle have tells them apart no more, and is not looked up."""
_SMOOTH = 50.0


@dataclass(frozen=True, slots=True)
class Link:
    """A story that says it rests on an outlet's report.

    Args:
        story: the story.
        key: the outlet's key.
        parent: the outlet's own story of it, where one is here.
        report: else the least number among the stories that rest on the same report of the outlet.
        known: the credit that says so.
        whole: the credit is for the whole story.
    """

    story: int
    key: str
    parent: int | None
    report: int
    known: Known
    whole: bool


def links(facts: Facts, a: NDArray[np.int64], b: NDArray[np.int64]) -> list[Link]:
    """Find the report that each story rests on: another outlet's story, or the stories that rest on the same one.

    A story rests on an outlet where it credits it as a whole, at its beginning, or twice. Two stories are about one
    thing where their openings share rare names and numbers and they appeared within `WINDOW`, or they share prose.

    Args:
        facts: the stories.
        a, b: pairs of stories that share prose.

    Returns:
        Links by story, then outlet.
    """
    citing: dict[str, dict[int, Known]] = defaultdict(dict)
    for story, credits in facts.credits.items():
        for key, known in _rests_on(credits):
            citing[key][story] = known
    if not citing:
        return []
    published: dict[str, list[int]] = defaultdict(list)
    for story, key in enumerate(facts.outlets):
        if key in citing:
            published[key].append(story)
    alike = _Alike(facts, zip(a.tolist(), b.tolist(), strict=True), set().union(*citing.values()))
    out: list[Link] = []
    for key in sorted(citing):
        out.extend(_of_outlet(key, citing[key], published[key], alike))
    return sorted(out, key=lambda link: (link.story, link.key))


def _rests_on(credits: Sequence[Known]) -> Iterator[tuple[str, Known]]:
    """The outlets that a story rests on, each with the strongest credit that says so."""
    by_key: dict[str, list[Known]] = defaultdict(list)
    for known in credits:
        if not known.own and known.credit.kind != "contributed":
            by_key[known.key].append(known)
    for key, held in by_key.items():
        if len(held) > 1 or held[0].lead:
            yield key, max(held, key=lambda k: (WEIGHTS[k.credit.kind], -k.credit.span[0]))


def _of_outlet(key: str, citing: dict[int, Known], published: list[int], alike: _Alike) -> Iterator[Link]:
    index = alike.index([*citing, *published])
    own = set(published)
    members = sorted(citing)
    place = {story: i for i, story in enumerate(members)}
    parent: dict[int, int | None] = {}
    joined: list[tuple[int, int]] = []
    for story in members:
        near = alike.near(story, index)
        theirs = [s for s in near if s in own]
        parent[story] = max(theirs, key=lambda s: (near[s], -s)) if theirs else None
        joined.extend((place[story], place[s]) for s in near if s in place)
    edges = np.array(joined, dtype=np.int64).reshape(-1, 2)
    label = components(len(members), edges[:, 0], edges[:, 1])
    reports = {story: members[int(label[place[story]])] for story in members}
    theirs_of: dict[int, Counter[int]] = defaultdict(Counter)
    for story, found in parent.items():
        if found is not None:
            theirs_of[reports[story]][found] += 1
    for story in members:
        known = citing[story]
        held = theirs_of[reports[story]].most_common()
        # What those who rest on the same report rest on, where this story alone does not show it.
        usual = min(s for s, n in held if n == held[0][1]) if held else None
        found = parent[story] if parent[story] is not None else usual if usual != story else None
        yield Link(story, key, found, reports[story], known, known.credit.kind in WHOLE)


@dataclass(frozen=True)
class _Index:
    """Some stories by the names and numbers that not too many of them have.

    Args:
        names: the names, ascending, each once for every story that has it.
        story: the stories, beside them.
        members: all of the stories.
    """

    names: Ints
    story: Ints
    members: frozenset[int]


class _Alike:
    """Which stories are about one thing."""

    def __init__(self, facts: Facts, pairs: Iterator[tuple[int, int]], wanted: set[int]) -> None:
        self._when = facts.when[:, 0]
        self._bounds = facts.salient.bounds
        _, self._name, counts = np.unique(facts.salient.values, return_inverse=True, return_counts=True)
        self._rarity = np.log((len(facts) + _SMOOTH) / counts)[self._name]
        story = np.repeat(np.arange(len(facts)), np.diff(self._bounds))
        self._weight = np.bincount(story, self._rarity, minlength=len(facts))
        self._weight[self._weight == 0] = 1.0
        self._sharing: dict[int, list[int]] = defaultdict(list)
        for a, b in pairs:
            if a in wanted:
                self._sharing[a].append(b)
            if b in wanted:
                self._sharing[b].append(a)

    def index(self, stories: Iterable[int]) -> _Index:
        """The stories by each name or number that not too many of them have."""
        members = frozenset(stories)
        every = np.array(sorted(members), dtype=np.int64)
        first, many = self._bounds[every], self._bounds[every + 1] - self._bounds[every]
        names = self._name[_ranges(first, many)]
        order = np.argsort(names, kind="stable")
        names, story = names[order], np.repeat(every, many)[order]
        _, back, counts = np.unique(names, return_inverse=True, return_counts=True)
        few = counts[back] <= _CROWDED
        return _Index(names[few], story[few], members)

    def near(self, story: int, index: _Index) -> dict[int, float]:
        """Stories of an index that are about the same thing as one story, with how alike they are, 0 to 2."""
        mine = slice(self._bounds[story], self._bounds[story + 1])
        first = np.searchsorted(index.names, self._name[mine])
        many = np.searchsorted(index.names, self._name[mine], side="right") - first
        others, back, shared = np.unique(index.story[_ranges(first, many)], return_inverse=True, return_counts=True)
        score = np.bincount(back, np.repeat(self._rarity[mine], many), minlength=len(others))
        least = np.minimum(self._weight[story], self._weight[others])
        gap = np.abs(self._when[story] - self._when[others])
        alike = (others != story) & (shared >= LEAST_SHARED) & (score >= ALIKE * least)
        alike &= np.isnan(gap) | (gap <= WINDOW)
        out = dict(zip(others[alike].tolist(), (score / least)[alike].tolist(), strict=True))
        for other in self._sharing.get(story, ()):
            if other in index.members:
                out[other] = out.get(other, 0.0) + 1.0
        return out


def _ranges(first: Ints, many: Ints) -> Ints:
    """Some ranges of numbers, end to end."""
    return np.arange(int(many.sum())) + np.repeat(first - np.cumsum(many) + many, many)
