"""One look at the ratings of many small logistic regressions at once: loss, slope and curvature of each.

Large fits wait for memory, not for arithmetic. So a look goes through the ratings in pieces: first it fetches what the
other side says of each rating, in a loop short enough that many fetches are under way at once; then it computes a whole
piece in vectors; then it sums, an entity at a time. Pieces are cut by the data alone, so that the sums do not depend on
the number of threads.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import AHEAD, kernel, parallel_kernel, prange, prefetch
from whence.consensus.logistic import logistic_terms

__all__ = ["SUMS", "look", "plain_look"]

SUMS = 12
"""Sums of an entity: the loss; slope and curvature by a shift of the logit; three slopes; six curvatures, which are
those of 0 0, 1 1, 2 2, 0 1, 0 2 and 1 2."""

_PIECE = 512


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
def look(
    cuts: Any, start: Any, other_of: Any, target: Any, given: Any, other_weight: Any, resting: Any,
    positive: float, shift: float, safe: float, own: Any, sums: Any,
) -> None:  # fmt: skip
    """Sum over each entity's ratings the weighted cross-entropy and its derivatives, the other side given.

    Args:
        cuts: from `whence.consensus.matrix.cuts_of`.
        start: int64 (entities + 1); other_of: int32 (ratings); target: uint8 (ratings), 0 or 1.
        given: float32 (others, 4): base and three regressors: a rating's logit is shift + given[o] . (1, own[e]).
        other_weight: float64 (others), or empty for 1 each.
        resting: bool (entities): those to pass over, whose sums stay as they are; or empty for none.
        positive: weight of ratings whose target is 1.
        shift: added to every logit.
        safe: share, in [0, 1], of the parabola (p - 1/2) / z in the curvature; the rest is the loss's own, p (1 - p).
        own: float64 (entities, 3): where the entities stand.
        sums: float64 (entities, 12), out: as `SUMS` lists them.
    """
    weighted = other_weight.shape[0] > 0
    some_rest = resting.shape[0] > 0
    end = other_of.shape[0] - 1
    for share in prange(cuts.shape[0] - 1):
        last = cuts[share + 1]
        z = np.empty(_PIECE)
        x0 = np.empty(_PIECE)
        x1 = np.empty(_PIECE)
        x2 = np.empty(_PIECE)
        w = np.ones(_PIECE)
        t = np.empty(_PIECE)
        slope = np.empty(_PIECE)
        loss = np.empty(_PIECE)
        curve = np.empty(_PIECE)
        entity = cuts[share]
        at = start[entity]
        while entity < last:
            fill = 0
            e = entity
            k = at
            while e < last and fill < _PIECE:
                if k == start[e + 1] or (some_rest and resting[e]):
                    e += 1
                    k = start[e]
                    continue
                c0 = own[e, 0]
                c1 = own[e, 1]
                c2 = own[e, 2]
                stop = min(start[e + 1], k + _PIECE - fill)
                for j in range(k, stop):
                    prefetch(given, other_of[min(j + AHEAD, end)])
                    o = other_of[j]
                    a0 = np.float64(given[o, 1])
                    a1 = np.float64(given[o, 2])
                    a2 = np.float64(given[o, 3])
                    x0[fill] = a0
                    x1[fill] = a1
                    x2[fill] = a2
                    z[fill] = shift + given[o, 0] + a0 * c0 + a1 * c1 + a2 * c2
                    t[fill] = target[j]
                    if weighted:
                        w[fill] = other_weight[o]
                    fill += 1
                k = stop
            logistic_terms(z, fill, slope, loss)
            _weigh(z, t, w, fill, positive, safe, slope, loss, curve)
            j = 0
            while entity < last and (j < fill or at == start[entity + 1] or (some_rest and resting[entity])):
                if some_rest and resting[entity]:
                    entity += 1
                    at = start[entity]
                    continue
                if at == start[entity]:
                    for i in range(SUMS):
                        sums[entity, i] = 0.0
                total = 0.0
                gs = 0.0
                hs = 0.0
                g0 = 0.0
                g1 = 0.0
                g2 = 0.0
                h00 = 0.0
                h11 = 0.0
                h22 = 0.0
                h01 = 0.0
                h02 = 0.0
                h12 = 0.0
                stop = min(fill, j + start[entity + 1] - at)
                at += stop - j
                for i in range(j, stop):
                    r = slope[i]
                    h = curve[i]
                    a0 = x0[i]
                    a1 = x1[i]
                    a2 = x2[i]
                    total += loss[i]
                    gs += r
                    hs += h
                    g0 += r * a0
                    g1 += r * a1
                    g2 += r * a2
                    b0 = h * a0
                    b1 = h * a1
                    h00 += b0 * a0
                    h11 += b1 * a1
                    h22 += h * a2 * a2
                    h01 += b0 * a1
                    h02 += b0 * a2
                    h12 += b1 * a2
                j = stop
                sums[entity, 0] += total
                sums[entity, 1] += gs
                sums[entity, 2] += hs
                sums[entity, 3] += g0
                sums[entity, 4] += g1
                sums[entity, 5] += g2
                sums[entity, 6] += h00
                sums[entity, 7] += h11
                sums[entity, 8] += h22
                sums[entity, 9] += h01
                sums[entity, 10] += h02
                sums[entity, 11] += h12
                if at == start[entity + 1]:
                    entity += 1


def plain_look(
    target: NDArray[np.float64], base: NDArray[np.float64], regressors: NDArray[np.float64],
    weight: NDArray[np.float64], safe: float, own: NDArray[np.float64],
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:  # fmt: skip
    """The readable twin of `look` for one entity: cross-entropy, gradient (3) and curvature (3, 3).

    Args:
        target, base, weight: float64 (ratings); regressors: float64 (ratings, 3).
        safe, own: as for `look`.
    """
    z = base + regressors @ own
    p = 1 / (1 + np.exp(-z))
    above = np.where(np.abs(z) > 1e-6, (p - 0.5) / np.where(z == 0, 1, z), 0.25)
    curve = weight * (safe * above + (1 - safe) * p * (1 - p))
    value = float(weight @ (np.logaddexp(0, z) - target * z))
    return value, regressors.T @ (weight * (p - target)), regressors.T @ (regressors * curve[:, None])
