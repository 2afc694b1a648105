"""Times that can only be resolved with the day of publication, which the page does not give."""

from __future__ import annotations

from whence.read.document import Document
from whence.read.finding_rules.words import count, quoted
from whence.records import Finding

__all__ = ["find"]


def find(doc: Document) -> Finding | None:
    """The finding, where it holds."""
    if doc.published is not None:
        return None
    hits = [(d, t) for d in doc.drafts for t in d.times if t.value is None]
    spans = list(dict.fromkeys(t.span for _, t in hits))
    if not spans:
        return None
    says = (
        f"The page gives no date of publication, so {count(len(spans), 'time')} on it cannot be placed: "
        f"{quoted(doc, spans)}."
    )
    return Finding("undated", says, tuple(spans), tuple(dict.fromkeys(d.id for d, _ in hits)))
