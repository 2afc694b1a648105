"""Many small logistic regressions at once, one an entity: single safe steps, or, with one unknown each, to rest.

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

from whence.consensus._jit import parallel_kernel, prange, prefetch
from whence.consensus.logistic import logistic_terms
from whence.consensus.look import TOTALS, plain_look, step_notes, step_raters
from whence.consensus.matrix import Matrix, cuts_of

__all__ = ["Side", "majorise_side", "newton_notes", "plain_majorise", "plain_newton"]

_SAFE = 0.1
_SETTLED = 1e-9
_AHEAD = 64


@dataclass(frozen=True)
class Side:
    """The ratings of one side's entities.

    Attributes:
        start: int64 (entities + 1); other_of: int32 (ratings); target: uint8 (ratings), 0 or 1.
        of_notes: whether the entities are notes.
        cuts: from `whence.consensus.matrix.cuts_of`.
    """

    start: NDArray[np.int64]
    other_of: NDArray[np.int32]
    target: NDArray[Any]
    of_notes: bool
    cuts: NDArray[np.int64]

    @classmethod
    def notes(cls, data: Matrix) -> Side:
        """The notes' side of a matrix."""
        return cls(data.note_start, data.raters_of, data.note_code, True, cuts_of(data.note_start))

    @classmethod
    def raters(cls, data: Matrix) -> Side:
        """The raters' side of a matrix."""
        return cls(data.rater_start, data.notes_of, data.rater_code, False, cuts_of(data.rater_start))


def majorise_side(
    side: Side, given: NDArray[np.float32], own_weight: NDArray[np.float64], positive: float, shift: float,
    ridge: NDArray[np.float64], free: NDArray[np.bool_], own: NDArray[np.float64],
) -> NDArray[np.float64]:  # fmt: skip
    """Step every entity of one side once, the other side given.

    Args:
        side: the ratings.
        given, positive, shift: as for `whence.consensus.look.step_notes` or `step_raters`.
        own_weight: float64 (entities): multiplies the weights of an entity's ratings.
        ridge: float64 (2 for notes, 3 for raters): penalties times N over the number of entities.
        free: bool, as long: which parameters move.
        own: float64 (entities, 2 or 3), in and out.

    Returns:
        float64 (4): over all entities, at entry, as `whence.consensus.look.TOTALS` lists them.
    """
    totals = np.empty((len(side.cuts) - 1, TOTALS))
    (step_notes if side.of_notes else step_raters)(
        side.cuts, side.start, side.other_of, side.target, given, own_weight, positive, shift, _SAFE, ridge, free, own,
        totals,
    )  # fmt: skip
    return np.asarray(totals.sum(axis=0))


@parallel_kernel
def _newton(
    cuts: Any, start: Any, other_of: Any, target: Any, given: Any, own_weight: Any, positive: float, shift: float,
    ridge: float, moving: int, passes: int, own: Any,
) -> None:  # fmt: skip
    end = other_of.shape[0] - 1
    width = given.shape[1]
    for share in prange(cuts.shape[0] - 1):
        longest = 0
        for note in range(cuts[share], cuts[share + 1]):
            longest = max(longest, start[note + 1] - start[note])
        base = np.empty(longest)
        x = np.empty(longest)
        t = np.empty(longest)
        w = np.empty(longest)
        z = np.empty(longest)
        probability = np.empty(longest)
        growth = np.empty(longest)
        for note in range(cuts[share], cuts[share + 1]):
            first = start[note]
            count = start[note + 1] - first
            still = own[note, 1 - moving]
            for k in range(count):
                prefetch(given, other_of[min(first + k + _AHEAD, end)])
                o = other_of[first + k]
                factor = np.float64(given[o, 1])
                reputation = 1.0
                weight = own_weight[note]
                if width > 2:
                    reputation = np.float64(given[o, 2])
                if width > 3:
                    weight *= np.float64(given[o, 3])
                x[k] = factor if moving == 0 else reputation
                base[k] = shift + given[o, 0] + still * (reputation if moving == 0 else factor)
                t[k] = target[first + k]
                w[k] = weight * (1.0 + t[k] * (positive - 1.0))
            at = own[note, moving]
            best = np.inf
            step = 0.0
            solved = 0.0
            for _ in range(passes):
                tried = at + step
                for k in range(count):
                    z[k] = base[k] + x[k] * tried
                logistic_terms(z, count, probability, growth)
                total = ridge * tried * tried
                slope = 2.0 * ridge * tried
                curve = 2.0 * ridge
                for k in range(count):
                    p = probability[k]
                    total += w[k] * (growth[k] - t[k] * z[k])
                    slope += w[k] * (p - t[k]) * x[k]
                    curve += w[k] * p * (1.0 - p) * x[k] * x[k]
                if total <= best:
                    best = total
                    at = tried
                    solved = -slope / curve
                    if abs(solved) < _SETTLED:
                        break
                    step = solved
                else:
                    step *= 0.5
            own[note, moving] = at


def newton_notes(
    side: Side, given: NDArray[np.float32], own_weight: NDArray[np.float64], positive: float, shift: float,
    ridge: float, moving: int, passes: int, own: NDArray[np.float64],
) -> None:  # fmt: skip
    """Bring one parameter of every note to the minimum of its penalised cross-entropy, raters and the other given.

    Args:
        side: the notes' ratings.
        given, own_weight, positive, shift: as for `majorise_side`.
        ridge: the moving parameter's penalty times N over the number of notes.
        moving: 0 or 1: which of the two.
        passes: looks at a note's ratings, at least 2; each step is checked by the next look, and halved if it raised
            the sum.
        own: float64 (notes, 2), in and out.

    Per note, with p = 1 / (1 + exp(-z)), it minimises sum w (ln(1 + exp z) - t z) + ridge own^2. What raters say of a
    note is fetched once, and lies in the cache from then on.
    """
    _newton(
        side.cuts, side.start, side.other_of, side.target, given, own_weight, positive, shift, ridge, moving, passes,
        own,
    )  # fmt: skip


def plain_majorise(
    target: NDArray[np.float64], base: NDArray[np.float64], regressors: NDArray[np.float64],
    weight: NDArray[np.float64], ridge: NDArray[np.float64], free: NDArray[np.bool_], own: NDArray[np.float64],
) -> tuple[NDArray[np.float64], float]:  # fmt: skip
    """The readable twin of `majorise_side` for one entity: the new parameters, and the cross-entropy at the old."""
    value, slope, curve = plain_look(target, base, regressors, weight, _SAFE, own)
    g, h = slope + 2 * ridge * own, curve + 2 * np.diag(ridge)
    step = np.zeros(len(own))
    step[free] = -np.linalg.solve(h[np.ix_(free, free)], g[free])
    return own + step, value


def plain_newton(
    target: NDArray[np.float64], base: NDArray[np.float64], regressor: NDArray[np.float64],
    weight: NDArray[np.float64], ridge: float, own: float,
) -> float:  # fmt: skip
    """The readable twin of `newton_notes` for one note: plain Newton with step halving, run to its minimum."""

    def looked(at: float) -> tuple[float, float, float]:
        value, slope, curve = plain_look(target, base, regressor[:, None], weight, 0.0, np.array([at]))
        return value + ridge * at * at, float(slope[0]) + 2 * ridge * at, float(curve[0, 0]) + 2 * ridge

    at = own
    for _ in range(100):
        value, slope, curve = looked(at)
        step = -slope / curve
        while looked(at + step)[0] > value and abs(step) > 1e-12:
            step /= 2
        at += step
        if abs(step) < 1e-10:
            break
    return at
