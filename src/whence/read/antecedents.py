"""What a description or a relative pronoun takes up that nobody is said to speak: "two people ... the people"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from whence.read.metonymy import demonym
from whence.read.nounphrase import Phrase, parse, words_in
from whence.read.referent import Mention, Referent
from whence.read.source_lexicon import DEMONSTRATIVES, INDEFINITES, POSSESSIVES, STOPS, classes, singular
from whence.read.spotting import Ground

__all__ = ["before_relative", "described_before", "introduced", "is_object_of_another"]

_BACK = 3000
"""Characters that an introduction lies before the description that takes it up, at most: a dozen paragraphs."""

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD", "VBZ/VBP", "WH", "WP", "WDT"})
_POSTS = frozenset(
    "chairman chairwoman chair chairperson president mayor minister captain headteacher headmaster headmistress "
    "principal manager coach founder owner editor commander bishop archbishop rector dean treasurer secretary governor "
    "premier chancellor ambassador sheriff coroner boss ceo director".split()
)
"""Posts that one person holds in a body."""
_APPOSED = 60
"""Characters of a description in apposition, at most."""
_THE_BEHIND = re.compile(r", the (?:[a-z][a-z-]{1,20} ){0,3}(?P<noun>[a-z][a-z-]{1,20})(?=[,.;:])")
_THE_BEFORE = re.compile(r"\b[Tt]he (?:[a-z][a-z-]{1,20} ){0,3}(?P<noun>[a-z][a-z-]{1,20}), $")
_TELLING = frozenset("familiar close with at near from of in inside briefed aware".split())


def introduced(ground: Ground, m: Mention) -> Mention | None:
    """Where words that nobody is said to speak introduce whom a definite description takes up: "two people".

    The nearest earlier phrase with the same noun, in the same number, with no "the" before it.

    Args:
        ground: the document.
        m: a definite description without an antecedent among those mentioned so far.
    """
    words = [w for w in words_in(ground.text, m.span) if singular(w.low)[0] == m.phrase.head]
    known = classes(m.phrase.head) & {"person", "bio", "group", "document"}
    if not words or not known or m.phrase.age or m.phrase.owner:
        return None
    noun = re.compile(rf"\b{re.escape(words[0].low)}\b")
    first = max(0, m.span[0] - _BACK)
    for found in reversed(list(noun.finditer(ground.text, first, m.span[0]))):
        start = _phrase_start(ground, found.start())
        if start is None or ground.quoted(found.start()) or ground.next_is_noun(found.end()):
            continue
        span = (start, _phrase_end(ground, found.end()))
        phrase = parse(ground.text, span, ground.entities(span), False, ground.verbs)
        if phrase is None or phrase.form not in ("indefinite", "bare", "vague") or phrase.plural != m.phrase.plural:
            continue
        if m.phrase.mods <= phrase.mods and not phrase.name and (phrase.plural or phrase.form == "indefinite"):
            return ground.mention(phrase)
    return None


def _phrase_end(ground: Ground, noun: int) -> int:
    """Where what follows a noun and tells it apart ends: "people familiar with the plan"."""
    end = noun
    for w in words_in(ground.text, (noun, min(len(ground.text), noun + 80))):
        pos = ground.pos.get(w.span[0], "")
        first = end == noun
        if ground.text[end : w.span[0]] not in (" ", "\u00a0") or pos in _FINITE or not pos:
            break
        if first and w.low not in _TELLING:
            break
        end = w.span[1]
    return end


def _phrase_start(ground: Ground, noun: int) -> int | None:
    """Where the phrase whose noun begins at an offset begins; None where "the" or a possessive opens it."""
    start = noun
    for w in reversed(words_in(ground.text, (max(0, noun - 40), noun))):
        if ground.text[w.span[1] : start] not in (" ", "\u00a0"):
            break
        if w.low in DEMONSTRATIVES or w.low in POSSESSIVES or w.possessive:
            return None
        if w.low in INDEFINITES:
            return w.span[0]
        adjective = ground.pos.get(w.span[0], "")
        if w.low in STOPS or not (adjective.startswith(("JJ", "NN", "CD")) or demonym(w.text)):
            break
        start = w.span[0]
    return start


def before_relative(ground: Ground, end: int) -> Phrase | None:
    """The noun phrase right before "who", "which" or "that".

    Args:
        ground: the document.
        end: where the phrase ends.
    """
    text = ground.text
    sentence = ground.doc.sentence_of(max(0, end - 1))
    words = words_in(text, (max(sentence[0], end - 90), end))
    while words and re.search(r"[,.;:“”\"()—–]", text[words[0].span[1] : end]):
        words = words[1:]
    opens = [i for i, w in enumerate(words) if w.low in DEMONSTRATIVES | INDEFINITES | POSSESSIVES]
    if opens:
        words = words[opens[-1] :]
    else:
        kept = list(takewhile(lambda w: w.low not in STOPS and w.span not in ground.verbs, reversed(words)))
        words = list(reversed(kept))[-3:]
    return next(iter(ground.read((words[0].span[0], end))), None) if words else None


def described_before(ground: Ground, m: Mention, named: Referent, met: Sequence[Referent]) -> Referent | None:
    """Whom the story has described without a name, and a name beside the same description now names.

    Args:
        ground: the document.
        m: the first mention of a name.
        named: whoever bears it.
        met: those mentioned so far.
    """
    nouns, posts = _identifying(ground, m) if named.person else (_apposed_to_body(ground, m), set())
    for other in reversed(met) if nouns or posts else ():
        opening = other.links[0].mention.phrase.form
        if other.names or other.plural or (not other.person if named.person else opening != "indefinite"):
            continue
        if other.heads & nouns or (other.heads & posts and opening == "definite"):
            return other
    return None


def _identifying(ground: Ground, m: Mention) -> tuple[set[str], set[str]]:
    """The nouns beside a name that tell who it is: those in apposition with "the", and posts that one person holds."""
    text = ground.text
    definite = [r for r in m.phrase.roles if text[r[0] : r[1]].lower().startswith("the ")]
    nouns = {w.low for r in definite for w in words_in(text, r)}
    return nouns, {n for n in m.phrase.role_nouns if n in _POSTS}


def _apposed_to_body(ground: Ground, m: Mention) -> set[str]:
    """The noun in apposition with "the" to a body's name: "Calder Research, the short seller,"."""
    text, (start, end) = ground.text, m.span
    behind = _THE_BEHIND.match(text, end)
    before = _THE_BEFORE.search(text, max(0, start - _APPOSED), start)
    return {singular(found["noun"])[0] for found in (behind, before) if found}


def is_object_of_another(ground: Ground, m: Mention) -> bool:
    """Whether "he" or "they" comes before "him" or "them" in a sentence: then two are meant.

    Args:
        ground: the document.
        m: "him" or "them".
    """
    start = ground.doc.sentence_of(m.span[0])[0]
    subject = "he" if m.phrase.head == "him" else "they"
    return any(w.low == subject for w in words_in(ground.text, (start, m.span[0])))
