"""Attributions by layout: transcripts, interviews, and signed quotations, which running text never shows the model."""

from __future__ import annotations

import re

from whence.read.annotations import Attribution
from whence.read.component import Component
from whence.read.document import Document
from whence.read.quotes import quoted_spans
from whence.read.selection import cue_class
from whence.records import Span
from whence.text.offsets import overlaps, strip

__all__ = ["PATTERNS", "beside_quotation", "signed_quotations", "transcript"]

_NAME = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Prof|Gen|Sen|Rep)\.? )?[A-Z][\w'’.-]*(?: (?:[A-Z][\w'’.-]*|de|van|von|al|bin|of|the)){0,5}"
)
_TURN = re.compile(rf"(Q|A|{_NAME})\s?:\s+(?=\S)")
_SIGNATURE = re.compile(rf"\s*[—–―-]{{1,2}}\s?({_NAME}(?:, [^.!?\n]{{1,80}})?)\.?\s*$")
_WORD = re.compile(r"[a-z]+")
_MARKS = ",;:.–—-”\"’'»"
_SPEAKER = re.compile(r"\s+((?:an?|the|one|his|her|their|its|[A-Z])[^,.;:!?“\"\n]{1,90})")
_FEWEST_TURNS = 3
"""Turns from which paragraphs that begin "Name:" are a transcript and not, say, a relay line or a list."""


def _body(doc: Document) -> list[Span]:
    return [p.span for p in doc.story.paragraphs if p.role == "body"]


def transcript(doc: Document) -> list[Attribution]:
    """Turns of a transcript or an interview: paragraphs that begin with "Name:", "Q:" or "A:".

    At least three such paragraphs are needed, and two speakers or one who speaks twice. Of "Q:" and "A:" the story does
    not say who it is: those turns have no source.
    """
    turns = [(p, m) for p in _body(doc) if (m := _TURN.match(doc.text, *p))]
    if len(turns) < _FEWEST_TURNS or len({m.group(1) for _, m in turns}) == len(turns):
        return []
    return [
        Attribution(
            source=() if m.group(1) in ("Q", "A") else (m.span(1),),
            cue=((m.end(1), doc.text.index(":", m.end(1)) + 1),),
            content=(strip(doc.text, (m.end(), p[1])),),
            score=0.95,
        )
        for p, m in turns
    ]


def signed_quotations(doc: Document) -> list[Attribution]:
    """Quotations with the speaker's name behind a dash: “…” — Jane Doe, in the same paragraph or the next one."""
    found = []
    body = _body(doc)
    for n, paragraph in enumerate(body):
        quoted = quoted_spans(doc.text, paragraph)
        if not quoted or quoted[0][0] != strip(doc.text, paragraph)[0]:
            continue
        content = (quoted[0][0], quoted[-1][1])
        rest = doc.text[content[1] : paragraph[1]]
        signature = _SIGNATURE.match(doc.text, content[1], paragraph[1])
        if signature is None and not rest.strip(" .,") and n + 1 < len(body):
            signature = _SIGNATURE.match(doc.text, *body[n + 1])
        if signature is not None:
            found.append(Attribution((signature.span(1),), (), (content,), 0.95))
    return found


def beside_quotation(doc: Document, content: Span, taken: list[Span]) -> Attribution | None:
    """The attribution of a quotation whose cue the model did not see: “…,” NAME said, or “…,” said NAME.

    Args:
        content: the quotation.
        taken: spans of other attributions, which cannot be its source or cue.

    Returns:
        The attribution, or None where no word of speech stands right behind the quotation in its sentence.
    """
    sentence = doc.sentence_of(content[0])
    end = max(sentence[1], doc.sentence_of(content[1] - 1)[1])
    rest = doc.text[content[1] : end]
    for m in _WORD.finditer(rest, 0, 120):
        cue = (content[1] + m.start(), content[1] + m.end())
        if cue_class(m.group())[0] != "speech" or m.group()[0].isupper() or any(overlaps(cue, t) for t in taken):
            continue
        before = strip(doc.text, (content[1], cue[0]), _MARKS)
        after = _SPEAKER.match(rest, m.end())
        source = (
            before if before[0] < before[1] else (strip(doc.text, _shift(after.span(1), content[1])) if after else None)
        )
        if source is None or len(doc.words(source).split()) > 14 or any(overlaps(source, t) for t in taken):
            return None
        return Attribution((source,), (cue,), (content,), 0.6)
    return None


def _shift(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _apply(doc: Document) -> None:
    """Add what the layout shows, in place of what the tagger made of the same words."""
    laid_out = [*transcript(doc), *signed_quotations(doc)]
    if not laid_out:
        return
    taken = [s for a in laid_out for s in (*a.source, *a.cue, *a.content)]
    kept = [
        a for a in doc.attributions if not any(overlaps(s, t) for s in (*a.source, *a.cue, *a.content) for t in taken)
    ]
    doc.attributions = sorted([*kept, *laid_out], key=lambda a: a.content)


PATTERNS = Component(
    name="patterns",
    requires=frozenset({"story", "attributions"}),
    assigns=frozenset({"attributions"}),
    apply=_apply,
)
"""Component: attributions that the layout of paragraphs shows."""
