"""The words that name sources, taken apart: who is named, how many, with which roles in apposition.

"Jane Doe, the mayor, and two of her aides, who asked not to be named" are two sources; the first has a role, the second
is a group. The whole source span of an attribution comes in, phrases come out, in order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from whence.read.annotations import TaggedSpan
from whence.read.metonymy import demonym, is_adjective, metonym
from whence.read.nounphrase import Phrase, Word, parse, words_in
from whence.read.source_lexicon import (
    DEMONSTRATIVES,
    INDEFINITES,
    POSSESSIVES,
    PRONOUNS,
    RELATIVES,
    STOPS,
    classes,
    gender_of,
    singular,
)
from whence.records import Span
from whence.text.offsets import strip

__all__ = ["LONGEST", "phrases"]

LONGEST = 600
"""Characters of the longest words for a source that are taken apart; what follows is not looked at."""

Joint = Literal["start", "comma", "and", "comma-and", "bracket"]

_CUT = re.compile(r"[,;:]\s*(?:\b(?:and|or|nor)\b\s+)?|\s[—–-]{1,2}\s|—|\((?=[^()]{1,80}\))|\)")
_AND = re.compile(r"\s+(?:and|or|nor|as well as|along with|together with)\s+|\s+&\s+")
_ACRONYM = re.compile(r"(?:the )?((?:[A-Z][A-Za-z]?\.?[-&/]?){2,8}|[A-Z][A-Za-z.&-]*[A-Z][A-Za-z.]{0,4})$")
_AGE = re.compile(r"(?:aged )?(\d{1,3})%?$")
_PARTY = re.compile(r"[A-Z]-[A-Z][\w.]*$")
_CLAUSE = frozenset("speaking citing quoting adding writing speaking referring asked appearing then now".split())
_EDGES = ' \t\n\r\u00a0,;:—–-."“”'


@dataclass(frozen=True, slots=True)
class _Piece:
    span: Span
    joint: Joint


def _inside(at: int, entities: Sequence[TaggedSpan]) -> bool:
    return any(e.span[0] < at < e.span[1] - 1 for e in entities)


def _pieces(text: str, span: Span, entities: Sequence[TaggedSpan]) -> list[_Piece]:
    """Cut a source's words at commas, dashes and brackets."""
    pieces: list[_Piece] = []
    at, joint = span[0], "start"
    for m in _CUT.finditer(text, span[0], span[1]):
        if _inside(m.start(), entities) and m.group()[0] not in "()":
            continue
        if at < m.start():
            pieces.append(_Piece((at, m.start()), joint))  # type: ignore[arg-type]
        sign = m.group()
        joint = "bracket" if sign == "(" else "comma-and" if sign.strip(",;: \t\n") else "comma"
        at = m.end()
    if at < span[1]:
        pieces.append(_Piece((at, span[1]), joint))  # type: ignore[arg-type]
    trimmed = (_Piece(strip(text, p.span, _EDGES), p.joint) for p in pieces)
    return [p for p in trimmed if p.span[0] < p.span[1]]


def _begins_new(text: str, left: Span, right: Span, entities: Sequence[TaggedSpan]) -> bool:
    """Whether what follows an "and" is somebody else, rather than more about the same."""
    before, after = words_in(text, left), words_in(text, right)
    if not before or not after:
        return False
    first, last = after[0], after[-1]
    preposition = next((i for i, w in enumerate(before) if i and w.low in STOPS), None)
    if first.low in PRONOUNS and first.low not in POSSESSIVES:
        return True
    determined = first.low in DEMONSTRATIVES or first.low in INDEFINITES or first.low in POSSESSIVES
    if preposition is not None:
        head_is_person = bool(classes(singular(before[preposition - 1].low)[0]) & {"person", "office", "bio"})
        opened = before[preposition + 1 :]
        obj, label = _label(opened, entities), _label(after, entities)
        if not determined:
            people = bool(classes(singular(last.low)[0]) & {"person", "bio"}) and not last.capital
            return (label == "PERSON" and obj != "PERSON") or (people and singular(last.low)[1] and bool(obj))
        body = bool(classes(singular(_head(after).low)[0]) & {"body", "state"})
        return not (head_is_person and body and bool(opened) and opened[0].low == "the")
    if determined:
        return True
    # "US and Iraqi officials", "the Republican and Democratic lawmakers": one noun, two adjectives.
    plural = singular(_head(after).low)[1]
    if len(before) <= 2 and demonym(before[-1].text) and not first.capital:
        return plural and metonym(before[-1].text) is not None and len(after) > 1
    adjectives = (before[-1].capital and first.capital and len(after) > 1 and not _head(after).capital) and plural
    if (
        len(before) <= 2
        and adjectives
        and (
            is_adjective(before[-1].text)
            or (_label(before, entities) in ("", "GROUP") and metonym(before[-1].text) is None)
        )
    ):
        return False
    if before[-1].low == first.low:
        return False
    if first.capital and last.capital and not (classes(singular(last.low)[0]) & {"person", "office"} and not plural):
        return before[-1].capital or bool(classes(singular(before[-1].low)[0]))
    if first.capital and _label(after[:3], entities) == "PERSON":
        return True
    return plural and (before[-1].capital or singular(before[-1].low)[1] or bool(classes(before[-1].low)))


def _head(words: list[Word]) -> Word:
    """The last word before what follows the head."""
    cut = next((i for i, w in enumerate(words) if i and w.low in STOPS), len(words))
    return words[cut - 1]


def _label(words: Sequence[Word], entities: Sequence[TaggedSpan]) -> str:
    for w in words:
        for e in entities:
            if e.span[0] <= w.span[0] and w.span[1] <= e.span[1] + 2:
                return e.label
    return ""


def _conjuncts(text: str, pieces: list[_Piece], entities: Sequence[TaggedSpan]) -> list[_Piece]:
    """Cut the pieces further at those "and"s that join two sources."""
    out: list[_Piece] = []
    for piece in pieces:
        start, joint = piece.span[0], piece.joint
        apposed = joint == "comma" and bool(out)
        for m in _AND.finditer(text, piece.span[0], piece.span[1]):
            if _inside(m.start(), entities) or joint == "bracket":
                continue
            right = (m.end(), piece.span[1])
            following = words_in(text, right)
            alike = apposed and following and following[0].low in ("a", "an", "the") and not _head(following).capital
            if alike and not singular(_head(following).low)[1]:
                continue
            if _begins_new(text, (start, m.start()), right, entities):
                out.append(_Piece((start, m.start()), joint))
                start, joint = m.end(), "and"
        out.append(_Piece((start, piece.span[1]), joint))
    return out


def _is_clause(words: list[Word]) -> bool:
    """Whether a piece between commas says something about the source instead of naming one."""
    low = words[0].low
    return low in RELATIVES or low in _CLAUSE or (low.endswith("ing") and len(words) > 1 and not words[0].capital)


def _appose(text: str, to: Phrase, role: Phrase, span: Span) -> None:
    """Make a phrase in apposition a role of the one it stands beside."""
    body = role.affiliation
    heads = {singular(w.low)[0] for w in words_in(text, (span[0], body[0]))} if body is not None else set()
    if body is not None and not role.name and role.head in heads and text[body[1] : body[1] + 1] not in ("'", "’"):
        before = words_in(text, (span[0], body[0]))
        kept = (
            before[:-1] if len(before) > 1 and before[-1].low in ("of", "at", "for", "from", "with", "in") else before
        )
        span = (span[0], kept[-1].span[1])
    clause = next((w for w in words_in(text, span)[1:] if w.low in RELATIVES), None)
    if clause is not None:
        span = strip(text, (span[0], clause.span[0]), _EDGES)
    to.roles.append(span)
    to.role_nouns |= {role.head} if role.head else set()
    to.role_nouns |= role.role_nouns
    to.affiliation = to.affiliation or role.affiliation
    to.gender = to.gender or role.gender
    to.age = to.age or role.age
    to.owner = to.owner or role.owner
    to.mods |= role.mods


def _joins(last: Phrase, new: Phrase, piece: _Piece, listing: bool) -> bool:
    """Whether a piece after a comma is in apposition to the phrase before it."""
    if piece.joint != "comma" or new.form in ("pronoun", "relative", "first", "vague"):
        return False
    if new.plural != last.plural and not (last.name and not last.is_person):
        return False
    if last.name and new.name:
        # "Jane Doe, Democrat of Ohio": one capitalised word with a place behind it is no second name.
        return last.is_person and not new.is_person and len(new.name) == 1 and new.party
    return not (listing and not last.name and not new.name)


def phrases(
    text: str,
    span: Span,
    entities: Sequence[TaggedSpan] = (),
    initial: bool = False,
    verbs: frozenset[Span] = frozenset(),
) -> list[Phrase]:
    """The sources that some words name, in their order.

    Args:
        span: the words, as an attribution's source has them; a trailing comma does no harm.
        entities: the entities inside the span.
        initial: whether a sentence begins with the span.
        verbs: spans of words that the tagger takes for verbs.

    Returns:
        One phrase for each source; empty where the span holds no word.
    """
    span = strip(text, (span[0], min(span[1], span[0] + LONGEST)), _EDGES)
    pieces = _conjuncts(text, _pieces(text, span, entities), entities)
    found: list[Phrase] = []
    clause = False
    listing = any(p.joint == "and" for p in pieces[2:]) and pieces[1].joint == "comma"
    opening = words_in(text, pieces[0].span) if pieces else []
    if len(opening) > 1 and opening[0].low in ("who", "which"):
        # "Jane Doe, who opposed the plan, said": the clause tells nothing of who "who" is.
        pieces[0] = _Piece(opening[0].span, "start")
    for piece in pieces:
        words = words_in(text, piece.span)
        if not words:
            continue
        if found and piece.joint == "bracket":
            acronym = _ACRONYM.match(text[piece.span[0] : piece.span[1]])
            last = found[-1]
            if acronym and last.name and text[last.span[1] : piece.span[0]].strip() == "(" and not last.is_person:
                last.acronym = acronym.group(1)
                last.span = (last.span[0], piece.span[1] + 1)
            continue
        if found and piece.joint == "comma" and (age := _AGE.match(text[piece.span[0] : piece.span[1]])):
            found[-1].age = age.group(1)
            continue
        if found and piece.joint == "comma" and (_is_clause(words) or words[0].low in STOPS):
            clause = clause or words[0].low not in ("of", "from", "at", "for")
            if words[0].low in ("of", "from", "at", "for") and len(words) > 1 and found[-1].affiliation is None:
                found[-1].affiliation = (words[1].span[0], words[-1].span[1])
            continue
        if clause and piece.joint not in ("comma-and",):
            continue
        clause = False
        if found and piece.joint == "comma" and _PARTY.match(text[piece.span[0] : piece.span[1]]):
            continue
        inner = [e for e in entities if piece.span[0] <= e.span[0] and e.span[1] <= piece.span[1] + 2]
        new = parse(text, piece.span, inner, initial and not found, verbs)
        if new is None:
            continue
        if found and piece.joint == "comma" and new.label == "PLACE" and not listing:
            continue
        if found and _joins(found[-1], new, piece, listing):
            last = found[-1]
            if new.name and not last.name:
                _appose(text, new, last, last.span)
                found[-1] = new
            else:
                _appose(text, last, new, piece.span)
            continue
        if found and new.owner and new.name and not new.gender:
            new.gender = next((g for n in sorted(new.role_nouns) if (g := gender_of(n))), None)
        found.append(new)
    return found
