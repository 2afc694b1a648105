"""One-line stories with their source words in angle brackets, resolved."""

from __future__ import annotations

import re

from whence.read.annotations import TaggedSpan
from whence.read.document import Document, Draft, Relay
from whence.read.sources import resolve
from whence.records import Paragraph, Story

__all__ = ["labels", "said", "story"]

_NEAR = 200
"""Characters from the words for a source to the quotation that is its content, at most."""

_MARK = re.compile(r"<([^<>]+)>|\{([^{}]+)\}")


def story(marked: str, **entities: str) -> Document:
    """A resolved document.

    Args:
        marked: sentences with `<source words>` and `{outlet words}`; content is what follows in the sentence, or the
            words in quotation marks.
        entities: LABEL="words; words".
    """
    doc = unresolved(marked, **entities)
    resolve(doc)
    return doc


def unresolved(marked: str, **entities: str) -> Document:
    """The same, not resolved yet."""
    text, at = "", 0
    marks: list[tuple[bool, tuple[int, int]]] = []
    for m in _MARK.finditer(marked):
        text += marked[at : m.start()]
        words = m.group(1) or m.group(2)
        marks.append((m.group(1) is not None, (len(text), len(text) + len(words))))
        text += words
        at = m.end()
    text += marked[at:]
    doc = Document(Story(text=text, paragraphs=(Paragraph((0, len(text)), "body"),) if text else ()))
    doc.sentences = [m.span() for m in re.finditer(r"\S.*?(?:(?<!Mr)(?<!Ms)(?<!Dr)[.!?]”?(?=\s|$)|$)", text)]
    found = {
        m.span(): label
        for label, names in entities.items()
        for name in names.split("; ")
        for m in re.finditer(rf"\b{re.escape(name)}\b", text)
    }
    longest = [s for s in found if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in found)]
    doc.entities = [TaggedSpan(s, found[s], 1.0) for s in sorted(longest)]
    for speaks, span in marks:
        start, end = doc.sentence_of(span[0])
        quotes = [(q.start() + start, q.end() + start) for q in re.finditer(r"“[^”]*”?", text[start:end])]
        outside = [q for q in quotes if not q[0] <= span[0] < q[1] and abs(q[0] - span[0]) < _NEAR]
        verb = re.compile(r"\W*\w+\s*").match(text, span[1])
        after = (min(verb.end(), end - 1) if verb else span[1], end)
        content = tuple(outside) or ((after if after[0] < after[1] else (span[1] - 1, span[1])),)
        if speaks:
            doc.drafts.append(Draft(content=content, source=(span,), voice="attributed"))
        else:
            doc.relays.append(Relay(span, "told"))
    return doc


def said(doc: Document) -> list[str]:
    """For each draft the labels of its sources, joined by " + "."""
    return [" + ".join(s.label for s in d.sources) for d in doc.drafts]


def labels(doc: Document) -> list[str]:
    """The labels of all sources."""
    return [s.label for s in doc.sources]
