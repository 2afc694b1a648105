"""Where stories began: derivations and credits followed back until nothing on hand explains a page any further."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from whence.records.origins import Derivation, Origin, OriginKind, Reason
from whence.trace.cycles import strongly_connected
from whence.trace.directions import DATE, LEAST, sigmoid
from whence.trace.evidence import WEIGHTS
from whence.trace.facts import Facts
from whence.trace.links import Link
from whence.trace.shared import Shared

__all__ = ["MAIN", "circled", "origins", "resting", "signed_elsewhere"]

_ELSEWHERE = 0.7
"""Confidence of a credit that stands on another page with the same words."""
_OWN_PART = 0.2
"""Of a story taken from others, a remainder from which on it counts as its own part."""
MAIN = 0.5
"""A story is another's, not its own, from this share of its words on."""


def resting(facts: Facts, taken: Sequence[Derivation], links: Iterable[Link]) -> list[Derivation]:
    """Derivations that words of attribution show and shared prose does not.

    Args:
        facts: the stories.
        taken: the derivations by shared prose.
        links: who rests on whose report.

    Returns:
        Kinds `credited` (the whole story is the outlet's, by its own words) and `rests-on`.
    """
    explained = {(d.story, facts.outlets[d.parent]) for d in taken if d.parent is not None and d.kind == "taken"}
    out = []
    for link in links:
        if (link.story, link.key) in explained:
            continue
        weight = WEIGHTS[link.known.credit.kind]
        against: tuple[Reason, ...] = ()
        if link.parent is not None and facts.when[link.parent, 0] >= facts.when[link.story, 1]:
            against = ("earlier",)
            weight -= DATE
        out.append(
            Derivation(
                story=link.story,
                parent=link.parent,
                outlet=facts.names.label(link.key),
                kind="credited" if link.whole else "rests-on",
                share=1.0 if link.whole else 0.0,
                confidence=sigmoid(max(weight, LEAST)),
                reasons=("credits",) if link.parent is None else ("credits", "same-report"),
                against=against,
            )
        )
    return out


def signed_elsewhere(
    facts: Facts, shared: Shared, derivations: Sequence[Derivation], links: Iterable[Link]
) -> list[tuple[Derivation, Link]]:
    """Pages that nothing explains, and whose words another page signs as a third outlet's: they are that outlet's too.

    Args:
        facts: the stories.
        shared: what they share.
        derivations: all that are known so far.
        links: who rests on whose report.

    Returns:
        Derivations of kind `credited`, for the reason `signed-elsewhere`, each with the link that it stands for.
    """
    explained = {d.story for d in derivations if d.kind != "unknown" and (d.share >= MAIN or d.kind != "taken")}
    out: dict[int, tuple[Derivation, Link]] = {}
    for link in links:
        if not link.whole or link.parent is not None:
            continue
        for pair in shared.pairs_of(link.story).tolist():
            other = shared.other(pair, link.story)
            words, prose = int(shared.pairs["words"][pair]), int(shared.pairs["prose"][pair])
            if other in explained or other in out or facts.outlets[other] == link.key:
                continue
            if words >= MAIN * int(facts.words[other]) and prose >= words / 2:
                derivation = Derivation(
                    story=other,
                    parent=None,
                    outlet=facts.names.label(link.key),
                    kind="credited",
                    words=prose,
                    share=min(1.0, words / max(int(facts.words[other]), 1)),
                    confidence=_ELSEWHERE,
                    reasons=("signed-elsewhere",),
                )
                out[other] = derivation, replace(link, story=other)
    return list(out.values())


def circled(derivations: Sequence[Derivation]) -> list[Derivation]:
    """Mark the derivations that run in a circle of credits: A names B, and B, directly or through others, names A."""
    named = [(d.story, d.parent) for d in derivations if d.parent is not None and "credits" in d.reasons]
    both = [(d.parent, d.story) for d in derivations if d.parent is not None and d.circular]
    circle = strongly_connected([*named, *both, *((b, a) for a, b in both)])

    def inside(d: Derivation) -> bool:
        return d.parent is not None and d.story in circle and circle[d.story] == circle.get(d.parent)

    return [replace(d, circular=True) if inside(d) else d for d in derivations]


def origins(facts: Facts, derivations: Sequence[Derivation], links: Sequence[Link]) -> dict[int, tuple[Origin, ...]]:
    """Follow every story back to where it began.

    A story whose words are explained by others to a half or more, or that credits an outlet as a whole or rests on its
    report, began where that one began; else it began with itself. Pages that run in a circle, and pages of which nobody
    can say who took from whom, have one origin together.

    Args:
        facts: the stories.
        derivations: all of them, circles marked.
        links: who rests on whose report.

    Returns:
        Origins of each story that has a derivation or is one's parent, the main one first; `topic` is not set yet (-1).
    """
    report = {(link.story, facts.names.label(link.key)): f"outlet:{link.key}#{link.report}" for link in links}
    own: dict[int, list[Derivation]] = defaultdict(list)
    concerned: set[int] = set()
    for d in derivations:
        own[d.story].append(d)
        concerned.update([d.story] if d.parent is None else [d.story, d.parent])
    ahead = {story: _main(own.get(story, ())) for story in concerned}
    loose = [(d.story, d.parent) for d in derivations if d.kind == "unknown" and d.parent is not None]
    steps = [(s, d.parent) for s, d in ahead.items() if d is not None and d.parent is not None]
    circle = strongly_connected([*steps, *loose, *((b, a) for a, b in loose)])
    members: dict[int, list[int]] = defaultdict(list)
    for story in sorted(concerned):
        members[circle.get(story, story)].append(story)
    began: dict[int, Origin] = {}

    def follow(story: int) -> Origin:
        path = []
        group = circle.get(story, story)
        while group not in began:
            path.append(group)
            out = _way_out(group, members[group], ahead, circle)
            if out is None:
                began[group] = _root(facts, group, members[group], own)
            elif out.parent is None:
                name = out.outlet or ""
                key = report.get((out.story, name), f"outlet:{name}#{out.story}")
                began[group] = Origin(group, -1, key, "outlet", None, name, None, True)
            else:
                group = circle.get(out.parent, out.parent)
        for passed in path:
            began[passed] = began[group]
        return began[group]

    return {
        story: tuple(_of_story(story, own.get(story, ()), ahead[story], follow, report, facts))
        for story in sorted(concerned)
    }


def _main(derivations: Sequence[Derivation]) -> Derivation | None:
    """The derivation that says where most of a story comes from, or None where it is its own."""
    whole = [d for d in derivations if d.kind == "credited"]
    taken = [d for d in derivations if d.kind == "taken"]
    if sum(d.share for d in taken) >= MAIN:
        return max(taken, key=lambda d: (d.share, d.confidence))
    rests = whole or [d for d in derivations if d.kind == "rests-on"]
    return max(rests, key=lambda d: (d.confidence, d.parent is not None, -d.story)) if rests else None


def _way_out(
    group: int, members: Sequence[int], ahead: dict[int, Derivation | None], circle: dict[int, int]
) -> Derivation | None:
    """The derivation that leads out of a group of pages, the surest one."""
    leading = [
        d
        for story in members
        if (d := ahead[story]) is not None and (d.parent is None or circle.get(d.parent, d.parent) != group)
    ]
    return max(leading, key=lambda d: (d.confidence, d.share, -d.story)) if leading else None


def _root(facts: Facts, group: int, members: Sequence[int], own: dict[int, list[Derivation]]) -> Origin:
    """The origin of a group of pages that nothing outside of it explains."""
    if len(members) == 1:
        label = facts.names.label(facts.outlets[group]) or facts.heads[group] or facts.ids[group]
        return Origin(group, -1, f"story:{group}", "story", group, label, None, True)
    names = list(dict.fromkeys(facts.names.label(facts.outlets[s]) or facts.ids[s] for s in members))
    label = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    kind: OriginKind = "circular" if any(d.circular for s in members for d in own.get(s, ())) else "unknown"
    return Origin(group, -1, f"{kind}:{group}", kind, None, label, None, True)


def _of_story(
    story: int,
    derivations: Sequence[Derivation],
    main: Derivation | None,
    follow: Callable[[int], Origin],
    report: dict[tuple[int, str], str],
    facts: Facts,
) -> Iterator[Origin]:
    """The origins of one story: the main one, then those of its other parts, the largest first."""
    first = follow(story)
    taken = [d for d in derivations if d.kind == "taken"]
    shares: dict[str, float] = defaultdict(float)
    of: dict[str, Origin] = {first.origin: first}
    for d in taken:
        if d.parent is not None:
            found = follow(d.parent)
            of.setdefault(found.origin, found)
            shares[found.origin] += d.share
    for d in derivations:
        if d.kind in ("rests-on", "credited") and d is not main:
            name = d.outlet or ""
            key = report.get((story, name), f"outlet:{name}#{story}")
            found = (
                follow(d.parent) if d.parent is not None else Origin(story, -1, key, "outlet", None, name, None, False)
            )
            of.setdefault(found.origin, found)
    rest = max(0.0, 1.0 - sum(d.share for d in taken))
    if main is None:
        shares[first.origin] += rest
    elif main.kind == "taken" and rest >= _OWN_PART:
        mine = Origin(story, -1, f"story:{story}", "story", story, facts.names.label(facts.outlets[story]), None, False)
        of.setdefault(mine.origin, mine)
        shares[mine.origin] += rest
    for name in sorted(of, key=lambda o: (o != first.origin, -shares.get(o, 0.0), o)):
        share = min(1.0, shares[name]) if name in shares else None
        yield replace(of[name], story=story, share=share, main=name == first.origin)
