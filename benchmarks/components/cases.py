"""The invented, annotated cases of each component, and documents made of them.

A case's text marks statements as `[S source]`, `[Q cue]` and `[C content]`; a statement may have several pieces of
each.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from whence.read.document import Document, Draft
from whence.records import Paragraph, Role, Span, Story
from whence.text.sentences import sentences

__all__ = ["CASES", "load", "made"]

CASES = Path(__file__).parents[2] / "tests" / "unit" / "read" / "data"

_MARK = re.compile(r"\[([SQC]) |\]")


def load(name: str) -> list[dict[str, Any]]:
    """The cases of one component, in the order of its file."""
    with (CASES / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def made(case: dict[str, Any]) -> tuple[Document, Draft]:
    """A document with one draft, from a case with marked text.

    A case without a marked cue or source is in the outlet's own voice, unless it says `"voice": "attributed"`; a case
    with
    `"headline": true` is a headline.
    """
    pieces: dict[str, list[Span]] = {"S": [], "Q": [], "C": []}
    open_: list[tuple[str, int]] = []
    text = ""
    at = 0
    marked = case["text"]
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        if match[1]:
            open_.append((match[1], len(text)))
        elif open_:
            kind, start = open_.pop()
            pieces[kind].append((start, len(text)))
        else:
            text += "]"
    text += marked[at:]
    blocks: list[Span] = []
    start = 0
    for part in text.split("\n\n"):
        if part:
            blocks.append((start, start + len(part)))
        start += len(part) + 2
    role: Role = "headline" if case.get("headline") else "body"
    story = Story(
        text, headline=blocks[0] if role == "headline" else None, paragraphs=tuple(Paragraph(b, role) for b in blocks)
    )
    attributed = bool(pieces["S"] or pieces["Q"]) or case.get("voice") == "attributed"
    draft = Draft(
        content=tuple(sorted(pieces["C"])) or (blocks[0],),
        source=tuple(sorted(pieces["S"])),
        cue=tuple(sorted(pieces["Q"])),
        voice="attributed" if attributed else "own",
    )
    published = date.fromisoformat(case["published"]) if case.get("published") else None
    document = Document(story=story, published=published, sentences=sentences(text, blocks), drafts=[draft])
    return document, draft
