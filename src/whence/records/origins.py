"""Derivations and origins: which way text travelled, and where it began; and the tables that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from whence.records.reuse import Column

__all__ = [
    "CREDITS",
    "DERIVATIONS",
    "DERIVATION_KINDS",
    "ORIGINS",
    "ORIGIN_KINDS",
    "QUOTATIONS",
    "REASONS",
    "TOPICS",
    "Derivation",
    "DerivationKind",
    "Origin",
    "OriginKind",
    "Reason",
]

DerivationKind = Literal["taken", "credited", "rests-on", "unknown"]
DERIVATION_KINDS: tuple[DerivationKind, ...] = get_args(DerivationKind)

OriginKind = Literal["story", "outlet", "unknown", "circular"]
ORIGIN_KINDS: tuple[OriginKind, ...] = get_args(OriginKind)

Reason = Literal[
    "earlier", "credits", "credits-own", "longer", "closest", "only-text", "same-report", "signed-elsewhere", "crowd"
]
REASONS: tuple[Reason, ...] = get_args(Reason)
"""What can speak for or against a derivation; docs/reference/trace.md says what each means."""

CREDITS: tuple[Column, ...] = (
    Column("story", "int32", "the story's number"),
    Column(
        "kind", "string", "the wording: dateline, signed, first, copyright (these credit the whole story); reported, "
        "told, citing, seen, contributed; chain (of a reading)"
    ),
    Column("outlet", "string", "the outlet that is credited, as the archive first writes its name"),
    Column("key", "string", "the outlet's key: one for all ways of writing its name"),
    Column("start", "int32", "where the crediting words begin in the story's text, in code points"),
    Column("end", "int32", "where they end, exclusive"),
    Column("speaker", "string", "who told the outlet, where the words say so", null=True),
    Column("own", "bool", "whether it is the outlet that published the story"),
)  # fmt: skip
"""`credits`: what stories say themselves of where they come from; by story, start."""

DERIVATIONS: tuple[Column, ...] = (
    Column("story", "int32", "the story that took"),
    Column("parent", "int32", "the story it took from; null where no story of the outlet is here", null=True),
    Column("outlet", "string", "the outlet it took from, where it is known", null=True),
    Column(
        "kind", "string", "taken: shared prose; credited: the whole story is another outlet's, by its own words; "
        "rests-on: no shared prose, it says that the outlet was told or reported it; unknown: shared prose, and nobody "
        "can say who took it"
    ),
    Column("words", "int32", "words of shared prose that this parent explains and no parent before it does"),
    Column("share", "float32", "these words / the story's words without boilerplate, 0 to 1"),
    Column("added", "int32", "words of the story that stand in no passage shared with this parent"),
    Column("dropped", "int32", "words of the parent that stand in no passage shared with the story"),
    Column("confidence", "float32", "how sure the direction is: 0.5 (a toss-up) to 1"),
    Column("reasons", "list<string>", "what speaks for it"),
    Column("against", "list<string>", "what speaks against it: a clock or a credit that is wrong"),
    Column("circular", "bool", "whether each, directly or through others, names the other as its source"),
)  # fmt: skip
"""`derivations`: who took from whom; by story, the parent that explains most first."""

ORIGINS: tuple[Column, ...] = (
    Column("story", "int32", "the story's number"),
    Column("topic", "int32", "the topic: the smallest story number in it"),
    Column("origin", "string", "the origin's name in this table: story:N, outlet:KEY#N, unknown:N or circular:N"),
    Column("kind", "string", "story, outlet (no story of it is here), unknown (one of several pages), circular"),
    Column("origin_story", "int32", "the number of the story where it began, where it is one", null=True),
    Column("label", "string", "the outlet or story, for a reader"),
    Column(
        "share", "float32", "how much of the story comes from it, 0 to 1; null where only words of attribution say so",
        null=True,
    ),
    Column("main", "bool", "whether it is where most of the story comes from; each story has one"),
)  # fmt: skip
"""`origins`: where each story of a topic began; by topic, story, the main one first."""

TOPICS: tuple[Column, ...] = (
    Column("topic", "int32", "the smallest story number in it"),
    Column("stories", "int32", "how many pages it has"),
    Column("origins", "int32", "how many independent origins stand behind them"),
    Column("outlets", "int32", "how many outlets carry it"),
    Column("families", "int32", "how many families of shared prose it joins"),
    Column("quotations", "int32", "how many quotations its pages share"),
    Column("circular", "bool", "whether pages of it name each other as their source"),
    Column("first", "string", "the earliest date of publication in it", null=True),
    Column("last", "string", "the latest", null=True),
    Column("headline", "string", "the first words of its first page"),
)  # fmt: skip
"""`topics`: stories that share their main origin or a quotation; largest first."""

QUOTATIONS: tuple[Column, ...] = (
    Column("quotation", "int32", "the quotation's number; the same words in several stories have one"),
    Column("story", "int32", "a story that has it"),
    Column("start", "int32", "where it begins in the story's text, in code points, marks included"),
    Column("end", "int32", "where it ends, exclusive"),
    Column("words", "int32", "how many words it has there"),
    Column("source", "string", "who is quoted, where the story says so near by", null=True),
    Column("copied", "bool", "whether it came with prose taken from another story of the same quotation"),
)  # fmt: skip
"""`quotations`: quotations that stand in two stories or more: one source, said to many; by quotation, story."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """A row of `derivations`; the columns' meaning stands there.

    Raises:
        ValueError: the kind is unknown, it has neither parent nor outlet, or a number lies outside its range.
    """

    story: int
    parent: int | None
    outlet: str | None
    kind: DerivationKind
    words: int = 0
    share: float = 0.0
    added: int = 0
    dropped: int = 0
    confidence: float = 0.5
    reasons: tuple[Reason, ...] = ()
    against: tuple[Reason, ...] = ()
    circular: bool = False

    def __post_init__(self) -> None:
        if self.kind not in DERIVATION_KINDS:
            raise ValueError(f"a derivation's kind is one of {', '.join(DERIVATION_KINDS)}; got {self.kind!r}")
        if self.parent is None and not self.outlet:
            raise ValueError(f"a derivation names a parent or an outlet; that of story {self.story} names neither")
        if not (0.0 <= self.share <= 1.0 and 0.5 <= self.confidence <= 1.0):
            raise ValueError(f"share lies in 0..1 and confidence in 0.5..1; got {self.share} and {self.confidence}")


@dataclass(frozen=True, slots=True)
class Origin:
    """A row of `origins`; the columns' meaning stands there."""

    story: int
    topic: int
    origin: str
    kind: OriginKind
    origin_story: int | None
    label: str
    share: float | None
    main: bool
