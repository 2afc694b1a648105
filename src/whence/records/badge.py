"""What a badge says of a story: counts, and where the record is; never a score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["BadgeFacts"]


@dataclass(frozen=True, slots=True)
class BadgeFacts:
    """The facts on a story's badge.

    Args:
        statements: how many the story makes.
        checked: on how many of them a note stands that the community has not found unhelpful.
        shown: how many notes are shown, because people who disagree found them helpful.
        record: address of the story's record, http(s).
        story: address of the story, or "".
        title: the story's headline, or "".
        updated: when the counts were made, ISO 8601 in UTC, ending in Z; or "".

    Raises:
        ValueError: When the counts cannot be true together.
    """

    statements: int
    checked: int
    shown: int
    record: str
    story: str = ""
    title: str = ""
    updated: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.checked <= self.statements or self.shown < 0 or (self.shown and not self.checked):
            raise ValueError(
                "a badge's statements are checked by notes: of "
                f"{self.statements} statements {self.checked} checked, {self.shown} notes shown cannot be"
            )

    @property
    def line(self) -> str:
        """What the badge says: "12 of 27 statements checked, 3 notes shown"."""
        statements = "statement" if self.statements == 1 else "statements"
        notes = "note" if self.shown == 1 else "notes"
        return f"{self.checked} of {self.statements} {statements} checked, {self.shown} {notes} shown"

    def to_dict(self) -> dict[str, Any]:
        """The facts as a JSON object, with the line."""
        return {
            "line": self.line,
            "statements": self.statements,
            "checked": self.checked,
            "shown": self.shown,
            "record": self.record,
            "story": self.story,
            "title": self.title,
            "updated": self.updated,
        }
