"""Component: who speaks in the story, with every place where it refers to them."""

from __future__ import annotations

from whence.read.component import Component
from whence.read.coreference import Resolver
from whence.read.document import Document
from whence.read.genders import learn_genders
from whence.read.kinds import kind
from whence.read.metonymy import GOVERNING, demonym, metonym
from whence.read.naming import naming
from whence.read.nounphrase import words_in
from whence.read.referent import Mention, Referent
from whence.read.same_name import Names, countries_named
from whence.read.source_lexicon import POSSESSIVES, PRONOUNS, TITLES, classes, singular
from whence.read.spotting import Ground, speaking
from whence.read.story_states import story_states
from whence.records import Source, Span
from whence.text.offsets import overlaps, strip
from whence.text.places import Places

__all__ = ["SOURCES", "resolve"]

_PEOPLE = frozenset({"person", "bio", "office"})
_ARTICLES = frozenset({"the", "a", "an"})
_CLOSED = _ARTICLES | frozenset(
    "one another some several many two three four five six most few this that these those".split()
)


def resolve(doc: Document) -> None:
    """Fill `doc.sources`, the sources of every draft and the source of every relay.

    Args:
        doc: with sentences, drafts and relays; entities and tokens make the result better where there are any.
    """
    ground = Ground(doc)
    voices, of = speaking(ground)
    taken = [m.span for m in voices if m.phrase.name or m.phrase.form in ("pronoun", "relative", "first")]
    names = list(ground.names(taken))
    taken += [m.span for m in names]
    more = list(ground.variants(voices, taken))
    taken += [m.span for m in more]
    more += ground.governments(taken)
    mentions = sorted([*voices, *names, *more], key=lambda m: (m.span, not m.speaks))

    grouped = Names(countries_named(mentions), story_states(doc.text, (m.phrase for m in mentions)))
    grouped.group(mentions)
    resolver = Resolver(ground, grouped.referents, of)
    learn_genders(ground, grouped.referents, [m for m in mentions if m.referent is not None])
    taken = [m.span for m in mentions]
    apposed = {role[0] for m in mentions for role in m.phrase.roles}
    described = ground.descriptions(taken)
    descriptions = [m for m in described if m.span[0] not in apposed or _owns(doc.text, m.span[1])]
    pronouns = list(ground.pronouns(taken))
    for m in (*descriptions, *pronouns):
        m.soft = True
    resolver.resolve(mentions, [*descriptions, *pronouns])
    resolver.attach(descriptions, pronouns)

    made = _freeze(doc, [r for r in resolver.referents if r.speaks])
    for draft, said in of.items():
        meant = [r for m in said for r in resolver.meant.get(m, [])]
        draft.sources = tuple(dict.fromkeys(made[r] for r in meant if r in made))
    relays = {m.relay: m for m in voices if m.relay is not None}
    spans = Places((m.span, m) for m in voices)
    for relay in doc.relays:
        mention = relays.get(relay) or next(iter(spans.touching(relay.outlet)), None)
        if mention is not None and mention.referent is not None:
            relay.source = made.get(mention.referent)


def _freeze(doc: Document, referents: list[Referent]) -> dict[Referent, Source]:
    """Make the sources, give out ids by first mention, and record why."""
    made: dict[Referent, Source] = {}
    spans = {r: _mentions(r) for r in referents}
    for n, referent in enumerate(sorted(referents, key=lambda r: spans[r][0]), 1):
        byline = doc.story.byline
        author = byline is not None and referent.links[0].mention.phrase.head in ("i", "my", "me")
        of_kind, kind_rule = kind(referent)
        is_named, naming_rule = naming(referent, doc.text, author)
        best = _best(referent)
        source = Source(
            id=f"s{n}",
            label=byline.name if author and byline is not None else _label(doc, best),
            naming=is_named,
            kind="person" if author else of_kind,
            role=_role(doc, referent),
            affiliation=_words(doc, referent.affiliation) if referent.affiliation else None,
            mentions=spans[referent],
        )
        made[referent] = source
        doc.sources.append(source)
        doc.explain(source, f"naming={is_named}", "naming", naming_rule, evidence=(best.span,))
        doc.explain(source, f"kind={of_kind}", "kinds", kind_rule, evidence=(best.span,))
        for link in referent.links:
            if link.rule != "first mention":
                same = f"same as {source.label}"
                doc.explain(source, same, "coreference", link.rule, evidence=(link.mention.span,))
    return made


def _role(doc: Document, referent: Referent) -> str | None:
    """What the story says a person is: the longest apposition, or else the first description of a named person."""
    if not referent.person or not referent.names:
        return None
    described = [m.span for m in (link.mention for link in referent.links) if m.phrase.form == "definite"]
    described = [s for s in described if not doc.words(s).lower().endswith("-year-old")]
    posts = [s for s in referent.roles if any(classes(singular(w.low)[0]) & _PEOPLE for w in words_in(doc.text, s))]
    if not posts and not described:
        return None
    span = max(posts, key=_width) if posts else min(described)
    return _uncapital(doc, span[0], _words(doc, span))


def _owns(text: str, end: int) -> bool:
    """Whether a possessive ending follows: "the council" in "the council's leader" is not the leader."""
    return text[end : end + 1] in ("'", "’")


def _width(span: Span) -> int:
    return span[1] - span[0]


def _mentions(referent: Referent) -> tuple[Span, ...]:
    """Its mentions in text order; where two overlap, the longer one."""
    kept: list[Span] = []
    for span in sorted({link.mention.span for link in referent.links}, key=lambda s: (s[0], -s[1])):
        if not kept or not overlaps(kept[-1], span):
            kept.append(span)
        elif _width(span) > _width(kept[-1]):
            kept[-1] = span
    return tuple(kept)


def _best(referent: Referent) -> Mention:
    """The mention that names it most fully: a name before a description, the longest name, the earliest place."""

    def rank(m: Mention) -> tuple[int, int, int]:
        phrase = m.phrase
        how = 0 if phrase.name else 2 if phrase.form in ("pronoun", "relative", "first") else 1
        if referent.metonym is not None and how < 2:
            meant = metonym(" ".join(phrase.name))
            if meant is None:
                return (-1 if phrase.head in GOVERNING else 2, 0, m.span[0])
            return (int(meant.how == "capital"), 0, m.span[0])
        return (how, -len(phrase.name), m.span[0])

    return min((link.mention for link in referent.links), key=rank)


def _words(doc: Document, span: Span) -> str:
    return " ".join(doc.words(span).split())


def _label(doc: Document, m: Mention) -> str:
    """How a source is called: its name without title and bracket, or its description as inside a sentence."""
    phrase, (start, end) = m.phrase, m.span
    if phrase.acronym:
        end = doc.text.rindex("(", start, end)
    words = words_in(doc.text, (start, end))
    if phrase.name and phrase.is_person and len(phrase.name) < len(words):
        start = words[-len(phrase.name)].span[0]
    text = _words(doc, strip(doc.text, (start, end), " ,\u00a0"))
    return text if phrase.name and not text.lower().startswith("the ") else _uncapital(doc, start, text)


def _uncapital(doc: Document, start: int, text: str) -> str:
    """A phrase without the capital that it only has because a sentence begins with it."""
    first = text.split(" ", 1)[0]
    low = first.lower()
    if low.strip(".") in TITLES:
        return text
    known = bool(classes(singular(low)[0])) or low in _CLOSED or low in PRONOUNS or low in POSSESSIVES
    before = doc.text[max(0, start - 3) : start].rstrip()
    opens = not before or before[-1] in '.!?:\n“"' or doc.sentence_of(start)[0] == start
    if low in _ARTICLES or (opens and first.isalpha() and (known or _common(doc, start, first))):
        return low + text[len(first) :]
    return text


def _common(doc: Document, start: int, word: str) -> bool:
    """Whether a capital is only the sentence's: the tagger sees no name there, and the word is not all capitals."""
    if word.isupper():
        return False
    return demonym(word) is None and not doc.in_entity(start)


SOURCES = Component(
    name="sources",
    requires=frozenset({"story", "sentences", "tokens", "entities", "drafts", "relays"}),
    assigns=frozenset({"sources", "draft.sources", "relay.source"}),
    apply=resolve,
)
