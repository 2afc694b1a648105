"""A trace as a page or a terminal shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from whence.records.origins import Derivation, Origin
from whence.records.story import Span

__all__ = ["CreditView", "EdgeView", "PassageView", "QuoteView", "StoryLine", "StoryView", "TopicView", "TraceView"]


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story in a line: its number, id, first words, outlet, address, date and words; `paged` if it has a page."""

    story: int
    id: str
    headline: str
    outlet: str | None
    url: str | None
    published: str | None
    words: int
    paged: bool = True


@dataclass(frozen=True, slots=True)
class PassageView:
    """Text that stands in a story and in its parent: the words of both, and its place in the story's text."""

    mine: str
    theirs: str
    span: Span
    quotation: bool = False


@dataclass(frozen=True, slots=True)
class EdgeView:
    """From where a story took: the derivation, the parent (None where no story of the outlet is here), the words.

    Args:
        passages: in the order of the story.
        dropped: pieces of the parent's text that stand in no shared passage.
        more_passages, more_dropped: how many more of each there are than a page shows.
    """

    derivation: Derivation
    parent: StoryLine | None
    passages: tuple[PassageView, ...] = ()
    dropped: tuple[str, ...] = ()
    more_passages: int = 0
    more_dropped: int = 0


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A shared quotation: its words, whoever is quoted, other stories that have it, and how many more there are."""

    words: str
    source: str | None
    span: Span
    others: tuple[StoryLine, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class CreditView:
    """Words of a story that credit an outlet."""

    outlet: str
    words: str


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story with its way: where it came from and who took from it."""

    line: StoryLine
    text: str
    topic: int | None
    pages: int
    origins: tuple[Origin, ...]
    topic_origins: int
    edges: tuple[EdgeView, ...]
    children: tuple[tuple[StoryLine, Derivation], ...]
    quotations: tuple[QuoteView, ...]
    credits: tuple[CreditView, ...]
    furniture: tuple[Span, ...] = ()
    more_children: int = 0


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic: its first pages by date, the main origin and the derivations of each, and its shared quotations.

    Args:
        stories: pages by date, undated ones last; of a large topic the first ones.
        pages, origins, outlets: how many the topic has, pages that are not shown included.
        first, last: dates of publication; None where no page has one.
        quoted: how many quotations its pages share.
    """

    topic: int
    stories: tuple[StoryLine, ...]
    pages: int
    origins: int
    outlets: int
    circular: bool
    first: str | None
    last: str | None
    quoted: int
    began: Mapping[int, Origin]
    derivations: tuple[Derivation, ...]
    edges: Mapping[int, tuple[EdgeView, ...]]
    quotations: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True)
class TraceView:
    """The front page: what was traced, its largest topics, and what was left out."""

    title: str
    counts: Mapping[str, int]
    topics: tuple[TopicView, ...]
    remarks: tuple[str, ...]
    failures: tuple[tuple[str, str], ...]
    skipped: Mapping[str, int]
