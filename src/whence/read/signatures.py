"""Words that are signed: quotations with a name behind a dash or below, posts with a handle, letters ("From …:")."""

from __future__ import annotations

import re

from whence.read.annotations import Attribution
from whence.read.document import Document
from whence.read.lines import NAME, lines
from whence.read.outlets import Outlets
from whence.read.quotes import quoted_spans
from whence.records import Span
from whence.text.offsets import overlaps, strip

__all__ = ["letters", "posts", "signed_quotations"]

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}"
_DATE = rf"(?:,? (?:{_MONTH}\.? \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH}\.? \d{{4}}))?"
_SIGNATURE = re.compile(rf"\s*[—–―-]{{1,2}}\s?({NAME}(?:, [^.!?\n]{{1,80}})?)\.?\s*$")
_BELOW = re.compile(rf"({NAME}, [^.!?:\n]{{2,60}})$")
_HANDLE = re.compile(rf"(?:^|\s*)[—–―-]{{1,2}}\s?({NAME}) \(@\w{{1,30}}\){_DATE}\s*$")
_FROM = re.compile(rf"From ({NAME}(?:, [^.!?:\n]{{2,40}})?):$")


def signed_quotations(doc: Document) -> list[Attribution]:
    """Quotations with the speaker's name behind a dash, in the same line or the next one: “…” — Jane Doe.

    A line of its own, "Jane Doe, captain", signs the quotation above it without a dash.
    """
    found = []
    body = lines(doc)
    for n, line in enumerate(body):
        quoted = quoted_spans(doc.text, line)
        if not quoted or quoted[0][0] != line[0]:
            continue
        content = (quoted[0][0], quoted[-1][1])
        rest = doc.text[content[1] : line[1]]
        signature = _SIGNATURE.match(doc.text, content[1], line[1]) or _HANDLE.match(doc.text, content[1], line[1])
        if signature is None and not rest.strip(" .,") and n + 1 < len(body):
            below = body[n + 1]
            signature = _SIGNATURE.match(doc.text, *below) or _HANDLE.match(doc.text, *below)
            signature = signature or _BELOW.match(doc.text, *below)
        if signature is not None:
            found.append(Attribution((signature.span(1),), (), (content,), 0.95, laid_out=True))
    return found


def posts(doc: Document) -> list[Attribution]:
    """Posts of social media as pages embed them: the words, a dash, the name and its handle, perhaps the date."""
    found = []
    body = lines(doc)
    for n, line in enumerate(body):
        handle = _HANDLE.search(doc.text, *line)
        if handle is None:
            continue
        content = strip(doc.text, (line[0], handle.start()))
        if content[0] == content[1] and n:
            content = body[n - 1]
        if content[0] < content[1] and not overlaps(content, handle.span(1)):
            found.append(Attribution((handle.span(1),), (), (content,), 0.95, laid_out=True))
    return found


def letters(doc: Document) -> list[Attribution]:
    """Letters headed "From Jane Doe:" in a line of its own, each up to the next one; an outlet's name heads none."""
    body = lines(doc)
    heads = [(n, m) for n, line in enumerate(body) if (m := _FROM.match(doc.text, *line))]
    if not heads:
        return []
    outlets = Outlets(doc.text, doc.entities)
    found = []
    for (n, m), after in zip(heads, [*(k for k, _ in heads[1:]), len(body)], strict=True):
        pieces: tuple[Span, ...] = tuple(body[n + 1 : after])
        person = any(e.label == "PERSON" and overlaps(e.span, m.span(1)) for e in doc.entities)
        if pieces and outlets.at(m.start(1)) is None and (person or len(heads) > 1):
            found.append(Attribution((m.span(1),), (), pieces, 0.9, laid_out=True))
    return found
