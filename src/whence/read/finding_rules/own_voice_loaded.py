"""The outlet's own voice uses evaluative words."""

from __future__ import annotations

from whence.read.document import Document
from whence.read.finding_rules.words import count, quoted
from whence.records import Finding

__all__ = ["find"]


def find(doc: Document) -> Finding | None:
    """The finding, where it holds."""
    loaded = [d for d in doc.drafts if d.voice == "own" and d.loaded]
    if not loaded:
        return None
    spans = [s for d in loaded for s in d.loaded]
    says = (
        f"In its own voice the page uses evaluative words in {count(len(loaded), 'statement')}: {quoted(doc, spans)}."
    )
    return Finding("own-voice-loaded", says, tuple(spans), tuple(d.id for d in loaded))
