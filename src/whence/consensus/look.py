"""One look at the ratings of many small logistic regressions at once, each stepped where the look ends.

A rating's logit is shift + b_u + f_u c0 + r_u c1 to its note, whose own are c0 and c1, and shift + c0 f_n + c1 + c2 i_n
to its rater, whose own are c0, c1 and c2.

Large fits wait for memory, not for arithmetic. So a look goes through the ratings in pieces: first it fetches what the
other side says of each rating, which is packed into as few bytes as the round needs; then it computes a whole piece in
vectors; then it sums, an entity at a time, and solves an entity as soon as its last rating is in, so that no sums are
written out. Pieces are cut by the data alone, so that the sums do not depend on the number of threads.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import kernel, parallel_kernel, prange, prefetch
from whence.consensus.logistic import logistic_terms, probabilities

__all__ = ["TOTALS", "plain_look", "step_notes", "step_raters"]

TOTALS = 4
"""Totals of a share: the loss; slope and curvature by a shift of all logits; the penalty."""

_PIECE = 512
_AHEAD = 64


@kernel
def _weigh(z: Any, t: Any, w: Any, count: int, positive: float, safe: float, slope: Any, loss: Any, curve: Any) -> None:
    """From logits and their logistic terms (in slope and loss) to weighted slopes, losses and curvatures, in place."""
    for j in range(count):
        p = slope[j]
        size = abs(z[j])
        size = size if size > 1e-6 else 1e-6
        above = abs(p - 0.5) / size
        above = above if size > 1e-6 else 0.25
        weight = w[j] * (1.0 + t[j] * (positive - 1.0))
        curve[j] = weight * (safe * above + (1.0 - safe) * p * (1.0 - p))
        slope[j] = weight * (p - t[j])
        loss[j] = weight * (loss[j] - t[j] * z[j])


@parallel_kernel
def step_notes(
    cuts: Any, start: Any, other_of: Any, target: Any, given: Any, own_weight: Any, positive: float, shift: float,
    safe: float, ridge: Any, free: Any, own: Any, totals: Any,
) -> None:  # fmt: skip
    """Step every note to the minimum of its parabola, the raters given.

    Args:
        cuts: from `whence.consensus.matrix.cuts_of`.
        start: int64 (notes + 1); other_of: int32 (ratings); target: uint8 (ratings), 0 or 1.
        given: float32 (raters, 2, 3 or 4): b, f, then r and the rater's weight, which are 1 where they are left out.
        own_weight: float64 (notes): multiplies the weights of a note's ratings.
        positive: weight of ratings whose target is 1.
        shift: added to every logit.
        safe: share, in [0, 1], of the parabola (p - 1/2) / z in the curvature; the rest is the loss's own, p (1 - p).
        ridge: float64 (2): penalties times N over the number of notes, added as ridge . own^2.
        free: bool (2): which parameters move.
        own: float64 (notes, 2), in and out: c0 and c1.
        totals: float64 (shares, 4), out: at entry, as `TOTALS` lists them; slope and curvature stay 0.
    """
    end = other_of.shape[0] - 1
    width = given.shape[1]
    for share in prange(cuts.shape[0] - 1):
        last = cuts[share + 1]
        z = np.empty(_PIECE)
        x0 = np.empty(_PIECE)
        x1 = np.ones(_PIECE)
        w = np.ones(_PIECE)
        t = np.empty(_PIECE)
        slope = np.empty(_PIECE)
        loss = np.empty(_PIECE)
        curve = np.empty(_PIECE)
        whole = 0.0
        penalty = 0.0
        total = 0.0
        g0 = 0.0
        g1 = 0.0
        h00 = 0.0
        h11 = 0.0
        h01 = 0.0
        entity = cuts[share]
        at = start[entity]
        while entity < last:
            fill = 0
            e = entity
            k = at
            while e < last and fill < _PIECE:
                c0 = own[e, 0]
                c1 = own[e, 1]
                stop = min(start[e + 1], k + _PIECE - fill)
                for j in range(k, stop):
                    prefetch(given, other_of[min(j + _AHEAD, end)])
                    o = other_of[j]
                    a0 = np.float64(given[o, 1])
                    a1 = 1.0
                    if width > 2:
                        a1 = np.float64(given[o, 2])
                        x1[fill] = a1
                    if width > 3:
                        w[fill] = given[o, 3]
                    x0[fill] = a0
                    z[fill] = shift + given[o, 0] + a0 * c0 + a1 * c1
                    t[fill] = target[j]
                    fill += 1
                k = stop
                if k == start[e + 1]:
                    e += 1
            logistic_terms(z, fill, slope, loss)
            _weigh(z, t, w, fill, positive, safe, slope, loss, curve)
            j = 0
            while entity < last and (j < fill or at == start[entity + 1]):
                stop = min(fill, j + start[entity + 1] - at)
                at += stop - j
                for i in range(j, stop):
                    r = slope[i]
                    h = curve[i]
                    a0 = x0[i]
                    a1 = x1[i]
                    total += loss[i]
                    g0 += r * a0
                    g1 += r * a1
                    b0 = h * a0
                    h00 += b0 * a0
                    h01 += b0 * a1
                    h11 += h * a1 * a1
                j = stop
                if at == start[entity + 1]:
                    weight = own_weight[entity]
                    c0 = own[entity, 0]
                    c1 = own[entity, 1]
                    whole += weight * total
                    penalty += ridge[0] * c0 * c0 + ridge[1] * c1 * c1
                    d0, d1, _ = _solve(
                        weight * g0 + 2.0 * ridge[0] * c0, weight * g1 + 2.0 * ridge[1] * c1, 0.0,
                        weight * h00 + 2.0 * ridge[0], weight * h11 + 2.0 * ridge[1], 1.0,
                        weight * h01, 0.0, 0.0, free[0], free[1], False,
                    )  # fmt: skip
                    own[entity, 0] = c0 + d0
                    own[entity, 1] = c1 + d1
                    total = 0.0
                    g0 = 0.0
                    g1 = 0.0
                    h00 = 0.0
                    h11 = 0.0
                    h01 = 0.0
                    entity += 1
        totals[share, 0] = whole
        totals[share, 1] = 0.0
        totals[share, 2] = 0.0
        totals[share, 3] = penalty


@parallel_kernel
def step_raters(
    cuts: Any, start: Any, other_of: Any, target: Any, given: Any, own_weight: Any, positive: float, shift: float,
    safe: float, ridge: Any, free: Any, own: Any, totals: Any,
) -> None:  # fmt: skip
    """Step every rater likewise, the notes given.

    Args:
        given: float32 (notes, 2 or 3): f, i, then the note's weight, which is 1 where it is left out.
        own_weight: float64 (raters); ridge: float64 (3); free: bool (3); own: float64 (raters, 3), in and out.
        totals: as for `step_notes`; the loss, which the notes' look has told already, stays 0.
        cuts, start, other_of, target, positive, shift, safe: as for `step_notes`.
    """
    end = other_of.shape[0] - 1
    width = given.shape[1]
    for share in prange(cuts.shape[0] - 1):
        last = cuts[share + 1]
        z = np.empty(_PIECE)
        x0 = np.empty(_PIECE)
        x2 = np.empty(_PIECE)
        w = np.ones(_PIECE)
        t = np.empty(_PIECE)
        slope = np.empty(_PIECE)
        spare = np.empty(_PIECE)
        curve = np.empty(_PIECE)
        slopes = 0.0
        curves = 0.0
        penalty = 0.0
        g0 = 0.0
        g1 = 0.0
        g2 = 0.0
        h00 = 0.0
        h11 = 0.0
        h22 = 0.0
        h01 = 0.0
        h02 = 0.0
        h12 = 0.0
        entity = cuts[share]
        at = start[entity]
        while entity < last:
            fill = 0
            e = entity
            k = at
            while e < last and fill < _PIECE:
                c0 = own[e, 0]
                c2 = own[e, 2]
                base = shift + own[e, 1]
                stop = min(start[e + 1], k + _PIECE - fill)
                for j in range(k, stop):
                    prefetch(given, other_of[min(j + _AHEAD, end)])
                    o = other_of[j]
                    a0 = np.float64(given[o, 0])
                    a2 = np.float64(given[o, 1])
                    if width > 2:
                        w[fill] = given[o, 2]
                    x0[fill] = a0
                    x2[fill] = a2
                    z[fill] = base + a0 * c0 + a2 * c2
                    t[fill] = target[j]
                    fill += 1
                k = stop
                if k == start[e + 1]:
                    e += 1
            probabilities(z, fill, slope, spare)
            _weigh(z, t, w, fill, positive, safe, slope, spare, curve)
            j = 0
            while entity < last and (j < fill or at == start[entity + 1]):
                stop = min(fill, j + start[entity + 1] - at)
                at += stop - j
                for i in range(j, stop):
                    r = slope[i]
                    h = curve[i]
                    a0 = x0[i]
                    a2 = x2[i]
                    g0 += r * a0
                    g1 += r
                    g2 += r * a2
                    b0 = h * a0
                    b2 = h * a2
                    h00 += b0 * a0
                    h11 += h
                    h22 += b2 * a2
                    h01 += b0
                    h02 += b0 * a2
                    h12 += b2
                j = stop
                if at == start[entity + 1]:
                    weight = own_weight[entity]
                    c0 = own[entity, 0]
                    c1 = own[entity, 1]
                    c2 = own[entity, 2]
                    slopes += weight * g1
                    curves += weight * h11
                    penalty += ridge[0] * c0 * c0 + ridge[1] * c1 * c1 + ridge[2] * c2 * c2
                    d0, d1, d2 = _solve(
                        weight * g0 + 2.0 * ridge[0] * c0, weight * g1 + 2.0 * ridge[1] * c1,
                        weight * g2 + 2.0 * ridge[2] * c2,
                        weight * h00 + 2.0 * ridge[0], weight * h11 + 2.0 * ridge[1], weight * h22 + 2.0 * ridge[2],
                        weight * h01, weight * h02, weight * h12, free[0], free[1], free[2],
                    )  # fmt: skip
                    own[entity, 0] = c0 + d0
                    own[entity, 1] = c1 + d1
                    own[entity, 2] = c2 + d2
                    g0 = 0.0
                    g1 = 0.0
                    g2 = 0.0
                    h00 = 0.0
                    h11 = 0.0
                    h22 = 0.0
                    h01 = 0.0
                    h02 = 0.0
                    h12 = 0.0
                    entity += 1
        totals[share, 0] = 0.0
        totals[share, 1] = slopes
        totals[share, 2] = curves
        totals[share, 3] = penalty


@kernel
def _solve(
    g0: float, g1: float, g2: float, h00: float, h11: float, h22: float, h01: float, h02: float, h12: float,
    free0: bool, free1: bool, free2: bool,
) -> tuple[float, float, float]:  # fmt: skip
    """The step -h^-1 g of those parameters that are free, by Cholesky; the ridge keeps h positive."""
    if not free0:
        g0 = 0.0
        h00 = 1.0
        h01 = 0.0
        h02 = 0.0
    if not free1:
        g1 = 0.0
        h11 = 1.0
        h01 = 0.0
        h12 = 0.0
    if not free2:
        g2 = 0.0
        h22 = 1.0
        h02 = 0.0
        h12 = 0.0
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
    return (u0 - l10 * d1 - l20 * d2) / l00, d1, d2


def plain_look(
    target: NDArray[np.float64], base: NDArray[np.float64], regressors: NDArray[np.float64],
    weight: NDArray[np.float64], safe: float, own: NDArray[np.float64],
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:  # fmt: skip
    """The readable twin of a look, for one entity: cross-entropy, gradient (k) and curvature (k, k).

    Args:
        target, base, weight: float64 (ratings); regressors: float64 (ratings, k).
        safe: as for `step_notes`; own: float64 (k).
    """
    z = base + regressors @ own
    p = 1 / (1 + np.exp(-z))
    above = np.where(np.abs(z) > 1e-6, (p - 0.5) / np.where(z == 0, 1, z), 0.25)
    curve = weight * (safe * above + (1 - safe) * p * (1 - p))
    value = float(weight @ (np.logaddexp(0, z) - target * z))
    return value, regressors.T @ (weight * (p - target)), regressors.T @ (regressors * curve[:, None])
