"""Where a fit begins when nothing is known of the raters: from the busiest, whose views are best known, outwards.

The objective has many local minima once groups of raters share few notes: each group's viewpoints may come out with
either sign. Fitting the busiest raters and most rated notes first, and everybody from there, settles the signs by the
links that are surest. Several nuclei are tried, and the fit with the lowest objective stands.
"""

from __future__ import annotations

import numpy as np

from whence.consensus.factorise import Fit, factorise
from whence.consensus.matrix import Matrix, transpose
from whence.consensus.objective import Parameters, Penalties

__all__ = ["nucleus", "nucleus_fit"]

_SHARES = (0.25, 0.06)


def nucleus(data: Matrix, share: float) -> Matrix | None:
    """The part of a matrix by its busiest raters, on notes with 5 or more of their ratings.

    Args:
        data: the whole.
        share: of raters to keep, the busiest; ties at the edge are all kept.

    Returns:
        The part, or None if it would be tiny or everything.
    """
    busy = np.diff(data.rater_start)
    wanted = max(int(share * data.raters), 1)
    edge = np.partition(busy, len(busy) - wanted)[len(busy) - wanted]
    chosen = busy >= edge
    kept = chosen[data.raters_of]
    note = np.repeat(np.arange(data.notes), np.diff(data.note_start))
    counts = np.bincount(note[kept], minlength=data.notes)
    kept &= (counts >= 5)[note]
    if kept.sum() < 100 or kept.sum() > 0.9 * len(data):
        return None
    notes = np.flatnonzero(np.bincount(note[kept], minlength=data.notes))
    raters = np.flatnonzero(np.bincount(data.raters_of[kept], minlength=data.raters))
    place = np.full(data.raters, -1, np.int32)
    place[raters] = np.arange(len(raters), dtype=np.int32)
    raters_of = place[data.raters_of[kept]]
    code = data.note_code[kept]
    note_start = np.concatenate([[0], np.cumsum(np.bincount(note[kept], minlength=data.notes)[notes])])
    rater_start = np.concatenate([[0], np.cumsum(np.bincount(raters_of, minlength=len(raters)))])
    notes_of, rater_code = np.empty(len(code), np.int32), np.empty(len(code), code.dtype)
    transpose(note_start, raters_of, code, rater_start[:-1].copy(), notes_of, rater_code)
    return Matrix(
        notes.astype(np.int32), raters.astype(np.int32), data.values,
        note_start, raters_of, code, rater_start, notes_of, rater_code,
    )  # fmt: skip


def nucleus_fit(
    data: Matrix, penalties: Penalties | None = None, *, tolerance: float = 1e-7, most_sweeps: int = 2000
) -> Fit:
    """The best of several exact fits: begun from the strongest divide of all, and of ever busier nuclei.

    Args:
        data: the ratings.
        penalties: the public scorer's if None.
        tolerance, most_sweeps: of the fits.

    Returns:
        The fit with the lowest objective; of equals, the first tried.
    """
    best = factorise(data, penalties, tolerance=tolerance, most_sweeps=most_sweeps)
    for share in _SHARES:
        inner = nucleus(data, share)
        if inner is None:
            continue
        core = factorise(inner, penalties, tolerance=1e-5).parameters
        rater = np.zeros((data.raters, 2))
        rater[inner.rater] = core.rater
        start = Parameters(core.mu, rater, np.zeros((data.notes, 2)))
        fit = factorise(data, penalties, start=start, tolerance=tolerance, most_sweeps=most_sweeps)
        if fit.loss < best.loss * (1 - 1e-9):
            best = fit
    return best
