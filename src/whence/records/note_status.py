"""What a run of the scorer made of a note, and from which ratings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from whence.records.rating import STATUSES, Status
from whence.records.shape import shaped

__all__ = ["NO_NOTE_WORDS", "STATUS_WORDS", "NoteStatus", "SideCounts"]

STATUS_WORDS: Mapping[Status, str] = {
    "helpful": "Shown: people who disagree found it helpful",
    "not-helpful": "Not shown",
    "needs-more-ratings": "Needs more ratings",
}
"""What readers are told of a note, by its status."""

NO_NOTE_WORDS = "No one has checked"
"""What readers are told of a statement without a note."""


@dataclass(frozen=True, slots=True)
class SideCounts:
    """Ratings of a note by one side of the divide: helpful, somewhat, not."""

    helpful: int = 0
    somewhat: int = 0
    not_helpful: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.helpful + self.somewhat + self.not_helpful

    def to_dict(self) -> dict[str, int]:
        """The counts as a JSON object."""
        return {"helpful": self.helpful, "somewhat": self.somewhat, "not": self.not_helpful}


@dataclass(frozen=True, slots=True)
class NoteStatus:
    """A note's status after a run of the scorer.

    Args:
        note: the note's id.
        status: what the ratings make it; a note without enough of them needs more.
        score: what a rater midway between the sides would give, about 0 to 1; None without ratings.
        low, high: bounds of the score at the run's level; None without ratings.
        factor: which side it appeals to; None without ratings.
        sides: the ratings from either side of the divide, the side with negative factors first.
        ratings: how many count.
        reason: why it has the status, in the scorer's words.
        threshold: the score that the interval has to clear.
        scorer: name and version of the scorer ("whence-small/1").
        parameters: the scorer's, as the log has them: seed, resamples, level.
        counted: the run counted the ratings among this many first entries of the log.
        computed: when, ISO 8601 in UTC, ending in Z.

    Raises:
        ValueError: When the note is not named or the status unknown.
    """

    note: str
    status: Status
    score: float | None = None
    low: float | None = None
    high: float | None = None
    factor: float | None = None
    sides: tuple[SideCounts, SideCounts] = (SideCounts(), SideCounts())
    ratings: int = 0
    reason: str = ""
    threshold: float = 0.5
    scorer: str = ""
    parameters: tuple[tuple[str, float], ...] = ()
    counted: int = 0
    computed: str = ""

    def __post_init__(self) -> None:
        if not self.note:
            raise ValueError("a status names its note; got an empty id")
        if self.status not in STATUSES:
            raise ValueError(f"a status is one of {', '.join(STATUSES)}; got {self.status!r}")

    @property
    def words(self) -> str:
        """What readers are told."""
        return STATUS_WORDS[self.status]

    def to_dict(self) -> dict[str, Any]:
        """The status as a JSON object."""
        return {
            "note": self.note,
            "status": self.status,
            "score": _rounded(self.score),
            "low": _rounded(self.low),
            "high": _rounded(self.high),
            "factor": _rounded(self.factor),
            "sides": [side.to_dict() for side in self.sides],
            "ratings": self.ratings,
            "reason": self.reason,
            "threshold": self.threshold,
            "scorer": self.scorer,
            "parameters": dict(self.parameters),
            "counted": self.counted,
            "computed": self.computed,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> NoteStatus:
        """The status of a JSON object that `to_dict` made.

        Raises:
            ValueError: When it lacks a field, has one too many, or a value is refused.
        """
        number = (float, int, type(None))
        given = shaped(
            values, "a status", note=str, status=str, score=number, low=number, high=number, factor=number, sides=list,
            ratings=int, reason=str, threshold=(float, int), scorer=str, parameters=dict, counted=int, computed=str,
        )  # fmt: skip
        if len(given["sides"]) != 2:
            raise ValueError(f"a status counts the ratings of two sides; got {len(given['sides'])}")
        one, other = (shaped(side, "a side", helpful=int, somewhat=int, **{"not": int}) for side in given["sides"])
        given["sides"] = tuple(SideCounts(side["helpful"], side["somewhat"], side["not"]) for side in (one, other))
        given["parameters"] = tuple(sorted(given["parameters"].items()))
        return cls(**given)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
