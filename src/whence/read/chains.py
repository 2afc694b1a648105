"""Chains: the way of each statement to the page, origin first.

A statement's chain is, in this order:

1. its sources, as they are listed in the statement;
2. the outlets that were told, that asked, or that cite them: the statement's own relays, and, by inheritance, those of
   the statement before it by the same speaker (see `_inherited`);
3. where it stands inside another statement, the chain of that one: whoever reports it passed it on;
4. the outlet of the relay line in whose scope it stands, then the outlet that the whole page is credited to.

A statement in the outlet's own voice has only the last of these: the page's writer stands behind it, and yet it came
through the outlet that the line names, so its voice stays own and its chain names that outlet. The page's own outlet
is in no chain. No source stands twice in a chain.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from whence.read.component import Component
from whence.read.document import Document, Draft, Relay
from whence.records import Source
from whence.text.places import Places

__all__ = ["CHAINS", "chain_of"]

_BACK = re.compile(r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)$|[Tt]he [a-z]")
_GOES_ON = re.compile(r"\b(?:add(?:ed|s|ing)|continu(?:ed|es|ing)|went on|goes on|further|also)\b", re.IGNORECASE)


def _paragraph(doc: Document, at: int) -> int:
    """Index of the paragraph that holds an offset, -1 for none."""
    paragraphs = doc.story.paragraphs
    n = bisect_right(paragraphs, at, key=lambda p: p.span[0]) - 1
    return n if n >= 0 and at < paragraphs[n].span[1] else -1


def _points_back(doc: Document, draft: Draft) -> bool:
    """Whether a statement's source is a pronoun or a description, not a name."""
    return bool(draft.source) and all(_BACK.match(doc.words(s)) for s in draft.source)


def _inherited(doc: Document, own: dict[int, list[Relay]]) -> dict[int, list[Relay]]:
    """Each statement's relays, its own or those it takes over.

    A statement without a relay of its own takes over those of the attributed statement directly before it if both
    have the same sources, stand at the same level, and either in one paragraph, or the second stands in the next one
    and says that it goes on ("Ruiz added") or only points back to who speaks ("she said", "the insider said").
    """
    out = {key: list(value) for key, value in own.items()}
    last: dict[int, Draft] = {}
    for draft in doc.drafts:
        if draft.voice != "attributed":
            continue
        level = id(draft.parent)
        before = last.get(level)
        last[level] = draft
        if before is None or id(draft) in own or not draft.sources or before.sources != draft.sources:
            continue
        here, there = _paragraph(doc, draft.span[0]), _paragraph(doc, before.span[1] - 1)
        goes_on = any(_GOES_ON.search(doc.words(c)) for c in draft.cue)
        if here == there or (here == there + 1 and (goes_on or _points_back(doc, draft))):
            taken = [r for r in out.get(id(before), []) if r.kind in ("told", "asked")]
            if taken:
                out[id(draft)] = taken
                outlet = doc.words(taken[-1].outlet)
                doc.explain(
                    draft, f"relay={outlet}", "chains", "the same speaker goes on", evidence=(taken[-1].outlet,)
                )
    return out


def chain_of(draft: Draft, own: dict[int, list[Relay]], scoped: Places[Source]) -> tuple[Source, ...]:
    """The chain of one statement.

    Args:
        own: the relays of each statement, by the draft's `id()`.
        scoped: the outlets of the relays that have a scope, where these lie; lines before credits.
    """
    steps: list[Source] = []
    at: Draft | None = draft
    while at is not None:
        steps += at.sources
        steps += [r.source for r in sorted(own.get(id(at), []), key=lambda r: r.order) if r.source]
        at = at.parent
    start = draft.span[0]
    steps += scoped.touching((start, start + 1))
    return tuple({s.id: s for s in steps}.values())


def _apply(doc: Document) -> None:
    own: dict[int, list[Relay]] = {}
    for relay in doc.relays:
        if relay.draft is not None:
            own.setdefault(id(relay.draft), []).append(relay)
    own = _inherited(doc, own)
    in_scope = sorted((r for r in doc.relays if r.scope), key=lambda r: r.order)
    scoped = Places((r.scope, r.source) for r in in_scope if r.scope and r.source)
    for draft in doc.drafts:
        draft.chain = chain_of(draft, own, scoped)
        if len(draft.chain) > len(draft.sources):
            way = " > ".join(s.label for s in draft.chain)
            doc.explain(draft, f"chain={way}", "chains", "source, then outlets, then whoever reports it")


CHAINS = Component(
    "chains",
    frozenset({"drafts", "draft.sources", "relays", "relay.source"}),
    frozenset({"draft.chain"}),
    _apply,
)
"""Fills each draft's `chain`."""
