"""Many small logistic regressions at once, one an entity, up to three parameters each: single safe steps, or to rest.

At a logit z with p = 1/(1 + exp(-z)), the parabola of slope p - t and curvature (p - 1/2)/z touches ln(1 + exp z) - t z
and never falls below it (Jaakkola & Jordan 2000, "Bayesian parameter estimation via variational methods", eq. 7 to 10).
Its minimum is a linear solve and needs no line search. The curvature of a single step is a tenth of the parabola's
and nine tenths of the loss's own at z, p (1 - p): on rating data that takes a third of the steps, and where such a
step does raise the objective, the caller's extrapolation takes it back. Newton's method, which goes to rest, halves
its steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import parallel_kernel, prange
from whence.consensus.look import SUMS, look, plain_look
from whence.consensus.matrix import cuts_of

__all__ = ["Side", "majorise_side", "newton_side", "plain_majorise", "plain_newton", "solve_steps"]

_SAFE = 0.1
_SETTLED = 1e-9
_NONE = np.empty(0, np.bool_)


@dataclass
class Side:
    """The ratings of one side's entities, with room for the sums of a look.

    Attributes:
        start: int64 (entities + 1); other_of: int32 (ratings); target: uint8 (ratings), 0 or 1.
        cuts: from `whence.consensus.matrix.cuts_of`.
        sums: float64 (entities, 12).
    """

    start: NDArray[np.int64]
    other_of: NDArray[np.int32]
    target: NDArray[Any]
    cuts: NDArray[np.int64]
    sums: NDArray[np.float64]

    @classmethod
    def of(cls, start: NDArray[np.int64], other_of: NDArray[np.int32], target: NDArray[Any]) -> Side:
        """A side from one order of a `Matrix`."""
        return cls(start, other_of, target, cuts_of(start), np.empty((len(start) - 1, SUMS)))


@parallel_kernel
def solve_steps(own_weight: Any, ridge: Any, free: Any, own: Any, sums: Any, step: Any) -> None:
    """Solve each entity's 3 x 3 system for the step to the minimum of its parabola.

    Args:
        own_weight: float64 (entities): multiplies an entity's sums, in place.
        ridge: float64 (3): penalties times N over the number of entities, added as ridge . own^2.
        free: bool (3): which parameters move.
        own: float64 (entities, 3); sums: float64 (entities, 12), in and out: from a look at `own`.
        step: float64 (entities, 3), out.
    """
    for entity in prange(own.shape[0]):
        weight = own_weight[entity]
        for k in range(SUMS):
            sums[entity, k] *= weight
        g0 = sums[entity, 3] + 2.0 * ridge[0] * own[entity, 0]
        g1 = sums[entity, 4] + 2.0 * ridge[1] * own[entity, 1]
        g2 = sums[entity, 5] + 2.0 * ridge[2] * own[entity, 2]
        h00 = sums[entity, 6] + 2.0 * ridge[0]
        h11 = sums[entity, 7] + 2.0 * ridge[1]
        h22 = sums[entity, 8] + 2.0 * ridge[2]
        h01 = sums[entity, 9]
        h02 = sums[entity, 10]
        h12 = sums[entity, 11]
        if not free[0]:
            g0 = 0.0
            h00 = 1.0
            h01 = 0.0
            h02 = 0.0
        if not free[1]:
            g1 = 0.0
            h11 = 1.0
            h01 = 0.0
            h12 = 0.0
        if not free[2]:
            g2 = 0.0
            h22 = 1.0
            h02 = 0.0
            h12 = 0.0
        # Cholesky of the 3 x 3 system; the ridge keeps it positive.
        l00 = np.sqrt(h00)
        l10 = h01 / l00
        l20 = h02 / l00
        l11 = np.sqrt(max(h11 - l10 * l10, 1e-300))
        l21 = (h12 - l20 * l10) / l11
        l22 = np.sqrt(max(h22 - l20 * l20 - l21 * l21, 1e-300))
        u0 = -g0 / l00
        u1 = (-g1 - l10 * u0) / l11
        u2 = (-g2 - l20 * u0 - l21 * u1) / l22
        d2 = u2 / l22
        d1 = (u1 - l21 * d2) / l11
        step[entity, 0] = (u0 - l10 * d1 - l20 * d2) / l00
        step[entity, 1] = d1
        step[entity, 2] = d2


def majorise_side(
    side: Side, given: NDArray[np.float32], other_weight: NDArray[np.float64], own_weight: NDArray[np.float64],
    positive: float, shift: float, ridge: NDArray[np.float64], free: NDArray[np.bool_], own: NDArray[np.float64],
) -> NDArray[np.float64]:  # fmt: skip
    """Step every entity of one side once, the other side given.

    Args:
        side: the ratings.
        given, positive, shift: as for `whence.consensus.look.look`.
        other_weight: float64 (others), or empty for 1 each; own_weight: float64 (entities): multiplied, and by
            `positive` where target is 1.
        ridge: float64 (3): penalties times N over the number of entities.
        free: bool (3): which parameters move.
        own: float64 (entities, 3), in and out.

    Returns:
        float64 (3): over all entities, at entry: the weighted cross-entropy without penalty, and its derivative and the
        parabola's curvature by `shift`.
    """
    look(
        side.cuts, side.start, side.other_of, side.target, given, other_weight, _NONE, positive, shift, _SAFE, own,
        side.sums,
    )  # fmt: skip
    step = np.empty_like(own)
    solve_steps(own_weight, ridge, free, own, side.sums, step)
    own += step
    return np.array([side.sums[:, k].sum() for k in range(3)])


def newton_side(
    side: Side, given: NDArray[np.float32], other_weight: NDArray[np.float64], own_weight: NDArray[np.float64],
    positive: float, shift: float, ridge: NDArray[np.float64], free: NDArray[np.bool_], passes: int,
    own: NDArray[np.float64],
) -> None:  # fmt: skip
    """Bring every entity of one side to the minimum of its penalised cross-entropy, the other side given.

    Args:
        side, given, other_weight, own_weight, positive, shift, ridge, free: as for `majorise_side`.
        passes: looks at the data, at least 2; each step is checked by the next look, and halved if it raised the sum.
        own: float64 (entities, 3), in and out.

    Per entity, with p = 1 / (1 + exp(-z)), it minimises sum w (ln(1 + exp z) - t z) + ridge . own^2.
    """
    best = np.full(len(own), np.inf)
    step = np.zeros_like(own)
    solved = np.empty_like(own)
    resting = np.zeros(len(own), np.bool_)
    for _ in range(passes):
        tried = own + step
        look(
            side.cuts, side.start, side.other_of, side.target, given, other_weight, resting, positive, shift, 0.0,
            tried, side.sums,
        )  # fmt: skip
        solve_steps(np.where(resting, 1.0, own_weight), ridge, free, tried, side.sums, solved)
        total = side.sums[:, 0] + (tried * tried) @ ridge
        better = ~resting & (total <= best)
        settled = better & (np.abs(solved).sum(axis=1) < _SETTLED)
        own[better] = tried[better]
        best[better] = total[better]
        step = np.where(better[:, None], solved, 0.5 * step)
        resting |= settled
        step[resting] = 0.0
        if resting.all():
            break


def plain_majorise(
    target: NDArray[np.float64], base: NDArray[np.float64], regressors: NDArray[np.float64],
    weight: NDArray[np.float64], ridge: NDArray[np.float64], free: NDArray[np.bool_], own: NDArray[np.float64],
) -> tuple[NDArray[np.float64], float]:  # fmt: skip
    """The readable twin of `majorise_side` for one entity: the new parameters, and the cross-entropy at the old."""
    value, slope, curve = plain_look(target, base, regressors, weight, _SAFE, own)
    g, h = slope + 2 * ridge * own, curve + 2 * np.diag(ridge)
    step = np.zeros(3)
    step[free] = -np.linalg.solve(h[np.ix_(free, free)], g[free])
    return own + step, value


def plain_newton(
    target: NDArray[np.float64], base: NDArray[np.float64], regressors: NDArray[np.float64],
    weight: NDArray[np.float64], ridge: NDArray[np.float64], free: NDArray[np.bool_], own: NDArray[np.float64],
) -> NDArray[np.float64]:  # fmt: skip
    """The readable twin of `newton_side` for one entity, run to its minimum: plain Newton with step halving."""

    def penalised(theta: NDArray[np.float64]) -> float:
        return plain_look(target, base, regressors, weight, 0.0, theta)[0] + float(ridge @ theta**2)

    theta = own.astype(float)
    for _ in range(100):
        _, slope, curve = plain_look(target, base, regressors, weight, 0.0, theta)
        g, h = slope + 2 * ridge * theta, curve + 2 * np.diag(ridge)
        step = np.zeros(3)
        step[free] = -np.linalg.solve(h[np.ix_(free, free)], g[free])
        while penalised(theta + step) > penalised(theta) and np.abs(step).max() > 1e-12:
            step /= 2
        theta = theta + step
        if np.abs(step).max() < 1e-10:
            break
    return theta
