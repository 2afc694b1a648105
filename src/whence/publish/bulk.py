"""A desk's data as rows of the public Community Notes tables: notes, ratings, noteStatusHistory, userEnrollment.

Columns, their order and words are those of X's public downloads of July 2026, so that tools made for these read a
desk's data too. A column for something that a desk does not have holds 0 or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from whence.records.note import MISLEADING_REASONS, NOT_MISLEADING_REASONS, PublicNote
from whence.records.note_history import Contributor, NoteHistory
from whence.records.note_status import NoteStatus
from whence.records.rating import HELPFUL_TAGS, NOT_HELPFUL_TAGS, Level, Rating, Status

__all__ = ["COLUMNS", "Cell", "enrollment_rows", "history_rows", "note_rows", "rating_rows", "whole_number_column"]

Cell = str | int | None

COLUMNS: dict[str, tuple[str, ...]] = {
    "notes": (
        "noteId",
        "noteAuthorParticipantId",
        "createdAtMillis",
        "tweetId",
        "classification",
        "believable",
        "harmful",
        "validationDifficulty",
        *MISLEADING_REASONS,
        *NOT_MISLEADING_REASONS,
        "trustworthySources",
        "summary",
        "isMediaNote",
        "isCollaborativeNote",
    ),
    "ratings": (
        "noteId",
        "raterParticipantId",
        "createdAtMillis",
        "version",
        "agree",
        "disagree",
        "helpful",
        "notHelpful",
        "helpfulnessLevel",
        *HELPFUL_TAGS,
        *NOT_HELPFUL_TAGS,
        "ratedOnTweetId",
        "ratingSourceBucketed",
    ),
    "noteStatusHistory": (
        "noteId",
        "noteAuthorParticipantId",
        "createdAtMillis",
        "timestampMillisOfFirstNonNMRStatus",
        "firstNonNMRStatus",
        "timestampMillisOfCurrentStatus",
        "currentStatus",
        "timestampMillisOfLatestNonNMRStatus",
        "mostRecentNonNMRStatus",
        "timestampMillisOfStatusLock",
        "lockedStatus",
        "timestampMillisOfRetroLock",
        "currentCoreStatus",
        "currentDecidedBy",
        "timestampMillisOfMostRecentStatusChange",
    ),
    "userEnrollment": (
        "participantId",
        "enrollmentState",
        "successfulRatingNeededToEarnIn",
        "timestampOfLastStateChange",
        "timestampOfLastEarnOut",
        "modelingPopulation",
        "modelingGroup",
        "numberOfTimesEarnedOut",
    ),
}
"""The columns of each table, in the public order."""

_TEXT = {
    "noteId",
    "noteAuthorParticipantId",
    "raterParticipantId",
    "participantId",
    "tweetId",
    "ratedOnTweetId",
    "summary",
    "classification",
    "believable",
    "harmful",
    "validationDifficulty",
    "helpfulnessLevel",
    "ratingSourceBucketed",
    "firstNonNMRStatus",
    "currentStatus",
    "mostRecentNonNMRStatus",
    "lockedStatus",
    "currentCoreStatus",
    "currentDecidedBy",
    "enrollmentState",
    "modelingPopulation",
}
_LEVELS: dict[Level, str] = {
    "helpful": "HELPFUL",
    "somewhat-helpful": "SOMEWHAT_HELPFUL",
    "not-helpful": "NOT_HELPFUL",
}
_STATUSES: dict[Status, str] = {
    "helpful": "CURRENTLY_RATED_HELPFUL",
    "not-helpful": "CURRENTLY_RATED_NOT_HELPFUL",
    "needs-more-ratings": "NEEDS_MORE_RATINGS",
}
_GROUP = 13
"""The modelling group whose raters the public scorer always hears."""


def whole_number_column(name: str) -> bool:
    """Whether a column holds whole numbers; the others hold text."""
    return name not in _TEXT


def note_rows(notes: Iterable[PublicNote]) -> Iterator[tuple[Cell, ...]]:
    """The table `notes`; `tweetId` is the story's id.

    Args:
        notes: those that may be exported: not removed by law.
    """
    for note in notes:
        misleading = note.classification != "not-misleading"
        tags = set(note.reasons)
        if note.classification == "needs-context":  # the public format says it with a reason, not with a class
            tags.add("misleadingMissingImportantContext")
        yield (
            note.id,
            note.author,
            _millis(note.created),
            note.story,
            "MISINFORMED_OR_POTENTIALLY_MISLEADING" if misleading else "NOT_MISLEADING",
            *("", "", ""),
            *(int(tag in tags) for tag in (*MISLEADING_REASONS, *NOT_MISLEADING_REASONS)),
            int(bool(note.sources)),
            " ".join(f"{note.text} {' '.join(note.sources)}".split()),
            0,
            0,
        )


def rating_rows(ratings: Iterable[Rating], story_of: dict[str, str] | None = None) -> Iterator[tuple[Cell, ...]]:
    """The table `ratings`.

    Args:
        ratings: those that count: the latest of each rater on each note, without those that were withdrawn or are
            discounted.
        story_of: the story of each note, where it is known.
    """
    for rating in ratings:
        story = (story_of or {}).get(rating.note, "")
        yield (
            rating.note,
            rating.rater,
            rating.created,
            *(2, 0, 0, 0, 0),
            _LEVELS[rating.level],
            *(int(tag in rating.tags) for tag in (*HELPFUL_TAGS, *NOT_HELPFUL_TAGS)),
            story,
            "DEFAULT",
        )


def history_rows(histories: Iterable[NoteHistory]) -> Iterator[tuple[Cell, ...]]:
    """The table `noteStatusHistory`; a desk locks no status."""
    for history in histories:
        note = history.note
        current = history.current.status if history.current else "needs-more-ratings"
        yield (
            note.id,
            note.author,
            _millis(note.created),
            *_dated(history.first),
            _millis(history.current.computed) if history.current else _millis(note.created),
            _STATUSES[current],
            *_dated(history.latest),
            *(None, "", None),
            _STATUSES[current],
            history.current.scorer if history.current else "",
            _millis(history.changed) if history.changed else None,
        )


def enrollment_rows(contributors: Iterable[Contributor]) -> Iterator[tuple[Cell, ...]]:
    """The table `userEnrollment`."""
    for contributor in contributors:
        yield (
            contributor.alias,
            "earnedIn" if contributor.writes else "earnedOutAcknowledged" if contributor.lost else "newUser",
            contributor.needed,
            _millis(contributor.changed) if contributor.changed else None,
            _millis(contributor.changed) if contributor.changed and contributor.lost and not contributor.writes else 1,
            "CORE",
            _GROUP,
            contributor.lost,
        )


def _dated(status: NoteStatus | None) -> tuple[Cell, Cell]:
    return (_millis(status.computed), _STATUSES[status.status]) if status else (None, "")


def _millis(at: str) -> int:
    """Milliseconds since 1970 of a time in UTC."""
    found = datetime.fromisoformat(at)
    return round(found.timestamp() * 1000)
