"""Something that the page says is denied on the page."""

from __future__ import annotations

from whence.read.document import Document, Draft
from whence.read.finding_rules.words import count, names
from whence.records import Finding

__all__ = ["find"]


def _who(draft: Draft) -> str:
    if draft.sources:
        return names(draft.sources)
    return "the page itself" if draft.voice == "own" else "somebody it does not name"


def find(doc: Document) -> Finding | None:
    """The finding, where it holds."""
    if not doc.disputes:
        return None
    by_id = {d.id: d for d in doc.drafts}
    first = doc.disputes[0]
    claims = list(dict.fromkeys(d.claim for d in doc.disputes))
    says = (
        f"{count(len(claims), 'claim is', 'claims are').capitalize()} denied on the page"
        f"{'; the first' if len(claims) > 1 else ''}: by {_who(by_id[first.denial])}, "
        f"in answer to {_who(by_id[first.claim])}."
    )
    involved = list(dict.fromkeys(i for d in doc.disputes for i in (d.claim, d.denial)))
    evidence = tuple(c for i in involved for c in by_id[i].content)
    return Finding("disputed", says, evidence, tuple(involved))
