"""What moderators do, in public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from whence.records.shape import shaped

__all__ = ["ACTS", "Act", "ModerationAct"]

Act = Literal["hide", "restore", "block", "unblock", "discount", "recount", "uphold", "dismiss", "correct"]
ACTS: tuple[Act, ...] = get_args(Act)


@dataclass(frozen=True, slots=True)
class ModerationAct:
    """A moderator's act; its reason stays public.

    Acts: `hide` a note and `restore` it; `block` a contributor and `unblock` it (what it wrote and rated before
    counts on); `discount` a contributor's ratings, so that none of them counts, and `recount` them; `uphold` or
    `dismiss` an appeal; `correct` what the desk said itself.

    Args:
        target: "note:ID", "contributor:ALIAS", "story:ID" or "appeal:ID".
        act: what was done.
        reason: why, in words for everybody.
        moderator: alias of who did it.
        at: when, ISO 8601 in UTC, ending in Z.

    Raises:
        ValueError: When the act is unknown, or target or reason is missing.
    """

    target: str
    act: Act
    reason: str
    moderator: str
    at: str

    def __post_init__(self) -> None:
        if self.act not in ACTS:
            raise ValueError(f"a moderator's act is one of {', '.join(ACTS)}; got {self.act!r}")
        kind, colon, rest = self.target.partition(":")
        if kind not in ("note", "contributor", "story", "appeal") or not colon or not rest:
            raise ValueError(
                f"an act's target is note:ID, contributor:ALIAS, story:ID or appeal:ID; got {self.target!r}"
            )
        if not self.reason.strip():
            raise ValueError("a moderator's act has a public reason; got an empty one")

    def to_dict(self) -> dict[str, Any]:
        """The act as a JSON object."""
        return {
            "target": self.target,
            "act": self.act,
            "reason": self.reason,
            "moderator": self.moderator,
            "at": self.at,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> ModerationAct:
        """The act of a JSON object that `to_dict` made.

        Raises:
            ValueError: When it is not one.
        """
        return cls(**shaped(values, "a moderator's act", target=str, act=str, reason=str, moderator=str, at=str))
