"""The story while it is being read: what each component finds, for the next ones to build on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from whence.read.annotations import Attribution, TaggedSpan, Token
from whence.records import (
    Act,
    Dispute,
    Figure,
    Finding,
    Quote,
    Source,
    Span,
    Story,
    Time,
    Voice,
)

__all__ = ["Document", "Draft", "Note", "Relay", "RelayKind"]

RelayKind = Literal["told", "line", "citing", "credit", "asked"]


@dataclass(slots=True, eq=False)
class Draft:
    """A statement in the making.

    Args:
        content: its words, as pieces in text order.
        source: the words that name its source or sources, as pieces; empty in own voice or where nobody is named.
        cue: the words that attribute, as pieces.
        score: the tagger's confidence in 0..1.
        parent: the draft in whose content this one stands.
        origin: the component that proposed it.
    """

    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    voice: Voice = "own"
    score: float = 1.0
    parent: Draft | None = None
    origin: str = "tagger"
    id: str = ""
    sources: tuple[Source, ...] = ()
    chain: tuple[Source, ...] = ()
    quote: Quote | None = None
    act: Act = "assert"
    hedges: tuple[Span, ...] = ()
    distancing: tuple[Span, ...] = ()
    loaded: tuple[Span, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()

    @property
    def span(self) -> Span:
        """From the first to the last character of its content."""
        return self.content[0][0], self.content[-1][1]

    @property
    def extent(self) -> Span:
        """From the first to the last character of content, source and cue together."""
        pieces = (*self.content, *self.source, *self.cue)
        return min(a for a, _ in pieces), max(b for _, b in pieces)


@dataclass(slots=True, eq=False)
class Relay:
    """An outlet through which statements reached the page.

    Args:
        outlet: the words that name the outlet ("the Middle East Eye (MEE)").
        kind: `told` (its journalist was told), `line` ("Press TV reports:"), `citing`, `credit` (a wire credit),
            `asked` (its journalist asked).
        scope: for a `line` or `credit`: the stretch of text whose statements came through it.
        draft: for the other kinds: the one statement that came through it.
        rule: the pattern that found it.
        order: larger is nearer to the page, where one statement has several relays.
    """

    outlet: Span
    kind: RelayKind
    scope: Span | None = None
    draft: Draft | None = None
    rule: str = ""
    order: int = 0
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Why a label is what it is, while ids are not given out yet; becomes an `Explanation`."""

    target: Draft | Source | str
    label: str
    component: str
    rule: str
    score: float | None = None
    evidence: tuple[Span, ...] = ()


@dataclass(slots=True)
class Document:
    """One story and everything found in it so far.

    Args:
        story: the input; its `text` is what all spans refer to.
        published: the day of publication, where known: relative times are resolved against it, never guessed.
        sentences: spans of the sentences of headline and body, in text order.
        tokens, entities, attributions: what the tagger saw, in text order.
        drafts: the statements in the making, in text order (by content, outer before inner).
        relays: outlets through which statements came.
        sources: the sources resolved, by first mention.
        headline_support: ids of the statements that say what the headline says.
    """

    story: Story
    published: date | None = None
    sentences: list[Span] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    entities: list[TaggedSpan] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    relays: list[Relay] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    headline_support: list[str] = field(default_factory=list)
    _starts: dict[str, tuple[Sequence[object], int, list[int]]] = field(default_factory=dict, repr=False)

    @property
    def text(self) -> str:
        """The story's text."""
        return self.story.text

    def words(self, span: Span) -> str:
        """The words at a span."""
        return self.story.text[span[0] : span[1]]

    def sentence_of(self, at: int) -> Span:
        """The sentence that holds offset `at`, or the nearest before it; `(at, at)` where there is none."""
        n = bisect_right(self._begin("sentences"), at)
        return self.sentences[n - 1] if n else (at, at)

    def _begin(self, what: str) -> list[int]:
        """Where the sentences, tokens or entities begin, kept while they stay the same list of the same length."""
        things: Sequence[object] = getattr(self, what)
        known = self._starts.get(what)
        if known is None or known[0] is not things or known[1] != len(things):
            named = self.entities if what == "entities" else self.tokens
            starts = [s[0] for s in self.sentences] if what == "sentences" else [t.span[0] for t in named]
            known = self._starts[what] = (things, len(things), starts)
        return known[2]

    def in_headline(self, draft: Draft) -> bool:
        """Whether a statement is the headline's: the body says it again, so that it counts for itself nowhere."""
        headline = self.story.headline
        return headline is not None and draft.span[0] < headline[1] and headline[0] < draft.span[1]

    def tokens_in(self, span: Span) -> list[Token]:
        """The tokens that lie wholly inside a span."""
        begin = self._begin("tokens")
        first = bisect_left(begin, span[0])
        last = bisect_left(begin, span[1], lo=first)
        return [t for t in self.tokens[first:last] if t.span[1] <= span[1]]

    def in_entity(self, at: int) -> bool:
        """Whether offset `at` stands in a name that the tagger found."""
        n = bisect_right(self._begin("entities"), at)
        return n > 0 and at < self.entities[n - 1].span[1]

    def token_at(self, at: int) -> Token | None:
        """The first token that begins at offset `at` or after it."""
        n = bisect_left(self._begin("tokens"), at)
        return self.tokens[n] if n < len(self.tokens) else None

    def explain(
        self,
        target: Draft | Source | str,
        label: str,
        component: str,
        rule: str,
        score: float | None = None,
        evidence: tuple[Span, ...] = (),
    ) -> None:
        """Record why a label is what it is."""
        self.notes.append(Note(target, label, component, rule, score, evidence))
