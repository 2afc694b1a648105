"""Damped Newton steps for many small logistic regressions at once: one an entity, up to three parameters each."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import parallel_kernel, prange

__all__ = ["newton_side", "plain_newton"]


@parallel_kernel
def newton_side(
    start: Any, other_of: Any, target: Any, base: Any, regressors: Any, other_weight: Any, own_weight: Any,
    positive: float, shift: float, ridge: Any, free: Any, passes: int, own: Any, sums: Any,
) -> None:  # fmt: skip
    """Step every entity of one side towards the minimum of its penalised cross-entropy, the other side given.

    Args:
        start: int64 (entities + 1); other_of: int32 (ratings); target: uint8 (ratings), 0 or 1.
        base: float64 (others); regressors: float64 (others, 3): a rating's logit is
            shift + base[o] + regressors[o] . own[e].
        other_weight: float64 (others); own_weight: float64 (entities): multiplied, and by `positive` where target is 1.
        ridge: float64 (3): penalties times N over the number of entities.
        free: bool (3): which parameters move.
        passes: looks at the data, at least 2; each step is checked by the next look, and halved if it raised the sum.
        own: float64 (entities, 3), in and out.
        sums: float64 (entities, 3), out: the weighted cross-entropy at entry (without penalty), and the derivative
            and second derivative by `shift` at the last look.

    Per entity, with p = 1 / (1 + exp(-z)), it minimises sum w (ln(1 + exp z) - t z) + ridge . own^2.
    """
    for entity in prange(start.shape[0] - 1):
        t0 = own[entity, 0]
        t1 = own[entity, 1]
        t2 = own[entity, 2]
        d0 = 0.0
        d1 = 0.0
        d2 = 0.0
        best = np.inf
        for look in range(passes):
            c0 = t0 + d0
            c1 = t1 + d1
            c2 = t2 + d2
            total = 0.0
            g0 = 2.0 * ridge[0] * c0
            g1 = 2.0 * ridge[1] * c1
            g2 = 2.0 * ridge[2] * c2
            h00 = 2.0 * ridge[0]
            h11 = 2.0 * ridge[1]
            h22 = 2.0 * ridge[2]
            h01 = 0.0
            h02 = 0.0
            h12 = 0.0
            gs = 0.0
            hs = 0.0
            for k in range(start[entity], start[entity + 1]):
                o = other_of[k]
                x0 = regressors[o, 0]
                x1 = regressors[o, 1]
                x2 = regressors[o, 2]
                z = shift + base[o] + x0 * c0 + x1 * c1 + x2 * c2
                w = other_weight[o]
                # One exponential serves both p and ln(1 + exp z), and cannot overflow.
                e = np.exp(-abs(z))
                p = 1.0 / (1.0 + e) if z >= 0 else e / (1.0 + e)
                ce = (z if z > 0 else 0.0) + np.log1p(e)
                if target[k]:
                    w *= positive
                    ce -= z
                    r = w * (p - 1.0)
                else:
                    r = w * p
                h = w * p * (1.0 - p)
                total += w * ce
                gs += r
                hs += h
                g0 += own_weight[entity] * r * x0
                g1 += own_weight[entity] * r * x1
                g2 += own_weight[entity] * r * x2
                h *= own_weight[entity]
                h00 += h * x0 * x0
                h11 += h * x1 * x1
                h22 += h * x2 * x2
                h01 += h * x0 * x1
                h02 += h * x0 * x2
                h12 += h * x1 * x2
            total *= own_weight[entity]
            if look == 0:
                sums[entity, 0] = total
            total += ridge[0] * c0 * c0 + ridge[1] * c1 * c1 + ridge[2] * c2 * c2
            if total > best:
                d0 *= 0.5
                d1 *= 0.5
                d2 *= 0.5
                continue
            best = total
            settled = look > 0 and abs(d0) + abs(d1) + abs(d2) < 1e-9
            t0 = c0
            t1 = c1
            t2 = c2
            sums[entity, 1] = own_weight[entity] * gs
            sums[entity, 2] = own_weight[entity] * hs
            if settled:
                break
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
            # Cholesky of the 3 x 3 Hessian; the ridge keeps it positive.
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
            d0 = (u0 - l10 * d1 - l20 * d2) / l00
        own[entity, 0] = t0
        own[entity, 1] = t1
        own[entity, 2] = t2


def plain_newton(
    target: NDArray[np.float64], base: NDArray[np.float64], regressors: NDArray[np.float64],
    weight: NDArray[np.float64], ridge: NDArray[np.float64], free: NDArray[np.bool_], own: NDArray[np.float64],
) -> NDArray[np.float64]:  # fmt: skip
    """The readable twin of `newton_side` for one entity, run to its minimum: plain Newton with step halving."""

    def value(theta: NDArray[np.float64]) -> float:
        z = base + regressors @ theta
        return float(weight @ (np.logaddexp(0, z) - target * z) + ridge @ theta**2)

    theta = own.astype(float)
    for _ in range(100):
        p = 1 / (1 + np.exp(-(base + regressors @ theta)))
        g = regressors.T @ (weight * (p - target)) + 2 * ridge * theta
        h = regressors.T @ (regressors * (weight * p * (1 - p))[:, None]) + 2 * np.diag(ridge)
        step = np.zeros(3)
        step[free] = -np.linalg.solve(h[np.ix_(free, free)], g[free])
        while value(theta + step) > value(theta) and np.abs(step).max() > 1e-12:
            step /= 2
        theta = theta + step
        if np.abs(step).max() < 1e-10:
            break
    return theta
