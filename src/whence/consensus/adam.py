"""The public scorer's optimiser: full-batch Adam on the factorisation, with its clip and its rules for stopping.

Where a problem has many minima, which one counts is settled by this path. Parameters are kept in the precision asked
for (float32 replays a published run), gradients are summed in float64 in canonical order, so that the same input gives
the same bytes.

Source: ../shared/CONSENSUS.md, "Fit"; Kingma & Ba (2015), "Adam", algorithm 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from whence.consensus._jit import AHEAD, kernel, parallel_kernel, prange, prefetch
from whence.consensus.logistic import logistic_terms
from whence.consensus.matrix import Matrix
from whence.consensus.objective import Parameters, Penalties

__all__ = ["Adam", "Descent", "descend", "plain_slopes", "slopes"]

_PARTS = 2
_PATIENCE, _STILL = 100, 1e-7
"""The public rule's own numbers: epochs before a rise ends a fit, and a move of the loss that counts as none."""
_PIECE = 512
_FEW = 200_000


@kernel
def _squares(
    part: int, cuts: Any, note_start: Any, raters_of: Any, code: Any, values: Any, mu: float, note: Any, by_note: Any,
    table: Any,
) -> None:  # fmt: skip
    """Squared errors and their slopes, by note and, in each part's table, by rater."""
    mine = table[part]
    end = raters_of.shape[0] - 1
    for n in range(cuts[part], cuts[part + 1]):
        b = np.float64(note[n, 0]) + mu
        f = np.float64(note[n, 1])
        gb = 0.0
        gf = 0.0
        total = 0.0
        for k in range(note_start[n], note_start[n + 1]):
            prefetch(mine, raters_of[min(k + AHEAD, end)])
            u = raters_of[k]
            fu = mine[u, 1]
            r = b + mine[u, 0] + f * fu - values[code[k]]
            total += r * r
            r *= 2.0
            gb += r
            gf += r * fu
            mine[u, 2] += r
            mine[u, 3] += r * f
        by_note[n, 0] = gb
        by_note[n, 1] = gf
        by_note[n, 2] = total


@kernel
def _entropies(
    part: int, cuts: Any, note_start: Any, raters_of: Any, code: Any, values: Any, mu: float, note: Any,
    positive: float, by_note: Any, table: Any,
) -> None:  # fmt: skip
    """Weighted cross-entropies and their slopes, likewise; in pieces, as `whence.consensus.look` explains."""
    mine = table[part]
    end = raters_of.shape[0] - 1
    z = np.empty(_PIECE)
    view = np.empty(_PIECE)
    slope = np.empty(_PIECE)
    loss = np.empty(_PIECE)
    n = cuts[part]
    at = note_start[n]
    while n < cuts[part + 1]:
        fill = 0
        e = n
        k = at
        while e < cuts[part + 1] and fill < _PIECE:
            b = np.float64(note[e, 0]) + mu
            f = np.float64(note[e, 1])
            stop = min(note_start[e + 1], k + _PIECE - fill)
            for j in range(k, stop):
                prefetch(mine, raters_of[min(j + AHEAD, end)])
                u = raters_of[j]
                fu = mine[u, 1]
                view[fill] = fu
                z[fill] = b + mine[u, 0] + f * fu
                fill += 1
            k = stop
            if k == note_start[e + 1]:
                e += 1
        logistic_terms(z, fill, slope, loss)
        j = 0
        while j < fill:
            if at == note_start[n]:
                by_note[n, 0] = 0.0
                by_note[n, 1] = 0.0
                by_note[n, 2] = 0.0
            f = np.float64(note[n, 1])
            gb = 0.0
            gf = 0.0
            total = 0.0
            stop = min(fill, j + note_start[n + 1] - at)
            for i in range(j, stop):
                u = raters_of[at]
                y = values[code[at]]
                at += 1
                weight = positive if y > 0.5 else 1.0
                r = weight * (slope[i] - y)
                total += weight * (loss[i] - y * z[i])
                gb += r
                gf += r * view[i]
                mine[u, 2] += r
                mine[u, 3] += r * f
            j = stop
            by_note[n, 0] += gb
            by_note[n, 1] += gf
            by_note[n, 2] += total
            if at == note_start[n + 1]:
                n += 1


@kernel
def _slopes(
    part: int, cuts: Any, note_start: Any, raters_of: Any, code: Any, values: Any, mu: float, note: Any,
    positive: float, by_note: Any, table: Any,
) -> None:  # fmt: skip
    if positive == 0.0:
        _squares(part, cuts, note_start, raters_of, code, values, mu, note, by_note, table)
    else:
        _entropies(part, cuts, note_start, raters_of, code, values, mu, note, positive, by_note, table)


@parallel_kernel
def _slopes_in_parallel(
    cuts: Any, note_start: Any, raters_of: Any, code: Any, values: Any, mu: float, note: Any, positive: float,
    by_note: Any, table: Any,
) -> None:  # fmt: skip
    for part in prange(cuts.shape[0] - 1):
        _slopes(part, cuts, note_start, raters_of, code, values, mu, note, positive, by_note, table)


def slopes(
    data: Matrix,
    mu: float,
    note: NDArray[Any],
    rater: NDArray[Any],
    positive: float,
    by_note: NDArray[np.float64],
    by_rater: NDArray[np.float64],
) -> None:
    """Sum the loss and its derivatives over each note's and each rater's ratings, in one pass.

    Args:
        data: the ratings.
        mu: the global intercept.
        note, rater: float32 or float64 (notes, 2), (raters, 2): intercept and factor.
        positive: 0 for squared error; else the weight of positive targets in the cross-entropy.
        by_note: float64 (notes, 3), out: derivatives by intercept and factor, and the loss; not divided by N.
        by_rater: float64 (raters, 2), out: derivatives by intercept and factor.
    """
    # A rater's parameters and sums share one cache line. The parts are always two, so that sums do not depend on cores.
    cuts = np.searchsorted(data.note_start, np.linspace(0, len(data), _PARTS + 1)).astype(np.int64)
    cuts[0], cuts[-1] = 0, data.notes
    table = np.zeros((_PARTS, data.raters, 4))
    table[:, :, :2] = rater
    lists = (cuts, data.note_start, data.raters_of, data.note_code, data.values, mu, note, positive, by_note, table)
    if len(data) < _FEW:  # waking threads costs more; the parts and their sums are the same
        for part in range(_PARTS):
            _slopes(part, *lists)
    else:
        _slopes_in_parallel(*lists)
    np.add.reduce(table[:, :, 2:], axis=0, out=by_rater)


def plain_slopes(data: Matrix, p: Parameters, positive: float) -> tuple[NDArray[np.float64], float]:
    """The readable twin of `slopes`, by note: derivatives (notes, 2) and the summed loss."""
    note = np.repeat(np.arange(data.notes), np.diff(data.note_start))
    z = p.mu + p.note[note, 0] + p.rater[data.raters_of, 0] + p.note[note, 1] * p.rater[data.raters_of, 1]
    y = data.values[data.note_code]
    if positive:
        w = np.where(y > 0.5, positive, 1.0)
        total, r = float((w * (np.logaddexp(0, z) - y * z)).sum()), w * (1 / (1 + np.exp(-z)) - y)
    else:
        total, r = float(((z - y) ** 2).sum()), 2 * (z - y)
    by_note = [np.bincount(note, weights=g, minlength=data.notes) for g in (r, r * p.rater[data.raters_of, 1])]
    return np.stack(by_note, axis=1), total


@kernel
def _move(
    x: Any, gradient: Any, first: Any, second: Any, fresh: Any, kept: Any, fresh_square: Any, rate: Any, root: Any,
    tiny: Any,
) -> None:  # fmt: skip
    """Adam's step, element by element in the arrays' own precision, for which the numbers must be of it too."""
    for k in range(x.shape[0]):
        first[k] += fresh * (gradient[k] - first[k])
        second[k] = kept * second[k] + fresh_square * gradient[k] * gradient[k]
        x[k] -= rate * first[k] / (np.sqrt(second[k]) / root + tiny)


@dataclass
class Adam:
    """Adam's state over one array of parameters, in that array's precision."""

    rate: float
    first: list[NDArray[Any]] = field(default_factory=list)
    second: list[NDArray[Any]] = field(default_factory=list)
    steps: int = 0

    def step(self, parameters: list[NDArray[Any]], gradients: list[NDArray[Any]]) -> None:
        """Move the parameters in place.

        Args:
            parameters, gradients: contiguous arrays of like shapes and one precision.
        """
        if not self.first:
            self.first = [np.zeros_like(p) for p in parameters]
            self.second = [np.zeros_like(p) for p in parameters]
        self.steps += 1
        warm = 1 - 0.9**self.steps
        root = (1 - 0.999**self.steps) ** 0.5
        for at, gradient in enumerate(gradients):
            kind = gradient.dtype.type
            numbers = tuple(kind(x) for x in (0.1, 0.999, 0.001, self.rate / warm, root, 1e-8))
            arrays = (parameters[at], gradient, self.first[at], self.second[at])
            _move(*(array.reshape(-1) for array in arrays), *numbers)


@dataclass(frozen=True)
class Descent:
    """Where the optimiser stopped.

    Attributes:
        parameters: as for a fit; not flipped.
        loss, error: the objective and its first term, as float32 in a replay.
        epochs: steps taken.
    """

    parameters: Parameters
    loss: float
    error: float
    epochs: int


def descend(
    data: Matrix,
    start: Parameters,
    *,
    rate: float,
    penalties: Penalties | None = None,
    positive: float = 0.0,
    freeze_raters: bool = False,
    precision: DTypeLike = np.float64,
    patient: bool = False,
    most: int = 5000,
) -> Descent:
    """Run the optimiser as the public scorer does.

    Args:
        data: the ratings.
        start: where to begin.
        rate: learning rate: 1.0 without initial values, 0.2 with both sides', 2.0 for the tag model.
        penalties: the public scorer's if None.
        positive: 0 for squared error; else cross-entropy with this weight on positives.
        freeze_raters: whether raters and mu stay as they are.
        precision: float32 replays a run; float64 follows the same path without its rounding.
        patient: whether to go on until 100 epochs have not lowered the loss by more than 1e-7, and to return the
            point of the lowest loss; see decision 0021.
        most: stop in any case after so many epochs.

    Returns:
        Where it stopped: unless patient by the public scorer's rule, when the loss moved by 1e-7 or less, or rose after
        epoch 100.
    """
    weights = Penalties() if penalties is None else penalties
    n = len(data)
    note = start.note.astype(precision)
    rater = start.rater.astype(precision)
    mu = np.array([start.mu], precision)
    by_note = np.empty((data.notes, 3))
    by_rater = np.empty((data.raters, 2))
    ridge = np.array([weights.intercept, weights.factor])
    per_note = data.notes if weights.ratings_a_note is None else n / weights.ratings_a_note
    adam = Adam(rate)

    def measure() -> tuple[float, float]:
        slopes(data, float(mu[0]), note, rater, positive, by_note, by_rater)
        error = float(by_note[:, 2].sum()) / n
        sides = _weighted_squares(note, ridge) / per_note
        sides += _weighted_squares(rater, ridge) / data.raters
        return float(np.asarray(error + sides + weights.intercept * float(mu[0]) ** 2, precision)), error

    before, epoch = 1e10, 0
    value, error = measure()

    lowest, since = (value, error, mu.copy(), rater.copy(), note.copy()), 0

    def going() -> bool:
        if patient:
            return epoch - since < _PATIENCE and epoch < most
        still = abs(value - before) <= _STILL
        return not still and not (epoch > _PATIENCE and value > before) and epoch < most

    while going():
        before = value
        g_note = by_note[:, :2] / n + 2 * ridge * note / per_note
        moving, gradients = [note], [g_note]
        if not freeze_raters:
            g_mu = np.array([by_note[:, 0].sum() / n + 2 * weights.intercept * float(mu[0])])
            moving += [rater, mu]
            gradients += [by_rater / n + 2 * ridge * rater / data.raters, g_mu]
        norm = float(np.sqrt(sum(float((g**2).sum()) for g in gradients)))
        clip = min(1.0, 1.0 / (norm + 1e-6))
        adam.step(moving, [(g * clip).astype(precision) for g in gradients])
        value, error = measure()
        epoch += 1
        if patient and value < lowest[0] - _STILL:
            lowest, since = (value, error, mu.copy(), rater.copy(), note.copy()), epoch
    if patient:
        value, error, mu, rater, note = lowest
    wide = Parameters(float(mu[0]), rater.astype(np.float64), note.astype(np.float64))
    return Descent(wide, value, error, epoch)


def _weighted_squares(side: NDArray[Any], ridge: NDArray[np.float64]) -> float:
    return float(((side.astype(np.float64) ** 2).sum(axis=0) * ridge).sum())
