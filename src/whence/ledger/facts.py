"""Records as entries of the log: which fields of a fact are public for ever, and to which the log only commits itself.

A fact is appended in the transaction that stores it (see transaction.py). Whoever stores it keeps `Appended.first`, the
entry's place, beside it: proofs are asked for by place.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping

from whence.errors import FormatError
from whence.ledger.entries import SALT_BYTES, Entry, canonical, commitment
from whence.records.moderation import ModerationAct
from whence.records.note import PublicNote
from whence.records.note_status import NoteStatus
from whence.records.rating import Status
from whence.records.story_record import StoryRecord

__all__ = [
    "RATING_WORDS",
    "correction_fact",
    "moderation_fact",
    "new_salt",
    "note_fact",
    "rating_fact",
    "reading_fact",
    "removal_fact",
    "run_fact",
    "salted",
    "status_fact",
    "statuses_digest",
    "story_fact",
    "withdrawal_fact",
]

RATING_WORDS = ("helpful", "somewhat", "not", "withdrawn")
"""What a rating can say; of several by one rater on one note the last counts, and a withdrawn one does not."""

_LEVEL_WORDS = {"somewhat-helpful": "somewhat", "not-helpful": "not"}


def new_salt() -> str:
    """Return a fresh salt, 32 hexadecimal digits; it is stored beside the text and deleted with it."""
    return secrets.token_bytes(SALT_BYTES).hex()


def salted(salt: str, value: object) -> str:
    """Return the commitment to a JSON value, or to bytes as they are.

    Args:
        salt: 32 hexadecimal digits.
        value: JSON values, which are committed to in canonical form; or bytes.

    Raises:
        FormatError: when the salt is no salt, or the value has no canonical form.
    """
    try:
        raw = bytes.fromhex(salt)
        return commitment(raw, value if isinstance(value, bytes) else canonical(value))
    except ValueError:
        raise FormatError(f"a salt is {2 * SALT_BYTES} hexadecimal digits, not {salt[:40]!r}") from None


def story_fact(record: StoryRecord, at: str) -> Entry:
    """The fact that a page was taken in: commitments to its description and to its snapshot.

    Args:
        record: with id, page, salt and `snapshot`, which is `salted(salt, the page's bytes)`.
        at: when, ISO 8601 in UTC, ending in Z.

    Raises:
        FormatError: when the salt is no salt.
    """
    return Entry(
        "story", at, {"story": record.id, "page": salted(record.salt, record.page()), "snapshot": record.snapshot}
    )


def reading_fact(record: StoryRecord, at: str) -> Entry:
    """The fact that a story was read, by which reader, with how many statements.

    Args:
        record: with `reading`, which is `salted(salt, reading.to_dict())`, `reader` and `statements`.
        at: when.
    """
    body = {
        "story": record.id,
        "reading": record.reading,
        "reader": record.reader,
        "statements": record.statements,
    }
    return Entry("reading", at, body)


def note_fact(note: PublicNote) -> Entry:
    """The fact that a note was written; a changed note is a new fact under the same id, at the time of the change.

    Args:
        note: with its salt.

    Raises:
        FormatError: when the salt is no salt, or its text has no canonical form.
    """
    body = {
        "note": note.id,
        "story": note.story,
        "author": note.author,
        "statements": list(note.statements),
        "classification": note.classification,
        "reasons": list(note.reasons),
        "content": salted(note.salt, note.content()),
    }
    return Entry("note", note.created, body)


def withdrawal_fact(note: str, at: str) -> Entry:
    """The fact that its author withdrew a note."""
    return Entry("withdrawal", at, {"note": note})


def rating_fact(note: str, rater: str, helpful: str, at: str, tags: Iterable[str] = ()) -> Entry:
    """The fact that somebody rated a note, changed the rating, or withdrew it.

    Args:
        note: the note's id.
        rater: the rater's alias.
        helpful: one of RATING_WORDS, or a level of `records.rating`.
        at: when.
        tags: public tags of Community Notes.

    Raises:
        FormatError: when the rating says something else.
    """
    word = _LEVEL_WORDS.get(helpful, helpful)
    if word not in RATING_WORDS:
        raise FormatError(f"a rating is one of {', '.join(RATING_WORDS)}, not {helpful[:40]!r}")
    return Entry("rating", at, {"note": note, "rater": rater, "helpful": word, "tags": sorted(tags)})


def status_fact(status: NoteStatus) -> Entry:
    """The fact that a run gave a note a status; logged when the status is the note's first or differs from the last.

    Args:
        status: with scorer, parameters, `counted` (the log's size when the run began) and `computed`.
    """
    given = status.to_dict()
    body: dict[str, object] = {
        "note": status.note,
        "status": status.status,
        "scorer": status.scorer,
        "parameters": dict(status.parameters),
        "ratings": status.counted,
    }
    body |= {name: given[name] for name in ("score", "low", "high") if given[name] is not None}
    return Entry("status", status.computed, body)


def statuses_digest(statuses: Mapping[str, Status]) -> str:
    """Return the digest of all notes' statuses: "sha256:" and SHA-256 of their canonical JSON.

    Args:
        statuses: by note; notes that need more ratings are left out of account, as they would be without a run.
    """
    decided = {note: status for note, status in statuses.items() if status != "needs-more-ratings"}
    return f"sha256:{hashlib.sha256(canonical(decided)).hexdigest()}"


def run_fact(
    scorer: str, parameters: Mapping[str, float], counted: int, statuses: Mapping[str, Status], at: str
) -> Entry:
    """The fact that all notes were scored: it follows the facts of the statuses that the run changed.

    Args:
        scorer: name and version.
        parameters: the scorer's.
        counted: the log's size when the run began: the ratings before it count.
        statuses: of all notes, by note.
        at: when.
    """
    body = {
        "scorer": scorer,
        "parameters": dict(parameters),
        "ratings": counted,
        "statuses": statuses_digest(statuses),
    }
    return Entry("run", at, body)


def moderation_fact(act: ModerationAct) -> Entry:
    """The fact that a moderator acted."""
    body = {"target": act.target, "act": act.act, "reason": act.reason, "moderator": act.moderator}
    return Entry("moderation", act.at, body)


def correction_fact(target: str, by: str, content: str, at: str, appeal: str = "") -> Entry:
    """The fact that an outlet or a person named in a story or a note answered.

    Args:
        target: "story:ID" or "note:ID".
        by: what they are to the story ("outlet or person named"); never a name, which the log could not forget.
        content: commitment to name, text and answer.
        at: when.
        appeal: id under which moderators act on it (target "appeal:ID"), or "".
    """
    return Entry("correction", at, {"target": target, "by": by, "content": content, "appeal": appeal})


def removal_fact(target: int, ground: str, at: str) -> Entry:
    """The fact that the law had a text removed: text and salt are gone, the hash stays.

    Args:
        target: place of the entry that commits to the text, 0 or more.
        ground: the law or the order, in words for everybody.
        at: when.
    """
    return Entry("removal", at, {"target": target, "ground": ground})
