"""From shared text to what it means: derivations, quotations, origins and topics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from whence.records.origins import Derivation, Origin
from whence.trace.directions import directions
from whence.trace.facts import Facts
from whence.trace.links import Link, links
from whence.trace.origins import circled, origins, resting, signed_elsewhere
from whence.trace.parents import parents
from whence.trace.shared import Shared
from whence.trace.shared_quotations import SharedQuotations, shared_quotations
from whence.trace.topics import Topic, topics

__all__ = ["Meaning", "explain"]


@dataclass(frozen=True)
class Meaning:
    """What a trace says of an archive.

    Args:
        derivations: who took from whom, by story.
        origins: where each story that shares anything began, the main origin first.
        topics: the largest first.
        quotations: shared ones.
        links: who rests on whose report.
    """

    derivations: tuple[Derivation, ...]
    origins: dict[int, tuple[Origin, ...]]
    topics: tuple[Topic, ...]
    quotations: SharedQuotations
    links: tuple[Link, ...]


def explain(facts: Facts, shared: Shared, families: Mapping[int, int], least_prose: int) -> Meaning:
    """Say which way text travelled and where it began.

    Args:
        facts: the stories.
        shared: the text they share.
        families: family of each story that has one.
        least_prose: words of prose below which a pair says nothing about copying.
    """
    p = shared.pairs
    found = directions(facts, p["a"], p["b"], p["a_share"], p["b_share"])
    taken = list(parents(facts, shared, found, least_prose))
    prose = p["prose"] >= least_prose
    resting_on = links(facts, p["a"][prose], p["b"][prose])
    known = [*taken, *resting(facts, taken, resting_on)]
    for derivation, link in signed_elsewhere(facts, shared, known, resting_on):
        known.append(derivation)
        resting_on.append(link)
    known = circled(sorted(known, key=lambda d: (d.story, d.kind != "taken", -d.words, d.outlet or "", d.parent or -1)))
    began = origins(facts, known, resting_on)
    quotations = shared_quotations(shared, facts.quotes, least_prose)
    around = {s for d in known if d.circular for s in (d.story, d.parent) if s is not None}
    return Meaning(
        tuple(known), began, tuple(topics(facts, families, began, quotations, around)), quotations, tuple(resting_on)
    )
