"""What entries of a log say of one story: the same from a record's own entries as from the whole log, or one lies."""

from __future__ import annotations

from dataclasses import dataclass, field

from whence.errors import VerificationError
from whence.ledger import Entry

__all__ = ["StoryFacts"]

Placed = tuple[int, Entry]


@dataclass
class StoryFacts:
    """The entries about one story that count, each with its place.

    Attributes:
        id: of the story.
        story, reading: the latest entry of that kind.
        notes: the latest version of each note, by id.
        versions: places of all versions of each note, by id.
        withdrawn: withdrawals that came after a note's latest version, by note.
        statuses: the latest of each note, by id.
        runs: all runs of the scorer.
        acts: all acts of moderation, whatever their target.
        appeals: by id what each is about.
        removed: places whose texts were removed by law, to the entries that say so.
    """

    id: str
    story: Placed | None = None
    reading: Placed | None = None
    notes: dict[str, Placed] = field(default_factory=dict)
    versions: dict[str, list[int]] = field(default_factory=dict)
    withdrawn: dict[str, Placed] = field(default_factory=dict)
    statuses: dict[str, Placed] = field(default_factory=dict)
    acts: list[Placed] = field(default_factory=list)
    runs: list[Placed] = field(default_factory=list)
    appeals: dict[str, str] = field(default_factory=dict)
    removed: dict[int, Placed] = field(default_factory=dict)

    def add(self, place: int, entry: Entry) -> None:
        """Take in an entry of any kind; entries come in the order of the log.

        Args:
            place: of the entry.
            entry: from a log; hostile.

        Raises:
            VerificationError: when a note moves from one story to another.
        """
        body, one = entry.body, (place, entry)
        if entry.kind == "story" and body["story"] == self.id:
            self.story = one
        elif entry.kind == "reading" and body["story"] == self.id:
            self.reading = one
        elif entry.kind == "note":
            note = str(body["note"])
            if body["story"] == self.id:
                self.notes[note] = one
                self.versions.setdefault(note, []).append(place)
                self.withdrawn.pop(note, None)
            elif note in self.notes:
                raise VerificationError(f"entry {place}: note {note[:80]} moves to another story, as no note can")
        elif entry.kind == "withdrawal" and str(body["note"]) in self.notes:
            self.withdrawn[str(body["note"])] = one
        elif entry.kind == "status" and str(body["note"]) in self.notes:
            self.statuses[str(body["note"])] = one
        elif entry.kind == "moderation":
            self.acts.append(one)
        elif entry.kind == "run":
            self.runs.append(one)
        elif entry.kind == "correction" and body.get("appeal"):
            self.appeals[str(body["appeal"])] = str(body["target"])
        elif entry.kind == "removal" and isinstance(body["target"], int):
            self.removed[body["target"]] = one

    def moderation(self) -> list[Placed]:
        """The acts on the story, its notes, their authors and the appeals about them, in order."""
        about = {f"story:{self.id}", *(f"note:{note}" for note in self.notes)}
        authors = {f"contributor:{entry.body['author']}" for _, entry in self.notes.values()}
        appeals = {f"appeal:{appeal}" for appeal, target in self.appeals.items() if target in about}
        targets = about | authors | appeals
        return [(place, entry) for place, entry in self.acts if str(entry.body["target"]) in targets]

    def hidden(self, note: str) -> str:
        """A moderator's reason for hiding a note; "" where it is not hidden.

        Args:
            note: its id.
        """
        reason = ""
        for _, entry in self.acts:
            if entry.body["target"] == f"note:{note}" and entry.body["act"] in ("hide", "restore"):
                reason = str(entry.body["reason"]) if entry.body["act"] == "hide" else ""
        return reason

    def places(self) -> dict[int, str]:
        """Every entry that counts, by place, with a word for it."""
        found: dict[int, str] = {}
        for what, one in (("story", self.story), ("reading", self.reading)):
            if one is not None:
                found[one[0]] = f"the {what}"
        for what, many in (
            ("note", self.notes),
            ("withdrawal of note", self.withdrawn),
            ("status of note", self.statuses),
        ):
            found |= {place: f"the {what} {note[:80]}" for note, (place, _) in many.items()}
        for place, entry in self.moderation():
            found[place] = f"the act “{entry.body['act']!s:.20}” on {entry.body['target']!s:.80}"
        own = {place for places in self.versions.values() for place in places}
        own |= {one[0] for one in (self.story, self.reading) if one is not None}
        for target, (place, _) in self.removed.items():
            if target in own:
                found[place] = f"the removal of entry {target}"
        return found
