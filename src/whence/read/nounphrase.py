"""One noun phrase: its head, its number, its name, what it says about who it names.

The words that name a source are short and of few shapes, so word forms, closed word classes and the tagger's entities
suffice; parts of speech are used where there are any.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from whence.read.annotations import TaggedSpan
from whence.read.metonymy import demonym
from whence.read.source_lexicon import (
    ABBREVIATIONS,
    DEMONSTRATIVES,
    FIRMS,
    FIRST_PERSON,
    INDEFINITES,
    LEADERS,
    NEW,
    NUMBERS,
    PARTICIPLES,
    POSSESSIVES,
    PRONOUNS,
    QUANTITIES,
    REFLEXIVES,
    RELATIVES,
    STOPS,
    TITLES,
    VAGUE,
    Gender,
    classes,
    gender_of,
    singular,
)
from whence.read.words import Word, words_in
from whence.records import Span

__all__ = ["Form", "Phrase", "Word", "parse", "words_in"]

Form = Literal["pronoun", "relative", "first", "name", "definite", "indefinite", "bare", "vague"]

_AGE = re.compile(r"(\d{1,3})(?:-year-old)?$")
_PEOPLE = frozenset({"person", "office", "bio"})
_POSTS = frozenset({"person", "office"})
_THINGS = frozenset({"body", "state", "outlet", "document"})
_LINKS = frozenset("of for and the de la le du van von der den al el bin ibn da di".split())
_QUIET = frozenset(
    "former late own same very then ex the a an its his her their of for from at in on to with by s".split()
)
_LEADING = frozenset("but and also both neither either even only meanwhile then not though while by as nor or".split())
_BARE_STOPS = STOPS - frozenset("near close familiar inside involved present opposed loyal linked unwilling".split())
_ONE = frozenset({"a", "an", "another", "one"})
_FEW = frozenset({"few", "dozen", "hundred", "thousand", "number"})
_ACRONYMS = frozenset({"it", "us", "who", "me"})
_AFFILIATING = frozenset("for of at from with in".split())


@dataclass(slots=True, eq=False)
class Phrase:
    """What a noun phrase says of the one it refers to.

    Args:
        span: the reference itself, with article and title, without appositions.
        name: words of a proper name, without article and title; empty in a description.
        head: the head noun, singular and in lower case; of a name, the noun that it ends with ("bank").
        mods: the other words of content, in lower case.
        label: the tagger's entity label of the name, or "".
        roles: what else the phrase calls it: noun phrases in apposition or before the name.
        affiliation: the body it belongs to, in the story's words.
        owner: the possessive pronoun before the head ("her" lawyer), in lower case.
        fresh: whether the words set it off from everyone before ("another", "a second").
        titled: whether a title stands before the name.
        party: whether a place follows a name of one word ("Democrat of Ohio").
    """

    span: Span
    form: Form
    name: tuple[str, ...] = ()
    head: str = ""
    plural: bool = False
    mods: frozenset[str] = frozenset()
    label: str = ""
    gender: Gender | None = None
    roles: list[Span] = field(default_factory=list)
    role_nouns: set[str] = field(default_factory=set)
    affiliation: Span | None = None
    acronym: str = ""
    owner: str = ""
    age: str = ""
    fresh: bool = False
    titled: bool = False
    party: bool = False

    @property
    def is_person(self) -> bool:
        """Whether the words themselves show a single person."""
        if self.plural:
            return False
        if self.label == "PERSON" or self.titled or self.gender is not None:
            return True
        return not self.name and bool(classes(self.head) & _PEOPLE)


def _entity(entities: Sequence[TaggedSpan], words: Sequence[Word]) -> TaggedSpan | None:
    """The entity that ends with the last of some words; the longest, where there are two."""
    start, end = words[0].span[0], words[-1].span[1]
    fits = [e for e in entities if start <= e.span[0] < end <= e.span[1] <= end + 2]
    return min(fits, key=lambda e: e.span[0], default=None)


def _core(words: list[Word], entities: Sequence[TaggedSpan], verbs: frozenset[Span]) -> int:
    """How many of the words belong to the phrase before what follows its head."""
    for i, w in enumerate(words):
        if i == 0 or any(e.span[0] < w.span[0] < e.span[1] for e in entities):
            continue
        before = words[i - 1]
        if w.low in STOPS:
            after = words[i + 1 :]
            bare = next((x for x in after if x.low != "the"), None)
            # "Bank of England" is one name, "Mayor of London" is a post and a place.
            if (
                w.low in ("of", "for")
                and bare is not None
                and bare.capital
                and before.capital
                and all(x.capital or x.low in _LINKS for x in words[1:i])
                and not classes(singular(before.low)[0]) & _PEOPLE
                and any(classes(singular(x.low)[0]) & _THINGS for x in words[:i])
            ):
                continue
            return i
        noun = bool(classes(singular(before.low)[0])) or singular(before.low)[1]
        said = w.low in PARTICIPLES or (w.low.endswith(("ing", "ed")) and i + 1 < len(words))
        if noun and not w.capital and (w.span in verbs or said):
            return i
    return len(words)


def _describe(phrase: Phrase, core: list[Word], rest: list[Word]) -> Phrase:
    """Fill in head, number and modifiers of a description."""
    age = _AGE.match(core[-1].low) if core[-1].low.endswith("-year-old") else None
    if age:
        phrase.head, phrase.age = "year-old", age.group(1)
    else:
        phrase.head, phrase.plural = singular(ABBREVIATIONS.get(core[-1].low) or core[-1].low)
        phrase.head = phrase.head.rsplit(" ", 1)[-1]
        if phrase.form == "indefinite" and core[0].low in _ONE | {"every", "each"} and core[1].low not in _FEW:
            phrase.plural = False
    inner = [
        w for w in (*core[:-1], *rest) if w.low not in _BARE_STOPS and w.low not in INDEFINITES and w.low not in NEW
    ]
    phrase.mods = frozenset(w.low for w in inner if w.low not in _QUIET and w.low not in POSSESSIVES)
    counted = phrase.form == "indefinite" and core[0].low in NUMBERS and len(core) > 2
    if phrase.head == "figure" and (phrase.mods & LEADERS or counted):
        phrase.head = "personality"
    phrase.gender = phrase.gender or (None if phrase.plural else gender_of(core[-1].low))
    phrase.fresh = any(w.low in NEW for w in core[:2]) and phrase.form != "definite"
    return phrase


def _affiliation(core: list[Word], rest: list[Word], entities: Sequence[TaggedSpan]) -> Span | None:
    """The body that a description belongs to: after its preposition, or before its head."""
    for i, w in enumerate(rest):
        if w.low in _AFFILIATING and i + 1 < len(rest):
            after = rest[i + 1 :]
            if any(x.capital for x in after[:4]):
                stop = next(
                    (j for j, x in enumerate(after) if j and (x.low in RELATIVES or x.low == "said")), len(after)
                )
                return after[0].span[0], after[stop - 1].span[1]
            return None
    owners = [w for w in core[:-1] if w.possessive]
    if owners:
        first = core[0].span[0]
        return first, owners[-1].span[1]
    bodies = [e for e in entities if e.label == "ORG" and core[0].span[0] <= e.span[0] and e.span[1] < core[-1].span[1]]
    return bodies[-1].span if bodies else None


def parse(
    text: str,
    span: Span,
    entities: Sequence[TaggedSpan] = (),
    initial: bool = False,
    verbs: frozenset[Span] = frozenset(),
) -> Phrase | None:
    """Read one noun phrase: no conjunction, no apposition.

    Args:
        span: where it stands, within `text`.
        entities: the entities inside the span.
        initial: whether a sentence begins with it, so that its first capital says nothing.
        verbs: spans of words that the tagger takes for verbs.

    Returns:
        None where the span holds no word.
    """
    words = words_in(text, span)
    while len(words) > 1 and words[0].low in _LEADING and not words[0].text.isupper():
        words = words[1:]
        initial = False
    while len(words) > 1 and words[-1].low in REFLEXIVES:
        words = words[:-1]
    if not words:
        return None
    if len(words) > 1 and words[-1].low in ("whom", "which") and words[-2].low == "of":
        whole = (words[0].span[0], words[-1].span[1])
        if words[0].low in ("of", "all", "both", "each", "neither", "none"):
            return Phrase(whole, "relative", head=words[-1].low)
        return Phrase(whole, "vague", plural=words[0].low != "one", head="people")
    first, whole = words[0], (words[0].span[0], words[-1].span[1])
    shouted = first.text.isupper() and len(first.text) > 1 and (bool(entities) or first.low in _ACRONYMS)
    if len(words) == 1 and not shouted:
        single = _pronoun(first, whole)
        if single:
            return single
    form, body = _determiner(words)
    if not body or (first.low in ("those", "these") and words[1].low in STOPS):
        return Phrase(whole, "vague", plural=first.low not in ("one", "another"), head="people")
    partitive = _partitive(words, form)
    if partitive:
        inner = parse(text, (partitive[0].span[0], whole[1]), entities, False, verbs)
        if inner and not inner.name:
            inner.span, inner.form, inner.owner = whole, "indefinite", ""
            inner.plural = first.low not in ("one", "another", "each")
            inner.mods |= {"of"}
            return inner
    size = _core(body, entities, verbs)
    core, rest = body[:size], body[size:]
    phrase = Phrase(whole, form, owner=first.low if first.low in POSSESSIVES else "")
    phrase.affiliation = _affiliation(core, rest, entities)
    named = _named(core, entities, initial and body is words)
    if named is not None and first.low in _ONE and named[1] != "PERSON" and not classes(singular(core[-1].low)[0]):
        named, phrase.label = None, "GROUP"  # "a Democrat" is one of them, not the name of one
    if named is None:
        if len(core) == 1 and not rest and core[0].low in VAGUE and form != "definite":
            phrase.form, phrase.plural, phrase.head = "vague", core[0].low not in ("one", "someone"), "people"
            return phrase
        if form == "bare" and any(w.possessive for w in core[:-1]):
            phrase.form = "definite"
        return _describe(phrase, [*words[: len(words) - len(body)], *core] if form != "bare" else core, rest)
    at, label = named
    phrase = _name(phrase, words, core, at, label)
    phrase.party = bool(rest) and rest[0].low in ("of", "from") and len(phrase.name) == 1
    return phrase


def _pronoun(word: Word, span: Span) -> Phrase | None:
    """The phrase that a single closed-class word is, if it is one."""
    low = word.low
    if low in PRONOUNS:
        gender, plural = PRONOUNS[low]
        return Phrase(span, "pronoun", head=low, gender=gender, plural=plural)
    if low in FIRST_PERSON:
        return Phrase(span, "first", head=low, plural=low.startswith(("we", "us", "our")))
    if low in RELATIVES:
        return Phrase(span, "relative", head=low)
    if low in VAGUE:
        return Phrase(span, "vague", head="people", plural=low not in ("one", "someone", "somebody", "you"))
    return None


def _determiner(words: list[Word]) -> tuple[Form, list[Word]]:
    """How a phrase begins, and its words without the determiner."""
    low = words[0].low
    if low in DEMONSTRATIVES or low in POSSESSIVES:
        skip = 2 if len(words) > 2 and words[1].low in NUMBERS else 1
        return "definite", words[skip:]
    if low == "no" and len(words) > 1 and words[1].low.isdigit():
        return "bare", words  # "No 10" is an address
    if low in INDEFINITES or (low[0].isdigit() and not low.endswith("-year-old")):
        return "indefinite", words[1:]
    return "bare", words


def _partitive(words: list[Word], form: Form) -> list[Word] | None:
    """What a quantity is taken from: "the people" in "one of the people"."""
    for i, w in enumerate(words[:4]):
        if w.low == "of" and 0 < i < len(words) - 1:
            taken = words[i - 1].low.rsplit("-", 1)[-1]
            return words[i + 1 :] if (form == "indefinite" and i == 1) or singular(taken)[0] in QUANTITIES else None
    return None


def _named(core: list[Word], entities: Sequence[TaggedSpan], initial: bool) -> tuple[int, str] | None:
    """Where in the core a proper name begins, and its entity label; None for a description."""
    if core[-1].possessive and len(core) == 1:
        core = [Word.of(core[0].span, core[0].text)]
    entity = _entity(entities, core)
    last = core[-1]
    lemma, plural = singular(last.low)
    if entity is not None and entity.label != "GROUP":
        at = next(i for i, w in enumerate(core) if w.span[1] > entity.span[0])
        if entity.label == "PERSON" and at < len(core):
            # The tagger's span may take in a title or a role noun: "Captain Ben Rusk".
            while at < len(core) - 1 and (core[at].low.rstrip(".") in TITLES or classes(core[at].low) & _PEOPLE):
                at += 1
            return at, "PERSON"
        while at > 0 and core[at - 1].capital and not core[at - 1].possessive and not (initial and at == 1):
            if classes(singular(core[at - 1].low)[0]) & _PEOPLE:
                break
            at -= 1
        return at, entity.label
    if not last.capital:
        return None
    if entity is not None and (plural or demonym(last.text)):
        return None
    if core[0].low.rstrip(".") in TITLES or core[0].low in ABBREVIATIONS:
        at = next((i for i, w in enumerate(core) if w.low not in TITLES and w.low not in ABBREVIATIONS), len(core) - 1)
        return at, "PERSON"
    roles = [i for i, w in enumerate(core[:-1]) if classes(singular(w.low)[0]) & _PEOPLE and not w.possessive]
    if roles and not classes(lemma) and all(w.capital for w in core[roles[-1] + 1 :]):
        return roles[-1] + 1, "PERSON"
    if len(core) == 1 and initial and classes(lemma):
        return None
    # "the Foreign Secretary" is a post; "the Harbour Star" is a name, though a star is somebody, too.
    firm = len(core) > 1 and core[-2].capital and last.low in FIRMS and not core[-2].possessive
    if not firm and classes(lemma) & (_PEOPLE if len(core) == 1 else _POSTS) and not last.text.isupper():
        return None
    if len(core) == 1 and plural and classes(lemma):
        return None
    at, label = len(core) - 1, "ORG" if firm else ""
    while at > 0 and (core[at - 1].capital or _links(core[:at])):
        if core[at - 1].possessive or (initial and at == 1 and classes(singular(core[0].low)[0])):
            break
        at -= 1
    return at, label


def _links(words: list[Word]) -> bool:
    """Whether some words end in a link inside a name: "Organization for the"."""
    at = len(words)
    while at > 0 and words[at - 1].low in _LINKS:
        at -= 1
    return at < len(words) and at > 0 and words[at - 1].capital


def _name(phrase: Phrase, words: list[Word], core: list[Word], at: int, label: str) -> Phrase:
    """Fill in a name, and what stands before it: article, title, role."""
    name, prefix = core[at:], core[:at]
    first = at
    while first > 0 and (core[first - 1].low in TITLES or core[first - 1].low in ABBREVIATIONS):
        first -= 1
    if label != "PERSON" and first == at and any(w.possessive for w in prefix):
        # "Austria's Supreme Court": the owner belongs to the name.
        first = 0
    titles, role = core[first:at], core[:first]
    while role and role[-1].low == "the":
        role = role[:-1]
    start = core[first].span[0]
    before = [w for w in words if w.span[1] <= start]
    if before and before[-1].low == "the":
        start = before[-1].span[0]
    phrase.form, phrase.name, phrase.label, phrase.titled = (
        "name",
        tuple(w.text for w in name),
        label,
        label == "PERSON" and bool(titles),
    )
    phrase.span = (start, name[-1].span[1])
    phrase.plural = False
    phrase.mods = frozenset(w.low for w in (*name, *prefix))
    if role:
        phrase.roles.append((role[0].span[0], role[-1].span[1]))
    called = [w for w in prefix if not w.possessive]
    phrase.gender = next((g for w in called if (g := gender_of(w.low))), None)
    nouns = (singular(ABBREVIATIONS.get(w.low) or w.low)[0].rsplit(" ", 1)[-1] for w in called)
    known = {n for n in nouns if classes(n)}
    phrase.role_nouns |= {n for n in known if classes(n) & _PEOPLE} or known
    link = next((i for i, w in enumerate(name) if i and w.low in ("of", "for")), len(name))
    phrase.head = singular(name[link - 1].low)[0]
    if not role:
        phrase.affiliation = None
    return phrase
