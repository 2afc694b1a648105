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

from whence.consensus._jit import kernel
from whence.consensus.matrix import Matrix
from whence.consensus.objective import Parameters, Penalties, weighted_squares
from whence.consensus.slopes import slopes

__all__ = ["Adam", "Descent", "descend"]

_PATIENCE, _STILL = 100, 1e-7
"""The public rule's own numbers: epochs before a rise ends a fit, and a move of the loss that counts as none."""


@kernel
def _gradient(sums: Any, x: Any, scale: float, ridge_intercept: float, ridge_factor: float, out: Any) -> float:
    """The gradient of loss and penalty, from sums over ratings; returns the sum of its squares."""
    total = 0.0
    for k in range(x.shape[0]):
        b = sums[k, 0] * scale + 2.0 * ridge_intercept * np.float64(x[k, 0])
        f = sums[k, 1] * scale + 2.0 * ridge_factor * np.float64(x[k, 1])
        out[k, 0] = b
        out[k, 1] = f
        total += b * b + f * f
    return total


@kernel
def _move(
    x: Any, gradient: Any, clip: float, first: Any, second: Any, fresh: Any, kept: Any, fresh_square: Any, rate: Any,
    root: Any, tiny: Any,
) -> None:  # fmt: skip
    """Adam's step, element by element in the parameters' own precision, for which the numbers must be of it too."""
    cell = np.empty(1, x.dtype)
    for k in range(x.shape[0]):
        cell[0] = gradient[k] * clip
        g = cell[0]
        first[k] += fresh * (g - first[k])
        second[k] = kept * second[k] + fresh_square * g * g
        x[k] -= rate * first[k] / (np.sqrt(second[k]) / root + tiny)


@dataclass
class Adam:
    """Adam's state over some arrays of parameters of one precision."""

    rate: float
    first: list[NDArray[Any]] = field(default_factory=list)
    second: list[NDArray[Any]] = field(default_factory=list)
    steps: int = 0

    def step(self, parameters: list[NDArray[Any]], gradients: list[NDArray[np.float64]], clip: float = 1.0) -> None:
        """Move the parameters in place.

        Args:
            parameters: contiguous arrays of one precision.
            gradients: float64, of the same shapes.
            clip: multiplies the gradients, before they are rounded to the parameters' precision.
        """
        if not self.first:
            self.first = [np.zeros_like(p) for p in parameters]
            self.second = [np.zeros_like(p) for p in parameters]
        self.steps += 1
        warm = 1 - 0.9**self.steps
        root = (1 - 0.999**self.steps) ** 0.5
        for at, gradient in enumerate(gradients):
            kind = parameters[at].dtype.type
            numbers = tuple(kind(x) for x in (0.1, 0.999, 0.001, self.rate / warm, root, 1e-8))
            moments = self.first[at].reshape(-1), self.second[at].reshape(-1)
            _move(parameters[at].reshape(-1), gradient.reshape(-1), clip, *moments, *numbers)


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
    by_note, by_rater = np.empty((data.notes, 3)), np.empty((data.raters, 2))
    g_note, g_rater = np.empty((data.notes, 2)), np.empty((data.raters, 2))
    per_note = data.notes if weights.ratings_a_note is None else n / weights.ratings_a_note
    note_ridge = weights.intercept / per_note, weights.factor / per_note
    rater_ridge = weights.intercept / data.raters, weights.factor / data.raters
    adam = Adam(rate)

    def measure() -> tuple[float, float]:
        slopes(data, float(mu[0]), note, rater, positive, by_note, by_rater)
        error = float(by_note[:, 2].sum()) / n
        penalty = (
            weighted_squares(note, *note_ridge)
            + weighted_squares(rater, *rater_ridge)
            + weights.intercept * float(mu[0]) ** 2
        )
        return float(np.asarray(error + penalty, precision)), error

    before, epoch = 1e10, 0
    value, error = measure()
    kept = [x.copy() for x in (mu, rater, note)] if patient else []
    lowest, since = (value, error), 0

    def going() -> bool:
        if patient:
            return epoch - since < _PATIENCE and epoch < most
        still = abs(value - before) <= _STILL
        return not still and not (epoch > _PATIENCE and value > before) and epoch < most

    while going():
        before = value
        square = _gradient(by_note, note, 1.0 / n, *note_ridge, g_note)
        moving, gradients = [note], [g_note]
        if not freeze_raters:
            g_mu = np.array([by_note[:, 0].sum() / n + 2 * weights.intercept * float(mu[0])])
            square += _gradient(by_rater, rater, 1.0 / n, *rater_ridge, g_rater) + float(g_mu[0]) ** 2
            moving += [rater, mu]
            gradients += [g_rater, g_mu]
        adam.step(moving, gradients, min(1.0, 1.0 / (square**0.5 + 1e-6)))
        value, error = measure()
        epoch += 1
        if patient and value < lowest[0] - _STILL:
            lowest, since = (value, error), epoch
            for x, at in zip(kept, (mu, rater, note), strict=True):
                x[...] = at
    if patient:
        (value, error), (mu, rater, note) = lowest, kept
    wide = Parameters(float(mu[0]), rater.astype(np.float64), note.astype(np.float64))
    return Descent(wide, value, error, epoch)
