"""Who is meant: every mention finds its referent, in text order, by name, description or pronoun.

A rule says why each mention was joined to the ones before it. Precision comes first: what could mean two referents
alike stays on its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile

from whence.read.antecedents import before_relative, described_before, introduced, is_object_of_another
from whence.read.descriptions import BIO, BODY, RULES, STRICT, SURE, generality, tier
from whence.read.document import Draft
from whence.read.nounphrase import words_in
from whence.read.referent import Mention, Referent
from whence.read.source_lexicon import PRONOUNS, STOPS, classes
from whence.read.spotting import Ground
from whence.records import Span
from whence.text.offsets import contains, overlaps

__all__ = ["Resolver"]

_REACH = 8
"""Sentences that a pronoun looks back at most."""

_MEMORY = 80
"""Mentions that a pronoun looks back at most."""

_CANDIDATES = 300
"""Referents that a description is compared with at most, the latest first."""

_AWAY, _SPOKE, _SUBJECT, _IN_QUOTE, _OWNER, _LATELY = -2.0, 1.5, 1.4, -1.5, -0.7, 0.3
"""How present a mention makes its referent: for each sentence that it lies back, as a source, as the first person or
body of its sentence, in quotation marks, as a possessor, as the last to have spoken. Chosen on a third of PolNeAR's
training stories against their silver coreference, where they changed little (71 to 72 % of "he")."""


class Resolver:
    """Finds whom the descriptions and pronouns of one story mean, once names are grouped.

    Args:
        ground: the document.
        referents: those known by name; the ones first met in a description are added.
        of: the mentions of each draft's source, in order.
    """

    def __init__(self, ground: Ground, referents: list[Referent], of: dict[Draft, list[Mention]]) -> None:
        self._ground = ground
        self._of = of
        self.referents = referents
        self.meant: dict[Mention, list[Referent]] = {}
        self._past: list[Mention] = []
        self._said: list[Draft] = []
        self._met: list[Referent] = []
        self._seen: set[Referent] = set()
        self._contents: dict[int, list[tuple[Span, Draft]]] = {}
        self._by_sentence: dict[int, list[Mention]] = {}
        self._dependent: dict[Mention, bool] = {}
        self._writer: Referent | None = None
        for draft in of:
            for c in draft.content:
                for i in range(ground.sentence(c[0]), ground.sentence(c[1] - 1) + 1):
                    self._contents.setdefault(i, []).append((c, draft))

    # ── one pass over all who speak ────────────────────────────────────────────────────────────────────────────────

    def resolve(self, mentions: Sequence[Mention], aside: Sequence[Mention] = ()) -> None:
        """Give every mention its referent.

        Args:
            mentions: names (grouped already) and source words, in text order.
            aside: pronouns and descriptions outside source words; they keep somebody present, and `attach` decides
                which of them are mentions.
        """
        how: dict[str, Callable[[Mention], None]] = {
            "pronoun": self._pronoun,
            "relative": self._relative,
            "definite": self._definite,
            "indefinite": self._introduce,
            "bare": self._introduce,
            "vague": self._new,
        }
        for m in sorted([*mentions, *aside], key=lambda o: o.span):
            if m.soft:
                self._guess(m)
                continue
            if m.referent is not None:
                self._named(m)
            elif m.phrase.form != "first":
                how[m.phrase.form](m)
            self._remember(m)
        for m in mentions:
            if m.phrase.form == "first":
                self._first_person(m)

    def _remember(self, m: Mention) -> None:
        if m.referent is None:
            return
        self.meant.setdefault(m, [m.referent])
        self._past.append(m)
        self._by_sentence.setdefault(m.sentence, []).append(m)
        if m.referent not in self._seen:
            self._seen.add(m.referent)
            self._met.append(m.referent)
        if m.draft is not None and (not self._said or self._said[-1] is not m.draft):
            self._said.append(m.draft)

    def _guess(self, m: Mention) -> None:
        """Note who is probably meant in passing, so that a later pronoun finds them present."""
        if m.phrase.form == "pronoun":
            gender, plural = PRONOUNS[m.phrase.head]
            found = self._one(m, lambda r: r.person and r.fits(gender)) if gender and not plural else []
        else:
            described = self._described(m)
            found = [described[0]] if described is not None and described[1] in SURE else []
        if found:
            m.referent = found[0]
            self._past.append(m)
            self._by_sentence.setdefault(m.sentence, []).append(m)

    def _new(self, m: Mention) -> None:
        referent = Referent()
        referent.join(m, "first mention")
        self.referents.append(referent)

    def _named(self, m: Mention) -> None:
        """A name beside a known description names whoever that described: "Jane Doe, the neighbour,"."""
        named = m.referent
        assert named is not None
        other = None if named in self._seen else described_before(self._ground, m, named, self._met[-_CANDIDATES:])
        if other is not None:
            named.absorb(other, "named later")
            self.referents.remove(other)
            self._met.remove(other)
            for meant in self.meant.values():
                meant[:] = [named if r is other else r for r in meant]

    def _introduce(self, m: Mention) -> None:
        """An indefinite description starts a referent, unless the same words did so before."""
        phrase = m.phrase
        if not phrase.fresh and (phrase.form == "bare" or phrase.affiliation is not None):
            for other in reversed(self._met[-_CANDIDATES:]):
                first = other.links[0].mention.phrase
                if (
                    first.form == phrase.form
                    and first.head == phrase.head
                    and first.mods == phrase.mods
                    and first.plural == phrase.plural
                    and not other.names
                ):
                    other.join(m, "same words")
                    return
        police = phrase.head == "police"
        if phrase.form == "bare" and classes(phrase.head) & {"body", "state"} and (police or not phrase.plural):
            self._definite(m)
            return
        self._new(m)

    def _definite(self, m: Mention) -> None:
        found = self._described(m)
        if found is not None:
            found[0].join(m, found[1])
            return
        introduction = introduced(self._ground, m)
        if introduction is not None:
            self._new(introduction)
            self._remember(introduction)
            assert introduction.referent is not None
            introduction.referent.join(m, "definite description")
            return
        self._new(m)

    def _described(self, m: Mention) -> tuple[Referent, str] | None:
        """The referent that a definite description means, with the rule; None for a new one."""
        best: tuple[int, ...] | None = None
        chosen: Referent | None = None
        salience = self._salience(m, sentences=4)
        for other in self._met[-_CANDIDATES:]:
            fit = tier(m.phrase, other)
            if fit is None:
                continue
            last = other.last(m.span[0])
            if last is None or self._in_content(m, last):
                continue
            if fit == BIO and other not in salience:
                continue
            if fit == BODY and m.sentence - last.sentence > _REACH and m.sentence > _REACH:
                continue
            order = (fit, *self._preference(m, other, fit, last, salience))
            if best is None or order < best:
                best, chosen = order, other
        return (chosen, RULES[best[0]]) if chosen is not None and best is not None else None

    def _preference(
        self, m: Mention, other: Referent, fit: int, last: Mention, salience: dict[Referent, float]
    ) -> tuple[int, ...]:
        """Among referents that a description fits alike: smaller is better."""
        if fit == BIO:
            return (-round(10 * salience[other]),)
        if fit == BODY:
            return (
                generality(m.phrase.head, other),
                1 - other.speaks,
                -round(10 * salience.get(other, -9.0)),
                -last.span[0],
            )
        return (-last.span[0],)

    # ── pronouns ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _in_content(self, m: Mention, other: Mention) -> bool:
        """Whether one mention stands in what the other's speaker says: a speaker is not whom the words are about."""
        return m.draft is not None and any(contains(c, other.span) for c in m.draft.content)

    def _salience(self, m: Mention, sentences: int = _REACH) -> dict[Referent, float]:
        """How present each referent is where a mention stands; those that cannot be meant are left out."""
        speaker = self._said[-1] if self._said else None
        lately = set(self._speakers(speaker)) if speaker is not None and speaker is not m.draft else set()
        score: dict[Referent, float] = {}
        nearby = list(takewhile(lambda o: m.sentence - o.sentence <= sentences, reversed(self._past[-_MEMORY:])))
        heads: dict[tuple[int, bool], Mention] = {}
        for other in sorted(nearby, key=lambda o: o.span):
            if other.referent is not None and not self._depends(other):
                heads.setdefault((other.sentence, other.referent.person), other)
        firsts = {id(o) for o in heads.values()}
        for other in nearby:
            referent = other.referent
            if referent is None or other.span[0] >= m.span[0] or self._in_content(m, other):
                continue
            owner = self._ground.text[other.span[1] : other.span[1] + 2] in ("'s", "’s")
            points = _AWAY * (m.sentence - other.sentence) + _SPOKE * other.speaks + _SUBJECT * (id(other) in firsts)
            points += _IN_QUOTE * (other.quoted and not other.speaks) + _OWNER * owner + _LATELY * (referent in lately)
            score[referent] = max(points, score.get(referent, -99.0))
        return score

    def _depends(self, m: Mention) -> bool:
        """Whether a preposition stands right before a mention, so that it is no subject."""
        known = self._dependent.get(m)
        if known is None:
            line = self._ground.text[max(0, m.span[0] - 20) : m.span[0]]
            known = line[-1:].isspace() and line.split()[-1:] != [] and line.split()[-1].lower() in STOPS
            self._dependent[m] = known
        return known

    def _speakers(self, draft: Draft) -> list[Referent]:
        return [r for m in self._of.get(draft, []) for r in self.meant.get(m, [])]

    def _pronoun(self, m: Mention) -> None:
        head = m.phrase.head
        gender, plural = PRONOUNS[head]
        if plural:
            found = self._they(m)
        else:
            found = self._one(m, lambda r: (r.person and r.fits(gender)) if gender else r.is_thing)
        if not found:
            self._new(m)
            if m.referent is not None:
                m.referent.person, m.referent.plural = gender is not None, plural
                m.referent.gender = gender
            return
        found[0].join(m, "pronoun")
        if gender is not None and found[0].gender is None:
            found[0].gender = gender
        self.meant[m] = found

    def _one(self, m: Mention, fits: Callable[[Referent], bool]) -> list[Referent]:
        """The most present referent that fits."""
        salience = {r: s for r, s in self._salience(m).items() if fits(r) and not r.plural}
        if not salience:
            speakers = [r for d in reversed(self._said[-20:]) for r in self._speakers(d) if fits(r) and not r.plural]
            return speakers[:1]
        gender = m.phrase.gender
        best = max(salience, key=lambda r: salience[r] + 0.5 * (gender is not None and r.gender == gender))
        return [best]

    def _they(self, m: Mention) -> list[Referent]:
        """A group, or all who spoke together, or, of late, one body or one person without a name."""
        for draft in reversed(self._said[-4:]):
            if draft is m.draft:
                continue
            speakers = self._speakers(draft)
            if len(speakers) > 1 or (speakers and speakers[0].plural):
                return speakers
        salience = self._salience(m, sentences=3)
        groups = {r: s for r, s in salience.items() if r.plural}
        if groups:
            return [max(groups, key=lambda r: groups[r])]
        others = {r: s for r, s in salience.items() if not r.person or (not r.names and r.gender is None)}
        return [max(others, key=lambda r: others[r])] if others else []

    def _relative(self, m: Mention) -> None:
        """ "who", "which" and "that" mean the noun phrase right before them."""
        text, start = self._ground.text, m.span[0]
        end = start
        while end > 0 and text[end - 1] in " \u00a0,—–":
            end -= 1
        for other in reversed(self._past[-6:]):
            name_ends = other.span[1] in (end, end - 1)
            if name_ends and other.referent is not None and not (m.phrase.head == "who" and other.referent.is_body):
                other.referent.join(m, "relative pronoun")
                return
        phrase = before_relative(self._ground, end)
        if phrase is None or phrase.form in ("pronoun", "relative", "first"):
            self._new(m)
            return
        antecedent = self._ground.mention(phrase)
        antecedent.draft = m.draft
        if phrase.form == "definite":
            self._definite(antecedent)
        else:
            self._introduce(antecedent)
        if antecedent.referent is not None:
            antecedent.referent.join(m, "relative pronoun")
            self._remember(antecedent)

    def _first_person(self, m: Mention) -> None:
        """ "I" and "we" in quoted words are whoever is quoted; elsewhere, whoever writes."""
        around = [d for d in self._drafts_around(m.span) if m not in self._of[d]] or self._same_quote(m)
        outer = m.draft.parent if m.draft is not None and m.draft.parent is not None else None
        draft = outer or min(around, key=lambda d: d.span[1] - d.span[0], default=None)
        speakers = self._speakers(draft) if draft is not None else []
        if speakers:
            speakers[0].join(m, "first person in a quotation")
            self.meant[m] = speakers
        elif not m.quoted:
            if self._writer is not None:
                self._writer.join(m, "the writer")
            else:
                self._new(m)
                self._writer = m.referent
            assert m.referent is not None
            self.meant[m] = [m.referent]

    def _same_quote(self, m: Mention) -> list[Draft]:
        quotes = [q for q in self._ground.quotes_at(m.span[0]) if contains(q, m.span)]
        near = self._contents.get(m.sentence, [])
        return [d for c, d in near if m not in self._of[d] and any(overlaps(q, c) for q in quotes)]

    # ── those who do not speak where they are mentioned ────────────────────────────────────────────────────────────

    def attach(self, descriptions: Sequence[Mention], pronouns: Sequence[Mention]) -> None:
        """Join further mentions to those who speak, where they can mean one only.

        Args:
            descriptions: definite descriptions outside source words, in text order.
            pronouns: pronouns outside source words and quotations, in text order.
        """
        self._met = [r for r in self._met if r.links]
        for m in descriptions:
            known = [(r, last) for r in self._met[-_CANDIDATES:] if (last := r.last(m.span[0])) is not None]
            fits = [(t, r, last) for r, last in known if (t := tier(m.phrase, r)) is not None and t <= BODY]
            exact = [(t, r, last) for t, r, last in fits if t == STRICT]
            chosen = [r for _, r, last in exact or fits if m.sentence - last.sentence <= _REACH // (1 if exact else 2)]
            if len(chosen) == len(exact or fits) == 1 and chosen[0].speaks:
                chosen[0].join(m, "definite description")
        for m in pronouns:
            if m.phrase.head in ("him", "them") and is_object_of_another(self._ground, m):
                continue
            people = self._speaker_of(m) or self._only_person(m)
            if people:
                people[0].join(m, "pronoun")

    def _speaker_of(self, m: Mention) -> list[Referent]:
        """Who says the words that a pronoun opens: "the company said it would pay"."""
        gender, plural = PRONOUNS[m.phrase.head]
        for draft in self._drafts_around(m.span):
            speakers = self._speakers(draft)
            content = next(c for c in draft.content if contains(c, m.span))
            before = words_in(self._ground.text, (content[0], m.span[0]))
            if not draft.source or draft.source[0][0] > m.span[0] or len(before) > 3:
                continue
            if len(speakers) != 1 or any(w.capital for w in before[1:]):
                continue
            one = speakers[0]
            agrees = (one.person and one.fits(gender)) if gender else (one.plural if plural else one.is_body)
            if agrees:
                return [one]
        return []

    def _drafts_around(self, span: Span) -> list[Draft]:
        return [d for c, d in self._contents.get(self._ground.sentence(span[0]), ()) if contains(c, span)]

    def _only_person(self, m: Mention) -> list[Referent]:
        """The one person of a pronoun's gender in its sentence and the one before."""
        gender, _ = PRONOUNS[m.phrase.head]
        if gender is None:
            return []
        people = {
            o.referent
            for o in (*self._by_sentence.get(m.sentence, ()), *self._by_sentence.get(m.sentence - 1, ()))
            if o.referent is not None and o.referent.person and o.span[0] < m.span[0] and o.referent.fits(gender)
        }
        return [r for r in people if r.speaks] if len(people) == 1 else []
