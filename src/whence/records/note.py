"""A community's note on statements of a story: its author's check of them, with sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from whence.records.anchor import Anchor
from whence.records.shape import shaped, texts

__all__ = [
    "CLASSIFICATIONS",
    "MISLEADING_REASONS",
    "NOT_MISLEADING_REASONS",
    "Classification",
    "NoteRating",
    "PublicNote",
]

Classification = Literal["misleading", "not-misleading", "needs-context"]
CLASSIFICATIONS: tuple[Classification, ...] = get_args(Classification)

MISLEADING_REASONS = (
    "misleadingOther",
    "misleadingFactualError",
    "misleadingManipulatedMedia",
    "misleadingOutdatedInformation",
    "misleadingMissingImportantContext",
    "misleadingUnverifiedClaimAsFact",
    "misleadingSatire",
)
"""Reasons of a note that says "misleading" or "needs context": the public tags of Community Notes."""

NOT_MISLEADING_REASONS = (
    "notMisleadingOther",
    "notMisleadingFactuallyCorrect",
    "notMisleadingOutdatedButNotWhenWritten",
    "notMisleadingClearlySatire",
    "notMisleadingPersonalOpinion",
)
"""Reasons of a note that says "not misleading"."""


@dataclass(frozen=True, slots=True)
class NoteRating:
    """The verdict that a note gives on the claim, as ClaimReview publishes it; whence gives none itself.

    Args:
        name: the verdict in words ("False", "Missing context"); never empty.
        value: on the author's scale, or None where there is no scale.
        worst: the scale's lower end; it needs a value.
        best: its upper end.

    Raises:
        ValueError: When the name is empty, or the value lies outside its scale.
    """

    name: str
    value: int | None = None
    worst: int | None = None
    best: int | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("a note's rating has a name in words; got an empty one")
        scale = (self.worst, self.value, self.best)
        if any(part is not None for part in scale):
            if self.worst is None or self.value is None or self.best is None:
                raise ValueError(f"a rating's scale has worst, value and best, or none of them; got {scale}")
            if not self.worst <= self.value <= self.best or self.worst == self.best:
                raise ValueError(f"a rating lies on its scale, worst <= value <= best; got {scale}")

    def to_dict(self) -> dict[str, Any]:
        """The rating as a JSON object."""
        return {"name": self.name, "value": self.value, "worst": self.worst, "best": self.best}


@dataclass(frozen=True, slots=True)
class PublicNote:
    """A note as everybody may see it.

    Args:
        id: unique on its desk.
        story: id of the story.
        statements: ids of the statements it is about, in text order; at least one.
        text: what it says; empty once it was removed by law.
        classification: what it finds.
        reasons: public tags, of `MISLEADING_REASONS` or, where it finds nothing misleading, `NOT_MISLEADING_REASONS`.
        sources: http(s) addresses that bear it out; at least one unless it was removed.
        author: an alias.
        created: when it was written, ISO 8601 in UTC, ending in Z.
        url: the note's own public page, or "".
        language: BCP 47 tag of the text, or "".
        claim: the claim it checks, in a sentence of its own, or "": then the anchors' words stand for it.
        claimant: who made the claim, or "".
        claim_date: ISO 8601, when the claim was made, or None.
        first_appearance: address at which the claim appeared first, or "".
        rating: the verdict for ClaimReview, or None: then it is not exchanged as one.
        anchors: where its statements stand in the text it was written on.
        orphaned: the story was changed, and its statements are no longer there.
        withdrawn: its author took it back.
        hidden: a moderator's reason for hiding it, or "".
        removed: its text was removed by law; id, author and hash stay.
        salt: 32 hexadecimal digits, published with the text, with which the log's commitment to it can be checked; or
            "".

    Raises:
        ValueError: When a part cannot be one; the text names it.
    """

    id: str
    story: str
    statements: tuple[str, ...]
    text: str
    classification: Classification
    reasons: tuple[str, ...]
    sources: tuple[str, ...]
    author: str
    created: str
    url: str = ""
    language: str = ""
    claim: str = ""
    claimant: str = ""
    claim_date: str | None = None
    first_appearance: str = ""
    rating: NoteRating | None = None
    anchors: tuple[Anchor, ...] = ()
    orphaned: bool = False
    withdrawn: bool = False
    hidden: str = ""
    removed: bool = False
    salt: str = ""

    def __post_init__(self) -> None:
        if not self.id or not self.story or not self.author or not self.statements:
            raise ValueError(f"a note has an id, a story, an author and a statement; one is missing in {self.id!r}")
        if self.classification not in CLASSIFICATIONS:
            raise ValueError(f"a note is one of {', '.join(CLASSIFICATIONS)}; got {self.classification!r}")
        known = NOT_MISLEADING_REASONS if self.classification == "not-misleading" else MISLEADING_REASONS
        if unknown := [reason for reason in self.reasons if reason not in known]:
            raise ValueError(f"a {self.classification} note's reasons are of {', '.join(known)}; got {unknown[0]!r}")
        if self.removed != (not self.text.strip()):
            raise ValueError(f"a note has a text, unless it was removed; note {self.id} does not keep to that")
        if not self.removed and not self.sources:
            raise ValueError(f"a note has at least one source; note {self.id} has none")
        if not self.created.endswith("Z"):
            raise ValueError(f"a note's time is in UTC and ends in Z; got {self.created!r}")

    @property
    def standing(self) -> bool:
        """Whether it is there to be read: neither withdrawn nor hidden nor removed."""
        return not (self.withdrawn or self.hidden or self.removed)

    def content(self) -> dict[str, Any]:
        """What of the note the log commits itself to, and does not hold: everything that could have to be removed."""
        return {
            "anchors": [anchor.to_dict() for anchor in self.anchors],
            "claim": self.claim,
            "claim_date": self.claim_date,
            "claimant": self.claimant,
            "first_appearance": self.first_appearance,
            "language": self.language,
            "rating": None if self.rating is None else self.rating.to_dict(),
            "sources": list(self.sources),
            "text": self.text,
        }

    def to_dict(self) -> dict[str, Any]:
        """The note as a JSON object, with all its fields."""
        return {
            "id": self.id,
            "story": self.story,
            "statements": list(self.statements),
            "classification": self.classification,
            "reasons": list(self.reasons),
            "author": self.author,
            "created": self.created,
            "url": self.url,
            **self.content(),
            "orphaned": self.orphaned,
            "withdrawn": self.withdrawn,
            "hidden": self.hidden,
            "removed": self.removed,
            "salt": self.salt,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> PublicNote:
        """The note of a JSON object that `to_dict` made.

        Raises:
            ValueError: When it lacks a field, has one too many, or a value is refused.
        """
        given = shaped(
            values, "a note", id=str, story=str, statements=list, classification=str, reasons=list, author=str,
            created=str, url=str, anchors=list, claim=str, claim_date=(str, type(None)), claimant=str,
            first_appearance=str, language=str, rating=(dict, type(None)), sources=list, text=str, orphaned=bool,
            withdrawn=bool, hidden=str, removed=bool, salt=str,
        )  # fmt: skip
        for name in ("statements", "reasons", "sources"):
            given[name] = texts(given[name], f"a note's {name}")
        given["anchors"] = tuple(map(Anchor.from_dict, given["anchors"]))
        if given["rating"] is not None:
            scale = (int, type(None))
            given["rating"] = NoteRating(
                **shaped(given["rating"], "a note's rating", name=str, value=scale, worst=scale, best=scale)
            )
        return cls(**given)
