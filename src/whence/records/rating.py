"""Ratings of notes, notes' scores, and a scoring run as a page or a terminal shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

__all__ = [
    "HELPFUL_TAGS",
    "LEVELS",
    "NOT_HELPFUL_TAGS",
    "STATUSES",
    "FitLine",
    "Level",
    "NotePoint",
    "NoteScore",
    "Rating",
    "RunSummary",
    "SimulationLine",
    "Status",
]

Level = Literal["helpful", "somewhat-helpful", "not-helpful"]
Status = Literal["helpful", "not-helpful", "needs-more-ratings"]
LEVELS: tuple[Level, ...] = get_args(Level)
STATUSES: tuple[Status, ...] = get_args(Status)

HELPFUL_TAGS = (
    "helpfulOther",
    "helpfulInformative",
    "helpfulClear",
    "helpfulEmpathetic",
    "helpfulGoodSources",
    "helpfulUniqueContext",
    "helpfulAddressesClaim",
    "helpfulImportantContext",
    "helpfulUnbiasedLanguage",
)
NOT_HELPFUL_TAGS = (
    "notHelpfulOther",
    "notHelpfulIncorrect",
    "notHelpfulSourcesMissingOrUnreliable",
    "notHelpfulOpinionSpeculationOrBias",
    "notHelpfulMissingKeyPoints",
    "notHelpfulOutdated",
    "notHelpfulHardToUnderstand",
    "notHelpfulArgumentativeOrBiased",
    "notHelpfulOffTopic",
    "notHelpfulSpamHarassmentOrAbuse",
    "notHelpfulIrrelevantSources",
    "notHelpfulOpinionSpeculation",
    "notHelpfulNoteNotNeeded",
)
"""Reasons of a rating, by the names and in the order of the public Community Notes tables."""


@dataclass(frozen=True, slots=True)
class Rating:
    """What one rater says of one note.

    Attributes:
        note: the note's id.
        rater: the rater's id.
        level: helpful (1), somewhat helpful (1/2) or not helpful (0).
        created: ms since 1970, or None.
        tags: reasons, by their public names.

    Raises:
        ValueError: if an id is empty or the level is unknown.
    """

    note: str
    rater: str
    level: Level
    created: int | None = None
    tags: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.note or not self.rater:
            raise ValueError(f"a rating names its note and its rater, but note is {self.note!r}, rater {self.rater!r}")
        if self.level not in LEVELS:
            raise ValueError(f"a level is one of {', '.join(LEVELS)}, but {self.level!r} was given")

    @property
    def value(self) -> float:
        """The level as a number: 1, 1/2 or 0."""
        return {"helpful": 1.0, "somewhat-helpful": 0.5, "not-helpful": 0.0}[self.level]


@dataclass(frozen=True, slots=True)
class NoteScore:
    """What the raters make of one note.

    Attributes:
        note: the note's id.
        status: what readers see.
        intercept: how helpful raters find it beyond what viewpoints explain; None without a score.
        factor: which viewpoint it appeals to; None without a score.
        low, high: bounds of the intercept; None without a score.
        ratings: how many count.
        rules: names of the rules that acted, in order.
    """

    note: str
    status: Status
    intercept: float | None
    factor: float | None
    low: float | None
    high: float | None
    ratings: int
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotePoint:
    """A note on the plot: id, intercept, factor, ratings and the scorer's own status name."""

    note: str
    intercept: float
    factor: float
    ratings: int
    status: str


@dataclass(frozen=True, slots=True)
class FitLine:
    """One fit in numbers; `gradient_norm` is None where no optimum was sought."""

    name: str
    ratings: int
    notes: int
    raters: int
    loss: float
    gradient_norm: float | None
    steps: int


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A scoring run, as a page shows it.

    Attributes:
        title: what was scored.
        mode: optimum, replay or small.
        made: the data's own time (ISO 8601, UTC), or empty.
        ratings, notes, raters: sizes.
        statuses: the scorer's status names to numbers of notes.
        rules: rule names, in order, to numbers of notes on which they acted.
        shown: statuses as readers see them, after locks.
        changes: (status before, status now) to numbers of notes.
        points: notes to draw: all, or an even sample.
        scored: how many notes the points stand for.
        edges: bounds of the bins of `heard` and `unheard`.
        heard, unheard: raters by factor, of those who passed the first round and of those who did not.
        fits: the fits.
        repairs: what was mended or left out, to how often.
        remarks: what else a user should know.
        thresholds: the numbers drawn on the plot: helpful, not_helpful, slope, factor.
    """

    title: str
    mode: str
    made: str
    ratings: int
    notes: int
    raters: int
    statuses: dict[str, int]
    rules: dict[str, int]
    shown: dict[str, int]
    changes: dict[tuple[str, str], int]
    points: tuple[NotePoint, ...]
    scored: int
    edges: tuple[float, ...]
    heard: tuple[int, ...]
    unheard: tuple[int, ...]
    fits: tuple[FitLine, ...]
    repairs: dict[str, int] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    thresholds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SimulationLine:
    """What became of notes under one share of bad raters.

    Attributes:
        share: bad raters among all, in [0, 1).
        wrong_shown: share of attacked wrong notes that were shown, in [0, 1]; the mean over runs.
        right_suppressed: share of attacked right notes that were not shown.
        wrong_shown_spread, right_suppressed_spread: standard deviations over runs.
        bad_heard: share of bad raters who passed the first round.
    """

    share: float
    wrong_shown: float
    right_suppressed: float
    wrong_shown_spread: float
    right_suppressed_spread: float
    bad_heard: float
