"""Disputes: an assertion or accusation of one source, and its denial by another.

A statement is a denial where its speech act says so and its object is a claim ("denied taking money", "rejected the
claims", but not "rejected the offer" or "denied bail"), or where it says that a claim is false, or where it says of
another statement's matter, almost word for word, that it is not so. What it denies is looked for in this order:

1. the statement of somebody else inside it ("rejected Washington's accusation that …");
2. the statement whose words it repeats most, weighted by their rarity in the story, wherever it stands;
3. where it only points ("the claims", "it", "any wrongdoing"): the nearest statement before it that is of the sort it
   points to, at most `_REACH` statements back.

A denial of something that the page does not say makes no dispute.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from whence.read.component import Component
from whence.read.dispute_patterns import (
    ACCUSING_NOUN,
    ANY,
    CONTRARY,
    DENYING,
    DID_NOT,
    FALSE,
    FALSE_WORD,
    GENERAL,
    JUDGED,
    NOT_DENYING,
    NUMBERS,
    OF_WHAT,
    ONE_OF_THEM,
    PERSONAL,
    POINTING_NOUN,
    POINTS,
    POSSESSOR,
    PRONOUN,
    REPORT_NOUN,
    REPORTED,
    STRICT,
    UNTRUE,
    WITHHELD,
)
from whence.read.document import Document, Draft
from whence.read.wording import NEGATION, Wording, stems
from whence.records import Dispute

__all__ = ["DISPUTES", "is_denial", "pair"]

_REACH = 6  # statements between a denial that points back and what it points to
_AHEAD = 2  # statements after a denial in which what it points to is looked for
_REPEATS = 0.5  # share of a denial's words, by weight, that the statement it denies must hold
_TOUCHES = 0.3  # the same, where a denial points to a claim and also says what it is
_CONTRADICTS = 0.75  # the same, where only a negation tells that it denies
_CLAIMS = frozenset({"assert", "accuse", "condemn", "warn", "predict"})
_MARKS = ("“", '"', "‘", "'", "«")
_CRITICAL = frozenset({"accuse", "condemn"})


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement with what is needed to compare it."""

    at: int
    doc: Document
    draft: Draft
    words: str
    cue: str
    stems: frozenset[str]
    negated: bool


def _is_untrue(words: str) -> bool:
    """Whether all that is said is that something else is not so: "This is simply not true"."""
    m = UNTRUE.match(words)
    if not m:
        return False
    return not m.group().casefold().endswith(" true") or bool(
        re.search(r"\bnot true$|^\W*none\b", m.group(), re.IGNORECASE)
    )


class _Story:
    """A story's statements, with an index of their stems."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.said = [_say(doc, n, draft) for n, draft in enumerate(doc.drafts)]
        self.denials = {s.at for s in self.said if is_denial(doc, s.draft)}
        self._index: dict[str, list[int]] = {}
        for s in self.said:
            for word in s.stems:
                self._index.setdefault(word, []).append(s.at)

    @cached_property
    def wording(self) -> Wording:
        """How rare each stem is in the story."""
        return Wording(self.doc.words(s) for s in self.doc.sentences)

    def sharing(self, matter: Iterable[str], least: int) -> list[_Said]:
        """The statements that share at least so many stems with what is given, in text order."""
        counts = Counter(at for word in matter for at in self._index.get(word, ()))
        return [self.said[at] for at in sorted(counts) if counts[at] >= least]


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
    return (_is_untrue(words) or bool(FALSE_WORD.search(words) and FALSE.search(words))) and draft.act not in (
        "ask",
        "decline",
        "accuse",
    )


def _say(doc: Document, at: int, draft: Draft) -> _Said:
    words = " ".join(doc.words(c) for c in draft.content)
    cue = " ".join(doc.words(c) for c in draft.cue)
    negated = NEGATION.search(words) or NEGATION.search(cue)
    return _Said(at, doc, draft, words, cue, frozenset(stems(words)), bool(negated))


def _speakers(draft: Draft) -> set[str]:
    return {s.id for s in draft.sources}


def _can_answer(claim: _Said, denial: _Said) -> bool:
    """Whether one statement can be what the other denies, before their words are compared."""
    one, other = claim.draft, denial.draft
    if one is other or one.act not in _CLAIMS or _speakers(one) & _speakers(other):
        return False
    if one.parent is other or other.parent is one:
        return one.parent is other and one.voice == "attributed"
    return True


def _inside(denial: _Said, said: list[_Said]) -> _Said | None:
    """The statement of somebody else that stands in a denial's own content."""
    return next((s for s in said if s.draft.parent is denial.draft and _can_answer(s, denial)), None)


def _matter(denial: _Said) -> frozenset[str]:
    """The stems of what is denied, without the words that only point to it and those that judge it."""
    points = POINTS.match(denial.words)
    rest = denial.words[points.end() :] if points else denial.words
    return frozenset(stems(JUDGED.split(rest, maxsplit=1)[0]))


def _repeated(denial: _Said, story: _Story) -> _Said | None:
    """The statement whose words a denial repeats, the nearest of the best."""
    matter, wording = _matter(denial), story.wording
    strict = STRICT.search(denial.cue)
    least = 2 if strict or not DENYING.search(denial.cue) else 3
    if strict and len(matter) == 1 and ANY.match(denial.words):
        near = story.said[max(0, denial.at - _REACH) : denial.at]
        return next((c for c in reversed(near) if matter <= c.stems and not c.negated and _can_answer(c, denial)), None)
    best: tuple[float, float] | None = None
    found = None
    for claim in story.sharing(matter, least):
        if claim.at in story.denials or not _can_answer(claim, denial) or claim.negated:
            continue
        share = wording.covered(matter, claim.stems)
        if share < _REPEATS:
            continue
        after = 0.5 if claim.at > denial.at else 0.0
        rank = (share - 0.01 * min(abs(denial.at - claim.at), 20), -abs(denial.at - claim.at) - after)
        if best is None or rank > best:
            best, found = rank, claim
    return found


def _pointed(denial: _Said, story: _Story) -> _Said | None:
    """The nearest statement before a denial that is of the sort to which it points."""
    points, general = POINTS.match(denial.words), GENERAL.match(denial.words)
    short = PRONOUN.match(denial.words) or _is_untrue(denial.words)
    false = FALSE.search(denial.words) if denial.draft.act != "deny" else None
    if not (points or general or short or false):
        return None
    if CONTRARY.search(denial.words):
        return None
    noun = points["noun"] if points else (false.group() if false else "")
    if noun and not POINTING_NOUN.search(noun):
        return None
    says_what = points and OF_WHAT.match(denial.words, points.end())
    matter = _matter(denial) if says_what else frozenset()
    candidates = [
        claim
        for claim in reversed(story.said[max(0, denial.at - _REACH) : denial.at])
        if claim.at not in story.denials and _can_answer(claim, denial)
    ]
    if matter:
        # "the allegation that he sold ..." says itself what is denied: some of it must stand in the claim.
        candidates = [c for c in candidates if story.wording.covered(matter, c.stems) >= _TOUCHES]
    # What stands inside another's words is answered with them, unless it is the accusation itself.
    outer = {id(c.draft) for c in candidates}
    candidates = [c for c in candidates if c.draft.act in _CRITICAL or id(c.draft.parent) not in outer]
    if NUMBERS.search(noun):
        candidates = [c for c in candidates if c.draft.figures]
    owner = POSSESSOR.search(denial.words[: points.end()]) if points else None
    if owner:
        named = owner[1].casefold()
        candidates = [c for c in candidates if any(named in s.label.casefold() for s in c.draft.sources)]
    if PERSONAL.match(denial.words):
        # "her account" is what one person said.
        candidates = [c for c in candidates if any(s.kind in ("person", "unknown") for s in c.draft.sources)]
    if general:
        return next((c for c in candidates if c.draft.act == "accuse"), None)
    if REPORT_NOUN.search(noun):
        return next((c for c in candidates if _is_reported(c)), None)
    attributed = [c for c in candidates if c.draft.voice == "attributed"]
    critical = [c for c in attributed if c.draft.act in _CRITICAL]
    if re.search("critici|complaint|blame", noun):
        return critical[0] if critical else None
    if noun and ACCUSING_NOUN.search(noun) and critical:
        return critical[0]
    if not attributed or denial.at - attributed[0].at > _REACH // 2:
        return None
    return _backed(attributed)


def _backed(candidates: list[_Said]) -> _Said:
    """The claim that the nearest statement belongs to: a quotation backs what its speakers are reported to say.

    Args:
        candidates: the nearest statement and those before it, nearest first.
    """
    nearest, *others = candidates
    if not nearest.words.startswith(_MARKS) or not others or nearest.at - others[0].at != 1:
        return nearest
    before = others[0]
    source = " ".join(before.doc.words(s) for s in nearest.draft.source).casefold()
    one_of_them = bool(ONE_OF_THEM.match(source))
    same = bool(_speakers(before.draft) & _speakers(nearest.draft))
    return before if not before.words.startswith(_MARKS) and (same or one_of_them) else nearest


def _undone(denial: _Said, story: _Story) -> _Said | None:
    """The statement before a denial that says that somebody did what, by the denial, nobody did."""
    if denial.draft.act != "deny" or DENYING.search(denial.cue):
        return None
    verbs = {word for m in DID_NOT.finditer(denial.words) for word in stems(m["did"])}
    before = story.said[max(0, denial.at - _REACH) : denial.at]
    for claim in reversed(before):
        if verbs & claim.stems and not claim.negated and claim.at not in story.denials and _can_answer(claim, denial):
            return claim
    return None


def _goes_on(denial: _Said, story: _Story) -> int | None:
    """The denial by the same speaker directly before one that only says "it is not so": both deny the same."""
    if denial.at == 0 or not (PRONOUN.match(denial.words) or _is_untrue(denial.words)):
        return None
    before = story.said[denial.at - 1]
    same = before.at in story.denials and _speakers(before.draft) == _speakers(denial.draft)
    return before.at if same and before.draft.sources else None


def _ahead(denial: _Said, story: _Story) -> _Said | None:
    """What a denial at the top of a story points to: the report or accusation that the next statements give."""
    points = POINTS.match(denial.words)
    if not points or not POINTING_NOUN.search(points["noun"]):
        return None
    for claim in story.said[denial.at + 1 : denial.at + 1 + _AHEAD]:
        if claim.at in story.denials or claim.draft.voice != "attributed" or not _can_answer(claim, denial):
            continue
        if REPORT_NOUN.search(points["noun"]) and _is_reported(claim):
            return claim
        if ACCUSING_NOUN.search(points["noun"]) and claim.draft.act == "accuse":
            return claim
    return None


def _is_reported(claim: _Said) -> bool:
    relayed = any(r.draft is claim.draft for r in claim.doc.relays)
    return (
        relayed
        or any(s.kind in ("outlet", "document") for s in claim.draft.sources)
        or bool(REPORTED.search(claim.cue))
    )


def _contradicted(one: _Said, story: _Story) -> _Said | None:
    """The statement of another source that a negated statement contradicts almost word for word."""
    if not one.negated or one.draft.voice != "attributed" or one.draft.act != "assert":
        return None
    wording = story.wording
    for other in story.sharing(one.stems, 3):
        if other.negated or other.at in story.denials or other.draft.voice != "attributed":
            continue
        if not other.draft.sources or not one.draft.sources or not _can_answer(other, one):
            continue
        both = min(wording.covered(one.stems, other.stems), wording.covered(other.stems, one.stems))
        if both >= _CONTRADICTS:
            return other
    return None


def pair(doc: Document) -> list[tuple[Draft, Draft, str]]:
    """Find disputes.

    Returns:
        Claim, denial and the rule that paired them, in the order of the denials.
    """
    story = _Story(doc)
    pairs: list[tuple[Draft, Draft, str]] = []
    answered: dict[int, _Said] = {}
    for one in story.said:
        if one.at not in story.denials:
            claim, rule = _contradicted(one, story), "said with a negation"
        elif claim := _inside(one, story.said):
            rule = "it stands in the denial"
        elif claim := _repeated(one, story):
            rule = "the denial repeats its words"
        elif claim := _undone(one, story):
            rule = "it says that nobody did so"
        elif (before := _goes_on(one, story)) is not None:
            claim, rule = answered.get(before), "the denial goes on"
        elif claim := _pointed(one, story):
            rule = "the denial points to it"
        else:
            claim, rule = _ahead(one, story), "the denial points to what follows"
        if claim:
            answered[one.at] = claim
        if claim:
            pairs.append((claim.draft, one.draft, rule))
    return pairs


def _apply(doc: Document) -> None:
    doc.disputes = []
    for claim, denial, rule in pair(doc):
        doc.disputes.append(Dispute(claim=claim.id, denial=denial.id))
        doc.explain(denial, f"denies={claim.id}", "disputes", rule, evidence=claim.content)


DISPUTES = Component(
    "disputes",
    frozenset({"sentences", "drafts", "draft.id", "draft.sources", "draft.act"}),
    frozenset({"disputes"}),
    _apply,
)
"""Fills `disputes`."""
