"""Published fact-checks, and how a statement matches one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from whence.records.story import Span

__all__ = [
    "AGREEMENTS",
    "STANCES",
    "VERDICTS",
    "Agreement",
    "AgreementKind",
    "FactCheck",
    "Match",
    "Reason",
    "Stance",
    "Verdict",
]

Verdict = Literal["true", "mostly-true", "mixed", "mostly-false", "false", "unproven", "satire", "other"]
Stance = Literal["same", "denial", "different-figure"]
AgreementKind = Literal["word", "name", "number", "date"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
STANCES: tuple[Stance, ...] = get_args(Stance)
AGREEMENTS: tuple[AgreementKind, ...] = get_args(AgreementKind)


@dataclass(frozen=True, slots=True)
class FactCheck:
    """A published check of one claim, with the verdict that its publisher gave.

    Args:
        id: unique in its store.
        claim: the claim that was checked, in the publisher's words; never empty.
        url: of the check, or "".
        publisher: who checked.
        rating: the verdict exactly as the publisher gave it ("Pants on Fire"), or "".
        verdict: the rating on a scale common to all publishers; "other" where it has no place there.
        language: BCP 47 tag of the claim, or "".
        claim_date: ISO 8601, when the claim was made, or None.
        claimant: who made the claim, or "".
        published: ISO 8601, when the check appeared, or None.
        appearances: addresses at which the claim appeared.
        title: headline of the check, or "".
        body: text of the check, or its beginning, or "".

    Raises:
        ValueError: When id or claim is empty, or the verdict unknown.
    """

    id: str
    claim: str
    url: str = ""
    publisher: str = ""
    rating: str = ""
    verdict: Verdict = "other"
    language: str = ""
    claim_date: str | None = None
    claimant: str = ""
    published: str | None = None
    appearances: tuple[str, ...] = ()
    title: str = ""
    body: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("a fact-check has an id; got an empty one")
        if not self.claim.strip():
            raise ValueError(f"a fact-check names the claim that it checks; {self.id} has none")
        if self.verdict not in VERDICTS:
            raise ValueError(f"a verdict is one of {', '.join(VERDICTS)}; got {self.verdict!r} for {self.id}")

    def to_dict(self) -> dict[str, Any]:
        """The fact-check as a JSON object, with all its fields."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**values, "appearances": list(self.appearances)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> FactCheck:
        """The fact-check of a JSON object that `to_dict` made; fields that it lacks take their defaults.

        Raises:
            ValueError: When it names a field that there is not, or a value is refused.
            TypeError: When id or claim is missing.
        """
        known = {field.name for field in fields(cls)}
        if unknown := sorted(set(values) - known):
            raise ValueError(f"a fact-check has the fields {', '.join(sorted(known))}; got also {', '.join(unknown)}")
        return cls(**{**values, "appearances": tuple(values.get("appearances", ()))})


@dataclass(frozen=True, slots=True)
class Agreement:
    """Words that a statement and a claim have in common.

    Args:
        query: where they stand in the statement.
        claim: where they stand in the claim.
        kind: what they are.
    """

    query: Span
    claim: Span
    kind: AgreementKind = "word"

    def to_dict(self) -> dict[str, Any]:
        """The agreement as a JSON object."""
        return {"query": list(self.query), "claim": list(self.claim), "kind": self.kind}


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that speaks for a match or against it.

    Args:
        name: of the feature, unique in its match.
        value: of the feature, as the ranking saw it.
        weight: what it added to the match's log-odds; below 0 it spoke against.
        text: the same for people.
    """

    name: str
    value: float
    weight: float
    text: str

    def to_dict(self) -> dict[str, Any]:
        """The reason as a JSON object."""
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "weight": round(self.weight, 3),
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Match:
    """A fact-check that speaks to a statement.

    Args:
        factcheck: the check; from an index it comes without its body.
        score: 0..1, the share of matches with this score that are right.
        stance: whether the statement says the same as the claim, denies it, or says it with another figure.
        agreements: the words in common, in the order of the statement.
        reasons: what spoke for the match and against it, the weightiest first.

    Raises:
        ValueError: When the score lies outside 0..1 or the stance is unknown.
    """

    factcheck: FactCheck
    score: float
    stance: Stance = "same"
    agreements: tuple[Agreement, ...] = ()
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"a score lies in 0..1; got {self.score} for {self.factcheck.id}")
        if self.stance not in STANCES:
            raise ValueError(f"a stance is one of {', '.join(STANCES)}; got {self.stance!r}")

    def to_dict(self) -> dict[str, Any]:
        """The match as a JSON object."""
        return {
            "factcheck": self.factcheck.to_dict(),
            "score": round(self.score, 3),
            "stance": self.stance,
            "agreements": [a.to_dict() for a in self.agreements],
            "reasons": [r.to_dict() for r in self.reasons],
        }
