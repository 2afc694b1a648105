"""What the factorisation minimises, its gradient, and its penalties.

Source: ../shared/CONSENSUS.md, "Fit": with N ratings, M notes, U raters and r = y - (mu + b_u + b_n + f_u f_n),

    L = 1/N sum r^2 + lf/U sum f_u^2 + lf/M sum f_n^2 + lb/U sum b_u^2 + lb/M sum b_n^2 + lb mu^2

(means over entities, not the sums that the public guide prints), lf = 0.03, lb = 0.15.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import kernel
from whence.consensus.matrix import Matrix

__all__ = ["Parameters", "Penalties", "gradient", "loss", "weighted_squares"]

_CHUNK = 1 << 12


@dataclass(frozen=True)
class Penalties:
    """Weights of the squared parameters.

    Attributes:
        factor: on both sides' factors (0.03).
        intercept: on both sides' intercepts and on mu (0.15).
        ratings_a_note: ratings a note by which note penalties are divided instead of the matrix's own; None in the
            rounds in which raters are free.
    """

    factor: float = 0.03
    intercept: float = 0.15
    ratings_a_note: float | None = None


@dataclass(frozen=True)
class Parameters:
    """A fit's parameters over one matrix.

    Attributes:
        mu: the global intercept.
        rater: float64 (raters, 2): intercept and factor.
        note: float64 (notes, 2): intercept and factor.
    """

    mu: float
    rater: NDArray[np.float64]
    note: NDArray[np.float64]

    def flipped(self) -> Parameters:
        """The same fit with the sign of all viewpoints turned, if fewer than half of the nonzero rater factors are
        negative; otherwise itself."""
        factors = self.rater[:, 1]
        if 2 * np.count_nonzero(factors < 0) >= np.count_nonzero(factors):
            return self
        turn = np.array([1.0, -1.0])
        return Parameters(self.mu, self.rater * turn, self.note * turn)


@kernel
def weighted_squares(x: Any, intercept: float, factor: float) -> float:
    """intercept . sum b^2 + factor . sum f^2, without arrays in between.

    Args:
        x: float32 or float64 (entities, 2): intercepts b and factors f.
        intercept, factor: the weights.
    """
    whole = 0.0
    for begin in range(0, x.shape[0], _CHUNK):  # short sums, so that rounding stays far below what a step changes
        b = 0.0
        f = 0.0
        for k in range(begin, min(begin + _CHUNK, x.shape[0])):
            b += np.float64(x[k, 0]) * np.float64(x[k, 0])
            f += np.float64(x[k, 1]) * np.float64(x[k, 1])
        whole += b * intercept + f * factor
    return whole


def _residuals(data: Matrix, p: Parameters) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    note = np.repeat(np.arange(data.notes), np.diff(data.note_start))
    predicted = p.mu + p.rater[data.raters_of, 0] + p.note[note, 0] + p.rater[data.raters_of, 1] * p.note[note, 1]
    return note, data.values[data.note_code] - predicted


def _scales(data: Matrix, penalties: Penalties) -> float:
    """By how much a squared note parameter is divided."""
    return data.notes if penalties.ratings_a_note is None else len(data) / penalties.ratings_a_note


def loss(data: Matrix, p: Parameters, penalties: Penalties) -> tuple[float, float]:
    """The objective and its first term, the mean squared error."""
    _, r = _residuals(data, p)
    error = float(np.mean(r * r))
    weights = np.array([penalties.intercept, penalties.factor])
    raters = float((((p.rater**2).sum(axis=0)) * weights).sum()) / data.raters
    notes = float((((p.note**2).sum(axis=0)) * weights).sum()) / _scales(data, penalties)
    return error + raters + notes + penalties.intercept * p.mu**2, error


def gradient(data: Matrix, p: Parameters, penalties: Penalties) -> Parameters:
    """The objective's gradient, in the shape of the parameters."""
    note, r = _residuals(data, p)
    weights = np.array([penalties.intercept, penalties.factor])
    scale = -2.0 / len(data)

    def sums(of: NDArray[np.int64] | NDArray[np.int32], count: int, other: NDArray[np.float64]) -> NDArray[np.float64]:
        plain = np.bincount(of, weights=r, minlength=count)
        both = [plain, np.bincount(of, weights=r * other, minlength=count)]
        return np.asarray(scale * np.stack(both, axis=1), np.float64)

    return Parameters(
        mu=float(scale * r.sum() + 2 * penalties.intercept * p.mu),
        rater=sums(data.raters_of, data.raters, p.note[note, 1]) + 2 * weights * p.rater / data.raters,
        note=sums(note, data.notes, p.rater[data.raters_of, 1]) + 2 * weights * p.note / _scales(data, penalties),
    )
