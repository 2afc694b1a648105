"""The lines of a story's body: what layout shows stands in lines, whether a page keeps them as paragraphs or not."""

from __future__ import annotations

import re

from whence.read.document import Document
from whence.records import Span
from whence.text.offsets import strip

__all__ = ["NAME", "lines"]

NAME = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Prof|Gen|Sen|Rep)\.? )?[A-Z][\w'’.-]*(?: (?:[A-Z][\w'’.-]*|de|van|von|al|bin|of|the)){0,5}"
)
"""A name, as far as capitals tell."""

_LINE = re.compile(r"[^\n]+")


def lines(doc: Document) -> list[Span]:
    """The lines of the body, in text order, without white space at their ends; empty ones are left out."""
    found = [
        strip(doc.text, m.span())
        for p in doc.story.paragraphs
        if p.role == "body"
        for m in _LINE.finditer(doc.text, *p.span)
    ]
    return [line for line in found if line[0] < line[1]]
