"""A line that says that the story was checked links no check."""

from __future__ import annotations

from whence.read.document import Document
from whence.read.finding_rules.words import quoted
from whence.records import Finding

__all__ = ["find"]


def find(doc: Document) -> Finding | None:
    """The finding, where it holds."""
    bare = [b.span for b in doc.story.badges if not b.evidence]
    if not bare:
        return None
    line, links = ("line", "it links") if len(bare) == 1 else ("lines", "they link")
    says = f"The page carries the {line} {quoted(doc, bare)}, but {links} no record of a check."
    return Finding("badge-without-record", says, tuple(bare))
