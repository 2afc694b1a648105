"""Which statements say what the headline says.

A statement supports the headline where it covers most of its words, weighted by their rarity in the story, and also
*says* it: it is not a question, a refusal or a wish (unless the headline reports one), not under an "if", not weakened
where the headline is not, and not turned round by a negation. Words are compared by light stems, countries by
whichever of their names is used, and the short words of headlines by what they stand for ("axe" for "cancel").
Who says it does not matter here; the findings ask that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from whence.read.component import Component
from whence.read.document import Document, Draft
from whence.read.metonymy import demonym
from whence.read.wording import NEGATION, Wording, stem, stems

__all__ = ["HEADLINE", "TOUCHES", "Headline", "supports"]

_SUPPORTS = 0.55  # share of the headline's words, by weight, that a statement must hold
TOUCHES = 0.35
"""Share of the headline's words, by weight, from which on a statement is about the same matter."""

_SAME = (
    "cancel axe scrap ditch shelve",
    "criticise criticize slam blast rap lash condemn",
    "investigation probe inquiry enquiry investigate",
    "resign quit",
    "prison jail imprison",
    "rise hike increase surge soar jump climb",
    "fall plunge slump tumble decline decrease",
    "cut slash reduce",
    "die dead death fatal",
    "police cop",
    "consider mull weigh eye ponder",
    "promise vow pledge",
    "arrest nab detain",
    "dismiss oust sack fire",
    "chief boss manager",
    "dispute row feud clash",
    "talk negotiation",
    "support back endorse",
    "agreement deal pact accord",
    "attack strike assault raid",
    "company firm business",
    "close shut",
    "buy purchase acquire",
    "survey poll",
    "study research",
    "mother mum mom",
    "father dad",
    "child kid",
    "soldier troop",
    "begin start launch",
    "war warfare",
    "warn caution",
    "house home",
)
_CAPITALISED = re.compile(r"[A-Z][\w.’'-]{0,30}")
_PHRASES = (
    (re.compile(r"\bprime ministers?\b", re.IGNORECASE), "pm"),
    (re.compile(r"\b(?:step|stand)(?:s|ped|ing)? down\b|\bst(?:ood|ands) down\b", re.IGNORECASE), "resign"),
)
_ACTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "deny",
        re.compile(
            r"\b(?:den(?:y|ies|ied|ying)|rejects? (?:\w+ )?claims?|refutes?|dismiss(?:es)? (?:claims?|reports?))\b",
            re.IGNORECASE,
        ),
    ),
    ("decline", re.compile(r"\b(?:declines?|refus(?:es?|ed|ing)|won[’']t say|silent)\b", re.IGNORECASE)),
    ("demand", re.compile(r"\b(?:demands?|urg(?:es?|ed)|calls? (?:for|on)|wants?|asks? for)\b", re.IGNORECASE)),
    ("promise", re.compile(r"\b(?:vows?|pledg(?:es?|ed)|promis(?:es?|ed))\b", re.IGNORECASE)),
    ("ask", re.compile(r"\basks? (?:if|whether|why|how)\b", re.IGNORECASE)),
)
_SAYING = frozenset({"assert", "accuse", "condemn", "praise", "warn", "predict", "promise"})
_CONDITION = re.compile(
    r"(?<!as )(?<!even )(?<!what )(?<!if and )\b(?:if|unless|provided that|were to)\b", re.IGNORECASE
)
_WEAK = re.compile(
    r"\b(?:may|might|could|likely|reportedly|allegedly|possibl[ey]|perhaps|consider(?:s|ing|ed)?|mull(?:s|ing)?|weigh(?:s|ing)?"
    r"|eye(?:s|ing)?|expected|feared?|fears|set to|poised|plans?|rumou?red|if|risks?|threat(?:ens?)?)\b|\?\s*$",
    re.IGNORECASE,
)
_SAID = frozenset(
    stem(w) for w in "say says said tell claim claims report reports reveal reveals accuse accuses warn".split()
)


@cache
def _same() -> dict[str, str]:
    return {stem(w): stem(group.split()[0]) for group in _SAME for w in group.split()}


def _matter(text: str) -> set[str]:
    """The stems of a text, with countries and the words of headlines brought to one form."""
    for pattern, short in _PHRASES:
        text = pattern.sub(short, text)
    out: list[str] = []
    at = 0
    words = list(_CAPITALISED.finditer(text))
    n = 0
    while n < len(words):
        for size in (3, 2, 1):
            if n + size > len(words):
                continue
            start, end = words[n].start(), words[n + size - 1].end()
            if end - start > 40 or "\n" in text[start:end]:
                continue
            country = demonym(re.sub(r"['’]s$", "", text[start:end]))
            if country:
                out.append(text[at:start])
                out.append(" country" + re.sub(r"\W", "", country).casefold() + " ")
                at = end
                n += size - 1
                break
        n += 1
    out.append(text[at:])
    same = _same()
    return {same.get(s, s) for s in stems("".join(out))}


@dataclass(frozen=True, slots=True)
class Headline:
    """What a headline says, ready to be compared.

    Args:
        matter: its stems.
        act: the speech act that it reports, if any.
        weak: whether it is hedged or a question itself.
        negated: whether it is negative.
        conditional: whether it states a condition itself.
        wording: weights of the story's stems.
    """

    matter: frozenset[str]
    act: str | None
    weak: bool
    negated: bool
    conditional: bool
    wording: Wording

    @classmethod
    def of(cls, doc: Document) -> Headline | None:
        """The headline of a document, or None where it has none with two words of matter."""
        if not doc.story.headline:
            return None
        words = doc.words(doc.story.headline)
        matter = frozenset(_matter(words) - _SAID)
        if len(matter) < 2:
            return None
        return cls(
            matter=matter,
            act=next((act for act, pattern in _ACTS if pattern.search(words)), None),
            weak=bool(_WEAK.search(words)),
            negated=bool(NEGATION.search(words)),
            conditional=bool(_CONDITION.search(words)),
            wording=Wording(doc.words(s) for s in doc.sentences),
        )

    def share(self, doc: Document, draft: Draft) -> float:
        """How much of the headline's matter a statement holds, with its source and cue, 0..1 by weight."""
        said = " ".join(doc.words(c) for c in (*draft.content, *draft.cue))
        speakers = " ".join(s.label for s in draft.sources)
        both = self.matter & _matter(f"{said} {speakers}")
        if len(both) < 2:
            return 0.0
        return self.wording.covered(self.matter, both)


def supports(doc: Document, draft: Draft, headline: Headline) -> bool:
    """Whether a statement says what the headline says."""
    words = " ".join(doc.words(c) for c in draft.content)
    allowed = {headline.act, "assert", "accuse", "condemn"} if headline.act not in (None, "deny") else _SAYING
    if headline.act == "deny":
        allowed = {"deny"}
    if draft.act not in allowed:
        return False
    if not headline.weak and draft.hedges:
        return False
    if not headline.conditional and _CONDITION.search(words):
        return False
    if headline.act != "deny" and bool(NEGATION.search(words)) != headline.negated:
        return False
    return headline.share(doc, draft) >= _SUPPORTS


def _apply(doc: Document) -> None:
    doc.headline_support = []
    headline = Headline.of(doc)
    if headline is None:
        return
    for draft in doc.drafts:
        if supports(doc, draft, headline):
            doc.headline_support.append(draft.id)
            share = headline.share(doc, draft)
            doc.explain(draft, "headline=supports", "headline", "says what the headline says", share, draft.content)


HEADLINE = Component(
    "headline",
    frozenset({"story", "sentences", "drafts", "draft.id", "draft.sources", "draft.act", "draft.hedges"}),
    frozenset({"headline_support"}),
    _apply,
)
"""Fills `headline_support`."""
