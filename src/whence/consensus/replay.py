"""A published run again, step by step: the public scorer's seeded start and its optimiser's path in float32.

Which end an optimiser with a patience reaches depends on its seed and on the order of the rows, so both are rebuilt:
raters of high volume last, then those who rate in step, else the files' order; and the random start from the Mersenne
twister's stream as the public scorer's tensor library draws it.

Source: ../shared/CONSENSUS.md, "Fit" and "What agreement means".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from whence.consensus.adam import Adam
from whence.consensus.dataset import Raters, Ratings
from whence.consensus.frozen import NoteSums
from whence.consensus.matrix import Matrix
from whence.consensus.objective import Parameters, Penalties
from whence.errors import InputError

__all__ = ["descend_frozen", "seeded_start"]


def seeded_start(data: Matrix, ratings: Ratings, raters: Raters, keep: NDArray[np.bool_], seed: int) -> Parameters:
    """The random start of the first fit.

    Args:
        data: the matrix of the kept ratings.
        ratings: with their row numbers.
        raters: for who comes last.
        keep: bool (ratings): those in the matrix.
        seed: of the run that is replayed; in [0, 2^32).

    Returns:
        Factors uniform in +-sqrt(6 / (1 + count)), intercepts 0.

    Raises:
        InputError: if the ratings were read without row numbers.
    """
    if ratings.order is None:
        raise InputError(
            "a run is replayed in the order of its rows, but the ratings were read without: keep_order=True"
        )
    rows = np.flatnonzero(keep)
    of = ratings.rater[rows]
    rows = rows[np.lexsort([ratings.order[rows], raters.correlated[of], raters.high_volume[of]])]
    column = np.full(len(raters), -1, np.int64)
    column[data.rater] = np.arange(data.raters)
    raters_by_turn = _first_places(column[ratings.rater[rows]])
    notes = np.searchsorted(ratings.start, rows, side="right") - 1
    row = np.full(len(ratings.start) - 1, -1, np.int64)
    row[data.note] = np.arange(data.notes)
    notes_by_turn = _first_places(row[notes])

    stream = np.random.RandomState(seed)._bit_generator

    def uniform(count: int) -> NDArray[np.float64]:
        return np.asarray((stream.random_raw(count) & 0xFFFFFF) * 2.0**-24)

    # The tables are first filled with normal numbers, drawn 16 at a time, which are then written over.
    for count in (data.raters, data.notes, data.raters, data.notes):
        uniform(count + (16 if count % 16 and count >= 16 else 0))
    rater, note = np.zeros((data.raters, 2)), np.zeros((data.notes, 2))
    for side, turn in ((rater, raters_by_turn), (note, notes_by_turn)):
        bound = float(np.float32(np.sqrt(6.0 / (1 + len(side)))))
        side[turn, 1] = (uniform(len(side)) * 2 * bound - bound).astype(np.float32)
    return Parameters(0.0, rater, note)


def _first_places(of: NDArray[np.int64]) -> NDArray[np.int64]:
    """Distinct values in order of first appearance."""
    values, first = np.unique(of, return_index=True)
    return np.asarray(values[np.argsort(first)])


def descend_frozen(
    sums: NoteSums,
    start: NDArray[np.float64],
    fixed: float,
    penalties: Penalties,
    *,
    rate: float = 0.2,
    most: int = 5000,
) -> NDArray[np.float64]:
    """The optimiser's path where only notes move, which the sums of each note decide.

    Args:
        sums: of the fitted notes.
        start: float64 (notes, 2).
        fixed: the objective's part that does not move: raters' and mu's penalties.
        penalties: weights.
        rate: learning rate.
        most: stop in any case after so many epochs.

    Returns:
        float64 (notes, 2): where it stops.
    """
    n, sf, sff, sw, swf, sww = sums.T
    total = float(n.sum())
    per_note = len(sums) if penalties.ratings_a_note is None else total / penalties.ratings_a_note
    ridge = np.array([penalties.intercept, penalties.factor])
    note = start.astype(np.float32)
    adam = Adam(rate)

    def value() -> float:
        b, f = note.astype(np.float64).T
        error = (sww - 2 * b * sw - 2 * f * swf + n * b * b + 2 * b * f * sf + f * f * sff).sum() / total
        return float(
            np.float32(error + fixed + float(((note.astype(np.float64) ** 2).sum(axis=0) * ridge).sum()) / per_note)
        )

    before, now, epoch = 1e10, value(), 0
    while abs(now - before) > 1e-7 and not (epoch > 100 and now > before) and epoch < most:
        before = now
        b, f = note.astype(np.float64).T
        gradient = np.stack([n * b + sf * f - sw, sf * b + sff * f - swf], axis=1) * (2 / total)
        gradient += 2 * ridge * note / per_note
        clip = min(1.0, 1.0 / (float(np.sqrt((gradient**2).sum())) + 1e-6))
        adam.step([note], [(gradient * clip).astype(np.float32)])
        now = value()
        epoch += 1
    return note.astype(np.float64)
