"""What either side of the divide says of a note: ratings, means and net helpful ratings by the sign of the rater.

Source: ../shared/CONSENSUS.md, Rules 5, 13 and 14.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import AHEAD, parallel_kernel, prange, prefetch
from whence.consensus.dataset import LEVEL_SHIFT, Ratings

__all__ = ["Sides", "plain_sides", "sides"]


@dataclass(frozen=True)
class Sides:
    """Ratings of each note by side and level.

    Attributes:
        counts: int64 (notes, 2, 3): side (negative factor; zero or positive), level (not, somewhat, helpful).
    """

    counts: NDArray[np.int64]

    @property
    def ratings(self) -> NDArray[np.int64]:
        """int64 (notes, 2): ratings a side."""
        return np.asarray(self.counts.sum(axis=2))

    @property
    def means(self) -> NDArray[np.float64]:
        """float64 (notes, 2): mean rating a side; NaN where a side is silent."""
        total = self.ratings
        score = 0.5 * self.counts[:, :, 1] + self.counts[:, :, 2]
        return np.asarray(np.divide(score, total, out=np.full(total.shape, np.nan), where=total > 0))

    @property
    def minority(self) -> NDArray[np.int64]:
        """int64 (notes): helpful less not-helpful ratings of the side where that is less, at least 0."""
        return np.asarray(np.maximum((self.counts[:, :, 2] - self.counts[:, :, 0]).min(axis=1), 0))

    @property
    def minority_ratio(self) -> NDArray[np.float64]:
        """float64 (notes): `minority` over all of the note's ratings by either side."""
        total = self.ratings.sum(axis=1)
        return np.asarray(np.divide(self.minority, total, out=np.zeros(len(total)), where=total > 0))


@parallel_kernel
def _tally(start: Any, rater: Any, bits: Any, factor: Any, out: Any) -> None:
    end = rater.shape[0] - 1
    for note in prange(start.shape[0] - 1):
        for k in range(start[note], start[note + 1]):
            prefetch(factor, rater[min(k + AHEAD, end)])
            f = factor[rater[k]]
            if not np.isnan(f):
                out[note, 0 if f < 0 else 1, (bits[k] >> np.uint32(LEVEL_SHIFT)) & np.uint32(3)] += 1


def sides(ratings: Ratings, rater_factor: NDArray[np.float64]) -> Sides:
    """Tally ratings by side and level.

    Args:
        ratings: all that the scorer hears.
        rater_factor: float64 (raters); raters with NaN are left out.
    """
    out = np.zeros((len(ratings.start) - 1, 2, 3), np.int64)
    _tally(ratings.start, ratings.rater, ratings.bits, rater_factor, out)
    return Sides(out)


def plain_sides(ratings: Ratings, rater_factor: NDArray[np.float64]) -> Sides:
    """The readable twin of `sides`."""
    f = rater_factor[ratings.rater]
    out = np.zeros((len(ratings.start) - 1, 2, 3), np.int64)
    there = ~np.isnan(f)
    np.add.at(out, (ratings.note()[there], (f[there] >= 0).astype(int), ratings.level[there]), 1)
    return Sides(out)
