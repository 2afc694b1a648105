"""Statements of an archive: who said what, where and when, and how it bears on something else that was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from whence.records.claim import Agreement, Stance
from whence.records.statement import Act
from whence.records.story import Span

__all__ = ["Echo", "Quantity", "QuantityPair", "Said"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure within a text.

    Args:
        low, high: its bounds; equal for a single number, infinite where it is open ("more than 10").
        unit: what is counted or measured, in the text's words, or None.
        words: as the text writes it.
        span: where it stands in the text, where that is known.
    """

    low: float
    high: float
    unit: str | None = None
    words: str = ""
    span: Span | None = None

    def to_dict(self) -> dict[str, Any]:
        """The figure as a JSON object; open bounds are null."""
        low, high = (None if abs(v) == float("inf") else v for v in (self.low, self.high))
        return {"words": self.words, "low": low, "high": high, "unit": self.unit}


@dataclass(frozen=True, slots=True)
class QuantityPair:
    """Two figures for the same thing.

    Args:
        here, there: the figures, of the text and of the statement.
        same: whether both give the same number, or ranges that meet.
        agree: whether both can be right ("at least 14" and 31 can).
    """

    here: Quantity
    there: Quantity
    same: bool
    agree: bool

    def to_dict(self) -> dict[str, Any]:
        """The pair as a JSON object."""
        return {"here": self.here.to_dict(), "there": self.there.to_dict(), "same": self.same, "agree": self.agree}


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a story in an archive.

    Args:
        text: its words.
        sources: who says so; empty in the outlet's own voice.
        own: whether it is in the outlet's own voice.
        act: the speech act.
        story, statement: ids by which it is found again.
        url, outlet, published: of the story.
        quantities: its figures.
    """

    text: str
    sources: tuple[str, ...] = ()
    own: bool = True
    act: Act = "assert"
    story: str = ""
    statement: str = ""
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    quantities: tuple[Quantity, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The statement as a JSON object."""
        return {
            "text": self.text,
            "sources": list(self.sources),
            "voice": "own" if self.own else "attributed",
            "act": self.act,
            "story": self.story,
            "statement": self.statement,
            "url": self.url,
            "outlet": self.outlet,
            "published": self.published,
            "figures": [q.to_dict() for q in self.quantities],
        }


@dataclass(frozen=True, slots=True)
class Echo:
    """A statement of an archive that speaks to a text.

    Args:
        said: the statement.
        score: 0..1, how alike the two are; no probability.
        stance: whether it says the same, denies it, or gives another figure.
        agreements: the words in common, in the order of the text; `claim` spans are into `said.text`.
        quantities: figures of both for the same thing.
    """

    said: Said
    score: float
    stance: Stance = "same"
    agreements: tuple[Agreement, ...] = ()
    quantities: tuple[QuantityPair, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The echo as a JSON object."""
        return {
            "said": self.said.to_dict(),
            "score": round(self.score, 3),
            "stance": self.stance,
            "agreements": [a.to_dict() for a in self.agreements],
            "figures": [q.to_dict() for q in self.quantities],
        }
