"""Statements, and what they carry: figures, times, speech act, chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from whence.records.source import Source
from whence.records.story import Span

__all__ = [
    "ACTS",
    "COMPARATORS",
    "QUOTES",
    "VOICES",
    "Act",
    "Comparator",
    "Dispute",
    "Figure",
    "Finding",
    "Quote",
    "Statement",
    "Time",
    "Voice",
]

Voice = Literal["own", "attributed"]
Quote = Literal["direct", "indirect", "mixed"]
Act = Literal["assert", "deny", "accuse", "condemn", "praise", "demand", "warn", "promise", "predict", "ask", "decline"]
Comparator = Literal["exactly", "more", "less", "at-least", "at-most", "about", "nearly", "between"]
VOICES: tuple[Voice, ...] = get_args(Voice)
QUOTES: tuple[Quote, ...] = get_args(Quote)
ACTS: tuple[Act, ...] = get_args(Act)
COMPARATORS: tuple[Comparator, ...] = get_args(Comparator)


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity in a statement.

    Args:
        value: the number, with its scale word multiplied in ("2bn" is 2e9); `(low, high)` for `between`.
        unit: what is counted or measured, in the story's words ("people", "%", "$"), or None.
    """

    span: Span
    value: float | int | tuple[float | int, float | int]
    comparator: Comparator = "exactly"
    unit: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The figure as the JSON contract has it."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {"span": list(self.span), "value": value, "comparator": self.comparator, "unit": self.unit}


@dataclass(frozen=True, slots=True)
class Time:
    """A date or period in a statement; `value` is ISO 8601, None where the story's date is needed and not known."""

    span: Span
    value: str | None

    def to_dict(self) -> dict[str, Any]:
        """The time as the JSON contract has it."""
        return {"span": list(self.span), "value": self.value}


@dataclass(frozen=True, slots=True)
class Statement:
    """A proposition on the page: attributed to sources, or in the outlet's own voice.

    Args:
        id: unique in its reading ("st1", …, in text order).
        content: the words of the statement, as pieces in text order.
        sources: who says it; empty in own voice, and empty where the page attributes it to nobody in particular.
        cue: the words that attribute, if any.
        quote: how much of the content stands in quotation marks; None in own voice.
        chain: its way to the page, origin first.
        parent: id of the statement in whose content it stands, if any.
        confidence: 0..1, how sure the reader is of content, source and voice together.
    """

    id: str
    content: tuple[Span, ...]
    voice: Voice = "own"
    sources: tuple[Source, ...] = ()
    cue: Span | None = None
    quote: Quote | None = None
    act: Act = "assert"
    chain: tuple[Source, ...] = ()
    hedges: tuple[Span, ...] = ()
    distancing: tuple[Span, ...] = ()
    loaded: tuple[Span, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()
    parent: str | None = None
    confidence: float = 1.0

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError(f"a statement has at least one span of content; {self.id} has none")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence lies in 0..1; got {self.confidence} for {self.id}")

    @property
    def source(self) -> Source | None:
        """The first of its sources, or None in own voice or where nobody in particular speaks."""
        return self.sources[0] if self.sources else None

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The ids of its sources."""
        return tuple(s.id for s in self.sources)

    @property
    def span(self) -> Span:
        """From the first to the last character of its content."""
        return self.content[0][0], self.content[-1][1]

    def to_dict(self) -> dict[str, Any]:
        """The statement as the JSON contract has it (DESIGN.md, "The reading")."""
        return {
            "id": self.id,
            "content": [list(s) for s in self.content],
            "voice": self.voice,
            "source_ids": list(self.source_ids),
            "cue": list(self.cue) if self.cue else None,
            "quote": self.quote,
            "act": self.act,
            "chain": [s.id for s in self.chain],
            "hedges": [list(s) for s in self.hedges],
            "distancing": [list(s) for s in self.distancing],
            "loaded": [list(s) for s in self.loaded],
            "figures": [f.to_dict() for f in self.figures],
            "times": [t.to_dict() for t in self.times],
            "parent": self.parent,
            "confidence": round(self.confidence, 3),
        }


@dataclass(frozen=True, slots=True)
class Dispute:
    """An assertion or accusation and its denial, by statement id."""

    claim: str
    denial: str

    def to_dict(self) -> dict[str, Any]:
        """The dispute as the JSON contract has it."""
        return {"claim": self.claim, "denial": self.denial}


@dataclass(frozen=True, slots=True)
class Finding:
    """An observation about a story's sourcing, with the spans that show it.

    Args:
        id: the kind of finding, one of those that DESIGN.md lists; it can occur once in a reading.
        says: one or two sentences for a reader.
        statements: ids of the statements it is about, where it is about statements.
    """

    id: str
    says: str
    evidence: tuple[Span, ...] = ()
    statements: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The finding as the JSON contract has it."""
        return {
            "id": self.id,
            "says": self.says,
            "evidence": [list(s) for s in self.evidence],
            "statements": list(self.statements),
        }
