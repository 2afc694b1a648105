"""The final round: notes anew with raters frozen, four ways; bounds, complaints, sides; and the rules.

Source: ../shared/CONSENSUS.md, "Final" and "Rules in order".
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from whence.consensus.counting import keep_raters, note_counts, rater_counts
from whence.consensus.dataset import POPULATION, Dataset
from whence.consensus.diligence import diligence_matrix, fit_final
from whence.consensus.filters import enough
from whence.consensus.frozen import Bounds, NoteSums, bounds, note_sums, solve
from whence.consensus.notestats import blank_stats
from whence.consensus.objective import Penalties
from whence.consensus.prescoring import FitSummary, Prescoring, Settings, Stage
from whence.consensus.replay import descend_frozen
from whence.consensus.rules import FINAL, NoteStats, Thresholds, Verdict, apply_rules, outlying_tags
from whence.consensus.sides import sides
from whence.consensus.tags import incorrect, tag_weights

__all__ = ["Final", "finish"]

_POPULATION_RATINGS_A_NOTE = 10.0
_IN_GROUP = 0.5


@dataclass(frozen=True)
class Final:
    """What the final round found; one place a note.

    Attributes:
        stats: everything that the rules read.
        verdict: statuses and rules.
        least, population: float64: the least intercept of the refits, and that of population-sampled ratings alone.
        tags: bool (notes, 13): tags that are outliers, where that rule acted.
        final_ratings: int64: ratings by raters who are judged or have parameters.
        scored: bool: notes rated at least half by the groups that the core scorer hears; others are not put out.
        rater: float64 (raters, 2): parameters of those in the final fit.
        used: bool (ratings): those in the final fit.
        sums: the final fit's sums, for explaining.
        fit: the final fit in numbers.
    """

    stats: NoteStats
    verdict: Verdict
    least: NDArray[np.float64]
    population: NDArray[np.float64]
    tags: NDArray[np.bool_]
    final_ratings: NDArray[np.int64]
    scored: NDArray[np.bool_]
    rater: NDArray[np.float64]
    used: NDArray[np.bool_]
    sums: NoteSums
    fit: FitSummary


class _Runs:
    """The frozen fit on one subset of ratings after another."""

    def __init__(self, data: Dataset, before: Prescoring, settings: Settings) -> None:
        self.data = data
        self.before = before
        self.settings = settings
        self.heard = before.reputation.helpful & ~np.isnan(before.rater[:, 0])
        self.parameters = np.nan_to_num(before.rater, nan=0.0)

    def ratings(self, keep: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
        """Notes with 5 ratings or more of the subset, then helpful raters' ratings only."""
        left = enough(self.data.ratings, len(self.data.raters), keep=keep, a_rater=0)
        return keep_raters(self.data.ratings, self.heard, left)

    def fit(
        self, used: NDArray[np.bool_], ratings_a_note: float | None = None
    ) -> tuple[NoteSums, NDArray[np.float64], Penalties]:
        """The sums and each note's intercept and factor (NaN where there is no rating)."""
        sums = note_sums(self.data.ratings, used, self.before.mu, self.parameters)
        a_note = self.before.ratings_a_note if ratings_a_note is None else ratings_a_note
        penalties = replace(self.settings.penalties, ratings_a_note=a_note)
        if self.settings.mode == "replay":
            out = np.full((len(sums), 2), np.nan)
            there = sums[:, 0] > 0
            if there.any():
                start = np.nan_to_num(self.before.note[there], nan=0.0)
                out[there] = descend_frozen(sums[there], start, self.fixed(self.in_fit(used)), penalties)
            return sums, out, penalties
        return sums, solve(sums, penalties.intercept * a_note, penalties.factor * a_note), penalties

    def fixed(self, within: NDArray[np.bool_]) -> float:
        """The objective's part that mu and the frozen raters in a fit make up."""
        of = self.parameters[within]
        p = self.settings.penalties
        return float(((of**2).mean(axis=0) * np.array([p.intercept, p.factor])).sum()) + p.intercept * self.before.mu**2

    def in_fit(self, used: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Raters with ratings in a fit: bool (raters)."""
        return np.asarray(rater_counts(self.data.ratings, used, len(self.data.raters)) > 0)

    def bounds(self, within: NDArray[np.bool_], sums: NoteSums, note: NDArray[np.float64]) -> Bounds:
        """The pseudo-rater bounds; `within` says which raters are in the fit."""
        of = self.parameters[within]
        if self.settings.mode == "optimum":
            return bounds(sums, self.before.mu, of, self.settings.penalties)
        fixed = self.fixed(within)

        def refit(more: NoteSums, fitted: NDArray[np.bool_]) -> NDArray[np.float64]:
            return descend_frozen(more, note[fitted], fixed, self.settings.penalties)[:, 0]

        return bounds(sums, self.before.mu, of, self.settings.penalties, refit=refit)


def finish(
    data: Dataset, before: Prescoring, settings: Settings, stage: Stage, thresholds: Thresholds | None = None
) -> Final:
    """Run the final round.

    Args:
        data: what was read.
        before: the first round.
        settings: how.
        stage: told the name of each stage as it begins.
        thresholds: the numbers that rules compare with; the public scorer's if None.

    Returns:
        Every note's scores, status and the rules that acted on it.
    """
    ratings, notes, raters = data.ratings, data.notes, data.raters
    runs = _Runs(data, before, settings)

    stage("final fits")
    used = runs.ratings(None)
    sums, note, penalties = runs.fit(used)

    def without(some: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Intercepts where some raters are not heard."""
        if not some.any():
            return note[:, 0]
        return runs.fit(runs.ratings(keep_raters(ratings, ~some, np.ones(len(ratings), bool))))[1][:, 0]

    quiet, single = without(raters.high_volume), without(raters.correlated)
    asked = (ratings.bits & np.uint32(POPULATION)) != 0
    population = np.full(len(notes), np.nan)
    if asked.any():
        population = runs.fit(runs.ratings(asked), _POPULATION_RATINGS_A_NOTE)[1][:, 0]
    within = runs.in_fit(used)
    bound = runs.bounds(within, sums, note)
    fit = _summary(sums, note, penalties, runs.fixed(within), int(within.sum()))

    stage("tags and sides")
    rater = before.rater.copy()
    rater[~within] = np.nan
    weights = tag_weights(ratings, note[:, 1], rater[:, 1])
    wrong = incorrect(ratings, note[:, 1], rater[:, 1], before.habits)
    either = sides(ratings, rater[:, 1])

    stage("diligence")
    faults = diligence_matrix(ratings, len(raters), used, by_rater=False)
    careless = np.full(len(notes), np.nan)
    careless[faults.note] = fit_final(
        faults,
        before.diligence,
        before.diligence_note[faults.note],
        before.diligence_rater[faults.rater],
        before.ratings_a_note,
    )
    del faults

    stage("rules")
    heard = np.diff(ratings.start)
    stats = blank_stats(
        len(notes),
        ratings=heard,
        misleading=notes.misleading,
        helpful_before=notes.current == 1,
        intercept=note[:, 0],
        factor=note[:, 1],
        upper=bound.greatest,
        no_high_volume=quiet,
        no_correlated=single,
        negative_ratings=either.ratings[:, 0],
        positive_ratings=either.ratings[:, 1],
        negative_mean=either.means[:, 0],
        positive_mean=either.means[:, 1],
        minority=either.minority,
        minority_ratio=either.minority_ratio,
        tag_total=weights.total,
        tag_ratio=weights.ratio,
        incorrect_tags=wrong.tags,
        incorrect_voters=wrong.voters,
        incorrect_score=wrong.score,
        diligence=careless,
        tag_threshold=before.tag_threshold,
    )
    t = Thresholds() if thresholds is None else thresholds
    verdict = apply_rules(stats, FINAL, t)
    acted = (verdict.fired >> [r.name for r in FINAL].index("TagFilter")) & 1 == 1
    known = before.reputation.known | ~np.isnan(before.rater[:, 0])
    counted = keep_raters(ratings, known, np.ones(len(ratings), bool))
    return Final(
        stats=stats,
        verdict=verdict,
        least=bound.least,
        population=population,
        tags=outlying_tags(stats, t) & acted[:, None],
        final_ratings=note_counts(ratings, counted),
        scored=(notes.rated > 0) & (heard >= _IN_GROUP * notes.rated),
        rater=rater,
        used=used,
        sums=sums,
        fit=fit,
    )


def _summary(sums: NoteSums, note: NDArray[np.float64], penalties: Penalties, fixed: float, raters: int) -> FitSummary:
    there = sums[:, 0] > 0
    n, sf, sff, sw, swf, sww = sums[there].T
    b, f = note[there].T
    total = float(n.sum())
    error = float((sww - 2 * b * sw - 2 * f * swf + n * b * b + 2 * b * f * sf + f * f * sff).sum()) / total
    ridge = np.array([penalties.intercept, penalties.factor]) * (penalties.ratings_a_note or 1.0) / total
    gradient = np.stack([n * b + sf * f - sw, sf * b + sff * f - swf], axis=1) * (2 / total) + 2 * ridge * note[there]
    norm = float(np.sqrt(there.sum() * (gradient**2).sum()))
    value = error + fixed + float(((note[there] ** 2).sum(axis=0) * ridge).sum())
    return FitSummary("final fit", int(total), int(there.sum()), raters, value, error, norm, 1)
