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
from functools import lru_cache

from whence.read.component import Component
from whence.read.document import Document, Draft
from whence.read.headline_words import ACT_WORDS, HYPE, PHRASES, REPORTED_ACTS, same
from whence.read.metonymy import demonym
from whence.read.wording import NEGATION, Wording, stem, stems

__all__ = ["HEADLINE", "TOUCHES", "Headline", "supports"]

_QUOTED = 3  # words of a quotation in a headline, from which on it is somebody's and not a scare quote
_HELD = 0.8  # share of them that a statement must hold
_ROUNDED = 0.1  # by how much of itself a headline may round a number
_SUPPORTS = 0.55  # share of the headline's words, by weight, that a statement must hold
TOUCHES = 0.35
"""Share of the headline's words, by weight, from which on a statement is about the same matter."""

_CAPITALISED = re.compile(r"[A-Z][\w.’'-]{0,30}")
_PLAIN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_QUOTATION = re.compile(r"[“\"‘«]([^“”\"«»\n]{4,200}?)[”\"»]|(?<!\w)[‘'](?=\w)(.{4,200}?)[’'](?!\w)")
_NUMBER = re.compile(
    r"(?<![\w.-])(?:[$£€]\s?)?(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:\s?(?P<scale>bn|billion|m|million|k|thousand))?(?![\w-])",
    re.IGNORECASE,
)
_SCALES = {"bn": 1e9, "billion": 1e9, "m": 1e6, "million": 1e6, "k": 1e3, "thousand": 1e3}
_PART = 3  # words of matter that a part of a headline must have to stand for itself
_DIVIDES = re.compile(r";|\s[-–—]\s")
_TO = re.compile(r"\bto (?!the\b|a\b|be\b)([a-z]{2,20})\b")
_TO_COME = re.compile(
    r"\b(?:to|will|would|set|plans?|could|may|might|must|should|next|soon|vows?|pledg\w+|promis\w+|offers?|by)\b|[’']ll\b",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"\b[a-z]{3,}ed\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be|by)\b", re.IGNORECASE)
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


@lru_cache(maxsize=1 << 10)  # Findings ask again for what the support of the headline was told by.
def _matter(text: str) -> frozenset[str]:
    """The stems of a text, with countries and the words of headlines brought to one form."""
    for pattern, short in PHRASES:
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
            country = demonym(text[start:end].removesuffix("'s").removesuffix("’s"))
            if country:
                out.append(text[at:start])
                out.append(" country" + re.sub(r"\W", "", country).casefold() + " ")
                at = end
                n += size - 1
                break
        n += 1
    out.append(text[at:])
    alike = same()
    return frozenset(alike.get(s, s) for s in stems("".join(out)))


@dataclass(frozen=True, slots=True)
class Headline:
    """What a headline says, ready to be compared.

    Args:
        matter: its stems.
        act: the speech act that it reports, if any.
        weak: whether it is hedged or a question itself.
        negated: whether it is negative.
        conditional: whether it states a condition itself.
        parts: the matter of each part of a headline that says two things.
        order: its stems in order.
        verbs: the stems of its verbs behind "to".
        asks: whether it is a question.
        done: whether it tells what has been done, and of nothing that is to come.
        numbers: the numbers in it.
        quotations: the stems of the words that it quotes, each in order.
        wording: weights of the story's stems.
    """

    matter: frozenset[str]
    act: str | None
    weak: bool
    negated: bool
    conditional: bool
    parts: tuple[frozenset[str], ...]
    order: tuple[str, ...]
    verbs: frozenset[str]
    asks: bool
    done: bool
    numbers: tuple[float, ...]
    quotations: tuple[tuple[str, ...], ...]
    wording: Wording

    @classmethod
    def of(cls, doc: Document) -> Headline | None:
        """The headline of a document, or None where it has none with two words of matter."""
        if not doc.story.headline:
            return None
        words = doc.words(doc.story.headline)
        act = next((act for act, pattern in REPORTED_ACTS if pattern.search(words)), None)
        matter = frozenset(_matter(words) - _SAID - HYPE - (ACT_WORDS if act else frozenset()))
        if len(matter) < 2:
            return None
        return cls(
            matter=matter,
            act=act,
            weak=bool(_WEAK.search(words)),
            negated=bool(NEGATION.search(words)),
            conditional=bool(_CONDITION.search(words)),
            parts=tuple(p for p in _parts(words, matter) if len(p) >= _PART),
            order=_ordered(words),
            verbs=_verbs(words),
            asks=words.rstrip().endswith("?"),
            done=bool(_PARTICIPLE.search(words)) and not _TO_COME.search(words),
            numbers=_numbers(words),
            quotations=tuple(q for q in _quotations(words) if len(q) >= _QUOTED),
            wording=Wording(doc.words(s) for s in doc.sentences),
        )

    def share(self, doc: Document, draft: Draft) -> float:
        """How much of the headline's matter a statement holds, with its source and cue, 0..1 by weight."""
        said = " ".join(doc.words(c) for c in (*draft.content, *draft.cue))
        speakers = " ".join(s.label for s in draft.sources)
        both = self.matter & _matter(f"{said} {speakers}")
        if len(both) < 2:
            return 0.0
        return max(self.wording.covered(part, both) for part in (self.matter, *self.parts))


def _quotations(words: str) -> list[tuple[str, ...]]:
    """The words of each quotation in a headline, in lower case; an apostrophe inside a word opens none."""
    return [tuple(w.casefold() for w in _PLAIN.findall(m.group(1) or m.group(2))) for m in _QUOTATION.finditer(words)]


def _ordered(words: str) -> tuple[str, ...]:
    alike = same()
    return tuple(dict.fromkeys(alike.get(s, s) for s in stems(words)))


def _parts(words: str, matter: frozenset[str]) -> list[frozenset[str]]:
    """The matter of each part of a headline that a semicolon or a dash divides."""
    parts = _DIVIDES.split(words)
    return [frozenset(_matter(p)) & matter for p in parts] if len(parts) > 1 else []


def _verbs(words: str) -> frozenset[str]:
    """The stems of the verbs behind "to", which headlines use for what is to be: "Minister to close mine"."""
    alike = same()
    found = " ".join(m.group(1) for m in _TO.finditer(words))
    return frozenset(alike.get(s, s) for s in stems(found)) - _SAID - ACT_WORDS


def _numbers(words: str) -> tuple[float, ...]:
    found = []
    for m in _NUMBER.finditer(words):
        scale = _SCALES.get((m["scale"] or "").casefold(), 1.0)
        found.append(float(m["n"].replace(",", "")) * scale)
    return tuple(found)


def _quotes(words: str, headline: Headline) -> bool:
    """Whether a statement holds nearly all words of a quotation in the headline."""
    held = {w.casefold() for w in _PLAIN.findall(words)}
    return any(sum(w in held for w in q) >= _HELD * len(q) for q in headline.quotations)


def _counts_otherwise(draft: Draft, words: str, headline: Headline) -> bool:
    """Whether both give numbers and none of the headline's is one of the statement's, also when rounded."""
    said = [v for f in draft.figures for v in (f.value if isinstance(f.value, tuple) else (f.value,))]
    said += _numbers(words)
    if not headline.numbers or not said:
        return False
    return not any(abs(n - v) <= _ROUNDED * max(abs(n), abs(v)) for n in headline.numbers for v in said)


def _turned_round(words: str, headline: Headline) -> bool:
    """Whether a statement has the headline's first, middle and last word in the opposite order, and no passive."""
    order = _ordered(words)
    both = [s for s in headline.order if s in order]
    if len(both) < 3 or _PASSIVE.search(words):
        return False
    return [s for s in order if s in set(both)] == both[::-1]


def supports(doc: Document, draft: Draft, headline: Headline) -> bool:
    """Whether a statement says what the headline says."""
    if doc.in_headline(draft):
        return False
    words = " ".join(doc.words(c) for c in draft.content)
    if _quotes(words, headline):
        return draft.act not in ("ask", "decline") and headline.share(doc, draft) >= TOUCHES
    allowed = {headline.act, "assert", "accuse", "condemn"} if headline.act not in (None, "deny") else _SAYING
    if headline.act == "deny":
        allowed = {"deny"}
    if headline.asks:
        allowed = allowed | {"ask"}
    if draft.act not in allowed or (draft.act == "promise" and headline.done):
        return False
    if _counts_otherwise(draft, words, headline) or _turned_round(words, headline):
        return False
    if not headline.weak and draft.hedges:
        return False
    if not headline.conditional and _CONDITION.search(words):
        return False
    if headline.act != "deny" and bool(NEGATION.search(words)) != headline.negated:
        return False
    if headline.verbs and not headline.verbs & _matter(" ".join(doc.words(c) for c in (*draft.content, *draft.cue))):
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
