"""Statements that turn out to be no statements of their own once speakers and relays are known."""

from __future__ import annotations

from whence.read.component import Component
from whence.read.document import Document, Draft
from whence.read.statements import in_order
from whence.text.offsets import merge
from whence.text.places import Places

__all__ = ["PRUNING", "prune"]

_COVERED = 0.5
"""Share of a relay line's content that its inner attributions must cover to make the line's own statement needless."""


def _is_relay_line(draft: Draft, inner: list[Draft], lines: Places[None]) -> bool:
    """Whether a draft is only "Radio Tessal reports:" around statements of others.

    The outlet is then a relay in their chains (DESIGN.md, "relay"), not a speaker of its own.
    """
    if not inner or not any(lines.touches(s) for s in draft.source):
        return False
    covered = sum(b - a for a, b in merge(d.extent for d in inner))
    return covered >= _COVERED * sum(b - a for a, b in draft.content)


def _is_same_speaker(draft: Draft) -> bool:
    """Whether a nested draft has its parent's speakers: "he said he had promised to go" is one statement of his."""
    return draft.parent is not None and bool(draft.sources) and draft.sources == draft.parent.sources


def prune(doc: Document) -> None:
    """Drop relay lines around others' statements, and nested statements by their own parent's speaker; renumber."""
    inner: dict[int, list[Draft]] = {}
    for d in doc.drafts:
        if d.parent is not None:
            inner.setdefault(id(d.parent), []).append(d)
    lines = Places((r.outlet, None) for r in doc.relays if r.kind == "line")
    gone = {id(d) for d in doc.drafts if _is_relay_line(d, inner.get(id(d), []), lines) or _is_same_speaker(d)}
    for d in doc.drafts:
        while d.parent is not None and id(d.parent) in gone:
            d.parent = d.parent.parent
    doc.drafts = [d for d in doc.drafts if id(d) not in gone]
    doc.relays = [r for r in doc.relays if r.draft is None or id(r.draft) not in gone]
    in_order(doc)


PRUNING = Component(
    name="pruning",
    requires=frozenset({"drafts", "draft.parent", "draft.sources", "relays"}),
    assigns=frozenset({"draft.id"}),
    apply=prune,
)
"""Component: drops what is no statement of its own, and numbers the rest."""
