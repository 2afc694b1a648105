"""Small communities: tens of raters, for whom the published thresholds say nothing yet.

The score of a note is what a rater of average leniency midway between the sides would give it: about between 0 and 1.
Three things stand between a score and a status: whether the community is divided at all (a permutation test), whether
both sides have spoken, and whether the score's interval keeps clear of one half (raters resampled, and one extreme
rating more). Where any fails, the note needs more ratings, and the result says which.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whence.consensus.dataset import Dataset
from whence.consensus.factorise import Fit, factorise
from whence.consensus.frozen import bounds, note_sums
from whence.consensus.matrix import Matrix, matrix, transpose
from whence.consensus.objective import Parameters, Penalties
from whence.consensus.sides import Sides, sides
from whence.consensus.starts import nucleus_fit
from whence.errors import RangeError

__all__ = ["REASONS", "SmallScores", "resample", "score_small", "small_status"]

REASONS = (
    "clear of one half, on both sides",
    "fewer than 5 ratings",
    "one side has hardly spoken",
    "the sides differ",
    "its interval spans one half",
    "one more rating could turn it",
)
"""Why a note has its status, by code."""

_FEWEST = 5
_A_SIDE = 3
_HALF = 0.5
_NO_FACTOR = 1e12


@dataclass(frozen=True)
class SmallScores:
    """A small community's scores; one place a note, NaN where there is no rating.

    Attributes:
        data: what was scored.
        fit: the factorisation; without factors where there is no divide.
        matrix: the ratings it saw.
        divided: whether the community is divided; p: the permutation test's p-value.
        score: float64 (notes): mu + mean b_u + b_n + f_n times the middle of the sides' mean factors.
        factor: float64 (notes): 0 without a divide.
        low, high: float64 (notes): the bootstrap's interval.
        least, greatest: float64 (notes): the pseudo-rater bounds.
        side: what either side says.
        status: int8 (notes): 0 needs more ratings, 1 helpful, 2 not helpful.
        reason: int8 (notes): places in `REASONS`.
        rater_intercept, rater_factor: float64 (raters).
        level: of the interval; resamples: how many.
    """

    data: Dataset
    fit: Fit
    matrix: Matrix
    divided: bool
    p: float
    score: NDArray[np.float64]
    factor: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    least: NDArray[np.float64]
    greatest: NDArray[np.float64]
    side: Sides
    status: NDArray[np.int8]
    reason: NDArray[np.int8]
    rater_intercept: NDArray[np.float64]
    rater_factor: NDArray[np.float64]
    level: float
    resamples: int


def resample(data: Matrix, drawn: NDArray[np.int64]) -> Matrix:
    """A matrix of raters drawn with repetition, each draw a rater of its own; all notes stay.

    Args:
        data: the ratings.
        drawn: int64: raters' places.
    """
    sizes = np.diff(data.rater_start)[drawn]
    rater_start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    at = np.arange(rater_start[-1]) - np.repeat(rater_start[:-1] - data.rater_start[drawn], sizes)
    notes_of, code = data.notes_of[at], data.rater_code[at]
    note_start = np.concatenate([[0], np.cumsum(np.bincount(notes_of, minlength=data.notes))]).astype(np.int64)
    raters_of, note_code = np.empty(len(code), np.int32), np.empty(len(code), data.note_code.dtype)
    transpose(rater_start, notes_of, code, note_start[:-1].copy(), raters_of, note_code)
    return Matrix(
        data.note, data.rater[drawn], data.values, note_start, raters_of, note_code, rater_start, notes_of, code
    )


def _divide(data: Matrix, whole: Fit, flat: Fit, draws: int, random: np.random.Generator) -> float:
    """The p-value of a divide: how often ratings shuffled within their notes gain as much from factors.

    What is shuffled are residuals of the fit without factors, so that lenient raters and good notes stay what they are.
    """
    if flat.loss - whole.loss <= 1e-9:
        return 1.0
    # As the shuffled ones are fitted, so that a shuffle which changes nothing gains exactly as much.
    gain = _gain(data)
    note = np.repeat(np.arange(data.notes), np.diff(data.note_start))
    p = flat.parameters
    base = p.mu + p.note[note, 0] + p.rater[data.raters_of, 0]
    residual = data.values[data.note_code] - base
    above = 0
    for _ in range(draws):
        shuffled = residual[np.lexsort([random.random(len(note)), note])]
        # 1,001 levels hold any residual to half a thousandth of the rating scale.
        y = base + shuffled
        grid = np.linspace(y.min(), y.max() + 1e-12, 1001)
        code = np.rint((y - grid[0]) / (grid[1] - grid[0])).astype(np.uint16)
        rater_code = np.empty(len(code), np.uint16)
        notes_of = np.empty(len(code), np.int32)
        transpose(data.note_start, data.raters_of, code, data.rater_start[:-1].copy(), notes_of, rater_code)
        fake = Matrix(
            data.note, data.rater, grid, data.note_start, data.raters_of, code, data.rater_start, notes_of, rater_code
        )
        above += _gain(fake) >= gain * (1 - 1e-3) - 1e-9
    return (above + 1) / (draws + 1)


def _gain(data: Matrix) -> float:
    """How much a factor lessens the loss."""
    flat = factorise(data, Penalties(factor=_NO_FACTOR), tolerance=1e-4)
    return flat.loss - factorise(data, tolerance=1e-4).loss


def _middle(p: Parameters) -> NDArray[np.float64]:
    """What a rater of average leniency midway between the sides would give each note: float64 (notes)."""
    f = p.rater[:, 1]
    ends = [float(f[side].mean()) if side.any() else 0.0 for side in (f < 0, f > 0)]
    return np.asarray(p.mu + float(p.rater[:, 0].mean()) + p.note[:, 0] + sum(ends) / 2 * p.note[:, 1])


def score_small(
    data: Dataset,
    *,
    seed: int = 1,
    resamples: int = 200,
    level: float = 0.9,
    permutations: int = 39,
    significance: float = 0.025,
) -> SmallScores:
    """Score a small community.

    Args:
        data: from `whence.consensus.reading.read`; nothing is filtered.
        seed: of the resampling and the test.
        resamples: bootstrap draws of all raters; 2 or more.
        level: of the interval, in (0, 1).
        permutations: of the test for a divide.
        significance: at which a divide counts.

    Returns:
        Scores, intervals, statuses and reasons; the same for the same input and seed.

    Raises:
        RangeError: if an argument lies outside its range.
    """
    if resamples < 2 or not 0 < level < 1 or permutations < 1:
        raise RangeError(
            f"resamples are 2 or more, level lies in (0, 1), permutations are 1 or more, but {resamples}, {level}, "
            f"{permutations} were given"
        )
    random = np.random.default_rng(seed)
    m, u = len(data.notes), len(data.raters)
    whole = matrix(data.ratings, u)
    flat = factorise(whole, Penalties(factor=_NO_FACTOR))
    bent = nucleus_fit(whole)
    p = _divide(whole, bent, flat, permutations, random)
    divided = p <= significance
    fit, penalties = (bent, Penalties()) if divided else (flat, Penalties(factor=_NO_FACTOR))

    score, factor = np.full(m, np.nan), np.full(m, np.nan)
    score[whole.note] = _middle(fit.parameters)
    factor[whole.note] = fit.parameters.note[:, 1] if divided else 0.0
    draws = np.full((resamples, whole.notes), np.nan)
    for k in range(resamples):
        drawn = np.sort(random.integers(0, whole.raters, whole.raters))
        fake = resample(whole, drawn)
        start = Parameters(fit.parameters.mu, fit.parameters.rater[drawn], fit.parameters.note)
        again = factorise(fake, penalties, start=start, tolerance=1e-4).parameters
        heard = np.diff(fake.note_start) > 0
        draws[k, heard] = _middle(again)[heard]
    low, high = np.full(m, np.nan), np.full(m, np.nan)
    tail = (1 - level) / 2
    some = ~np.isnan(draws).all(axis=0)
    low[whole.note[some]], high[whole.note[some]] = np.nanquantile(draws[:, some], [tail, 1 - tail], axis=0)

    parameters = np.zeros((u, 2))
    parameters[whole.rater] = fit.parameters.rater
    if not divided:
        parameters[:, 1] = 0.0
    sums = note_sums(data.ratings, np.ones(len(data.ratings), bool), fit.parameters.mu, parameters)
    up = bounds(sums, fit.parameters.mu, fit.parameters.rater, penalties, 1.0)
    down = bounds(sums, fit.parameters.mu, fit.parameters.rater, penalties, 0.0)
    shift = np.full(m, np.nan)
    shift[whole.note] = _middle(fit.parameters) - fit.parameters.note[:, 0]
    least, greatest = shift + down.least, shift + up.greatest

    rater_intercept, rater_factor = np.full((2, u), np.nan)
    rater_intercept[whole.rater], rater_factor[whole.rater] = parameters[whole.rater].T
    side = sides(data.ratings, rater_factor)
    status, reason = small_status(np.diff(data.ratings.start), divided, side, low, high, least, greatest)
    return SmallScores(
        data, fit, whole, divided, p, score, factor, low, high, least, greatest, side, status, reason,
        rater_intercept, rater_factor, level, resamples,
    )  # fmt: skip


def small_status(
    ratings: NDArray[np.int64],
    divided: bool,
    side: Sides,
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    least: NDArray[np.float64],
    greatest: NDArray[np.float64],
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Statuses and reasons.

    Args:
        ratings: int64 (notes).
        divided: whether sides matter.
        side: what either side says.
        low, high: float64 (notes): the bootstrap's interval.
        least, greatest: float64 (notes): the pseudo-rater bounds.

    Returns:
        int8 (notes) each: status (0 needs more ratings, 1 helpful, 2 not helpful) and place in `REASONS`.
    """
    status = np.zeros(len(ratings), np.int8)
    reason = np.full(len(ratings), 4, np.int8)
    up, down = low >= _HALF, high < _HALF
    firm_up, firm_down = up & (least >= _HALF), down & (greatest < _HALF)
    status[firm_up] = 1
    status[firm_down] = 2
    reason[(up & ~firm_up) | (down & ~firm_down)] = 5
    reason[firm_up | firm_down] = 0
    if divided:
        means = side.means
        with np.errstate(invalid="ignore"):
            against = (firm_up & (means.min(axis=1) < _HALF)) | (firm_down & (means.max(axis=1) > _HALF))
        status[against], reason[against] = 0, 3
        silent = side.ratings.min(axis=1) < _A_SIDE
        status[silent], reason[silent] = 0, 2
    few = ratings < _FEWEST
    status[few], reason[few] = 0, 1
    return status, reason
