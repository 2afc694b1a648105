"""A reading: everything that whence says about one story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from whence.records.source import Source
from whence.records.statement import Dispute, Finding, Statement
from whence.records.story import Span, Story

__all__ = ["VERSION", "Explanation", "Reading"]

VERSION = 1
"""Version of the JSON contract that `Reading.to_dict` writes."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a label is what it is.

    Args:
        target: id of the statement, source or finding the label belongs to.
        label: which field is explained, and its value ("act=deny").
        component: the component that set it.
        rule: the rule that fired, or the model that scored.
        score: the model's score in 0..1, or None for a rule.
        evidence: the words that decided.
    """

    target: str
    label: str
    component: str
    rule: str
    score: float | None = None
    evidence: tuple[Span, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The explanation as `whence read --explain` prints it."""
        return {
            "target": self.target,
            "label": self.label,
            "component": self.component,
            "rule": self.rule,
            "score": None if self.score is None else round(self.score, 3),
            "evidence": [list(s) for s in self.evidence],
        }


@dataclass(frozen=True)
class Reading:
    """What a story says, who says it, and how it reached the page.

    Args:
        statements: in text order.
        explanations: one or more for every label, in the order in which the components ran.
        reader: name and version of the program and hash of the weights that made it.
    """

    story: Story
    sources: tuple[Source, ...] = ()
    statements: tuple[Statement, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    findings: tuple[Finding, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    reader: str = ""

    def text(self, *spans: Span) -> str:
        """The words at some spans of the story, pieces joined by " … "."""
        return " … ".join(self.story.text[a:b] for a, b in spans)

    def statement(self, id: str) -> Statement:
        """The statement with this id.

        Raises:
            KeyError: there is none.
        """
        for s in self.statements:
            if s.id == id:
                return s
        raise KeyError(f"no statement {id!r} in this reading of {len(self.statements)} statements")

    def said_by(self, source: Source) -> tuple[Statement, ...]:
        """The statements attributed to a source, in text order."""
        return tuple(s for s in self.statements if source.id in s.source_ids)

    def explain(self, target: str) -> tuple[Explanation, ...]:
        """Why the labels of a statement, source or finding are what they are."""
        return tuple(e for e in self.explanations if e.target == target)

    def to_dict(self, explain: bool = False) -> dict[str, Any]:
        """The reading as JSON-ready values (DESIGN.md, "The reading", version 1).

        Args:
            explain: also give `explanations`.
        """
        out: dict[str, Any] = {
            "version": VERSION,
            "reader": self.reader,
            "story": self.story.to_dict(),
            "sources": [s.to_dict() for s in self.sources],
            "statements": [s.to_dict() for s in self.statements],
            "disputes": [d.to_dict() for d in self.disputes],
            "findings": [f.to_dict() for f in self.findings],
        }
        if explain:
            out["explanations"] = [e.to_dict() for e in self.explanations]
        return out
