"""Disputes: an assertion or accusation of one source, and its denial by another.

A statement is a denial where its speech act says so and its object is a claim ("denied taking money", "rejected the
claims", but not "rejected the offer" or "denied bail"), or where it says that a claim is false, or where it says of
another statement's matter, almost word for word, that it is not so, or the opposite ("is safe", "is unsafe"). What it
denies is looked for in this order:

1. the statement of somebody else inside it ("rejected Washington's accusation that …");
2. the statement whose words it repeats most, weighted by their rarity in the story, wherever it stands;
3. where it only points ("the claims", "it", "any wrongdoing"): the nearest statement before it that is of the sort it
   points to, at most `REACH` statements back; also "no such order", "no evidence of that";
4. the accusation, or a statement that shares a word with it, that names the very one who denies.

A denial of something that the page does not say makes no dispute.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from whence.read.component import Component
from whence.read.dispute_patterns import (
    ACCUSING_NOUN,
    ANY,
    CONTRARY,
    DENYING,
    DID_NOT,
    FALSE,
    GENERAL,
    JUDGED,
    NO_EVIDENCE,
    NUMBERS,
    OF_WHAT,
    ONE_OF_THEM,
    OPEN,
    PERSONAL,
    POINTING_NOUN,
    POINTS,
    POSSESSOR,
    PRONOUN,
    REPORT_NOUN,
    REPORTED,
    STRICT,
    SUCH,
)
from whence.read.dispute_statements import (
    REACH,
    WIDE,
    Said,
    Statements,
    can_answer,
    is_denial,
    is_untrue,
    mentions,
    speakers,
)
from whence.read.document import Document, Draft
from whence.read.opposites import opposed, opposites
from whence.read.wording import stems
from whence.records import Dispute

__all__ = ["DISPUTES", "is_denial", "pair"]

_AHEAD = 2  # statements after a denial in which what it points to is looked for
_REPEATS = 0.5  # share of a denial's words, by weight, that the statement it denies must hold
_TOUCHES = 0.3  # the same, where a denial points to a claim and also says what it is
_CONTRADICTS = 0.75  # the same, where only a negation tells that it denies
_FAR = 12  # statements between an accusation and the denial of the one whom it names
_MARKS = ("“", '"', "‘", "'", "«")
_ANYTHING = frozenset(stems("anything anyone anybody something nothing everything everyone everybody ever"))
_CRITICAL = frozenset({"accuse", "condemn"})


def _inside(denial: Said, story: Statements) -> Said | None:
    """The statement of somebody else that stands in a denial's own content."""
    return next((s for s in story.inside.get(id(denial.draft), ()) if can_answer(s, denial)), None)


def _matter(denial: Said) -> frozenset[str]:
    """The stems of what is denied, without the words that only point to it and those that judge it."""
    if nothing := NO_EVIDENCE.match(denial.words):
        return frozenset(stems(nothing["what"]))
    points = POINTS.match(denial.words)
    rest = denial.words[points.end() :] if points else denial.words
    if rest.casefold().startswith("that "):
        return frozenset(stems(rest.split(",")[0])) - _ANYTHING
    return frozenset(stems(JUDGED.split(rest, maxsplit=1)[0])) - _ANYTHING


def _repeated(denial: Said, story: Statements) -> Said | None:
    """The statement whose words a denial repeats, the nearest of the best."""
    matter, wording = _matter(denial), story.wording
    strict = STRICT.search(denial.cue)
    least = 2 if strict or not DENYING.search(denial.cue) else 3
    if strict and len(matter) == 1 and (ANY.match(denial.words) or OPEN.search(denial.words)):
        last = bisect_left(story.accusing, denial.at, key=lambda c: c.at)
        before = story.accusing[max(0, last - WIDE) : last]
        if found := next((c for c in reversed(before) if matter <= c.stems and can_answer(c, denial)), None):
            return found
        near = story.said[max(0, denial.at - REACH) : denial.at]
        return next((c for c in reversed(near) if matter <= c.stems and not c.negated and can_answer(c, denial)), None)
    best: tuple[float, float] | None = None
    found = None
    for claim in story.sharing(denial.at, matter, least):
        if claim.at in story.denials or not can_answer(claim, denial) or claim.negated:
            continue
        share = wording.covered(matter, claim.stems)
        if share < _REPEATS:
            continue
        after = 0.5 if claim.at > denial.at else 0.0
        rank = (share - 0.01 * min(abs(denial.at - claim.at), 20), -abs(denial.at - claim.at) - after)
        if best is None or rank > best:
            best, found = rank, claim
    return found


def _pointed(denial: Said, story: Statements) -> Said | None:
    """The nearest statement before a denial that is of the sort to which it points."""
    points, general = POINTS.match(denial.words), GENERAL.match(denial.words)
    nothing = NO_EVIDENCE.match(denial.words)
    of_that = nothing is not None and PRONOUN.search(nothing["what"].strip().removeprefix("of ").strip() + " ")
    short = PRONOUN.match(denial.words) or is_untrue(denial.words) or of_that
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
        for claim in reversed(story.said[max(0, denial.at - REACH) : denial.at])
        if claim.at not in story.denials and can_answer(claim, denial)
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
    attributed = [c for c in candidates if c.draft.voice == "attributed"]
    critical = [c for c in attributed if c.draft.act in _CRITICAL]
    if REPORT_NOUN.search(noun):
        # "A rival accused the firm of ..., and its chairman dismissed the report": the report is the accusation.
        beside = next((c for c in critical if denial.at - c.at == 1), None)
        return next((c for c in candidates if _is_reported(c, story)), beside)
    if re.search("critici|complaint|blame", noun):
        return critical[0] if critical else _critic(attributed, denial)
    if noun and ACCUSING_NOUN.search(noun) and critical:
        return critical[0]
    if not attributed or denial.at - attributed[0].at > REACH // 2:
        return None
    return _backed(attributed)


def _critic(candidates: list[Said], denial: Said) -> Said | None:
    """What "the criticism" was, where no cue calls it so: the first of what the speaker right before the denial said.

    Args:
        candidates: the attributed statements before the denial, nearest first.
    """
    if not candidates or denial.at - candidates[0].at > REACH // 2 or not speakers(candidates[0].draft):
        return None
    last = candidates[0]
    for c in candidates[1:]:
        if last.at - c.at > 1 or speakers(c.draft) != speakers(last.draft):
            break
        last = c
    return last


def _backed(candidates: list[Said]) -> Said:
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
    same = bool(speakers(before.draft) & speakers(nearest.draft))
    return before if not before.words.startswith(_MARKS) and (same or one_of_them) else nearest


def _undone(denial: Said, story: Statements) -> Said | None:
    """The statement before a denial that says that somebody did what, by the denial, nobody did."""
    if denial.draft.act != "deny" or DENYING.search(denial.cue):
        return None
    verbs = {word for m in DID_NOT.finditer(denial.words) for word in stems(m["did"])}
    before = story.said[max(0, denial.at - REACH) : denial.at]
    for claim in reversed(before):
        if verbs & claim.stems and not claim.negated and claim.at not in story.denials and can_answer(claim, denial):
            return claim
    return None


def _such(denial: Said, story: Statements) -> Said | None:
    """The statement before a denial that it takes up by "such": "no such order", "any such thing"."""
    such = SUCH.search(denial.words)
    if such is None:
        return None
    before = [
        c
        for c in reversed(story.said[max(0, denial.at - REACH) : denial.at])
        if c.at not in story.denials and c.draft.voice == "attributed" and can_answer(c, denial)
    ]
    noun = set(stems(such["noun"]))
    named = next((c for c in before if noun & (c.stems | set(stems(c.cue)))), None)
    about = next((c for c in before if mentions(c, denial)), None)
    nearest = before[0] if before and denial.at - before[0].at <= REACH // 2 else None
    return named or (about if such["noun"].casefold() == "thing" and nearest is None else nearest) or about


def _accused(denial: Said, story: Statements) -> Said | None:
    """The accusation, or the nearest statement, against the very one who denies.

    An accusation names whom it accuses, and who denies seldom repeats its words: "accused the firm of burying waste",
    "the firm denied dumping anything there". A statement that is no accusation must share a word with the denial.
    """
    if not (STRICT.search(denial.cue) or denial.draft.act == "deny") or not denial.draft.sources:
        return None
    if POINTS.match(denial.words) or SUCH.search(denial.words):
        return None
    matter = _matter(denial)
    best: tuple[float, int] | None = None
    found = None
    for claim in story.said[max(0, denial.at - _FAR) : denial.at]:
        if claim.at in story.denials or claim.negated or claim.draft.voice != "attributed":
            continue
        if not can_answer(claim, denial) or not mentions(claim, denial):
            continue
        share = story.wording.covered(matter, claim.stems)
        is_open = bool(OPEN.search(denial.words)) and denial.at - claim.at <= REACH
        if not (share > 0 or (is_open and STRICT.search(denial.cue))):
            continue
        rank = (share + (0.5 if claim.draft.act in _CRITICAL else 0.0), claim.at)
        if best is None or rank > best:
            best, found = rank, claim
    return found


def _goes_on(denial: Said, story: Statements) -> int | None:
    """The denial by the same speaker directly before one that only says "it is not so": both deny the same."""
    if denial.at == 0 or not (PRONOUN.match(denial.words) or is_untrue(denial.words)):
        return None
    before = story.said[denial.at - 1]
    same = before.at in story.denials and speakers(before.draft) == speakers(denial.draft)
    return before.at if same and before.draft.sources else None


def _ahead(denial: Said, story: Statements) -> Said | None:
    """What a denial at the top of a story points to: the report or accusation that the next statements give."""
    points = POINTS.match(denial.words)
    if not points or not POINTING_NOUN.search(points["noun"]):
        return None
    for claim in story.said[denial.at + 1 : denial.at + 1 + _AHEAD]:
        if claim.at in story.denials or claim.draft.voice != "attributed" or not can_answer(claim, denial):
            continue
        if REPORT_NOUN.search(points["noun"]) and _is_reported(claim, story):
            return claim
        if ACCUSING_NOUN.search(points["noun"]) and claim.draft.act == "accuse":
            return claim
    return None


def _is_reported(claim: Said, story: Statements) -> bool:
    return (
        id(claim.draft) in story.relayed
        or any(s.kind in ("outlet", "document") for s in claim.draft.sources)
        or bool(REPORTED.search(claim.cue))
    )


def _contradicted(one: Said, story: Statements) -> Said | None:
    """The statement of another source that a negated statement contradicts almost word for word."""
    if one.draft.voice != "attributed" or one.draft.act != "assert":
        return None
    if not one.negated:
        return _opposed(one, story)
    wording = story.wording
    for other in story.sharing(one.at, one.stems, 3):
        if other.negated or other.at in story.denials or other.draft.voice != "attributed":
            continue
        if not other.draft.sources or not one.draft.sources or not can_answer(other, one):
            continue
        both = min(wording.covered(one.stems, other.stems), wording.covered(other.stems, one.stems))
        if both >= _CONTRADICTS:
            return other
    return None


def _opposed(one: Said, story: Statements) -> Said | None:
    """The statement before one that says the opposite of it in the same words: "are unsafe", "are safe"."""
    turned = {opposite for word in one.stems for opposite in opposites(word)}
    for other in story.sharing(one.at, turned, 1):
        if other.at >= one.at or other.negated or other.draft.voice != "attributed" or other.at in story.denials:
            continue
        if not other.draft.sources or not one.draft.sources or not can_answer(other, one):
            continue
        rest = opposed(one.stems, other.stems)
        if rest is not None and all(story.wording.covered(a, b) >= _CONTRADICTS for a, b in (rest, rest[::-1])):
            return other
    return None


def pair(doc: Document) -> list[tuple[Draft, Draft, str]]:
    """Find disputes.

    Returns:
        Claim, denial and the rule that paired them, in the order of the denials.
    """
    story = Statements(doc)
    pairs: list[tuple[Draft, Draft, str]] = []
    answered: dict[int, Said] = {}
    for one in story.said:
        if one.at not in story.denials:
            claim, rule = _contradicted(one, story), "said with a negation"
        elif claim := _inside(one, story):
            rule = "it stands in the denial"
        elif claim := _such(one, story):
            rule = "the denial takes it up by 'such'"
        elif claim := _repeated(one, story):
            rule = "the denial repeats its words"
        elif claim := _accused(one, story):
            rule = "it is said of the one who denies"
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
