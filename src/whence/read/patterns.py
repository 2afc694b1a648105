"""Attributions by layout: transcripts, signed words, lists, headlines, which running text never shows the model."""

from __future__ import annotations

import re

from whence.read.annotations import Attribution
from whence.read.component import Component
from whence.read.document import Document
from whence.read.entity_labels import relabelled
from whence.read.headline_quotes import attributed_in_headline
from whence.read.interviews import transcript
from whence.read.lines import lines
from whence.read.listings import listed
from whence.read.quotes import quoted_spans
from whence.read.repairs import repair
from whence.read.selection import cue_class
from whence.read.signatures import letters, posts, signed_quotations
from whence.records import Span
from whence.text.offsets import strip
from whence.text.places import Places

__all__ = ["PATTERNS", "beside_quotation", "led_in"]

_WORD = re.compile(r"[a-z]+")
_MARKS = ",;:.–—-”\"’'»"
_SPEAKER = re.compile(r"\s+((?:an?|the|one|his|her|their|its|[A-Z])[^,.;:!?“\"\n]{1,90})")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LEAD = 14  # words before the colon of a line that leads in a quotation, at most
_NOBODY = re.compile(r"(?:there|here|it|this|that|what|one thing)\b", re.IGNORECASE)


def led_in(doc: Document) -> list[Attribution]:
    """Quotations that fill the rest of a line behind a colon: "The harbour master was blunt: “The sea wins.”"

    Only those that the tagger gave to nobody; the speaker is what stands before the line's first finite verb.
    """
    found = []
    said = Places((c, None) for a in doc.attributions for c in a.content)
    for line in lines(doc):
        quoted = quoted_spans(doc.text, line)
        if not quoted or quoted[-1][1] < line[1] or said.touches(quoted[-1]):
            continue
        colon = doc.text.rfind(":", line[0], quoted[0][0])
        start = max(line[0], doc.sentence_of(quoted[0][0])[0])
        if colon <= start or doc.text[colon + 1 : quoted[0][0]].strip() or _NOBODY.match(doc.text, start):
            continue
        tokens = doc.tokens_in((start, colon))
        verb = next((n for n, t in enumerate(tokens) if t.pos in _FINITE), 0)
        if not verb or len(doc.text[start:colon].split()) > _LEAD:
            continue
        source = strip(doc.text, (start, tokens[verb - 1].span[1]), _MARKS)
        if source[0] < source[1] and any(t.pos.startswith(("NN", "PRP")) for t in doc.tokens_in(source)):
            content = (quoted[0][0], quoted[-1][1])
            found.append(Attribution((source,), ((colon, colon + 1),), (content,), 0.7, laid_out=True))
    return found


def beside_quotation(doc: Document, content: Span, taken: Places[None]) -> Attribution | None:
    """The attribution of a quotation whose cue the model did not see: “…,” NAME said, or “…,” said NAME.

    Args:
        content: the quotation.
        taken: where other attributions stand, which cannot be its source or cue.

    Returns:
        The attribution, or None where no word of speech stands right behind the quotation in its sentence.
    """
    sentence = doc.sentence_of(content[0])
    end = max(sentence[1], doc.sentence_of(content[1] - 1)[1])
    rest = doc.text[content[1] : end]
    for m in _WORD.finditer(rest, 0, 120):
        cue = (content[1] + m.start(), content[1] + m.end())
        if cue_class(m.group())[0] != "speech" or m.group()[0].isupper() or taken.touches(cue):
            continue
        before = strip(doc.text, (content[1], cue[0]), _MARKS)
        after = _SPEAKER.match(rest, m.end())
        source = (
            before if before[0] < before[1] else (strip(doc.text, _shift(after.span(1), content[1])) if after else None)
        )
        if source is None or len(doc.words(source).split()) > 14 or taken.touches(source):
            return None
        return Attribution((source,), (cue,), (content,), 0.6)
    return None


def _shift(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _apply(doc: Document) -> None:
    """Repair what the tagger found, and add what the layout shows, in place of what it made of the same words."""
    doc.entities = relabelled(doc)
    doc.attributions = repair(doc, doc.attributions)
    doc.drafts = attributed_in_headline(doc)
    turns, asked = transcript(doc)
    laid_out: list[Attribution] = []
    said: Places[None] = Places()
    for a in (*turns, *posts(doc), *signed_quotations(doc), *letters(doc), *listed(doc)):
        # The first to claim some words keeps them: a signed post is no letter as well.
        if not any(said.touches(c) for c in a.content):
            laid_out.append(a)
            for c in a.content:
                said.add(c, None)
    near = (s for a in laid_out for s in (*a.source, *a.cue, *a.content) if not _is_far(a, s))
    taken = Places((s, None) for s in (*asked, *near))
    kept = [a for a in doc.attributions if not any(taken.touches(s) for s in (*a.source, *a.cue, *a.content))]
    doc.attributions = sorted([*kept, *laid_out], key=lambda a: a.content)
    if more := led_in(doc):
        doc.attributions = sorted([*doc.attributions, *more], key=lambda a: a.content)


def _is_far(a: Attribution, span: Span) -> bool:
    """Whether a span is a source in another place than the words: whoever is interviewed is named at the top."""
    return span in a.source and bool(a.cue) and span[1] < a.cue[0][0] - 200


PATTERNS = Component(
    name="patterns",
    requires=frozenset({"story", "sentences", "attributions", "entities", "tokens"}),
    assigns=frozenset({"attributions", "drafts", "entities"}),
    apply=_apply,
)
"""Component: attributions that the layout of paragraphs and headlines shows."""
