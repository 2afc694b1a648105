"""How much a statement is worth checking, and what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from whence.records.story import Span

__all__ = ["Part", "Worth"]


@dataclass(frozen=True, slots=True)
class Part:
    """Something in a statement that makes it more or less worth checking.

    Args:
        name: which of the parts that `whence.match.worth.WEIGHTS` names.
        weight: what it adds to the statement's log-odds; below 0 it speaks against.
        says: the same for people.
        evidence: the words that show it, in the story's text.
    """

    name: str
    weight: float
    says: str
    evidence: tuple[Span, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The part as a JSON object."""
        return {
            "name": self.name,
            "weight": round(self.weight, 3),
            "says": self.says,
            "evidence": [list(s) for s in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class Worth:
    """How much one statement is worth checking.

    Args:
        statement: its id.
        score: 0..1; an order, no probability.
        parts: what it consists of, the weightiest first.
    """

    statement: str
    score: float
    parts: tuple[Part, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The worth as a JSON object."""
        return {
            "statement": self.statement,
            "score": round(self.score, 3),
            "parts": [p.to_dict() for p in self.parts],
        }
