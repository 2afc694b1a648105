"""The reader: components in order, from a story to its reading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from whence.errors import InputError
from whence.read import nested as nesting
from whence.read.acts import ACTS
from whence.read.chains import CHAINS
from whence.read.component import Component, check, run
from whence.read.disputes import DISPUTES
from whence.read.document import Document, Draft
from whence.read.figures import FIGURES
from whence.read.findings import FINDINGS
from whence.read.headline import HEADLINE
from whence.read.hedges import HEDGES
from whence.read.loaded import LOADED
from whence.read.patterns import PATTERNS
from whence.read.pruning import PRUNING
from whence.read.quotes import QUOTES
from whence.read.relays import RELAYS
from whence.read.sources import SOURCES
from whence.read.statements import STATEMENTS, in_order
from whence.read.tagger import Tagger
from whence.read.times import TIMES
from whence.records import Explanation, Reading, Source, Span, Statement, Story
from whence.text.sentences import sentences

__all__ = ["LONGEST", "Reader", "components", "to_reading"]

LONGEST = 2_000_000
"""Characters of the longest story that is read: about 350,000 words, a long book."""


def _blocks(story: Story) -> list[Span]:
    """Headline and body: what people say stands there; bylines, badges and furniture are not read."""
    return [p.span for p in story.paragraphs if p.role in ("headline", "body")]


def components(tagger: nesting.TextTagger) -> tuple[Component, ...]:
    """The components in the order in which they run, around one tagger."""

    def split(doc: Document) -> None:
        doc.sentences = sentences(doc.text, _blocks(doc.story))

    def tag(doc: Document) -> None:
        tagging = tagger.tag(doc.text, _blocks(doc.story))
        doc.tokens, doc.entities = list(tagging.tokens), list(tagging.entities)
        doc.attributions = list(tagging.attributions)

    return (
        Component("sentences", frozenset({"story"}), frozenset({"sentences"}), split),
        Component("tagger", frozenset({"story"}), frozenset({"tokens", "entities", "attributions"}), tag),
        PATTERNS,
        STATEMENTS,
        nesting.component(tagger),
        RELAYS,
        Component("order", frozenset({"drafts", "relays"}), frozenset({"draft.id"}), in_order),
        SOURCES,
        PRUNING,
        CHAINS,
        QUOTES,
        ACTS,
        HEDGES,
        LOADED,
        FIGURES,
        TIMES,
        DISPUTES,
        HEADLINE,
        FINDINGS,
    )


def to_reading(doc: Document, reader: str = "", make: Callable[..., Any] = Reading) -> Any:
    """Freeze a finished document into a reading.

    Args:
        reader: name and version of the program and weights.
        make: the class to build; `Reading` or one derived from it.
    """
    statements = tuple(
        Statement(
            id=d.id,
            content=d.content,
            voice=d.voice,
            sources=d.sources,
            cue=(d.cue[0][0], d.cue[-1][1]) if d.cue else None,
            quote=d.quote,
            act=d.act,
            chain=d.chain,
            hedges=d.hedges,
            distancing=d.distancing,
            loaded=d.loaded,
            figures=d.figures,
            times=d.times,
            parent=d.parent.id if d.parent else None,
            confidence=min(1.0, max(0.0, d.score)),
        )
        for d in doc.drafts
    )

    def target(t: Draft | Source | str) -> str:
        return t if isinstance(t, str) else t.id

    kept = {d.id for d in doc.drafts} | {s.id for s in doc.sources} | {f.id for f in doc.findings}
    explanations = tuple(
        Explanation(target(n.target), n.label, n.component, n.rule, n.score, n.evidence)
        for n in doc.notes
        if target(n.target) in kept
    )
    return make(
        story=doc.story,
        sources=tuple(doc.sources),
        statements=statements,
        disputes=tuple(doc.disputes),
        findings=tuple(doc.findings),
        explanations=explanations,
        reader=reader,
    )


class Reader:
    """Reads stories; loads its weights once, then can be used for any number of stories, from one thread at a time.

    Args:
        threads: CPU threads for the model (1 or more); more than one pays for a single story only.
        make: the class of the readings it returns; `Reading` or one derived from it.

    Raises:
        ModelError: the packaged weights are missing or altered.
    """

    def __init__(
        self, threads: int = 1, make: Callable[..., Any] = Reading, tagger: nesting.TextTagger | None = None
    ) -> None:
        from whence._version import __version__

        self._tagger = tagger if tagger is not None else Tagger(threads=threads)
        self._make = make
        self.components = components(self._tagger)
        check(self.components)
        self.name = f"whence {__version__}"

    def read(self, story: Story) -> Any:
        """Read one story.

        Args:
            story: its `published`, an ISO 8601 date or date-time, decides what relative times mean.

        Returns:
            A reading, of the class given as `make`.

        Raises:
            InputError: the story has no text, is longer than `LONGEST`, or its date is not ISO 8601.
        """
        if len(story.text) > LONGEST:
            raise InputError(
                f"a story has at most {LONGEST:,} characters; {story.id or 'this one'} has {len(story.text):,}: "
                "split it into its articles"
            )
        if not _blocks(story):
            raise InputError(f"a story has a headline or a body; {story.id or 'this one'} has neither: give its text")
        doc = Document(story=story, published=_day(story.published))
        run(self.components, doc)
        return to_reading(doc, self.name, self._make)


def _day(published: str | None) -> date | None:
    """The calendar day of an ISO 8601 date or date-time."""
    if not published:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError as e:
        raise InputError(
            f"a publication date is ISO 8601, like 2018-02-10; got {published!r}: give it as --published DATE"
        ) from e
