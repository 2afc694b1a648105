"""Why a note has its status: each rule in order with its numbers, both sides' ratings, and what would change it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from whence.consensus.community_notes import NOT_HELPFUL_TAGS
from whence.consensus.dataset import STATUSES
from whence.consensus.frozen import solve
from whence.consensus.rules import FINAL, NAMES, NoteStats, Rule, Thresholds, apply_rules
from whence.errors import FormatError, InputError, MissingExtra

__all__ = ["Explanation", "RuleLine", "explain"]

_MOST_EXTRA = 200
_SIDES = ("negative", "positive")


@dataclass(frozen=True)
class RuleLine:
    """One rule as it met one note.

    Attributes:
        name: the rule's.
        says: what it asks, in words.
        numbers: what it looked at and compared with.
        holds: whether its condition is true of the note.
        acts: whether it also may and did set the status.
        status: the status after it.
    """

    name: str
    says: str
    numbers: str
    holds: bool
    acts: bool
    status: str


@dataclass(frozen=True)
class Explanation:
    """Everything about one note's status.

    Attributes:
        note: its id.
        status: the scorer's own; shown: what readers see; locked: whether that is locked.
        intercept, factor, high: scores and the pseudo-rater bound; NaN without.
        ratings: how many count.
        sides: (ratings, mean) of raters with negative and with positive factors.
        rules: each in order.
        changes: what would change the status.
    """

    note: str
    status: str
    shown: str
    locked: bool
    intercept: float
    factor: float
    high: float
    ratings: int
    sides: tuple[tuple[int, float], tuple[int, float]]
    rules: tuple[RuleLine, ...]
    changes: tuple[str, ...]


def explain(note: str, folder: Path) -> Explanation:
    """Explain one note of a run.

    Args:
        note: its id.
        folder: where `whence score` wrote its results.

    Returns:
        The explanation.

    Raises:
        InputError: if the folder holds no run, or the run has no such note.
    """
    try:
        import polars as pl
    except ImportError as missing:
        raise MissingExtra("polars", "consensus", "read a run's tables") from missing
    table, meta = folder / "rule_inputs.parquet", folder / "run.json"
    if not table.exists() or not meta.exists():
        raise InputError(
            f"a folder written by whence score is expected, but {folder} has no run in it: name it with --out"
        )
    try:
        run = json.loads(meta.read_text(encoding="utf-8"))
        scan = pl.scan_parquet(table)
        numeric = scan.collect_schema()["noteId"] == pl.Int64
        wanted: Any = int(note) if numeric and note.lstrip("-").isdigit() and len(note) < 20 else note
        rows = scan.filter(pl.col("noteId") == wanted).collect() if numeric == isinstance(wanted, int) else None
    except (pl.exceptions.PolarsError, json.JSONDecodeError, OverflowError) as failure:
        raise FormatError(f"{folder} holds a damaged run ({str(failure).splitlines()[0]}): score again") from None
    if rows is None or not rows.height:
        raise InputError(f"the run in {folder} has no scored note {note}: check the id (unrated notes are not scored)")
    return _explanation(note, rows.row(0, named=True), run)


def _stats(row: dict[str, Any], run: dict[str, Any], **other: Any) -> NoteStats:
    values: dict[str, Any] = {}
    for name in NoteStats.__dataclass_fields__:
        if name == "tag_threshold":
            values[name] = np.array([run["tag_threshold"][t] for t in NOT_HELPFUL_TAGS])
        elif name in ("tag_total", "tag_ratio"):
            values[name] = np.array([[_number(row[f"{name}.{t}"]) for t in NOT_HELPFUL_TAGS]])
        else:
            values[name] = np.array([_number(row[name])])
    values.update({k: np.array([v]) for k, v in other.items()})
    return NoteStats(**values)


def _number(value: Any) -> Any:
    return math.nan if value is None else value


def _explanation(note: str, row: dict[str, Any], run: dict[str, Any]) -> Explanation:
    t = Thresholds(**run["thresholds"])
    s = _stats(row, run)
    verdict = apply_rules(s, FINAL, t)
    lines = []
    status = 0
    for k, rule in enumerate(FINAL):
        holds = bool(rule.holds(s, t)[0])
        acts = bool(int(verdict.fired[0]) >> k & 1)
        status = rule.status if acts else status
        lines.append(RuleLine(rule.name, rule.says, _numbers(rule, s, t, run), holds, acts, NAMES[status]))
    sides = (
        (int(s.negative_ratings[0]), float(s.negative_mean[0])),
        (int(s.positive_ratings[0]), float(s.positive_mean[0])),
    )
    return Explanation(
        note=note,
        status=NAMES[int(verdict.status[0])],
        shown=STATUSES[int(row["shown"])],
        locked=int(row["locked"]) >= 0,
        intercept=float(s.intercept[0]),
        factor=float(s.factor[0]),
        high=float(s.upper[0]),
        ratings=int(s.ratings[0]),
        sides=sides,
        rules=tuple(lines),
        changes=tuple(_changes(row, run, s, t, int(verdict.status[0]), lines)),
    )


def _f(value: float) -> str:
    return "none" if math.isnan(value) else f"{value:+.3f}"


def _numbers(rule: Rule, s: NoteStats, t: Thresholds, run: dict[str, Any]) -> str:
    b, f = float(s.intercept[0]), float(s.factor[0])
    few = f"{int(s.ratings[0])} ratings (needs {t.ratings})"
    before = "shown before" if s.helpful_before[0] else "not shown before"
    kind = {1: "says misleading", 0: "says not misleading"}.get(int(s.misleading[0]), "deleted")
    tags = [
        f"{tag} {s.tag_total[0, k]:.1f} (above {t.tag_total}), ratio {s.tag_ratio[0, k]:.3f} "
        f"(above {run['tag_threshold'][tag]:.3f})"
        for k, tag in enumerate(NOT_HELPFUL_TAGS)
        if s.tag_total[0, k] > t.tag_total and s.tag_ratio[0, k] > run["tag_threshold"][tag]
    ]
    return {
        "InitialNMR": "",
        "GeneralCRH": f"intercept {_f(b)} (at least {t.helpful:+.2f}), {few}, {kind}",
        "GeneralCRNH": f"intercept {_f(b)} (at most {_f(t.not_helpful + t.not_helpful_slope * abs(f))}), {few}",
        "UcbCRNH": f"upper bound {_f(float(s.upper[0]))} (below {t.upper_bound:+.2f}), {few}",
        "RatioCRNH": f"sides' means {s.negative_mean[0]:.2f} and {s.positive_mean[0]:.2f} (at most {t.side_mean}, "
        f"together {t.sides_average}), {int(s.negative_ratings[0])} and {int(s.positive_ratings[0])} ratings "
        f"(needs {t.side_ratings} each)",
        "NmCRNH": f"intercept {_f(b)} (below {t.not_misleading:+.2f}), {kind}",
        "GeneralCRHInertia": f"intercept {_f(b)} (at least {t.inertia:+.2f}), {before}",
        "TagFilter": "; ".join(tags) or "no tag is an outlier",
        "FilterIncorrect": f"{_count(s.incorrect_tags[0])} incorrect tags (needs {t.incorrect_tags}) of "
        f"{_count(s.incorrect_voters[0])} voters nearby (needs {t.incorrect_voters}), score {s.incorrect_score[0]:.2f} "
        f"(at least {t.incorrect_score})",
        "FilterLowDiligence": f"low-diligence intercept {_f(float(s.diligence[0]))} (above {t.diligence:+.3f})",
        "FilterLargeFactor": f"factor {_f(f)} (beyond {t.factor:+.2f} either way)",
        "RejectLowIntercept": f"intercept {_f(b)} (below {t.firm_reject:+.2f})",
        "MinMinorityRaters": f"{int(s.minority[0])} net helpful ratings of the weaker side (needs {t.minority})",
        "RaterBalance": f"{int(s.minority[0])} net helpful, {s.minority_ratio[0]:.1%} of all "
        f"(needs {t.minority_ratio:.0%} "
        f"below {t.minority_enough})",
        "NoHighVolIntercept": f"intercept without raters of high volume {_f(float(s.no_high_volume[0]))} "
        f"(below {t.no_high_volume:+.2f})",
        "NoCorrelatedIntercept": f"intercept without correlated raters {_f(float(s.no_correlated[0]))} "
        f"(below {t.no_correlated:+.2f})",
    }[rule.name]


def _count(value: float) -> str:
    return "no" if math.isnan(value) else f"{int(value)}"


def _changes(
    row: dict[str, Any], run: dict[str, Any], s: NoteStats, t: Thresholds, status: int, lines: list[RuleLine]
) -> list[str]:
    """How many more ratings by typical raters of either side, or of both, would carry the scores over a line.

    Raters and mu stay as they are, as in the final round; other rules may still act.
    """

    def not_helpful(b: float, f: float) -> bool:
        return b <= t.not_helpful + t.not_helpful_slope * abs(f)

    if math.isnan(float(s.intercept[0])):
        return [f"it needs {t.ratings} ratings by raters whom the scorer hears"]
    out = []
    at_rest = not_helpful(float(s.intercept[0]), float(s.factor[0]))
    if status != 1 and s.misleading[0] != 0:
        effect = f"would lift its intercept to {t.helpful}"
        out += _steps(row, run, 1.0, lambda b, _: b >= t.helpful, effect)
        # A low intercept alone is mended by the ratings above; other objections are not.
        objections = [r.name for r in lines if r.acts and r.status in NAMES[3:] and r.name != "RejectLowIntercept"]
        if objections:
            high = "its intercept is high enough, but " if s.intercept[0] >= t.helpful else ""
            out.append(f"{high}{' and '.join(objections)} would have to fall silent")
    if status == 0 and s.ratings[0] >= t.ratings and not at_rest:
        out += _steps(row, run, 0.0, not_helpful, "would make its scores those of a note rated not helpful")
    if status == 2 and at_rest:
        effect = "would lift its scores out of what makes a note not helpful"
        out += _steps(row, run, 1.0, lambda b, f: not not_helpful(b, f), effect)
    if status == 1:
        out += _steps(row, run, 0.0, lambda b, _: b < t.inertia, f"would lower its intercept below {t.inertia}")
    return out or [
        f"no {_MOST_EXTRA} ratings of one kind from either side, or from each, would change its scores enough"
    ]


def _steps(
    row: dict[str, Any], run: dict[str, Any], rating: float, done: Callable[[float, float], bool], effect: str
) -> list[str]:
    """What it takes from one side, from the other, and from each of both."""
    kind = "helpful" if rating > 0.5 else "not-helpful"
    sides = {"the negative side": ("negative",), "the positive side": ("positive",), "each side": _SIDES}
    needs = {whose: _ratings_until(row, run, which, rating, done) for whose, which in sides.items()}
    return [f"{n} more {kind} ratings by typical raters of {whose} {effect}" for whose, n in needs.items() if n]


def _ratings_until(
    row: dict[str, Any], run: dict[str, Any], sides: tuple[str, ...], rating: float,
    done: Callable[[float, float], bool],
) -> int:  # fmt: skip
    """How many such ratings from each of the sides it takes; 0 if it is so already, or no number will do."""
    sums = np.array([[row[f"sum.{n}"] for n in ("n", "f", "ff", "w", "wf", "ww")]])
    one_more = np.zeros(6)
    for side in sides:
        f = run["sides"][side]["factor"]
        w = rating - run["mu"] - run["sides"][side]["intercept"]
        one_more += np.array([1.0, f, f * f, w, w * f, w * w])
    ridge = [run["penalties"][k] * run["ratings_a_note"] for k in ("intercept", "factor")]
    for extra in range(_MOST_EXTRA + 1):
        intercept, factor = solve(sums + extra * one_more, *ridge)[0]
        if done(float(intercept), float(factor)):
            return extra
    return 0
