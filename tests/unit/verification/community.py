"""A small invented community: its log, and a story's record with everything that a record can hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from whence.ledger import Entry, Log, Signer, Storage, evidence_of
from whence.ledger.facts import (
    moderation_fact,
    note_fact,
    rating_fact,
    reading_fact,
    removal_fact,
    run_fact,
    salted,
    status_fact,
    story_fact,
    withdrawal_fact,
)
from whence.records.anchor import anchor_of
from whence.records.moderation import ModerationAct
from whence.records.note import NoteRating, PublicNote
from whence.records.note_status import NoteStatus, SideCounts
from whence.records.story_record import StoryRecord
from whence.verification.scoring import SCORER, Ratings, Rescored, rescored

TEXT = "The crane was never inspected. Three people died, the port said. It will open on Thursday."
PARAMETERS = (("level", 0.9), ("resamples", 30), ("seed", 1))
SIGNER = Signer("desk.example/log", bytes(range(32)))
SALT = "00112233445566778899aabbccddeeff"
RATERS = 16


def at(minute: int) -> str:
    return f"2026-03-04T05:{minute:02d}:00Z"


def note(number: int, story: str = "crane", **other: Any) -> PublicNote:
    """A note on one or two statements."""
    words = ("The crane was never inspected", "Three people died")[number % 2]
    start = TEXT.index(words)
    given: dict[str, Any] = {
        "id": f"n{number}",
        "story": story,
        "statements": ("st1", "st2")[: 1 + number % 2],
        "text": f"The register has an inspection in 2021, says source {number}.",
        "classification": "misleading",
        "reasons": ("misleadingFactualError",),
        "sources": (f"https://register.example/{number}?a=1&b=2",),
        "author": ("heron", "wren", "kite")[number % 3],
        "created": at(number),
        "url": f"https://desk.example/notes/n{number}",
        "language": "en",
        "claim": "The crane was never inspected.",
        "claimant": "The port",
        "rating": NoteRating("False", 1, 1, 5),
        "anchors": (anchor_of(TEXT, start, start + len(words)),),
        "salt": f"{number:032x}",
    }
    return PublicNote(**{**given, **other})


def votes() -> list[tuple[str, str, str]]:
    """Two camps: of every three notes one pleases both, one pleases one of them, one pleases neither."""
    return [
        (f"n{n}", f"r{r:02d}", "helpful" if n % 3 == 0 or (n % 3 == 1 and r % 2 == 0) else "not")
        for n in range(7)
        for r in range(RATERS)
    ]


@dataclass
class Community:
    """A log that grows, and where its entries are.

    Attributes:
        log: the log.
        key: its first key.
        entries: all of them.
    """

    log: Log
    key: str = str(SIGNER.verifier)
    entries: list[Entry] = field(default_factory=list)

    def append(self, facts: Sequence[Entry]) -> None:
        self.log.append(facts)
        self.entries += facts

    def scored(self, counted: int) -> Rescored:
        ratings = Ratings()
        for place, entry in enumerate(self.entries):
            ratings.add(place, entry)
        return rescored(ratings.counting(counted), (1, 30, 0.9))

    def run(self, minute: int, notes: Sequence[str]) -> tuple[NoteStatus, ...]:
        """Score all ratings, and log the statuses of some notes and the run."""
        counted = len(self.entries)
        found = self.scored(counted)
        statuses = tuple(self.status(found, one, counted, at(minute)) for one in notes)
        run = run_fact(SCORER, dict(PARAMETERS), counted, found.statuses, at(minute))
        self.append([*map(status_fact, statuses), run])
        return statuses

    def status(self, found: Rescored, one: str, counted: int, computed: str) -> NoteStatus:
        sides = found.sides.get(one, ((0, 0, 0), (0, 0, 0)))
        score, low, high = (None if n != n else n for n in found.numbers.get(one, (float("nan"),) * 3))
        return NoteStatus(
            one,
            found.statuses.get(one, "needs-more-ratings"),
            *(score, low, high),
            sides=(SideCounts(*sides[0]), SideCounts(*sides[1])),
            ratings=found.ratings.get(one, 0),
            scorer=SCORER,
            parameters=PARAMETERS,
            counted=counted,
            computed=computed,
        )

    def proof(self, record: StoryRecord, places: Sequence[int]) -> StoryRecord:
        evidence = evidence_of(self.log, places, url="https://desk.example/log", key=self.key)
        # A record holds a status as the log has it: numbers with four digits.
        return StoryRecord.from_dict(replace(record, evidence=evidence).to_dict())


NOTES = tuple(note(n) for n in range(6))
OTHER = note(6, story="bridge")
HIDDEN = "spam: it advertises a shop"


def page(**other: Any) -> StoryRecord:
    """The crane story as it was taken in."""
    given: dict[str, Any] = {
        "id": "crane",
        "url": "https://desk.example/records/crane.json",
        "statements": 5,
        "story_url": "https://courier.example/crane?a=1&b=2",
        "title": "Crane <b>was never</b> inspected & fell",
        "outlet": "The Northern Courier",
        "published": "2026-03-03",
        "salt": SALT,
        "snapshot": salted(SALT, b"<html>the page</html>"),
        "reading": salted(SALT, {"version": 1}),
        "reader": "whence 0.1 (weights 0f3a)",
        "updated": at(59),
    }
    return StoryRecord(**{**given, **other})


def community(storage: Storage, signer: Signer = SIGNER) -> tuple[Community, StoryRecord]:
    """A log and the record of its crane story.

    Six notes stand on the story: n0 and n3 please everybody; n4 is hidden; n5 withdrawn; n2's text was removed by law.

    Returns:
        The community, and the record with its evidence.
    """
    made = Community(Log(storage, signer), str(signer.verifier))
    story = page()
    acts = (
        ModerationAct("note:n4", "hide", "first thought", "owl", at(20)),
        ModerationAct("note:n4", "restore", "on appeal", "owl", at(21)),
        ModerationAct("note:n4", "hide", HIDDEN, "owl", at(22)),
        ModerationAct("contributor:wren", "block", "advertising", "owl", at(23)),
        ModerationAct("contributor:r99", "discount", "a second account of r98", "owl", at(24)),
    )
    made.append([story_fact(story, at(0)), reading_fact(story, at(0))])  # entries 0 and 1
    made.append([note_fact(one) for one in (*NOTES, OTHER)])  # entries 2 to 8
    made.append([rating_fact(n, r, what, at(10)) for n, r, what in votes()])  # entries 9 to 120
    made.append([rating_fact(f"n{n}", "r99", "not", at(11)) for n in range(7)])  # entries 121 to 127
    made.append([moderation_fact(act) for act in acts])  # entries 128 to 132
    made.append([withdrawal_fact("n5", at(25)), removal_fact(4, "court order 12/2026", at(26))])  # entries 133 and 134
    notes = list(NOTES)
    notes[2] = replace(notes[2], text="", sources=(), claim="", claimant="", language="", rating=None, anchors=(),
                       removed=True, salt="")  # fmt: skip
    notes[4] = replace(notes[4], hidden=HIDDEN)
    notes[5] = replace(notes[5], withdrawn=True)
    first = len(made.entries)
    statuses = made.run(30, [f"n{n}" for n in range(7)])  # entries 135 to 142
    record = replace(story, notes=tuple(notes), statuses=statuses[:6], moderation=acts[:4])
    places = [0, 1, *range(2, 8), 128, 129, 130, 131, 133, 134, *range(first, first + 6)]
    return made, made.proof(record, places)
