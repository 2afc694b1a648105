"""Names of one bearer: full name and surname, name and acronym, country and capital."""

from __future__ import annotations

from collections.abc import Sequence

from whence.read.metonymy import GOVERNING, Metonym, demonym, metonym
from whence.read.nounphrase import Phrase
from whence.read.referent import Mention, Referent
from whence.read.source_lexicon import classes, is_outlet, singular
from whence.read.story_states import StoryStates

__all__ = ["Names", "countries_named", "governs", "institution"]

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SMALL = frozenset("of for and the in on at to de la du".split())
_THINGS = frozenset({"body", "state", "outlet", "document"})


def _words(name: Sequence[str]) -> tuple[str, ...]:
    kept = tuple(w.casefold().replace("’", "'").strip(".") for w in name if w.casefold() != "the")
    return kept[:-1] if len(kept) > 2 and kept[-1] in _SUFFIXES else kept


def _initials(name: Sequence[str]) -> str:
    return "".join(w[0] for w in name if w[0].isupper())


def countries_named(mentions: Sequence[Mention]) -> frozenset[str]:
    """The countries that a story names, by name or by adjective."""
    found: set[str] = set()
    for m in mentions:
        meant = metonym(" ".join(m.phrase.name)) if m.phrase.name else None
        if meant is not None and meant.how == "country":
            found.add(meant.country)
    return frozenset(found)


def governs(phrase: Phrase) -> str | None:
    """The country whose government a description means: "the Syrian government", "the Damascus government"."""
    words = [*phrase.name[:-1]] if phrase.name else sorted(phrase.mods)
    if phrase.head not in GOVERNING or (phrase.plural and phrase.head != "authorities"):
        return None
    if not phrase.name and (len(phrase.mods) > 2 or phrase.mods & {"local", "regional", "provincial", "state"}):
        return None
    joined = " ".join(words)
    for word in (joined, *words):
        for form in (word, word.title(), word.upper()):
            country = demonym(form)
            meant = metonym(form)
            if country or (meant is not None and meant.how == "capital"):
                return country or (meant.country if meant is not None else None)
    return None


def institution(phrase: Phrase) -> tuple[str, frozenset[str]] | None:
    """The country and the other words of a public body, None for anything else.

    They are the same for "Russia's defence ministry" and "the Russian Defence Ministry".
    """
    if "state" not in classes(phrase.head) or phrase.head in GOVERNING or phrase.plural or phrase.acronym:
        return None
    words = {*phrase.mods, *_words(phrase.name)} - _SMALL - {"the", phrase.head}
    countries = {c: w for w in sorted(words) if (c := demonym(w.title()) or demonym(w.upper()))}
    if len(countries) != 1:
        return None
    country, word = next(iter(countries.items()))
    rest = words - {word} - set(country.casefold().split())
    return country, frozenset(rest | {phrase.head})


class Names:
    """Groups mentions by name, in two passes: full names first, then what is short for them.

    Args:
        countries: the countries that the story names; they decide what a capital of two stands for.
        shown: the countries that no table holds and the story shows.
    """

    def __init__(self, countries: frozenset[str], shown: StoryStates | None = None) -> None:
        self._countries = countries
        self._shown = shown or StoryStates()
        self.referents: list[Referent] = []
        self._people: dict[tuple[str, str], Referent] = {}
        self._by_word: dict[str, list[Referent]] = {}
        self._things: dict[tuple[str, ...], Referent] = {}
        self._beginning: dict[str, list[tuple[str, ...]]] = {}
        self._ending: dict[str, list[tuple[str, ...]]] = {}
        self._by_acronym: dict[str, Referent] = {}
        self._institutions: dict[tuple[str, frozenset[str]], Referent] = {}
        self._introduced: dict[str, Referent] = {}
        self._states: dict[str, Referent] = {}

    def group(self, mentions: Sequence[Mention]) -> None:
        """Give every mention with a name, and every government described, its referent.

        Args:
            mentions: of the whole story, in text order.
        """
        for m in mentions:
            if m.phrase.label == "PERSON" and " ".join(m.phrase.name) in self._shown.bodies and not m.phrase.titled:
                m.phrase.label = "ORG"
        named = [
            m
            for m in mentions
            if m.phrase.name or governs(m.phrase) or institution(m.phrase) or self._governs(m.phrase)
        ]
        short: list[Mention] = []
        for m in named:
            if not self._full(m):
                short.append(m)
        for m in short:
            self._short(m)

    def _new(self, mention: Mention, rule: str = "first mention") -> Referent:
        referent = Referent()
        referent.join(mention, rule)
        self.referents.append(referent)
        return referent

    def _governs(self, phrase: Phrase) -> str | None:
        """The country that the story shows and whose government a description means."""
        if phrase.head not in GOVERNING or phrase.plural:
            return None
        words = [*phrase.name[:-1]] if phrase.name else sorted(phrase.mods)
        return next((c for w in (" ".join(words), *words) if (c := self._shown.of(w)) is not None), None)

    def _no_person(self, phrase: Phrase, meant: Metonym) -> bool:
        """Whether a capital or country that the tagger takes for a person is none, since the story is about it."""
        alone = not any(w.casefold() in self._shown.people for w in phrase.name)
        plain = alone and not (phrase.titled or phrase.gender or phrase.role_nouns)
        return plain and meant.country in self._shown.shown and meant.how == "capital"

    def _full(self, m: Mention) -> bool:
        """Place a mention that stands on its own; False for one that may be short for another."""
        phrase, words = m.phrase, _words(m.phrase.name)
        country = governs(phrase) or self._governs(phrase)
        if country is not None:
            self._state(m, Metonym(country, "country", country), "government of a country")
            return True
        state = None if phrase.titled or not words else self._shown.of(" ".join(phrase.name))
        if state is not None:
            self._state(m, Metonym(state, "country", state), "metonym: a country that the story shows")
            return True
        public = institution(phrase)
        if public is not None:
            known = self._institutions.get(public)
            if known is None:
                self._institutions[public] = self._new(m)
            else:
                known.join(m, "same institution")
            return True
        meant = metonym(" ".join(phrase.name), self._countries) if words else None
        if meant is not None and (not phrase.is_person or self._no_person(phrase, meant)):
            self._state(m, meant, f"metonym: {meant.how}")
            return True
        thing = bool(classes(singular(words[-1])[0]) & _THINGS) if words else False
        if phrase.is_person or (phrase.role_nouns and len(words) > 1 and not thing and phrase.label != "ORG"):
            if len(words) < 2:
                return False
            self._person(m, words)
            return True
        if len(words) < 2 and not (phrase.label == "ORG" and thing):
            return False
        if words in self._things:
            self._things[words].join(m, "same name")
        elif (longer := self._longer(words, phrase)) is not None:
            longer.join(m, "part of the name")
        else:
            self._thing(m, words)
        return True

    def _state(self, m: Mention, meant: Metonym, rule: str) -> None:
        known = self._states.get(meant.key)
        if known is not None:
            known.join(m, rule)
            return
        referent = Referent(metonym=meant)
        referent.join(m, rule)
        referent.mods |= self._shown.nouns.get(meant.country, frozenset())
        self.referents.append(referent)
        self._states[meant.key] = referent

    def _person(self, m: Mention, words: tuple[str, ...]) -> None:
        key = (words[0], words[-1])
        known = self._people.get(key)
        if known is not None:
            known.join(m, "same name")
            return
        known = self._new(m)
        known.person = True
        self._people[key] = known
        for word in {words[-1], words[0], " ".join(words[1:])}:
            self._by_word.setdefault(word, []).append(known)

    def _thing(self, m: Mention, words: tuple[str, ...]) -> None:
        name = m.phrase.name
        referent = self._by_acronym.get("".join(name)) if len(name) == 1 else None
        if referent is not None:
            referent.join(m, "acronym")
            return
        referent = self._new(m)
        if words not in self._things:
            self._beginning.setdefault(words[0], []).append(words)
            self._ending.setdefault(words[-1], []).append(words)
        self._things[words] = referent
        if m.phrase.acronym:
            self._introduced.setdefault(m.phrase.acronym.replace(".", ""), referent)
        for acronym in {m.phrase.acronym, _initials(name) if len(name) > 1 else ""}:
            if len(acronym) > 1:
                self._by_acronym.setdefault(acronym.replace(".", ""), referent)

    def _around(self, words: tuple[str, ...]) -> list[tuple[str, ...]]:
        """The longer names of bodies that begin or end as some words do."""
        found = [*self._beginning.get(words[0], ()), *self._ending.get(words[-1], ())]
        return [known for known in found if len(known) > len(words)]

    def _longer(self, words: tuple[str, ...], phrase: Phrase) -> Referent | None:
        """The one body whose name begins or ends with these words."""
        if phrase.label == "PERSON" or not words:
            return None
        place = phrase.label == "PLACE"
        found = []
        for known in self._around(words):
            referent = self._things[known]
            begins = known[: len(words)] == words and not place and known[len(words)] not in _SMALL
            ends = known[-len(words) :] == words and (demonym(known[0].title()) is not None or len(words) > 1)
            if (begins or ends) and referent not in found:
                found.append(referent)
        return found[0] if len(found) == 1 else None

    def _short(self, m: Mention) -> None:
        """Place a mention of one word: a surname, a first name, an acronym, the start of a name."""
        phrase, words = m.phrase, _words(m.phrase.name)
        joined, raw = " ".join(words), "".join(phrase.name).replace(".", "")
        if not words:
            return
        people = self._by_word.get(joined, [])
        if raw in self._introduced:
            self._introduced[raw].join(m, "acronym")
            return
        if words in self._things and phrase.label != "PERSON" and not phrase.titled:
            self._things[words].join(m, "same name")
            return
        if people and (phrase.is_person or phrase.label in ("", "ORG")):
            chosen = self._choose(people, m, words)
            if chosen is not None:
                surname = any(_words(n)[-1] == words[-1] for n in chosen.names)
                chosen.join(m, "surname" if surname else "first name")
                return
        if words in self._things:
            self._things[words].join(m, "same name")
        elif not phrase.is_person and raw.isupper() and raw in self._by_acronym:
            self._by_acronym[raw].join(m, "acronym")
        elif not phrase.is_person and (longer := self._longest(m)) is not None:
            longer.join(m, "part of the name")
        elif phrase.is_person:
            known = self._new(m)
            known.person = True
            self._by_word.setdefault(joined, []).append(known)
        else:
            self._thing(m, words)

    def _longest(self, m: Mention) -> Referent | None:
        """The body that a short name in a speaking place or with an article abbreviates."""
        phrase, words = m.phrase, _words(m.phrase.name)
        article = m.span[1] - m.span[0] > len(" ".join(phrase.name))
        found: list[Referent] = []
        for known in self._around(words):
            referent = self._things[known]
            if referent in found:
                continue
            begins = known[: len(words)] == words and known[len(words)] not in _SMALL
            ends = known[-len(words) :] == words and article
            if (begins and (phrase.label != "PLACE" or m.speaks)) or ends:
                found.append(referent)
        if len(found) > 1:
            outlets = [r for r in found if any(is_outlet(" ".join(n)) for n in r.names)]
            found = outlets if m.relay is not None and outlets else found
        before = [r for r in found if r.last(m.span[0]) is not None]
        if len(before) == 1 or len(found) == 1:
            return (before or found)[0]
        return None

    def _choose(self, people: list[Referent], m: Mention, words: tuple[str, ...]) -> Referent | None:
        """The person of this name that is meant: gender must agree, then the latest one, then the next one."""
        gender = m.phrase.gender
        surnamed = [r for r in people if any(_words(n)[-1] == words[-1] for n in r.names)] or people
        fitting = [r for r in surnamed if r.fits(gender)]
        if m.phrase.label == "ORG":
            # What the tagger takes for a body is a person's surname only where that person was named before.
            fitting = [r for r in fitting if r.last(m.span[0]) is not None]
        shown = [r for r in fitting if gender is not None and r.gender == gender]
        pool = shown or fitting

        def nearness(referent: Referent) -> tuple[int, int]:
            last = referent.last(m.span[0])
            first = referent.links[0].mention.span[0]
            return (0, m.span[0] - last.span[0]) if last is not None else (1, first)

        return min(pool, key=nearness, default=None)
