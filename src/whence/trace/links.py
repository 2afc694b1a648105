"""Stories that share no sentence and rest on one report: by the outlet they name, about the same thing, at one time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whence.trace.clock import DAY
from whence.trace.components import components
from whence.trace.evidence import WEIGHTS, WHOLE
from whence.trace.facts import Facts, Known

__all__ = ["Link", "links"]

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


class _Alike:
    """Which stories are about one thing."""

    def __init__(self, facts: Facts, pairs: Iterator[tuple[int, int]], wanted: set[int]) -> None:
        self._facts = facts
        names, counts = np.unique(facts.salient.values, return_counts=True)
        rarity = np.log((len(facts) + _SMOOTH) / counts)
        self._rarity = dict(zip(names.tolist(), rarity.tolist(), strict=True)) if len(facts) else {}
        self._sharing: dict[int, list[int]] = defaultdict(list)
        for a, b in pairs:
            if a in wanted:
                self._sharing[a].append(b)
            if b in wanted:
                self._sharing[b].append(a)

    def index(self, stories: Sequence[int]) -> dict[int, list[int]]:
        """The stories by each name or number that not too many of them have."""
        out: dict[int, list[int]] = defaultdict(list)
        for story in dict.fromkeys(stories):
            for name in self._facts.salient[story].tolist():
                out[name].append(story)
        return {name: held for name, held in out.items() if len(held) <= _CROWDED} | {-1: list(dict.fromkeys(stories))}

    def near(self, story: int, index: dict[int, list[int]]) -> dict[int, float]:
        """Stories of an index that are about the same thing as one story, with how alike they are, 0 to 2."""
        score: dict[int, float] = defaultdict(float)
        many: dict[int, int] = defaultdict(int)
        for name in self._facts.salient[story].tolist():
            for other in index.get(name, ()):
                score[other] += self._rarity[name]
                many[other] += 1
        mine = self._weight(story)
        out = {}
        for other, shared in score.items():
            least = min(mine, self._weight(other))
            if (
                other != story
                and many[other] >= LEAST_SHARED
                and shared >= ALIKE * least
                and self._together(story, other)
            ):
                out[other] = shared / least
        inside = set(index[-1]) if self._sharing.get(story) else set()
        for other in self._sharing.get(story, ()):
            if other in inside:
                out[other] = out.get(other, 0.0) + 1.0
        return out

    def _weight(self, story: int) -> float:
        return sum(self._rarity[name] for name in self._facts.salient[story].tolist()) or 1.0

    def _together(self, a: int, b: int) -> bool:
        gap = abs(float(self._facts.when[a, 0]) - float(self._facts.when[b, 0]))
        return bool(np.isnan(gap)) or gap <= WINDOW
