"""Attributions inside another's content: the tagger reads the content again, on its own.

PolNeAR marks every token at most once, so in one pass the model names the outer speaker only. Given the content as a
text of its own, it sees the inner one. Only contents that hold a possible cue, with somebody who may be its speaker,
are read again; all of them in one go.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from whence.read.annotations import Attribution, Tagging
from whence.read.component import Component
from whence.read.document import Document, Draft
from whence.read.selection import cue_class, decide, is_utterance
from whence.read.statements import settled
from whence.records import Span
from whence.text.offsets import contains, overlap

__all__ = ["TextTagger", "nested", "worth_reading"]

_SHORTEST = 30
"""Characters: below this no content holds a source, a cue and a content of its own."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CLASSES = ("speech", "judgement", "belief")
_NOBODY = frozenset("i we me us my our you your a an the this that these those".split())


class TextTagger(Protocol):
    """Anything that tags blocks of a text, as `whence.read.tagger.Tagger` does."""

    def tag(self, text: str, blocks: Sequence[Span]) -> Tagging:
        """Tag `blocks` of `text`."""
        ...

    def inside(self, text: str, pieces: Sequence[Span]) -> list[tuple[Attribution, ...]]:
        """What each of `pieces` of `text` attributes, read as a text of its own."""
        ...


def worth_reading(words: str) -> bool:
    """Whether some words may hold an attribution: one of them is a cue of speech, judgement or belief."""
    return len(words) >= _SHORTEST and any(cue_class(w)[0] in _CLASSES for w in _WORD.findall(words))


def _may_attribute(doc: Document, piece: Span) -> bool:
    """Whether some cue in a piece may have a speaker who is not the outer one: "he thinks", not "I think"."""
    tokens = doc.tokens_in(piece)
    subject = owner = ""
    for token in tokens:
        word = doc.words(token.span).lower()
        is_noun = token.pos.startswith("NN")
        if cue_class(word)[0] in _CLASSES:
            # The subject may also stand behind its verb ("said Vik"), or far before the piece begins.
            if token.pos.startswith("VB") and subject not in _NOBODY:
                return True
            if is_noun and owner and owner not in _NOBODY:
                return True
        if token.pos in ("POS", "PRP$"):
            owner = subject if token.pos == "POS" else word
        elif is_noun:
            owner = ""
        if is_noun or token.pos.startswith("PRP"):
            subject = word
    return not tokens or "according to" in doc.words(piece).lower()


def _inside(outer: Draft, piece: Span, a: Attribution) -> bool:
    """Whether an attribution found in a piece of content is a proper part of it."""
    spans = (*a.source, *a.cue, *a.content)
    return all(contains(piece, s) for s in spans) and sum(e - s for s, e in a.content) < 0.95 * sum(
        e - s for s, e in outer.content
    )


def nested(doc: Document, tagger: TextTagger, min_score: float = 0.5) -> None:
    """Add a draft, with its parent, for every attribution inside the content of another.

    Args:
        min_score: inner attributions that the tagger scores below this (0..1) are left out: they come from a text
            without its surroundings.
    """
    pieces = [
        piece
        for outer in doc.drafts
        if outer.voice != "own"
        for piece in outer.content
        if worth_reading(doc.words(piece)) and _may_attribute(doc, piece)
    ]
    read = dict(zip(pieces, tagger.inside(doc.text, pieces), strict=True)) if pieces else {}
    found: list[Draft] = []
    placed: dict[Draft, list[Draft]] = {}
    for draft in doc.drafts:
        if draft.parent is not None:
            placed.setdefault(draft.parent, []).append(draft)
    for outer in doc.drafts:
        if outer.voice == "own":
            continue
        here: list[Draft] = []
        for piece in outer.content:
            for a in settled(doc, read.get(piece, ())):
                speaker = " ".join(doc.words(s) for s in a.source).lower()
                if (
                    a.score < min_score
                    or not a.cue
                    or not a.source
                    or speaker in _NOBODY
                    or not _inside(outer, piece, a)
                ):
                    continue
                if cue_class(" ".join(doc.words(c) for c in a.cue))[0] not in _CLASSES or is_utterance(speaker):
                    continue
                taken, rule = decide(doc.text, a.source, a.cue, a.content, doc.tokens_in(a.content[0]))
                known = (*here, *placed.get(outer, ()))
                if not taken or any(overlap(a.cue[0], d.cue[0]) for d in known if d.cue):
                    continue
                inner = Draft(
                    content=a.content,
                    source=a.source,
                    cue=a.cue,
                    voice="attributed",
                    score=a.score,
                    parent=outer,
                    origin="nested",
                )
                here.append(inner)
                doc.explain(inner, "voice=attributed", "nested", rule, a.score, a.cue)
        found.extend(here)
    doc.drafts.extend(found)


def component(tagger: TextTagger) -> Component:
    """The component 'nested' around a tagger."""
    return Component(
        name="nested",
        requires=frozenset({"tokens", "drafts"}),
        assigns=frozenset({"draft.parent"}),
        apply=lambda doc: nested(doc, tagger),
    )
