"""Where a story mentions those who speak in it: in source words, as names, by pronoun, by description."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator

from whence.read.annotations import TaggedSpan
from whence.read.document import Document, Draft
from whence.read.mentions import phrases
from whence.read.metonymy import GOVERNING, metonym
from whence.read.nounphrase import Phrase, parse, words_in
from whence.read.referent import Mention
from whence.read.source_lexicon import (
    ABBREVIATIONS,
    DEMONSTRATIVES,
    PRONOUNS,
    STOPS,
    TITLES,
    classes,
    singular,
)
from whence.records import Span
from whence.text.alternatives import one_of
from whence.text.places import Places

__all__ = ["Ground", "speaking"]

_QUOTED = re.compile(r"“[^“”]{1,5000}(?:”|$)|\"[^\"\n]{1,5000}\"|(?<!\w)‘(?:[^‘’\n]|’(?=\w)){1,5000}’(?!\w)")
_PRONOUN = re.compile(r"\b(?:" + "|".join(sorted(PRONOUNS.keys() - {"these", "those", "both"})) + r")\b", re.IGNORECASE)
_THE = re.compile(r"\b[Tt]he\s+(?=[\w'’.-]+)")
_GOVERNMENT = re.compile(
    r"\b[Tt]he\s+(?:[A-Z][\w.]{1,20}\s+){1,3}(?:" + "|".join(sorted(GOVERNING - {"state"})) + r")\b(?!-)"
)
_APPOSED = re.compile(r",\s+((?:a|an|the|his|her|their)\s[^,.;:()\n]{3,80}|\d{1,3})(?=[,.;)])")
_BRACKET = re.compile(r"[ \u00a0]\(([A-Z][A-Za-z&.-]{1,9})\)")
_PLACING = frozenset(
    "in at from to near of on over across through into within inside outside around toward towards for against via "
    "throughout visiting".split()
)
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_FOLLOWERS = STOPS | frozenset(
    "has have had is was are were will would could may might said says must should can".split()
)
_PEOPLE = frozenset({"person", "office", "bio"})
_INITIALS = 2
"""Characters of the longest surname that is not searched for: "Li" and "Xu" are too often something else."""


class Ground:
    """A document made ready to be searched: what stands in quotation marks, where sentences begin, what is a verb.

    Args:
        doc: with sentences; tokens and entities are used where there are any.
    """

    def __init__(self, doc: Document) -> None:
        self.doc, self.text = doc, doc.text
        self._sentences = [s[0] for s in doc.sentences]
        self._entities = _agreed(doc)
        self._starts = [e.span[0] for e in self._entities]
        self.pos = {t.span[0]: t.pos for t in doc.tokens}
        self.verbs = frozenset(t.span for t in doc.tokens if t.pos.startswith("VB"))
        self.blocks = [p.span for p in doc.story.paragraphs if p.role in ("headline", "body")] or [(0, len(doc.text))]
        self.quotes = [m.span() for b in self.blocks for m in _QUOTED.finditer(doc.text, b[0], b[1])]
        self._quote_starts = [q[0] for q in self.quotes]

    def sentence(self, at: int) -> int:
        """Number of the sentence that holds an offset."""
        return bisect_right(self._sentences, at) - 1

    def quoted(self, at: int) -> bool:
        """Whether an offset lies in quotation marks."""
        return bool(self.quotes_at(at))

    def quotes_at(self, at: int) -> list[Span]:
        """The quotation that holds an offset, if one does."""
        i = bisect_right(self._quote_starts, at) - 1
        return [self.quotes[i]] if i >= 0 and at < self.quotes[i][1] else []

    def entities(self, span: Span) -> list[TaggedSpan]:
        """The entities that begin in a span."""
        return self._entities[bisect_left(self._starts, span[0]) : bisect_left(self._starts, span[1])]

    def initial(self, at: int) -> bool:
        """Whether a sentence or a quotation begins at an offset."""
        before = self.text[max(0, at - 4) : at].rstrip(" \t\u00a0“\"'‘(")
        starts = self._sentences
        i = bisect_right(starts, at) - 1
        opens = i >= 0 and not self.text[starts[i] : at].strip(" \t\u00a0“\"'‘(")
        return opens or not before or before[-1] in ".!?:\n"

    def mention(self, phrase: Phrase) -> Mention:
        """A phrase as a mention at its place."""
        at = phrase.span[0]
        return Mention(phrase, self.sentence(at), quoted=self.quoted(at))

    def read(self, span: Span) -> list[Phrase]:
        """The sources that the words at a span name."""
        return phrases(self.text, span, self.entities(span), self.initial(span[0]), self.verbs)

    def next_is_noun(self, end: int) -> bool:
        """Whether what ends at an offset only modifies the noun behind it ("the Acme shares")."""
        follow = self.text[end : end + 40]
        m = re.match(r"[ \u00a0](\w[\w-]*)", follow)
        if m is None:
            return follow[:1] == "-"
        pos = self.pos.get(end + 1)
        if pos is not None:
            return pos in _NOUNS
        word = m.group(1)
        return word.lower() not in _FOLLOWERS and bool(classes(singular(word.lower())[0])) and not word.endswith("ed")

    def acts(self, span: Span) -> bool:
        """Whether the name of a place at a span is used for who governs it, not for the place."""
        before = words_in(self.text, (max(0, span[0] - 30), span[0]))
        line = self.text[max(0, span[0] - 30) : span[0]]
        word = before[-1] if before and line.endswith((" ", "\u00a0", before[-1].text)) else None
        if word is not None and word.low == "the" and len(before) > 1:
            word = before[-2]
        if word is not None and line.rstrip().endswith(word.text) and (word.low in _PLACING or word.capital):
            return False
        after = self.text[span[1] : span[1] + 4]
        return not self.next_is_noun(span[1]) and after[:2] not in ("'s", "’s") and not re.match(r"-|, [A-Z]", after)

    def names(self, taken: list[Span]) -> Iterator[Mention]:
        """The entities outside `taken` that are people, bodies, or places that act.

        Args:
            taken: spans of the names found so far, sorted.
        """
        busy = _busy(taken)
        for e in self._entities:
            if e.label == "GROUP" or busy.touches(e.span):
                continue
            phrase = parse(self.text, (self._left(e), e.span[1]), [e], False, self.verbs)
            if phrase is None or not phrase.name:
                continue
            place = metonym(" ".join(phrase.name)) if e.label != "PERSON" else None
            if e.label == "PLACE" and (place is None or not self.acts(e.span)):
                continue
            if self.next_is_noun(e.span[1]) if e.label != "PERSON" else self._article_before(e.span[0]):
                continue
            if e.label == "PERSON":
                self._beside(phrase, e.span[1])
            elif (m := _BRACKET.match(self.text, e.span[1])) is not None:
                phrase.acronym, phrase.span = m.group(1), (phrase.span[0], m.end())
            if phrase.acronym:
                busy.add(phrase.span, None)
            yield self.mention(phrase)

    def _left(self, entity: TaggedSpan) -> int:
        """Where the title, role or article before a name begins."""
        start = entity.span[0]
        before = words_in(self.text, (max(0, start - 60), start))
        for i, w in enumerate(reversed(before[-6:])):
            gap = self.text[w.span[1] : start]
            short = w.low in TITLES or w.low in ABBREVIATIONS
            if (gap.removeprefix(".") if short else gap) not in (" ", "\u00a0"):
                break
            role = short or (bool(classes(w.low) & _PEOPLE) and w.span not in self.verbs)
            if not role and w.low != "the" and (i == 0 or not (w.capital or "body" in classes(w.low))):
                break
            if entity.label != "PERSON" and w.low != "the":
                break
            start = w.span[0]
            if w.low == "the":
                break
        return start

    def look_beside(self, named: list[Phrase], span: Span) -> None:
        """Take up roles that stand right beside the words for a source: before the first, behind the last name."""
        if not named:
            return
        first, last = named[0], named[-1]
        if first.label == "PERSON" and first.span[0] == span[0]:
            start = self._left(TaggedSpan(span, "PERSON", 1.0))
            fuller = (
                parse(self.text, (start, first.span[1]), self.entities((start, span[1]))) if start < span[0] else None
            )
            if fuller is not None:
                first.roles += fuller.roles
                first.role_nouns |= fuller.role_nouns
                first.gender = first.gender or fuller.gender
                first.affiliation = first.affiliation or fuller.affiliation
        if last.label == "PERSON" and last.span[1] == span[1]:
            self._beside(last, span[1])

    def _beside(self, phrase: Phrase, end: int) -> None:
        """Take up age and role in apposition behind a name."""
        m = _APPOSED.match(self.text, end)
        if m is None:
            return
        if m.group(1).isdigit():
            phrase.age = m.group(1)
            return
        role = parse(self.text, m.span(1), self.entities(m.span(1)), False, self.verbs)
        if role is not None and not role.name and not role.plural and classes(role.head) & _PEOPLE:
            phrase.roles.append(m.span(1))
            phrase.role_nouns.add(role.head)
            phrase.gender = phrase.gender or role.gender
            phrase.mods |= role.mods

    def variants(self, speaking: list[Mention], taken: list[Span]) -> Iterator[Mention]:
        """Names of those who speak, in full or short, wherever the tagger saw no entity."""
        forms: dict[str, str] = {}
        for m in speaking:
            named = m.phrase
            if not named.name:
                continue
            forms.setdefault(" ".join(named.name), named.label)
            if named.is_person and len(named.name[-1]) > _INITIALS:
                forms.setdefault(named.name[-1], "PERSON")
            if named.acronym:
                forms.setdefault(named.acronym, "ORG")
        if not forms:
            return
        pattern = re.compile(rf"(?<![\w-])(?:[Tt]he )?({one_of(forms)})(?![\w-])")
        busy = _busy(taken)
        for block in self.blocks:
            for found in pattern.finditer(self.text, block[0], block[1]):
                form, span = found.group(1), found.span(1)
                if busy.touches(span) or (metonym(form) is not None and not self.acts(found.span())):
                    continue
                if self.next_is_noun(span[1]) or (" " not in form and self._amid_name(span)):
                    continue
                if forms[form] == "PERSON" and self._article_before(span[0]):
                    continue
                entity = TaggedSpan(span, forms[form] or "ORG", 1.0)
                variant = parse(self.text, found.span(), [entity] if forms[form] else [], False, self.verbs)
                if variant is not None and variant.name:
                    yield self.mention(variant)

    def _article_before(self, start: int) -> bool:
        """Whether "the" stands right before a person's name, which then modifies what follows ("the Khan family")."""
        return self.text[max(0, start - 4) : start].lower() in ("the ", "the\u00a0")

    def _amid_name(self, span: Span) -> bool:
        """Whether another capitalised word touches a short name, so that both are one longer name."""
        before = words_in(self.text, (max(0, span[0] - 30), span[0]))
        if before and self.text[before[-1].span[1] : span[0]] in (" ", ". ", "\u00a0"):
            word = before[-1]
            known = word.low in TITLES or word.low in ABBREVIATIONS or classes(singular(word.low)[0]) & _PEOPLE
            if word.capital and not known and not self.initial(word.span[0]):
                return True
        return re.match(r"[ \u00a0&][A-Z]", self.text[span[1] : span[1] + 2]) is not None

    def governments(self, taken: list[Span]) -> Iterator[Mention]:
        """Governments called by country or capital outside `taken`."""
        busy = _busy(taken)
        for block in self.blocks:
            for m in _GOVERNMENT.finditer(self.text, block[0], block[1]):
                if not busy.touches(m.span()) and not self.next_is_noun(m.end()):
                    phrase = parse(self.text, m.span(), self.entities(m.span()), False, self.verbs)
                    if phrase is not None:
                        yield self.mention(phrase)

    def descriptions(self, taken: list[Span]) -> Iterator[Mention]:
        """Short definite descriptions outside `taken`: "the", up to two adjectives, a noun for people or bodies."""
        busy = _busy(taken)
        for block in self.blocks:
            for m in _THE.finditer(self.text, block[0], block[1]):
                words = words_in(self.text, (m.end(), min(block[1], m.end() + 60)))[:4]
                for i, w in enumerate(words):
                    gap = self.text[words[i - 1].span[1] : w.span[0]] if i else " "
                    clause = w.low in STOPS or w.low in DEMONSTRATIVES or w.span in self.verbs
                    if gap not in (" ", "\u00a0") or w.capital or clause:
                        break
                    lemma = singular(w.low)[0]
                    if (classes(lemma) or w.low.endswith("-year-old")) and not self.next_is_noun(w.span[1]):
                        span = (m.start(), w.span[1])
                        phrase = None if busy.touches(span) else parse(self.text, span, [], False, self.verbs)
                        if phrase is not None and not phrase.name:
                            yield self.mention(phrase)
                        break

    def pronouns(self, taken: list[Span]) -> Iterator[Mention]:
        """Third-person pronouns outside `taken` and outside quotation marks."""
        busy = _busy(taken)
        for block in self.blocks:
            for m in _PRONOUN.finditer(self.text, block[0], block[1]):
                if not busy.touches(m.span()) and not self.quoted(m.start()):
                    phrase = parse(self.text, m.span())
                    if phrase is not None:
                        yield self.mention(phrase)


def _agreed(doc: Document) -> list[TaggedSpan]:
    """The entities in text order; the same words get one label, the one that the tagger gives them most often."""
    votes: dict[str, Counter[str]] = {}
    for e in doc.entities:
        votes.setdefault(doc.words(e.span), Counter())[e.label] += 1
    label = {words: max(sorted(count), key=lambda k: count[k]) for words, count in votes.items()}
    agreed = (TaggedSpan(e.span, label[doc.words(e.span)], e.score) for e in doc.entities)
    return sorted(agreed, key=lambda e: e.span)


def _busy(taken: list[Span]) -> Places[None]:
    return Places((span, None) for span in taken)


def speaking(ground: Ground) -> tuple[list[Mention], dict[Draft, list[Mention]]]:
    """The mentions that name sources and outlets, in text order, and those of each draft in the order of its words."""
    found: dict[Span, Mention] = {}
    of: dict[Draft, list[Mention]] = {}
    parsed: dict[Span, list[Phrase]] = {}

    def place(span: Span) -> list[Mention]:
        if span not in parsed:
            parsed[span] = ground.read(span)
            ground.look_beside(parsed[span], span)
        return [found.setdefault(p.span, ground.mention(p)) for p in parsed[span]]

    for draft in ground.doc.drafts:
        if not draft.source:
            continue
        mentions = [m for piece in draft.source for m in place(piece)]
        for m in mentions:
            m.draft = m.draft or draft
        of[draft] = list(dict.fromkeys(mentions))
    for relay in ground.doc.relays:
        for m in place(relay.outlet)[:1]:
            m.relay = m.relay or relay
    return sorted(found.values(), key=lambda m: m.span), of
