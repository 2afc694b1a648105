"""The public Community Notes format: columns by name, their earlier names, tags, words and the scorer's groups.

Source: the public downloads of July 2026 and ../shared/CONSENSUS.md, "Public files" and "Input".
"""

from __future__ import annotations

from dataclasses import dataclass

from whence.records.rating import HELPFUL_TAGS, NOT_HELPFUL_TAGS

__all__ = [
    "CORE_GROUPS",
    "ENROLLMENT",
    "HELPFUL_TAGS",
    "HISTORY_COLUMNS",
    "LEVELS",
    "NOTES",
    "NOT_HELPFUL_TAGS",
    "RATINGS",
    "STABLE_GROUP",
    "STATUS_HISTORY",
    "TAGS",
    "Columns",
]

TAGS = HELPFUL_TAGS + NOT_HELPFUL_TAGS
"""All tags; a tag's place here is its bit in a rating's bits."""

LEVELS = ("NOT_HELPFUL", "SOMEWHAT_HELPFUL", "HELPFUL")
"""A level's place here is its code; a rating's value is half its code."""

CORE_GROUPS = frozenset({1, 2, 3, 6, 8, 9, 10, 11, 13, 14, 19, 21, 25})
"""Modelling groups whose raters the core scorer hears; raters absent from enrollment are heard too."""

STABLE_GROUP = 13
"""The group whose ratings alone start the first fit, so that viewpoints keep their sign from run to run."""


@dataclass(frozen=True)
class Columns:
    """Which columns of one public table are read.

    Attributes:
        table: the table's name, for messages.
        required: columns without which nothing can be computed.
        optional: columns that are used when present; absent ones read as empty.
        flags: 0/1 columns, read into bits in this order; absent ones read as 0.
        aliases: other names under which a column has been or may be published, to the name used here.
        known: further public columns that are of no use to scoring; any column beyond these is reported as new.
    """

    table: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    known: tuple[str, ...] = ()


RATINGS = Columns(
    table="ratings",
    required=("noteId", "raterParticipantId", "helpfulnessLevel"),
    optional=("createdAtMillis", "ratingSourceBucketed"),
    flags=(*TAGS, "helpful", "notHelpful"),
    aliases=(
        ("participantId", "raterParticipantId"),
        ("raterId", "raterParticipantId"),
        ("rater", "raterParticipantId"),
        ("user", "raterParticipantId"),
        ("voter-id", "raterParticipantId"),
        ("note", "noteId"),
        ("note_id", "noteId"),
        ("item", "noteId"),
        ("comment-id", "noteId"),
        ("rating", "helpfulnessLevel"),
        ("level", "helpfulnessLevel"),
        ("vote", "helpfulnessLevel"),
        ("createdAt", "createdAtMillis"),
        ("timestamp", "createdAtMillis"),
        ("ratingSource", "ratingSourceBucketed"),
        ("notHelpfulSpamHarassmentAbuse", "notHelpfulSpamHarassmentOrAbuse"),
    ),
    known=("version", "agree", "disagree", "ratedOnTweetId", "suggestion", "suggestionId", "datetime"),
)
NOTES = Columns(
    table="notes",
    required=("noteId", "createdAtMillis", "classification"),
    optional=("noteAuthorParticipantId",),
    aliases=(("participantId", "noteAuthorParticipantId"), ("note", "noteId"), ("author", "noteAuthorParticipantId")),
    known=(
        "tweetId",
        "believable",
        "harmful",
        "validationDifficulty",
        "misleadingOther",
        "misleadingFactualError",
        "misleadingManipulatedMedia",
        "misleadingOutdatedInformation",
        "misleadingMissingImportantContext",
        "misleadingUnverifiedClaimAsFact",
        "misleadingSatire",
        "notMisleadingOther",
        "notMisleadingFactuallyCorrect",
        "notMisleadingOutdatedButNotWhenWritten",
        "notMisleadingClearlySatire",
        "notMisleadingPersonalOpinion",
        "trustworthySources",
        "summary",
        "isMediaNote",
        "isCollaborativeNote",
    ),
)
HISTORY_COLUMNS = (
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
    "currentExpansionStatus",
    "currentGroupStatus",
    "currentDecidedBy",
    "currentModelingGroup",
    "timestampMillisOfMostRecentStatusChange",
    "timestampMillisOfNmrDueToMinStableCrhTime",
    "currentMultiGroupStatus",
    "currentModelingMultiGroup",
    "timestampMinuteOfFinalScoringOutput",
    "timestampMillisOfFirstNmrDueToMinStableCrhTime",
    "abovePcrhThresholdTime",
)
"""The columns of a status history, in the public order."""

STATUS_HISTORY = Columns(
    table="noteStatusHistory",
    required=("noteId", "createdAtMillis", "currentStatus"),
    optional=(
        "noteAuthorParticipantId",
        "timestampMillisOfLatestNonNMRStatus",
        "timestampMillisOfStatusLock",
        "lockedStatus",
    ),
    aliases=(("participantId", "noteAuthorParticipantId"),),
    known=HISTORY_COLUMNS,
)
ENROLLMENT = Columns(
    table="userEnrollment",
    required=("participantId", "modelingGroup"),
    aliases=(("raterParticipantId", "participantId"),),
    known=(
        "enrollmentState",
        "successfulRatingNeededToEarnIn",
        "timestampOfLastStateChange",
        "timestampOfLastEarnOut",
        "modelingPopulation",
        "numberOfTimesEarnedOut",
    ),
)
