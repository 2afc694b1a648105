"""A story's statements, ready to be compared: what is a denial, what can be denied, which words they share."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from whence.read.dispute_patterns import (
    DENYING,
    FALSE,
    FALSE_WORD,
    NO_EVIDENCE,
    NOT_DENYING,
    POINTS,
    PRONOUN,
    STRICT,
    SUCH,
    UNTRUE,
    WITHHELD,
)
from whence.read.document import Document, Draft
from whence.read.wording import NEGATION, Wording, stems
from whence.records import Source, Span

__all__ = ["REACH", "WIDE", "Said", "Statements", "can_answer", "is_denial", "is_untrue", "mentions", "speakers"]

WIDE = 400
"""Statements before and after one, at most, with whose words its own are compared: some ten thousand words."""

REACH = 6
"""Statements between a denial that points back and what it points to, at most."""

_CLAIMS = frozenset({"assert", "accuse", "condemn", "warn", "predict"})


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with what is needed to compare it."""

    at: int
    doc: Document
    draft: Draft
    words: str
    cue: str
    stems: frozenset[str]
    negated: bool


def is_untrue(words: str) -> bool:
    """Whether all that is said is that something else is not so: "This is simply not true"."""
    m = UNTRUE.match(words)
    if not m:
        return False
    return not m.group().casefold().endswith(" true") or bool(
        re.search(r"\bnot true$|^\W*none\b", m.group(), re.IGNORECASE)
    )


class Statements:
    """A story's statements, with an index of their stems."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.said = [_say(doc, n, draft) for n, draft in enumerate(_compared(doc))]
        self.denials = {s.at for s in self.said if is_denial(doc, s.draft)}
        self._index: dict[str, list[int]] = {}
        for s in self.said:
            for word in s.stems:
                self._index.setdefault(word, []).append(s.at)
        self.accusing = [s for s in self.said if s.draft.act == "accuse"]
        self.inside: dict[int, list[Said]] = {}
        for s in self.said:
            if s.draft.parent is not None:
                self.inside.setdefault(id(s.draft.parent), []).append(s)
        self.relayed = {id(r.draft) for r in doc.relays if r.draft is not None}

    @cached_property
    def wording(self) -> Wording:
        """How rare each stem is in the story."""
        return Wording(self.doc.words(s) for s in self.doc.sentences)

    def sharing(self, at: int, matter: Iterable[str], least: int) -> list[Said]:
        """The statements not far from one that share at least so many stems with what is given, in text order.

        Args:
            at: number of the statement around which `WIDE` statements before and after are looked at.
            matter: stems.
            least: how many of them, 1 or more.
        """
        counts = Counter(n for word in matter for n in self._near(word, at))
        return [self.said[n] for n in sorted(counts) if counts[n] >= least]

    def _near(self, word: str, at: int) -> list[int]:
        """The statements not far from one that hold a stem."""
        found = self._index.get(word, [])
        return found[bisect_left(found, at - WIDE) : bisect_right(found, at + WIDE)]


def is_denial(doc: Document, draft: Draft) -> bool:
    """Whether a statement denies a claim, by its act, its cue and its object.

    Args:
        draft: a statement whose act is known.
    """
    if draft.voice != "attributed":
        return False
    words = " ".join(doc.words(c) for c in draft.content)
    cue = " ".join(doc.words(c) for c in draft.cue)
    start = draft.cue[0][0] if draft.cue else draft.span[0]
    lead = doc.text[max(doc.sentence_of(start)[0], start - 30) : draft.cue[-1][1] if draft.cue else start]
    if NOT_DENYING.search(lead) or NOT_DENYING.search(cue):
        return False
    if draft.act == "deny" or DENYING.search(cue):
        if WITHHELD.match(words):
            return False
        if STRICT.search(cue) or not DENYING.search(cue):
            return True
        return bool(POINTS.match(words) or PRONOUN.match(words) or words.casefold().startswith(("that ", "as ")))
    if NO_EVIDENCE.match(words) or SUCH.search(words):
        return draft.act not in ("ask", "decline")
    return (is_untrue(words) or bool(FALSE_WORD.search(words) and FALSE.search(words))) and draft.act not in (
        "ask",
        "decline",
        "accuse",
    )


def _compared(doc: Document) -> list[Draft]:
    """The statements of the body: what a headline says, the body says again."""
    return [d for d in doc.drafts if not doc.in_headline(d)]


def _say(doc: Document, at: int, draft: Draft) -> Said:
    words = " ".join(doc.words(c) for c in draft.content)
    cue = " ".join(doc.words(c) for c in draft.cue)
    negated = NEGATION.search(words) or NEGATION.search(cue)
    return Said(at, doc, draft, words, cue, frozenset(stems(words)), bool(negated))


def speakers(draft: Draft) -> set[str]:
    return {s.id for s in draft.sources}


def can_answer(claim: Said, denial: Said) -> bool:
    """Whether one statement can be what the other denies, before their words are compared."""
    one, other = claim.draft, denial.draft
    if one is other or one.act not in _CLAIMS or speakers(one) & speakers(other):
        return False
    if one.parent is other or other.parent is one:
        return one.parent is other and one.voice == "attributed"
    return True


def mentions(claim: Said, denial: Said) -> bool:
    """Whether a claim speaks of the one who denies: a mention of the denial's source stands in the claim's words."""
    if any(_mentioned(s, c) for s in denial.draft.sources for c in claim.draft.content):
        return True
    words = f" {claim.words.casefold()} "
    for source in denial.draft.sources:
        name = re.sub(r"^(?:the|a|an) ", "", (source.label or "").casefold())
        if name and re.search(rf"\b{re.escape(name)}\b", words):
            return True
    return False


def _mentioned(source: Source, piece: Span) -> bool:
    """Whether a mention of a source touches a piece of text: mentions are in text order, without overlaps."""
    last = bisect_left(source.mentions, (piece[1], 0)) - 1
    return last >= 0 and source.mentions[last][1] > piece[0]
