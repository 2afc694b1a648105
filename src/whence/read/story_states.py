"""Countries that a story shows to be such, though no table holds them: by their ministers, navies and demonyms.

"Valdera" is a country where the story has "Valdera's foreign minister", "the Valderan navy" or "the island state of
Valdera". What is only a person's, a club's or a company's stays what it is: a person has a government, too, and a
company a president.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from whence.read.metonymy import demonym, metonym
from whence.read.nounphrase import Phrase
from whence.read.source_lexicon import classes, singular

__all__ = ["StoryStates", "story_states"]

_MOST = 60
"""Names that are looked for at most, the first of the story."""

_LOOKED_AT = 100_000
"""Characters of a story in which names are looked for: what a longer text shows, its beginning shows."""

_WORDS = 3
_SHORTEST_STEM = 3
_SURE = (
    r"foreign (?:minister|ministry|secretary|office)|(?:defen[cs]e|interior|finance) (?:minister|ministry)|navy|army|"
    r"air force|armed forces|troops|embass(?:y|ies)|ambassador|airspace|territorial waters|coast ?guard"
)
_LIKELY = (
    rf"{_SURE}|president|prime minister|premier|government|parliament|military|capital|diplomats?|border|officials?"
)
_OF_BODIES = (
    r"shares|shareholders|chief executive|board|headquarters|subsidiary|customers|employees|profits?|revenues?|factory|"
    r"plc|ltd|inc|captain|head coach|striker|midfielder|defender|goalkeeper|winger|players|supporters"
)
_FORENAMES = frozenset("Saint San Santa São New North South East West Port Upper Lower".split())
_SORTS = "island|islands|archipelago|kingdom|republic|emirate|sultanate|principality|country|nation|state|federation"
_ENDINGS = "(?:an|ian|n|ean|ese|ish|i|ic|er)s?"
_PLACES = 300
"""Places of a name that are looked at, at most."""
_REACH = 60
"""Characters looked at on each side of a name."""

# The name stands in the patterns as one sign that no text holds here: so they are compiled once, not for every name.
_NAME = "\x01"
_THE_SURE = re.compile(rf"\b[Tt]he {_NAME} (?:{_SURE})\b")
_OWNS_SURE = re.compile(rf"{_NAME}(?:['’]s?)? (?:{_SURE})\b")
_OWNS_LIKELY = re.compile(rf"{_NAME}(?:['’]s?)? (?:{_LIKELY})\b")
_OWNED = rf"{_SURE}|neighbou?rs?|territory|sovereignty|independence|borders?|citizens|parliament|soldiers"
_ITS = re.compile(
    rf"{_NAME} (?:(?:has|had|have|will|would|is|was|also|now) ){{0,2}}[a-z]{{2,20}} "
    rf"(?:(?:that|on|in|at|[A-Z][a-z]{{2,8}}day) ){{0,3}}its (?:[a-z]{{2,20}} )?(?:{_OWNED})\b"
)
_ITS_NEIGHBOUR = re.compile(rf"\bits (?:[a-z]{{2,20}} )?neighbou?r,? {_NAME}(?![\w-])")
_PLACE = re.compile(
    rf"\b(?:[Nn]orthern|[Ss]outhern|[Ee]astern|[Ww]estern|[Cc]entral|[Aa]cross|[Tt]hroughout) {_NAME}(?=[ ,.;:])"
    rf"|\b(?:[Bb]order|[Ww]ar|[Tt]reaty|[Ff]lights|[Ff]erries|[Tt]rade) (?:with|between) {_NAME}(?=[ ,.;:])"
    rf"|\b(?:embass(?:y|ies)|ambassador|troops|refugees) (?:in|to|from) {_NAME}(?=[ ,.;:])"
)
_NEIGHBOURS = frozenset(("neighbour", "neighbor"))
_RULES = re.compile(rf"\b(?:government|president|people) of {_NAME}")
_BODY = re.compile(
    rf"\b(?:[Ss]hares in|[Ee]mployees (?:of|at)|[Ss]hareholders in|[Cc]ustomers of|[Ww]orkers at) {_NAME}"
    rf"|{_NAME}(?:['’]s?)? (?:{_OF_BODIES})\b"
    rf"|{_NAME} \d{{1,3}}[-–]\d{{1,3}}\b|\b\d{{1,3}}[-–]\d{{1,3}} {_NAME}"
    rf"|{_NAME} (?:said|says|confirmed|announced|added|warned|denied) (?:that )?its\b"
)
_CALLED = re.compile(rf"\b(?P<noun>[a-z]{{2,20}})(?: {_NAME}|, {_NAME},)")
_SORT_OF = re.compile(rf"\b((?:(?:{_SORTS}) ){{1,2}})of {_NAME}", re.IGNORECASE)
_IS_SORT = re.compile(rf"{_NAME}(?:, | is | was )an? (?:[a-z]+ ){{0,2}}({_SORTS})\b")
_ADJECTIVE = re.compile(rf"{_NAME}({_ENDINGS}) (?:[a-z]+ )?(?:{_LIKELY})\b")


@dataclass(frozen=True, slots=True)
class StoryStates:
    """The countries that a story shows.

    Args:
        names: country by name and by adjective, in lower case.
        nouns: what the story calls each of them: "island", "kingdom".
        shown: countries of the table that the text names, also by adjective.
        bodies: names that the story shows to be a company's or a club's, whatever the tagger takes them for.
        people: words of the names of people with a full name, a title or a role, in lower case.
    """

    names: dict[str, str] = field(default_factory=dict)
    nouns: dict[str, frozenset[str]] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()

    def of(self, words: str) -> str | None:
        """The country that a name or an adjective belongs to."""
        return self.names.get(words.casefold())


def story_states(text: str, phrases: Iterable[Phrase]) -> StoryStates:
    """Find the countries that a story shows.

    Args:
        text: the story.
        phrases: the names in it.
    """
    text = text[:_LOOKED_AT]
    labels: dict[str, set[str]] = {}
    people: set[str] = set()
    persons: set[str] = set()
    for phrase in phrases:
        name = " ".join(phrase.name)
        roles = phrase.role_nouns
        if roles & _NEIGHBOURS and _ITS_NEIGHBOUR.search(_around(text, name)):
            roles = roles - _NEIGHBOURS
        people_by_role = any(classes(n) & {"person", "office", "bio"} for n in roles)
        called = phrase.is_person and (phrase.titled or people_by_role or phrase.gender is not None)
        if called or (phrase.is_person and len(phrase.name) > 1):
            people |= {name.casefold(), *(w.casefold() for w in phrase.name)}
        if called:
            persons.add(name)
        elif phrase.name and len(phrase.name) <= _WORDS and metonym(name) is None and demonym(name) is None:
            labels.setdefault(name, set()).add(phrase.label)
    found = {
        n: kinds
        for n, kinds in labels.items()
        if n not in persons and n[:1].isupper() and (" " in n or n.casefold() not in people)
    }
    capitalised = {m.group() for m in re.finditer(r"\b[A-Z][a-z]{2,20}\b", text)}
    shown = frozenset(c for w in capitalised | {"US", "UK"} if w in text and (c := demonym(w)) is not None)
    names: dict[str, str] = {}
    nouns: dict[str, frozenset[str]] = {}
    for name in list(found)[:_MOST]:
        kinds = found[name]
        around = _around(text, name)
        sorts = _sorts(around)
        adjectives = _adjectives(text, name)
        owns = _OWNS_SURE if kinds & {"ORG", "PERSON"} else _OWNS_LIKELY
        shows = bool(sorts or adjectives) or any(p.search(around) for p in (_THE_SURE, _ITS, _ITS_NEIGHBOUR, _PLACE))
        if not shows and "PERSON" not in kinds:
            shows = owns.search(around) is not None or ("ORG" not in kinds and _RULES.search(around) is not None)
        if shows:
            names[name.casefold()] = name
            nouns[name] = sorts
            names.update((a.casefold(), name) for a in adjectives)
            if name.split()[0] in _FORENAMES and name.casefold() not in people:
                names.setdefault(name.split()[-1].casefold(), name)
    single = [n for n, kinds in labels.items() if "PERSON" in kinds and n not in names]
    bodies = frozenset(n for n in single[:_MOST] if (" " in n or n.casefold() not in people) and _is_body(text, n))
    return StoryStates(names, nouns, shown, frozenset(people), bodies)


def _around(text: str, word: str, whole: bool = True) -> str:
    """What stands around each place of a word, one a line, with `_NAME` in its place.

    Args:
        whole: the word must end there; if not, it may go on.
    """
    found: list[str] = []
    at = text.find(word)
    while at >= 0 and len(found) < _PLACES:
        end = at + len(word)
        begins = at == 0 or not (text[at - 1].isalnum() or text[at - 1] == "_")
        ends = end == len(text) or not (text[end].isalnum() or text[end] == "_")
        if begins and (ends or not whole):
            found.append(f"{text[max(0, at - _REACH) : at]}{_NAME}{text[end : end + _REACH]}")
        at = text.find(word, end)
    return "\n".join(found)


def _is_body(text: str, name: str) -> bool:
    """Whether a story has shares, staff, a board, a captain or a score of a name: then it is no person."""
    around = _around(text, name)
    return _BODY.search(around) is not None or any(_names_a_body(m["noun"]) for m in _CALLED.finditer(around))


def _names_a_body(noun: str) -> bool:
    """Whether a noun before a name shows that no person bears it: "the Danish group Calder"."""
    kinds = classes(singular(noun)[0])
    return bool(kinds & {"body", "outlet"}) and not kinds & {"person", "office", "bio"}


def _sorts(around: str) -> frozenset[str]:
    """What the story says that a country is: "the island state of X"."""
    found = [*_SORT_OF.findall(around), *_IS_SORT.findall(around)]
    return frozenset(w for words in found for w in words.casefold().split())


def _adjectives(text: str, name: str) -> frozenset[str]:
    """Demonyms made of a name, where they stand before what a country has: "the Costravan navy"."""
    stem = re.sub(r"[aeiouy]{1,2}$", "", name)
    if len(stem) < _SHORTEST_STEM:
        return frozenset()
    return frozenset(stem + m for m in _ADJECTIVE.findall(_around(text, stem, whole=False))) - {name}
