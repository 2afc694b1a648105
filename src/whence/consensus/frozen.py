"""The final fit: raters and mu are given, so each note is a 2 x 2 solve from five sums; and the pseudo-rater bounds.

Source: ../shared/CONSENSUS.md, "Final".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import AHEAD, parallel_kernel, prange, prefetch
from whence.consensus.dataset import LEVEL_SHIFT, Ratings
from whence.consensus.objective import Penalties

__all__ = ["Bounds", "NoteSums", "bounds", "note_sums", "plain_note_sums", "solve"]


@parallel_kernel
def _sums(start: Any, rater: Any, bits: Any, keep: Any, mu: float, parameters: Any, out: Any) -> None:
    end = rater.shape[0] - 1
    for note in prange(start.shape[0] - 1):
        n = 0.0
        sf = 0.0
        sff = 0.0
        sw = 0.0
        swf = 0.0
        sww = 0.0
        for k in range(start[note], start[note + 1]):
            prefetch(parameters, rater[min(k + AHEAD, end)])
            if not keep[k]:
                continue
            u = rater[k]
            f = parameters[u, 1]
            y = 0.5 * ((bits[k] >> np.uint32(LEVEL_SHIFT)) & np.uint32(3))
            w = y - mu - parameters[u, 0]
            n += 1.0
            sf += f
            sff += f * f
            sw += w
            swf += w * f
            sww += w * w
        out[note, 0] = n
        out[note, 1] = sf
        out[note, 2] = sff
        out[note, 3] = sw
        out[note, 4] = swf
        out[note, 5] = sww


NoteSums = NDArray[np.float64]
"""float64 (notes, 6): n, sum f, sum f^2, sum w, sum w f and, for the objective's value alone, sum w^2.

w = y - mu - b_u.
"""


def note_sums(ratings: Ratings, keep: NDArray[np.bool_], mu: float, parameters: NDArray[np.float64]) -> NoteSums:
    """The sums of each note.

    Args:
        keep: bool (ratings): those that count.
        mu: the global intercept.
        parameters: float64 (raters, 2): intercept and factor of all raters; those of raters without kept ratings are
            not read.
    """
    out = np.empty((len(ratings.start) - 1, 6))
    _sums(ratings.start, ratings.rater, ratings.bits, keep, mu, parameters, out)
    return out


def plain_note_sums(ratings: Ratings, keep: NDArray[np.bool_], mu: float, parameters: NDArray[np.float64]) -> NoteSums:
    """The readable twin of `note_sums`."""
    note = ratings.note()[keep]
    mine = parameters[ratings.rater[keep]]
    f, w = mine[:, 1], 0.5 * ratings.level[keep] - mu - mine[:, 0]
    columns = [np.ones(len(f)), f, f * f, w, w * f, w * w]
    return np.stack([np.bincount(note, weights=c, minlength=len(ratings.start) - 1) for c in columns], axis=1)


def solve(sums: NoteSums, ridge_intercept: float, ridge_factor: float) -> NDArray[np.float64]:
    """Intercept and factor of each note; NaN for notes without ratings.

    Args:
        sums: from `note_sums`.
        ridge_intercept, ridge_factor: penalties times ratings a note.

    Returns:
        float64 (notes, 2): the solution of

            [ n + lb   sum f        ] [b]   [sum w  ]
            [ sum f    sum f^2 + lf ] [f] = [sum w f]
    """
    n, sf, sff, sw, swf, _ = sums.T
    a, c = n + ridge_intercept, sff + ridge_factor
    determinant = a * c - sf * sf
    out = np.stack([(c * sw - sf * swf) / determinant, (a * swf - sf * sw) / determinant], axis=1)
    out[n == 0] = np.nan
    return np.asarray(out)


@dataclass(frozen=True)
class Bounds:
    """Least and greatest intercepts over the refits: float64 (notes), NaN where the note was not fit."""

    least: NDArray[np.float64]
    greatest: NDArray[np.float64]


def bounds(
    sums: NoteSums,
    mu: float,
    raters: NDArray[np.float64],
    penalties: Penalties,
    rating: float = 1.0,
    refit: Callable[[NoteSums, NDArray[np.bool_]], NDArray[np.float64]] | None = None,
) -> Bounds:
    """Refit each note as it stands and with one extreme rating more, three ways; keep the extremes.

    Args:
        sums: from `note_sums`.
        mu: the global intercept.
        raters: float64 (raters, 2): of raters who have ratings in this fit.
        penalties: weights; the refits divide note penalties by their own ratings a note, as the public scorer's do.
        rating: the pseudo-rating.
        refit: from the sums of fitted notes and which notes these are to their intercepts, in place of the exact solve.

    Returns:
        The extremes over the refits.

    The pseudo-rater has the least intercept of all (the greatest, for a rating below a half) and the least, no, or the
    greatest factor: the rater in whose mouth the rating says most.
    """
    fitted = sums[:, 0] > 0
    count = int(np.count_nonzero(fitted))
    total = float(sums[:, 0].sum())
    least = np.full(len(sums), np.nan)
    greatest = np.full(len(sums), np.nan)
    if not count:
        return Bounds(least, greatest)
    b = float(raters[:, 0].min() if rating > 0.5 else raters[:, 0].max())
    w = rating - mu - b
    found = []
    for f in (None, float(raters[:, 1].min()), 0.0, float(raters[:, 1].max())):
        more = sums[fitted].copy()
        ratings = total
        if f is not None:
            more += np.array([1.0, f, f * f, w, w * f, w * w])
            ratings += count
        if refit is not None:
            found.append(refit(more, fitted))
            continue
        a_note = ratings / count
        found.append(solve(more, penalties.intercept * a_note, penalties.factor * a_note)[:, 0])
    least[fitted] = np.min(found, axis=0)
    greatest[fitted] = np.max(found, axis=0)
    return Bounds(least, greatest)
