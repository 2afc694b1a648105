"""Two thirds or more of the attributed statements, of which there are at least three, have one origin."""

from __future__ import annotations

from collections import Counter

from whence.read.document import Document, Draft
from whence.records import Finding, Source

__all__ = ["find"]

_LEAST = 3


def _origins(draft: Draft) -> tuple[Source, ...]:
    """Who said it first: the statement's sources, or the first outlet of its chain."""
    return draft.sources or draft.chain[:1]


def find(doc: Document) -> Finding | None:
    """The finding, where it holds."""
    attributed = [d for d in doc.drafts if d.voice == "attributed" and not doc.in_headline(d)]
    if len(attributed) < _LEAST:
        return None
    known = {s.id: s for d in attributed for s in _origins(d)}
    tally = Counter(s.id for d in attributed for s in {o.id: o for o in _origins(d)}.values())
    if not tally:
        return None
    place = {source: n for n, source in enumerate(known)}
    first, n = max(tally.items(), key=lambda kv: (kv[1], -place[kv[0]]))
    if n < _LEAST or 3 * n < 2 * len(attributed) or known[first].naming == "unspecified":
        return None
    said = [d for d in attributed if first in {s.id for s in _origins(d)}]
    says = f"Of {len(attributed):,} attributed statements, {n:,} have one origin: {known[first].label}."
    evidence = tuple(p for d in said for p in d.source) or tuple(d.content[0] for d in said)
    return Finding("single-source", says, evidence, tuple(d.id for d in said))
