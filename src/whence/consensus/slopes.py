"""The loss of a factorisation and its slopes, by note and by rater: one look at the ratings from either side.

Each side is summed in its own order, an entity at a time, so that nothing is ever written out of order and what the
other side says of a rating is one fetch of eight bytes: those of a million notes or raters lie in the cache together.
The second look costs less than the scattered sums that a single look would need; see decision 0026.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import kernel, parallel_kernel, prange, prefetch
from whence.consensus.logistic import logistic_terms, probabilities
from whence.consensus.matrix import Matrix, cuts_of
from whence.consensus.objective import Parameters

__all__ = ["plain_slopes", "slopes"]

_PIECE = 512
_AHEAD = 64
_FEW = 200_000


@kernel
def _squares(
    first: int, last: int, start: Any, other_of: Any, code: Any, values: Any, mu: float, own: Any, other: Any,
    with_loss: bool, out: Any,
) -> None:  # fmt: skip
    """Squared errors and their slopes, an entity at a time."""
    end = other_of.shape[0] - 1
    for e in range(first, last):
        b = np.float64(own[e, 0]) + mu
        f = np.float64(own[e, 1])
        gb = 0.0
        gf = 0.0
        total = 0.0
        for k in range(start[e], start[e + 1]):
            prefetch(other, other_of[min(k + _AHEAD, end)])
            o = other_of[k]
            view = np.float64(other[o, 1])
            r = b + np.float64(other[o, 0]) + f * view - values[code[k]]
            total += r * r
            gb += 2.0 * r
            gf += 2.0 * r * view
        out[e, 0] = gb
        out[e, 1] = gf
        if with_loss:
            out[e, 2] = total


@kernel
def _entropies(
    first: int, last: int, start: Any, other_of: Any, code: Any, values: Any, mu: float, own: Any, other: Any,
    positive: float, with_loss: bool, out: Any,
) -> None:  # fmt: skip
    """Weighted cross-entropies and their slopes, likewise; in pieces, as `whence.consensus.look` explains."""
    end = other_of.shape[0] - 1
    z = np.empty(_PIECE)
    view = np.empty(_PIECE)
    y = np.empty(_PIECE)
    slope = np.empty(_PIECE)
    loss = np.empty(_PIECE)
    gb = 0.0
    gf = 0.0
    total = 0.0
    entity = first
    at = start[first]
    while entity < last:
        fill = 0
        e = entity
        k = at
        while e < last and fill < _PIECE:
            b = np.float64(own[e, 0]) + mu
            f = np.float64(own[e, 1])
            stop = min(start[e + 1], k + _PIECE - fill)
            for j in range(k, stop):
                prefetch(other, other_of[min(j + _AHEAD, end)])
                o = other_of[j]
                fo = np.float64(other[o, 1])
                view[fill] = fo
                z[fill] = b + np.float64(other[o, 0]) + f * fo
                y[fill] = values[code[j]]
                fill += 1
            k = stop
            if k == start[e + 1]:
                e += 1
        if with_loss:
            logistic_terms(z, fill, slope, loss)
            for j in range(fill):
                weight = positive if y[j] > 0.5 else 1.0
                slope[j] = weight * (slope[j] - y[j])
                loss[j] = weight * (loss[j] - y[j] * z[j])
        else:
            probabilities(z, fill, slope, loss)
            for j in range(fill):
                weight = positive if y[j] > 0.5 else 1.0
                slope[j] = weight * (slope[j] - y[j])
                loss[j] = 0.0
        j = 0
        while entity < last and (j < fill or at == start[entity + 1]):
            stop = min(fill, j + start[entity + 1] - at)
            at += stop - j
            for i in range(j, stop):
                gb += slope[i]
                gf += slope[i] * view[i]
                total += loss[i]
            j = stop
            if at == start[entity + 1]:
                out[entity, 0] = gb
                out[entity, 1] = gf
                if with_loss:
                    out[entity, 2] = total
                gb = 0.0
                gf = 0.0
                total = 0.0
                entity += 1


@kernel
def _slopes(
    first: int, last: int, start: Any, other_of: Any, code: Any, values: Any, mu: float, own: Any, other: Any,
    positive: float, with_loss: bool, out: Any,
) -> None:  # fmt: skip
    if positive == 0.0:
        _squares(first, last, start, other_of, code, values, mu, own, other, with_loss, out)
    else:
        _entropies(first, last, start, other_of, code, values, mu, own, other, positive, with_loss, out)


@parallel_kernel
def _slopes_in_parallel(
    cuts: Any, start: Any, other_of: Any, code: Any, values: Any, mu: float, own: Any, other: Any, positive: float,
    with_loss: bool, out: Any,
) -> None:  # fmt: skip
    for share in prange(cuts.shape[0] - 1):
        _slopes(
            cuts[share], cuts[share + 1], start, other_of, code, values, mu, own, other, positive, with_loss, out
        )  # fmt: skip


def slopes(
    data: Matrix,
    mu: float,
    note: NDArray[Any],
    rater: NDArray[Any],
    positive: float,
    by_note: NDArray[np.float64],
    by_rater: NDArray[np.float64],
) -> None:
    """Sum the loss and its derivatives over each note's and each rater's ratings.

    Args:
        data: the ratings.
        mu: the global intercept.
        note, rater: float32 or float64 (notes, 2), (raters, 2): intercept and factor; what the other side sees of them
            are their float32 values.
        positive: 0 for squared error; else the weight of positive targets in the cross-entropy.
        by_note: float64 (notes, 3), out: derivatives by intercept and factor, and the loss; not divided by N.
        by_rater: float64 (raters, 2), out: derivatives by intercept and factor.
    """
    note, rater = note.astype(np.float32, copy=False), rater.astype(np.float32, copy=False)
    sides = (
        (data.note_start, data.raters_of, data.note_code, data.values, mu, note, rater, positive, True, by_note),
        (data.rater_start, data.notes_of, data.rater_code, data.values, mu, rater, note, positive, False, by_rater),
    )
    for side in sides:
        if len(data) < _FEW:  # waking threads costs more; the sums are the same
            _slopes(0, len(side[0]) - 1, *side)
        else:
            _slopes_in_parallel(cuts_of(side[0]), *side)


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
