"""Topics: the pages that a reader would call one story, joined by an origin or a quotation they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from whence.records.origins import Origin
from whence.trace.clock import DAY
from whence.trace.components import components
from whence.trace.facts import Facts
from whence.trace.shared_quotations import SharedQuotations

__all__ = ["JOINING_WORDS", "Topic", "topics"]

JOINING_WORDS = 10
"""Words of a quotation that joins its pages to one topic."""
_WINDOW = 3 * DAY
"""Pages that share a quotation alone are of one topic only where they appeared within this time, in seconds."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A row of `records.origins.TOPICS` with its stories, by date, undated ones last."""

    topic: int
    stories: tuple[int, ...]
    origins: int
    outlets: int
    families: int
    quotations: int
    circular: bool


def topics(
    facts: Facts,
    families: Mapping[int, int],
    origins: Mapping[int, Sequence[Origin]],
    quotations: SharedQuotations,
    circular: Iterable[int],
) -> list[Topic]:
    """Join stories to topics.

    Args:
        facts: the stories.
        families: family of each story that has one.
        origins: of each story that has a derivation, the main one first.
        quotations: the shared ones.
        circular: stories that stand in a circle of credits.

    Returns:
        Topics of two stories or more, the largest first.
    """
    # Families alone do not join: a page put together from two stories would make one topic of both.
    edges: list[tuple[int, int]] = []
    first: dict[str, int] = {}
    for story, found in origins.items():
        edges.append((story, first.setdefault(found[0].origin, story)))
    edges.extend(_quoted_together(facts, quotations))
    a, b = np.array(edges, dtype=np.int64).reshape(-1, 2).T
    label = components(len(facts), a, b)
    members: dict[int, list[int]] = defaultdict(list)
    for story in np.unique(np.concatenate([a, b])).tolist():
        members[int(label[story])].append(story)
    said: dict[int, set[int]] = defaultdict(set)
    for number, story in zip(quotations.quotation.tolist(), quotations.story.tolist(), strict=True):
        said[int(label[story])].add(number)
    around = set(circular)
    out = []
    for topic, stories in members.items():
        if len(stories) < 2:
            continue
        stories.sort(key=lambda s: (np.nan_to_num(facts.when[s, 0], nan=np.inf), s))
        began = {origins[s][0].origin if s in origins else f"story:{s}" for s in stories}
        kept = [families[s] for s in stories if s in families]
        outlets = {facts.outlets[s] for s in stories if facts.outlets[s]}
        out.append(
            Topic(
                topic, tuple(stories), len(began), len(outlets), len(set(kept)), len(said[topic]),
                any(s in around for s in stories),
            )
        )  # fmt: skip
    return sorted(out, key=lambda t: (-len(t.stories), t.topic))


def _quoted_together(facts: Facts, found: SharedQuotations) -> Iterable[tuple[int, int]]:
    """Neighbours in time that share a quotation long enough, within the window."""
    held: dict[int, list[int]] = defaultdict(list)
    for number, story, place in zip(found.quotation.tolist(), found.story.tolist(), found.place.tolist(), strict=True):
        if facts.quotes.quote(story, place).words >= JOINING_WORDS:
            held[number].append(story)
    for stories in held.values():
        stories.sort(key=lambda s: (np.nan_to_num(facts.when[s, 0], nan=np.inf), s))
        for a, b in pairwise(stories):
            gap = _gap(facts.when, a, b)
            if a != b and (np.isnan(gap) or gap <= _WINDOW):
                yield a, b


def _gap(when: NDArray[np.float64], a: int, b: int) -> float:
    return abs(float(when[a, 0]) - float(when[b, 0]))
