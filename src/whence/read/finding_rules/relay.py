"""The story's statements reached the page through another outlet.

It holds where a relay line or a credit covers statements, or where at least two statements, and a tenth of all, were
told to, or are cited from, other outlets: one interview quoted in passing is not the story's way to the page.
"""

from __future__ import annotations

from whence.read.document import Document
from whence.read.finding_rules.words import names
from whence.records import Finding, Source

__all__ = ["find"]

_LEAST = 2
_SHARE = 0.1


def find(doc: Document) -> Finding | None:
    """The finding, where it holds."""
    outlets: dict[str, Source] = {r.source.id: r.source for r in doc.relays if r.source and (r.scope or r.draft)}
    through = [d for d in doc.drafts if any(s.id in outlets for s in d.chain)]
    scoped = any(r.scope for r in doc.relays)
    if not through or (not scoped and len(through) < max(_LEAST, _SHARE * len(doc.drafts))):
        return None
    steps = {s.id for d in through for s in d.chain}
    used = [s for s in outlets.values() if s.id in steps]
    ids = {s.id for s in used}
    own = sum(d.voice == "own" for d in through)
    says = (
        f"Of {len(doc.drafts):,} statements, {len(through):,} reached the page through "
        f"{'another outlet' if len(used) == 1 else 'other outlets'}: {names(used)}."
    )
    if own:
        says += f" {own:,} of them {'stands' if own == 1 else 'stand'} in the page's own voice."
    evidence = sorted({r.outlet for r in doc.relays if r.source and r.source.id in ids})
    return Finding("relay", says, tuple(evidence), tuple(d.id for d in through))
