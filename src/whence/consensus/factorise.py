"""The fit at its optimum: closed-form solves of one side at a time, quickened by Anderson's extrapolation.

Given the raters, each note's intercept and factor solve a 2 x 2 ridge regression, and the other way round; mu follows
in closed form. This alternation lowers the objective at every step. No random numbers, no learning rate: same input,
same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import AHEAD, kernel, parallel_kernel, prange, prefetch
from whence.consensus.anderson import fixed_point
from whence.consensus.matrix import Matrix, cuts_of
from whence.consensus.objective import Parameters, Penalties, weighted_squares

__all__ = ["Fit", "factorise", "plain_solve_side", "solve_side", "spectral_start"]

_FEW = 100_000


@dataclass(frozen=True)
class Fit:
    """A factorisation and how it was reached.

    Attributes:
        parameters: the parameters.
        loss: the objective, at the last sweep's rater side.
        error: its mean squared error.
        gradient_norm: the Euclidean norm of the objective's gradient, each entity's part times the number of
            entities of its kind, divided by the root of their number: free of the data's size.
        sweeps: how many times both sides were solved.
        moved: the largest change of any parameter in the last sweep.
        trace: the objective after each sweep.
    """

    parameters: Parameters
    loss: float
    error: float
    gradient_norm: float
    sweeps: int
    moved: float
    trace: list[float] = field(default_factory=list)


@kernel
def _solve_entity(
    entity: int, start: Any, other_of: Any, code: Any, values: Any, mu: float, other: Any,
    ridge_intercept: float, ridge_factor: float, own: Any, sums: Any,
) -> None:  # fmt: skip
    n = start[entity + 1] - start[entity]
    sf = 0.0
    sff = 0.0
    sw = 0.0
    swf = 0.0
    sww = 0.0
    end = other_of.shape[0] - 1
    for k in range(start[entity], start[entity + 1]):
        prefetch(other, other_of[min(k + AHEAD, end)])
        o = other_of[k]
        f = other[o, 1]
        w = values[code[k]] - mu - other[o, 0]
        sf += f
        sff += f * f
        sw += w
        swf += w * f
        sww += w * w
    b0 = own[entity, 0]
    f0 = own[entity, 1]
    sums[entity, 2] = sw - n * b0 - f0 * sf
    sums[entity, 3] = swf - b0 * sf - f0 * sff
    a = n + ridge_intercept
    c = sff + ridge_factor
    determinant = a * c - sf * sf
    b = (c * sw - sf * swf) / determinant
    g = (a * swf - sf * sw) / determinant
    own[entity, 0] = b
    own[entity, 1] = g
    sums[entity, 0] = sw - n * b - g * sf
    sums[entity, 1] = sww - 2 * b * sw - 2 * g * swf + n * b * b + 2 * b * g * sf + g * g * sff


@kernel
def _solve_serially(
    start: Any, other_of: Any, code: Any, values: Any, mu: float, other: Any,
    ridge_intercept: float, ridge_factor: float, own: Any, sums: Any,
) -> None:  # fmt: skip
    for entity in range(start.shape[0] - 1):
        _solve_entity(entity, start, other_of, code, values, mu, other, ridge_intercept, ridge_factor, own, sums)


@parallel_kernel
def _solve_in_parallel(
    cuts: Any, start: Any, other_of: Any, code: Any, values: Any, mu: float, other: Any,
    ridge_intercept: float, ridge_factor: float, own: Any, sums: Any,
) -> None:  # fmt: skip
    for share in prange(cuts.shape[0] - 1):
        for entity in range(cuts[share], cuts[share + 1]):
            _solve_entity(entity, start, other_of, code, values, mu, other, ridge_intercept, ridge_factor, own, sums)


def solve_side(
    start: NDArray[np.int64], other_of: NDArray[np.int32], code: NDArray[Any], values: NDArray[np.float64], mu: float,
    other: NDArray[np.float64], ridge_intercept: float, ridge_factor: float, own: NDArray[np.float64],
    sums: NDArray[np.float64],
) -> None:  # fmt: skip
    """Solve every entity of one side, the other side given.

    Args:
        start: int64 (entities + 1); other_of: int32 (ratings); code: uint8 (ratings): one order of a `Matrix`.
        values: float64 (codes).
        other: float64 (others, 2): the given side.
        ridge_intercept, ridge_factor: the penalties times N over the number of entities.
        own: float64 (entities, 2), in and out: the solved side.
        sums: float64 (entities, 4), out: residuals and squared residuals at the new parameters, and the gradient's
            two data sums at the old ones.

    With w = y - mu - b_o and f = f_o over an entity's n ratings, (b, f') solves

        [ n + lb   sum f        ] [b ]   [sum w  ]
        [ sum f    sum f^2 + lf ] [f'] = [sum w f]
    """
    # Each entity's sums are its own, so that both ways give the same bytes; waking threads costs more than small fits.
    if len(other_of) < _FEW:
        _solve_serially(start, other_of, code, values, mu, other, ridge_intercept, ridge_factor, own, sums)
    else:
        cuts = cuts_of(start)
        _solve_in_parallel(cuts, start, other_of, code, values, mu, other, ridge_intercept, ridge_factor, own, sums)


def plain_solve_side(
    start: NDArray[np.int64], other_of: NDArray[np.int32], y: NDArray[np.float64], mu: float,
    other: NDArray[np.float64], ridge_intercept: float, ridge_factor: float,
) -> NDArray[np.float64]:  # fmt: skip
    """The readable twin of `solve_side`: one small linear system an entity."""
    out = np.empty((len(start) - 1, 2))
    for entity in range(len(start) - 1):
        mine = slice(start[entity], start[entity + 1])
        x = np.stack([np.ones(mine.stop - mine.start), other[other_of[mine], 1]], axis=1)
        w = y[mine] - mu - other[other_of[mine], 0]
        out[entity] = np.linalg.solve(x.T @ x + np.diag([ridge_intercept, ridge_factor]), x.T @ w)
    return out


class _Sweep:
    """One alternation over both sides as a map of the rater side and mu, with its objective."""

    def __init__(self, data: Matrix, penalties: Penalties) -> None:
        n = len(data)
        self.data = data
        self.penalties = penalties
        scale = penalties.ratings_a_note or n / data.notes
        self.note_ridge = (penalties.intercept * scale, penalties.factor * scale)
        self.rater_ridge = (penalties.intercept * n / data.raters, penalties.factor * n / data.raters)
        self.note = np.zeros((data.notes, 2))
        self.note_sums = np.empty((data.notes, 4))
        self.rater_sums = np.empty((data.raters, 4))

    def notes(self, mu: float, rater: NDArray[np.float64]) -> tuple[float, float]:
        """Solve the notes; return the objective and the mean squared error there."""
        d = self.data
        solve_side(
            d.note_start, d.raters_of, d.note_code, d.values, mu, rater, *self.note_ridge, self.note, self.note_sums
        )
        error = float(self.note_sums[:, 1].sum()) / len(d)
        side = weighted_squares(rater, *self.rater_ridge) + weighted_squares(self.note, *self.note_ridge)
        return error + side / len(d) + self.penalties.intercept * mu**2, error

    def raters(self, mu: float, rater: NDArray[np.float64], new: NDArray[np.float64]) -> float:
        """Solve the raters into `new`, given the notes; return the mu that suits them best."""
        d = self.data
        new[...] = rater
        solve_side(
            d.rater_start, d.notes_of, d.rater_code, d.values, mu, self.note, *self.rater_ridge, new, self.rater_sums
        )
        left = float(self.rater_sums[:, 0].sum()) / len(d)
        return (mu + left) / (1 + self.penalties.intercept)

    def gradient_norm(self, mu: float, rater: NDArray[np.float64]) -> float:
        """The scaled gradient norm at the raters given to `raters`, the notes being solved for them.

        Solved notes have no gradient, so that the raters' and mu's parts are all there is.
        """
        n, u = len(self.data), self.data.raters
        ridge = np.array(self.rater_ridge)
        part = (-2 / n) * self.rater_sums[:, 2:] + (2 / n) * ridge * rater
        whole = float(self.note_sums[:, 0].sum())
        of_mu = -2 / n * whole + 2 * self.penalties.intercept * mu
        return float(np.sqrt(u * (part**2).sum() + of_mu**2))


def spectral_start(data: Matrix, penalties: Penalties, rounds: int = 30) -> Parameters:
    """A start that depends on nothing but the ratings: intercepts alone, then the leading pair of factors left over.

    Args:
        data: the ratings.
        penalties: as for the fit.
        rounds: power iterations.

    Returns:
        Parameters whose factors point along the strongest divide. The iteration begins at the ratings of the note
        whose residuals are largest, so that names and order of rows decide nothing.
    """
    sweep = _Sweep(data, penalties)
    rater, solved = np.zeros((data.raters, 2)), np.empty((data.raters, 2))
    mu = 0.0
    for _ in range(10):
        sweep.notes(mu, rater)
        mu = sweep.raters(mu, rater, solved)
        rater, solved = solved, rater
    sweep.notes(mu, rater)
    strongest = int(np.argmax(sweep.note_sums[:, 1]))
    rater[:, 1] = 0.0
    mine = slice(data.note_start[strongest], data.note_start[strongest + 1])
    rater[data.raters_of[mine], 1] = (
        data.values[data.note_code[mine]] - mu - rater[data.raters_of[mine], 0] - sweep.note[strongest, 0]
    )
    if not rater[:, 1].any():
        rater[:, 1] = 1.0
    for _ in range(rounds):
        size = float(np.sqrt(np.mean(rater[:, 1] ** 2)))
        if size == 0:
            break
        rater[:, 1] *= 0.4 / size  # about the spread of viewpoints that the public data has
        sweep.notes(mu, rater)
        sweep.raters(mu, rater, solved)
        rater[:, 1] = solved[:, 1]
    sweep.notes(mu, rater)
    return Parameters(mu, rater, sweep.note.copy())


def factorise(
    data: Matrix,
    penalties: Penalties | None = None,
    *,
    start: Parameters | None = None,
    tolerance: float = 1e-7,
    most_sweeps: int = 2000,
    memory: int = 8,
) -> Fit:
    """Fit mu + b_u + b_n + f_u f_n to the ratings, at the optimum of the stated objective.

    Args:
        data: the ratings; at least one.
        penalties: weights of the squared parameters; the public scorer's if None.
        start: where to begin; only mu and the raters matter. The strongest divide in the ratings if None.
        tolerance: stop when no rater parameter moves by more than this in a sweep.
        most_sweeps: stop in any case after so many.
        memory: how many former steps the extrapolation looks at; 0 turns it off.

    Returns:
        The fit, with the sign that gives at least half of the raters negative factors.
    """
    weights = Penalties() if penalties is None else penalties
    begin = spectral_start(data, weights) if start is None else start
    sweep = _Sweep(data, weights)
    error = 0.0

    def step(x: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        nonlocal error
        mu, rater = float(x[-1]), x[:-1].reshape(-1, 2)
        value, error = sweep.notes(mu, rater)
        image = np.empty_like(x)
        image[-1] = sweep.raters(mu, rater, image[:-1].reshape(-1, 2))
        return value, image

    rest = fixed_point(
        step, np.append(begin.rater.ravel(), begin.mu), tolerance=tolerance, most=most_sweeps, memory=memory
    )
    mu, rater = float(rest.x[-1]), rest.x[:-1].reshape(-1, 2)
    norm = sweep.gradient_norm(mu, rater)  # the last sweep was at this point
    fitted = Parameters(mu, rater.copy(), sweep.note.copy()).flipped()
    return Fit(fitted, rest.value, error, norm, rest.steps, rest.moved, rest.trace)
