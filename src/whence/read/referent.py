"""Who is spoken of: a referent gathers all that a story says about one person, group, body or document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from whence.read.document import Draft, Relay
from whence.read.metonymy import GOVERNING, Metonym, demonym
from whence.read.nounphrase import Phrase
from whence.read.source_lexicon import Gender, classes, gender_of, is_outlet
from whence.records import Span

__all__ = ["Link", "Mention", "Referent"]

_PEOPLE = frozenset({"person", "bio", "office"})
_THINGS = frozenset({"body", "state", "outlet", "document"})


@dataclass(slots=True, eq=False)
class Mention:
    """A phrase at its place in the story.

    Args:
        phrase: what it says.
        sentence: number of its sentence.
        quoted: whether it stands in quotation marks.
        soft: whether it is a pronoun or description outside the words for sources.
        draft: the statement whose source it is, if it is one's.
        relay: the relay whose outlet it is, if it is one's.
        referent: whom it refers to, once that is known.
    """

    phrase: Phrase
    sentence: int
    quoted: bool = False
    soft: bool = False
    draft: Draft | None = None
    relay: Relay | None = None
    referent: Referent | None = None

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.phrase.span

    @property
    def speaks(self) -> bool:
        """Whether it names a source or an outlet of a chain."""
        return self.draft is not None or self.relay is not None


@dataclass(frozen=True, slots=True)
class Link:
    """A mention of a referent and the rule that joined it."""

    mention: Mention
    rule: str


@dataclass(slots=True, eq=False)
class Referent:
    """One person, group, body or document, with everything the story says of it.

    Args:
        links: its mentions in the order in which they were joined.
        names: proper names, as words.
        metonym: the government or office that it is, if it is one.
        heads: nouns that it is described with or that its name ends in.
        mods: words that modify them.
        roles: what the story says it is.
        bears_outlet_name: whether one of its names shows that it publishes news.
        nouns: all nouns that it has been called by.
    """

    links: list[Link] = field(default_factory=list)
    names: list[tuple[str, ...]] = field(default_factory=list)
    metonym: Metonym | None = None
    heads: set[str] = field(default_factory=set)
    role_nouns: set[str] = field(default_factory=set)
    mods: set[str] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)
    labels: list[str] = field(default_factory=list)
    roles: list[Span] = field(default_factory=list)
    affiliation: Span | None = None
    gender: Gender | None = None
    plural: bool = False
    age: str = ""
    person: bool = False
    relays: bool = False
    bears_outlet_name: bool = False
    nouns: set[str] = field(default_factory=set)
    _order: list[Mention] = field(default_factory=list)
    _spans: list[Span] = field(default_factory=list)

    def join(self, mention: Mention, rule: str) -> None:
        """Add a mention, and what its phrase says."""
        phrase = mention.phrase
        mention.referent = self
        self.links.append(Link(mention, rule))
        at = bisect_right(self._spans, phrase.span)
        self._order.insert(at, mention)
        self._spans.insert(at, phrase.span)
        self.relays = self.relays or mention.relay is not None
        if phrase.form in ("pronoun", "relative", "first"):
            return
        if phrase.name and phrase.name not in self.names:
            self.names.append(phrase.name)
            self.bears_outlet_name = self.bears_outlet_name or is_outlet(" ".join(phrase.name))
        if phrase.label and rule != "acronym":
            self.labels.append(phrase.label)
        if phrase.acronym:
            self.acronyms.add(phrase.acronym)
        if phrase.head and not (phrase.name and phrase.is_person):
            self.heads.add(phrase.head)
            self.nouns.add(phrase.head)
        self.role_nouns |= phrase.role_nouns
        self.nouns |= phrase.role_nouns
        self.mods |= phrase.mods
        self.roles += [r for r in phrase.roles if r not in self.roles]
        self.affiliation = self.affiliation or phrase.affiliation
        self.gender = self.gender or phrase.gender
        self.age = self.age or phrase.age
        if len(self.links) == 1:
            self.plural = phrase.plural
        if len(self.links) == 1 or (phrase.name and rule != "acronym"):
            self.person = self.person or self._shows_person(phrase)

    def absorb(self, other: Referent, rule: str) -> None:
        """Take over another referent's mentions and what is known of it."""
        for link in other.links:
            self.join(link.mention, rule if link is other.links[0] else link.rule)
        self.metonym = self.metonym or other.metonym
        self.gender = self.gender or other.gender

    def _shows_person(self, phrase: Phrase) -> bool:
        if self.metonym is not None or phrase.plural:
            return False
        if phrase.is_person or phrase.gender is not None:
            return True
        kinds = frozenset(k for n in phrase.role_nouns for k in classes(n))
        return bool(phrase.name) and bool(kinds & _PEOPLE) and not kinds & _THINGS

    @property
    def speaks(self) -> bool:
        """Whether any mention names a source or an outlet of a chain."""
        return any(link.mention.speaks for link in self.links)

    @property
    def is_body(self) -> bool:
        """Whether it is one thing and nobody: an organisation, a state, an outlet, a document."""
        return not self.person and not self.plural

    @property
    def is_thing(self) -> bool:
        """Whether "it" can mean it: a body that some words describe."""
        return self.is_body and self.links[0].mention.phrase.form != "vague"

    @property
    def implied(self) -> frozenset[str]:
        """Nouns that its kind makes fit, though the story has not used them of it yet."""
        if self.metonym is None or self.metonym.how == "seat":
            return frozenset()
        union = {"bloc", "union"} if "Union" in self.metonym.country else set()
        return GOVERNING | {"country", "nation"} | union

    @property
    def country(self) -> str | None:
        """The country that its words place it in, if they do."""
        if self.metonym is not None:
            return self.metonym.country
        return next((c for m in sorted(self.mods) if (c := demonym(m.upper() if len(m) == 2 else m.title()))), None)

    def last(self, before: int) -> Mention | None:
        """Its latest mention that begins before an offset."""
        i = bisect_left(self._spans, (before,))
        return self._order[i - 1] if i else None

    def fits(self, gender: Gender | None) -> bool:
        """Whether nothing known speaks against a gender."""
        return gender is None or self.gender is None or self.gender == gender

    @property
    def gender_shown(self) -> Gender | None:
        """The gender that its roles and titles show."""
        return self.gender or next((g for n in sorted(self.role_nouns) if (g := gender_of(n))), None)
