"""Verifying one story's record: its own proofs, its words, and the log that it was taken from."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from whence.errors import FormatError, VerificationError
from whence.ledger import CHECKPOINT, Audit, Checkpoint, Tree, Verifier, grew_from
from whence.ledger.notes import parse
from whence.records.note_status import NoteStatus
from whence.records.story_record import StoryRecord
from whence.verification.fields import compare_fields
from whence.verification.proofs import Proven, proven
from whence.verification.runs import Scored
from whence.verification.scoring import TOLERANCE, Rescored
from whence.verification.storyfacts import StoryFacts

__all__ = ["VerifiedRecord", "verify_record"]


@dataclass(frozen=True)
class VerifiedRecord:
    """What was found to hold.

    Attributes:
        record: the record.
        origin: the log's name.
        proven: how many entries were proven to be in the log.
        size: number of the log's entries when the record was made.
        head: the log's head now; None where the log was not looked at.
        recomputed: how many statuses of this story's notes follow from the ratings.
        ratings: from how many, of all notes.
        newer: how many entries about this story the log has had since.
        named: whether the key was the record's own word.
    """

    record: StoryRecord
    origin: str
    proven: int
    size: int
    head: Checkpoint | None
    recomputed: int
    ratings: int
    newer: int
    named: bool


def verify_record(
    record: StoryRecord,
    files: Callable[[str], bytes | None] | None = None,
    key: Verifier | None = None,
    kept: Checkpoint | None = None,
) -> VerifiedRecord:
    """Verify a story's record.

    Its entries must be proven, and bear out every word of it. With the log at hand the log must have grown from the
    record's checkpoint, hold nothing about the story that the record leaves out, and its ratings must make the statuses
    what they are.

    Args:
        record: hostile.
        files: gives the log's files by their paths; None to look at nothing but the record.
        key: the log's first verifier key, from a source that its operator does not control; None to go by the record.
        kept: a checkpoint kept from an earlier verification, or None.

    Returns:
        What holds.

    Raises:
        VerificationError: names what does not hold, and where.
        MissingExtra: when there are statuses to recompute and the extra `consensus` is not installed.
        FetchError: when the log cannot be reached.
    """
    if record.evidence is None:
        raise VerificationError("the record has no evidence: nothing in it can be verified")
    found = proven(record.evidence, key)
    own = StoryFacts(record.id)
    for place, entry in found.entries:
        own.add(place, entry)
    compare_fields(record, own)
    head, recomputed, ratings, newer = None, 0, 0, 0
    if files is not None:
        try:
            head, recomputed, ratings, newer = _against_log(record, own, found, files, kept)
        except FormatError as failure:
            raise VerificationError(str(failure)) from None
    return VerifiedRecord(
        record,
        found.checkpoint.origin,
        len(found.entries),
        found.checkpoint.size,
        head,
        recomputed,
        ratings,
        newer,
        key is None,
    )


def _against_log(
    record: StoryRecord,
    own: StoryFacts,
    found: Proven,
    files: Callable[[str], bytes | None],
    kept: Checkpoint | None,
) -> tuple[Checkpoint, int, int, int]:
    """Read the whole log; return its head, statuses recomputed, from how many ratings, and newer entries."""
    data = files(CHECKPOINT)
    if data is None:
        raise VerificationError("the log has no checkpoint: is this the folder or the address of a log?")

    def fixed(path: str) -> bytes | None:  # one head for every check, whatever a server says the second time
        return data if path == CHECKPOINT else files(path)

    _grew(Checkpoint.of(parse(data)), found.checkpoint, fixed)
    audit = Audit(fixed, found.key, kept)
    size = found.checkpoint.size
    logged, now, scored = StoryFacts(record.id), StoryFacts(record.id), Scored()
    for place, entry in audit.entries():
        now.add(place, entry)
        if place < size:
            logged.add(place, entry)
            scored.add(place, entry)
    said = own.places()
    for place, what in sorted(logged.places().items()):
        if place not in said:
            raise VerificationError(f"the record leaves out {what}, which is entry {place} of the log")
    recomputed = _follow(record, scored, logged)
    newer = sum(1 for place in now.places() if place >= size)
    return audit.checkpoint, recomputed, len(scored.ratings.given), newer


def _grew(head: Checkpoint, then: Checkpoint, files: Callable[[str], bytes | None]) -> None:
    """Have the log's tiles prove that it grew from the record's checkpoint."""
    if head.origin != then.origin:
        raise VerificationError(f"the record is of the log {then.origin}, and this is {head.origin[:80]}")
    if head.size < then.size:
        raise VerificationError(
            f"the log was rolled back: the record was made when it had {then.size} entries, and now it has {head.size}"
        )
    proof = Tree(head.size, files).consistency(then.size)
    if not grew_from(then.root, then.size, head.root, head.size, proof):
        raise VerificationError(
            f"the log did not grow from the record's checkpoint: its first {then.size} entries are others now"
        )


def _follow(record: StoryRecord, scored: Scored, logged: StoryFacts) -> int:
    """Recompute the statuses of the record's notes where they were given, and all statuses of the latest run."""
    for status in record.statuses:
        place, entry = logged.statuses[status.note]
        scored.scored(entry.body["ratings"], place, entry).compare(place, entry.body, entry.body["ratings"])
        # From a later run the same status can have other numbers.
        place, entry = next((run for run in logged.runs if run[1].body["ratings"] == status.counted), (place, entry))
        found = scored.scored(status.counted, place, entry)
        found.compare(place, status.to_dict(), status.counted)
        _compare_details(status, found)
    if numbers := scored.numbers():
        scored.verify(numbers[-1])
    return len(record.statuses)


def _compare_details(status: NoteStatus, found: Rescored) -> None:
    """Compare what of a status no entry holds."""
    sides = tuple((side.helpful, side.somewhat, side.not_helpful) for side in status.sides)
    follow = found.sides.get(status.note, ((0, 0, 0), (0, 0, 0)))
    count = found.ratings.get(status.note, 0)
    # Which side is called the first is a matter of sign, which another machine may turn round.
    if sides not in (follow, follow[::-1]) or status.ratings != count:
        raise VerificationError(
            f"the record counts {status.ratings} ratings of note {status.note[:80]}, by side {sides}, and the log "
            f"has {count}, {follow}"
        )
    if count and status.reason and status.reason != found.reasons[status.note]:
        raise VerificationError(
            f"the record says of the status of note {status.note[:80]} “{status.reason[:80]}”, and the ratings say "
            f"“{found.reasons[status.note]}”"
        )
    factor = found.factors.get(status.note, math.nan)
    if status.factor is not None and not abs(abs(status.factor) - abs(factor)) <= TOLERANCE:
        raise VerificationError(
            f"the record gives the factor of note {status.note[:80]} as {status.factor:.4f}, and the ratings make it "
            f"{factor:.4f}"
        )
