"""The status rules in order, each a test on arrays of notes; a later rule may overrule an earlier one.

Source: ../shared/CONSENSUS.md, "Rules in order" and Prescoring (3).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from whence.consensus.community_notes import NOT_HELPFUL_TAGS

__all__ = ["FINAL", "NAMES", "PRELIMINARY", "NoteStats", "Rule", "Thresholds", "Verdict", "apply_rules", "plain_status"]

NMR, CRH, CRNH, FIRM, HELP = range(5)
NAMES = (
    "NEEDS_MORE_RATINGS",
    "CURRENTLY_RATED_HELPFUL",
    "CURRENTLY_RATED_NOT_HELPFUL",
    "FIRM_REJECT",
    "NEEDS_YOUR_HELP",
)
"""Statuses by code. The last two tell other scorers more; to readers both are "needs more ratings"."""

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Thresholds:
    """Every number that a rule compares with."""

    ratings: int = 5
    helpful: float = 0.40
    not_helpful: float = -0.05
    not_helpful_slope: float = -0.8
    upper_bound: float = -0.04
    side_ratings: int = 3
    side_mean: float = 0.4
    sides_average: float = 0.3
    not_misleading: float = -0.15
    inertia: float = 0.39
    tag_total: float = 2.5
    incorrect_tags: int = 2
    incorrect_voters: int = 3
    incorrect_score: float = 2.5
    diligence: float = 0.263
    factor: float = 0.5
    firm_reject: float = 0.30
    minority: int = 4
    minority_enough: int = 10
    minority_ratio: float = 0.05
    no_high_volume: float = 0.37
    no_correlated: float = 0.37


@dataclass(frozen=True)
class NoteStats:
    """What the rules read; every array has one place a note, and NaN where a fit did not see the note.

    Attributes:
        ratings: int64: by raters whom the scorer hears.
        misleading: int8: 1 says misleading, 0 not, -1 deleted.
        helpful_before: bool: shown as helpful so far.
        intercept, factor: the main fit.
        upper: the greatest intercept with a pseudo-rating added.
        no_high_volume, no_correlated: intercepts without those raters.
        negative_ratings, positive_ratings: int64: ratings from either side; positive_mean, negative_mean: their means.
        minority: int64: net helpful ratings of the side that has fewer; minority_ratio: over all.
        tag_total, tag_ratio: float64 (notes, 13): distance-weighted tags, and over all weight.
        incorrect_tags, incorrect_voters: of raters near the note; incorrect_score: their sum over ln(1 + sum p).
        diligence: the low-diligence intercept.
        tag_threshold: float64 (13): above which a ratio is an outlier.
    """

    ratings: NDArray[np.int64]
    misleading: NDArray[np.int8]
    helpful_before: Mask
    intercept: Floats
    factor: Floats
    upper: Floats
    no_high_volume: Floats
    no_correlated: Floats
    negative_ratings: NDArray[np.int64]
    positive_ratings: NDArray[np.int64]
    negative_mean: Floats
    positive_mean: Floats
    minority: NDArray[np.int64]
    minority_ratio: Floats
    tag_total: Floats
    tag_ratio: Floats
    incorrect_tags: Floats
    incorrect_voters: Floats
    incorrect_score: Floats
    diligence: Floats
    tag_threshold: Floats


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes:
        name: as in the public scorer's output.
        status: the code it gives.
        over: codes that it may overrule.
        holds: which notes it is true of, whatever their status.
        numbers: the values it looked at and their bounds, for explaining: (what, value array, sign, bound).
    """

    name: str
    status: int
    over: tuple[int, ...]
    holds: Callable[[NoteStats, Thresholds], Mask]
    says: str = ""


@dataclass(frozen=True)
class Verdict:
    """What the rules decided.

    Attributes:
        status: int8 (notes): codes into `NAMES`.
        fired: int32 (notes): a bit for each rule that acted, in order.
        rules: the rules.
    """

    status: NDArray[np.int8]
    fired: NDArray[np.int32]
    rules: tuple[Rule, ...] = field(repr=False, default=())

    def active(self, note: int) -> list[str]:
        """Names of the rules that acted on one note, in order, with their version."""
        return [f"{rule.name} (v1.0)" for k, rule in enumerate(self.rules) if int(self.fired[note]) >> k & 1]


_ANY = (NMR, CRH, CRNH, FIRM, HELP)
_NOT_REJECTED = (NMR, CRH, FIRM, HELP)


def _enough(s: NoteStats, t: Thresholds) -> Mask:
    return s.ratings >= t.ratings


def _diamond(s: NoteStats, t: Thresholds) -> Mask:
    return _enough(s, t) & (s.intercept <= t.not_helpful + t.not_helpful_slope * np.abs(s.factor))


def _ratio(s: NoteStats, t: Thresholds) -> Mask:
    both = np.minimum(s.negative_ratings, s.positive_ratings) >= t.side_ratings
    low = (s.negative_mean <= t.side_mean) & (s.positive_mean <= t.side_mean)
    return _enough(s, t) & both & low & ((s.negative_mean + s.positive_mean) / 2 <= t.sides_average)


def outlying_tags(s: NoteStats, t: Thresholds) -> Mask:
    """Which tags are outliers of which notes: bool (notes, 13); "hard to understand" never is."""
    out = (s.tag_total > t.tag_total) & (s.tag_ratio > s.tag_threshold)
    out[:, NOT_HELPFUL_TAGS.index("notHelpfulHardToUnderstand")] = False
    return np.asarray(out)


def _incorrect(s: NoteStats, t: Thresholds) -> Mask:
    return (
        (s.incorrect_tags >= t.incorrect_tags)
        & (s.incorrect_voters >= t.incorrect_voters)
        & (s.incorrect_score >= t.incorrect_score)
    )


def _balance(s: NoteStats, t: Thresholds) -> Mask:
    some = (s.minority >= t.minority) & (s.minority < t.minority_enough)
    return np.asarray(some & (s.minority_ratio < t.minority_ratio))


def _says_misleading(s: NoteStats) -> Mask:
    return np.asarray(s.misleading != 0)


_START = Rule("InitialNMR", NMR, _ANY, lambda s, t: np.ones(len(s.ratings), bool), "every note begins here")
_HELPFUL = Rule(
    "GeneralCRH",
    CRH,
    _ANY,
    lambda s, t: _enough(s, t) & (s.intercept >= t.helpful) & _says_misleading(s),
    "the intercept is high enough",
)
_DIAMOND = Rule("GeneralCRNH", CRNH, _ANY, _diamond, "the intercept is low, for a note with its factor")
_NOT_MISLEADING = Rule(
    "NmCRNH",
    CRNH,
    _ANY,
    lambda s, t: (s.intercept < t.not_misleading) & (s.misleading == 0),
    'a "not misleading" note with a low intercept',
)

PRELIMINARY = (_START, _HELPFUL, _DIAMOND, _NOT_MISLEADING)
"""The rules that decide whom a rater agreed with; no pseudo-raters, no filters."""

FINAL = (
    _START,
    _HELPFUL,
    _DIAMOND,
    Rule(
        "UcbCRNH",
        CRNH,
        _ANY,
        lambda s, t: _enough(s, t) & (s.upper < t.upper_bound),
        "even one more helpful rating from an extreme rater would leave it low",
    ),
    Rule("RatioCRNH", CRNH, _ANY, _ratio, "both sides call it not helpful"),
    _NOT_MISLEADING,
    Rule(
        "GeneralCRHInertia",
        CRH,
        (NMR, CRNH, FIRM, HELP),
        lambda s, t: _enough(s, t) & (s.intercept >= t.inertia) & s.helpful_before & _says_misleading(s),
        "shown before, and hardly lower now",
    ),
    Rule(
        "TagFilter",
        FIRM,
        _NOT_REJECTED,
        lambda s, t: np.asarray(outlying_tags(s, t).any(axis=1)),
        "one complaint is far more frequent than on other helpful notes",
    ),
    Rule("FilterIncorrect", FIRM, _NOT_REJECTED, _incorrect, "raters near the note call it incorrect"),
    Rule(
        "FilterLowDiligence",
        FIRM,
        _NOT_REJECTED,
        lambda s, t: s.diligence > t.diligence,
        "careful raters find its sources wanting",
    ),
    Rule(
        "FilterLargeFactor",
        FIRM,
        (CRH,),
        lambda s, t: np.abs(s.factor) > t.factor,
        "it lies too far to one side",
    ),
    Rule(
        "RejectLowIntercept",
        FIRM,
        _NOT_REJECTED,
        lambda s, t: s.intercept < t.firm_reject,
        "the intercept is far from helpful",
    ),
    Rule(
        "MinMinorityRaters",
        HELP,
        (CRH,),
        lambda s, t: s.minority < t.minority,
        "too few of one side find it helpful",
    ),
    Rule("RaterBalance", HELP, (CRH,), _balance, "one side is hardly heard"),
    Rule(
        "NoHighVolIntercept",
        HELP,
        (CRH,),
        lambda s, t: s.no_high_volume < t.no_high_volume,
        "it needs raters of high volume to be helpful",
    ),
    Rule(
        "NoCorrelatedIntercept",
        HELP,
        (CRH,),
        lambda s, t: s.no_correlated < t.no_correlated,
        "it needs raters who rate in step to be helpful",
    ),
)
"""The rules of the final round, in order."""


def apply_rules(stats: NoteStats, rules: tuple[Rule, ...] = FINAL, thresholds: Thresholds | None = None) -> Verdict:
    """Apply rules in order.

    Args:
        stats: the notes; comparisons with NaN are false.
        rules: 31 at most, the first of which holds for all.
        thresholds: the numbers compared with; the public scorer's if None.

    Returns:
        Each note's status and the rules that acted on it.
    """
    t = Thresholds() if thresholds is None else thresholds
    count = len(stats.ratings)
    status = np.zeros(count, np.int8)
    fired = np.zeros(count, np.int32)
    for k, rule in enumerate(rules):
        acts = rule.holds(stats, t)
        if len(rule.over) < len(_ANY):
            acts = acts & np.isin(status, np.array(rule.over, np.int8))
        status[acts] = rule.status
        fired[acts] |= np.int32(1 << k)
    return Verdict(status, fired, rules)


def plain_status(intercept: float, factor: float, ratings: int, misleading: bool) -> str:
    """The readable twin of the preliminary rules, for one note."""
    if not misleading and intercept < -0.15:
        return "CURRENTLY_RATED_NOT_HELPFUL"
    if ratings >= 5 and intercept <= -0.05 - 0.8 * abs(factor):
        return "CURRENTLY_RATED_NOT_HELPFUL"
    if ratings >= 5 and intercept >= 0.40 and misleading:
        return "CURRENTLY_RATED_HELPFUL"
    return "NEEDS_MORE_RATINGS"
