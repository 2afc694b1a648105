"""A story's public record: what its badge stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from whence.records.badge import BadgeFacts
from whence.records.evidence import Evidence
from whence.records.moderation import ModerationAct
from whence.records.note import PublicNote
from whence.records.note_status import NoteStatus
from whence.records.shape import shaped

__all__ = ["RECORD_VERSION", "StoryRecord"]

RECORD_VERSION = 1
"""Version of the JSON form of a record."""


@dataclass(frozen=True, slots=True)
class StoryRecord:
    """Everything that a desk has published about one story, with the proof that its log holds it.

    Args:
        id: of the story, unique on its desk.
        url: address of the record itself, http(s).
        story_url: address of the story, or "".
        title: its headline, or "" once it was removed.
        outlet: or "".
        published: ISO 8601, or "".
        statements: how many statements the reading has.
        salt: 32 hexadecimal digits with which the log's commitment to address, title, outlet and date can be checked;
            or "".
        snapshot: the log's commitment to the page as it was checked ("sha256:…").
        reading: the log's commitment to the reading.
        reader: name and version of the reader and hash of its weights.
        notes: all notes on the story, oldest first; those withdrawn, hidden or removed say so.
        statuses: the latest status of every note that has one.
        moderation: acts on the story, its notes and their authors, oldest first.
        updated: when the record was made, ISO 8601 in UTC, ending in Z.
        gone: the story is no longer on the desk; its record stays.
        evidence: the proof, or None before anything was logged.

    Raises:
        ValueError: When a note is of another story, or a status of a note that is not there.
    """

    id: str
    url: str
    statements: int
    story_url: str = ""
    title: str = ""
    outlet: str = ""
    published: str = ""
    salt: str = ""
    snapshot: str = ""
    reading: str = ""
    reader: str = ""
    notes: tuple[PublicNote, ...] = ()
    statuses: tuple[NoteStatus, ...] = ()
    moderation: tuple[ModerationAct, ...] = ()
    updated: str = ""
    gone: bool = False
    evidence: Evidence | None = field(default=None)

    def __post_init__(self) -> None:
        for note in self.notes:
            if note.story != self.id:
                raise ValueError(
                    f"a record holds the notes on its story {self.id!r}; note {note.id} is on {note.story!r}"
                )
        ids = [note.id for note in self.notes]
        if len(set(ids)) != len(ids):
            raise ValueError(f"a record holds every note once; the record of {self.id!r} does not")
        if unknown := [status.note for status in self.statuses if status.note not in set(ids)]:
            raise ValueError(f"a record's statuses are of its notes; there is no note {unknown[0]!r}")

    def page(self) -> dict[str, Any]:
        """What of the page's description the log commits itself to, and does not hold."""
        return {
            "outlet": self.outlet,
            "published": self.published,
            "title": self.title,
            "url": self.story_url,
        }

    def status(self, note: str) -> NoteStatus:
        """The latest status of a note; one that no run has seen yet needs more ratings.

        Args:
            note: its id.
        """
        for status in self.statuses:
            if status.note == note:
                return status
        return NoteStatus(note, "needs-more-ratings")

    @property
    def shown(self) -> tuple[PublicNote, ...]:
        """The notes that are shown: they stand, and people who disagree found them helpful."""
        return tuple(note for note in self.notes if note.standing and self.status(note.id).status == "helpful")

    @property
    def checked(self) -> frozenset[str]:
        """Ids of the statements on which a note stands that the community has not found unhelpful."""
        return frozenset(
            statement
            for note in self.notes
            if note.standing and not note.orphaned and self.status(note.id).status != "not-helpful"
            for statement in note.statements
        )

    def badge(self) -> BadgeFacts:
        """What the story's badge says.

        Raises:
            ValueError: When its notes speak of more statements than there are.
        """
        shown = sum(1 for note in self.shown if not note.orphaned)
        return BadgeFacts(self.statements, len(self.checked), shown, self.url, self.story_url, self.title, self.updated)

    def to_dict(self) -> dict[str, Any]:
        """The record as a JSON object (docs/reference/publish.md)."""
        return {
            "version": RECORD_VERSION,
            "id": self.id,
            "url": self.url,
            "badge": self.badge().line,
            "statements": self.statements,
            "story_url": self.story_url,
            "title": self.title,
            "outlet": self.outlet,
            "published": self.published,
            "salt": self.salt,
            "snapshot": self.snapshot,
            "reading": self.reading,
            "reader": self.reader,
            "notes": [note.to_dict() for note in self.notes],
            "statuses": [status.to_dict() for status in self.statuses],
            "moderation": [act.to_dict() for act in self.moderation],
            "updated": self.updated,
            "gone": self.gone,
            "evidence": None if self.evidence is None else self.evidence.to_dict(),
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> StoryRecord:
        """The record of a JSON object that `to_dict` made; its line is compared with the rest.

        Raises:
            ValueError: When it lacks a field, has one too many, a value is refused, or the badge's line does not
                follow from it.
        """
        given = shaped(
            values, "a record", version=int, id=str, url=str, badge=str, statements=int, story_url=str, title=str,
            outlet=str, published=str, salt=str, snapshot=str, reading=str, reader=str, notes=list, statuses=list,
            moderation=list, updated=str, gone=bool, evidence=(dict, type(None)),
        )  # fmt: skip
        version, line, evidence = given.pop("version"), given.pop("badge"), given["evidence"]
        if version != RECORD_VERSION:
            raise ValueError(f"a record has version {RECORD_VERSION}; got {version!r:.20}")
        given["notes"] = tuple(map(PublicNote.from_dict, given["notes"]))
        given["statuses"] = tuple(map(NoteStatus.from_dict, given["statuses"]))
        given["moderation"] = tuple(map(ModerationAct.from_dict, given["moderation"]))
        given["evidence"] = None if evidence is None else Evidence.from_dict(evidence)
        record = cls(**given)
        if line != record.badge().line:
            raise ValueError(f"the badge says {line!r:.120}, but the notes make it {record.badge().line!r}")
        return record
