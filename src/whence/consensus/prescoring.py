"""The first round: fit, preliminary status, who is heard, fit again, careful raters, usual complaints.

Source: ../shared/CONSENSUS.md, "Prescoring".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from whence.consensus.adam import Descent, descend
from whence.consensus.community_notes import STABLE_GROUP
from whence.consensus.counting import keep_raters
from whence.consensus.dataset import Dataset
from whence.consensus.diligence import Diligence, faults_of, fit_prescoring, levels_and_faults
from whence.consensus.factorise import Fit, factorise
from whence.consensus.filters import enough, stable_subset
from whence.consensus.harassment import harassment_matrix
from whence.consensus.matrix import Matrix, matrix
from whence.consensus.notestats import blank_stats
from whence.consensus.objective import Parameters, Penalties, gradient, loss
from whence.consensus.replay import seeded_start
from whence.consensus.report import Report
from whence.consensus.reputation import Reputation, reputation
from whence.consensus.rules import CRH, PRELIMINARY, Verdict, apply_rules
from whence.consensus.starts import nucleus_fit
from whence.consensus.tags import incorrect_habits, tag_thresholds, tag_weights
from whence.errors import InputError

__all__ = ["FitSummary", "Prescoring", "Settings", "prescore"]

Stage = Callable[[str], None]

_START_TOLERANCE, _START_SWEEPS = 1e-5, 60


@dataclass(frozen=True)
class Settings:
    """How a run is made.

    Attributes:
        mode: "optimum" solves each helpfulness fit exactly; "replay" follows the public scorer's optimiser in float32.
        seed: of the run that is replayed.
        penalties: weights of the factorisation.
        tolerance: largest move of a parameter at which an exact fit ends.
        harassment_steps: how many steps the harassment model may take; its own rule ends it long before.
    """

    mode: Literal["optimum", "replay"] = "optimum"
    seed: int = 1
    penalties: Penalties = field(default_factory=Penalties)
    tolerance: float = 1e-7
    harassment_steps: int = 5000

    def __post_init__(self) -> None:
        if self.mode not in ("optimum", "replay"):
            raise InputError(f"mode is optimum or replay, but {self.mode!r} was given")


@dataclass(frozen=True)
class FitSummary:
    """One fit in numbers: size, objective and how near its optimum it is.

    Attributes:
        name: which.
        ratings, notes, raters: its size.
        loss, error: the objective and its mean squared error (or cross-entropy).
        gradient_norm: scaled norm of the gradient at the end; NaN where it is not at an optimum by design.
        steps: sweeps or epochs.
    """

    name: str
    ratings: int
    notes: int
    raters: int
    loss: float
    error: float
    gradient_norm: float
    steps: int


@dataclass(frozen=True)
class Prescoring:
    """What the first round hands on; arrays over all notes or raters, NaN where a fit did not see one.

    Attributes:
        training: bool (ratings): those of the first fit.
        first_note, first_rater: float64 (.., 2): intercept and factor of the first fit.
        status: preliminary status and rules.
        reputation: raters' records.
        harassment: float64 (notes): intercepts of the harassment model.
        mu: global intercept of the second fit; note, rater: its parameters.
        ratings_a_note: of the second fit.
        diligence: the low-diligence fit, over the second fit's notes and raters.
        diligence_note, diligence_rater: int64: each note's and rater's place in it, or -1.
        tag_threshold: float64 (13).
        habits: float64 (raters): how often a rater who tags at all tags "incorrect".
        fits: the fits in numbers.
    """

    training: NDArray[np.bool_]
    first_note: NDArray[np.float64]
    first_rater: NDArray[np.float64]
    status: Verdict
    reputation: Reputation
    harassment: NDArray[np.float64]
    mu: float
    note: NDArray[np.float64]
    rater: NDArray[np.float64]
    ratings_a_note: float
    diligence: Diligence
    diligence_note: NDArray[np.int64]
    diligence_rater: NDArray[np.int64]
    tag_threshold: NDArray[np.float64]
    habits: NDArray[np.float64]
    fits: list[FitSummary]


def spread(place: NDArray[np.int32], values: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """A matrix's parameters over all notes or raters, NaN elsewhere."""
    out = np.full((count, *values.shape[1:]), np.nan)
    out[place] = values
    return out


def places(place: NDArray[np.int32], count: int) -> NDArray[np.int64]:
    """Each note's or rater's place in a matrix, -1 if it is not in it."""
    out = np.full(count, -1, np.int64)
    out[place] = np.arange(len(place))
    return out


def _known(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.nan_to_num(values, nan=0.0)


def summarise(name: str, data: Matrix, fit: Fit | Descent, penalties: Penalties) -> FitSummary:
    """A fit in numbers; the gradient of a replayed one is computed for the purpose."""
    if isinstance(fit, Fit):
        value, error, norm, steps = fit.loss, fit.error, fit.gradient_norm, fit.sweeps
    else:
        value, error = loss(data, fit.parameters, penalties)
        g = gradient(data, fit.parameters, penalties)
        norm = float(np.sqrt(data.raters * (g.rater**2).sum() + data.notes * (g.note**2).sum() + g.mu**2))
        steps = fit.epochs
    return FitSummary(name, len(data), data.notes, data.raters, value, error, norm, steps)


def prescore(data: Dataset, settings: Settings, report: Report, stage: Stage) -> Prescoring:
    """Run the first round.

    Args:
        data: what was read.
        settings: how.
        report: where remarks go.
        stage: told the name of each stage as it begins.

    Returns:
        What the final round needs.

    Raises:
        InputError: if too few ratings are left to fit anything.
    """
    ratings, notes, raters = data.ratings, data.notes, data.raters
    m, u = len(notes), len(raters)
    fits: list[FitSummary] = []

    stage("first fit")
    training = enough(ratings, u)
    if not training.any():
        raise InputError(
            "no note has 5 ratings by raters with 10: the published thresholds say nothing of so small a "
            "community; score it with --small"
        )
    whole = matrix(ratings, u, training, busiest_notes_first=True)
    first = _first_fit(data, training, whole, settings, report, fits)
    first_note = spread(whole.note, first.note, m)
    first_rater = spread(whole.rater, first.rater, u)
    del whole

    stage("rater helpfulness")
    stats = blank_stats(
        m,
        ratings=np.diff(ratings.start),
        misleading=notes.misleading,
        intercept=first_note[:, 0],
        factor=first_note[:, 1],
    )
    status = apply_rules(stats, PRELIMINARY)
    before = reputation(ratings, notes, u, status.status, first_note[:, 0])

    stage("harassment model")
    harassment = np.full(m, np.nan)
    tagged = harassment_matrix(ratings, u, training, before.helpful)
    positives = int(np.count_nonzero(tagged.note_code))
    if 0 < positives < len(tagged):
        # This model has many minima, and which one counts is settled by the path: see decision 0021.
        begin = Parameters(
            0.0,
            np.column_stack([np.zeros(tagged.raters), 2 * _known(first_rater[tagged.rater, 1])]),
            np.column_stack([np.zeros(tagged.notes), 2 * _known(first_note[tagged.note, 1])]),
        )
        replay = settings.mode == "replay"
        precision = np.float32 if replay else np.float64
        weight = (len(tagged) - positives) / positives
        path = descend(
            tagged, begin, rate=2.0, penalties=settings.penalties, positive=weight, precision=precision,
            patient=not replay, most=settings.harassment_steps,
        )  # fmt: skip
        harassment[tagged.note] = path.parameters.note[:, 0]
        fits.append(
            FitSummary(
                "harassment", len(tagged), tagged.notes, tagged.raters, path.loss, path.error, np.nan, path.epochs
            )
        )
    else:
        report.remark("too few harassment tags: nobody is penalised for them")
    del tagged
    record = reputation(ratings, notes, u, status.status, first_note[:, 0], training=training, harassment=harassment)

    stage("second fit")
    heard = keep_raters(ratings, record.helpful, training.copy())
    if not heard.any():
        raise InputError(
            "no rater agreed with two thirds of what notes became: there is nobody to hear in the second round"
        )
    second = levels_and_faults(ratings, u, heard)
    begin = Parameters(0.0, _known(first_rater[second.rater]), _known(first_note[second.note]))
    fit: Fit | Descent
    if settings.mode == "replay":
        fit = descend(second, begin, rate=0.2, penalties=settings.penalties, precision=np.float32)
    else:
        fit = factorise(second, settings.penalties, start=begin, tolerance=settings.tolerance)
    fits.append(summarise("second fit", second, fit, settings.penalties))
    parameters = fit.parameters.flipped()
    note = spread(second.note, parameters.note, m)
    rater = spread(second.rater, parameters.rater, u)

    stage("diligence model")
    faults = faults_of(second)
    diligence = fit_prescoring(faults, parameters.rater[:, 1])
    fits.append(
        FitSummary(
            "diligence",
            len(faults),
            faults.notes,
            faults.raters,
            float(diligence.loss[2]),
            float(diligence.loss[1]),
            np.nan,
            diligence.steps,
        )
    )
    del faults

    stage("tag thresholds")
    weights = tag_weights(ratings, note[:, 1], rater[:, 1])
    threshold = tag_thresholds(weights, (status.status == CRH) & ~np.isnan(note[:, 0]))
    return Prescoring(
        training=training,
        first_note=first_note,
        first_rater=first_rater,
        status=status,
        reputation=record,
        harassment=harassment,
        mu=parameters.mu,
        note=note,
        rater=rater,
        ratings_a_note=len(second) / second.notes,
        diligence=diligence,
        diligence_note=places(second.note, m),
        diligence_rater=places(second.rater, u),
        tag_threshold=threshold,
        habits=incorrect_habits(ratings, u),
        fits=fits,
    )


def _first_fit(
    data: Dataset,
    training: NDArray[np.bool_],
    whole: Matrix,
    settings: Settings,
    report: Report,
    fits: list[FitSummary],
) -> Parameters:
    """The first fit, begun from the group whose ratings keep the sign of viewpoints from run to run."""
    u = len(data.raters)
    own = stable_subset(data.ratings, training, data.raters.group, STABLE_GROUP)
    fit: Fit | Descent
    if not own.any():
        if settings.mode == "replay":
            raise InputError(f"a run is replayed from group {STABLE_GROUP}, but it has no ratings of its own here")
        report.remark(f"no notes rated mostly by group {STABLE_GROUP}: the first fit starts from the strongest divide")
        fit = nucleus_fit(whole, settings.penalties, tolerance=settings.tolerance)
        fits.append(summarise("first fit", whole, fit, settings.penalties))
        return fit.parameters
    stable = matrix(data.ratings, u, own)
    if settings.mode == "replay":
        begin = seeded_start(stable, data.ratings, data.raters, own, settings.seed)
        fit = descend(stable, begin, rate=1.0, penalties=settings.penalties, precision=np.float32)
    else:
        # A start need not be exact: it settles which minimum the next fit goes to the bottom of.
        fit = factorise(stable, settings.penalties, tolerance=_START_TOLERANCE, most_sweeps=_START_SWEEPS)
    fits.append(summarise("stable start", stable, fit, settings.penalties))
    inner = fit.parameters.flipped()
    rater, note = np.zeros((whole.raters, 2)), np.zeros((whole.notes, 2))
    rater[places(whole.rater, u)[stable.rater]] = inner.rater
    note[places(whole.note, len(data.notes))[stable.note]] = inner.note
    begin = Parameters(inner.mu, rater, note)
    if settings.mode == "replay":
        fit = descend(whole, begin, rate=0.2, penalties=settings.penalties, precision=np.float32)
    else:
        fit = factorise(whole, settings.penalties, start=begin, tolerance=settings.tolerance)
    fits.append(summarise("first fit", whole, fit, settings.penalties))
    return fit.parameters.flipped()
