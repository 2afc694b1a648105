"""Fixed points sooner: Anderson's extrapolation from the last few steps, taken back where it raises the objective.

Source: Walker & Ni (2011), "Anderson acceleration for fixed-point iterations", SIAM J. Numer. Anal. 49(4), section 2.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import kernel, parallel_kernel, prange

__all__ = ["FixedPoint", "fixed_point", "plain_extrapolate"]

_CHUNK = 1 << 14
_FEW = 1 << 17

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class FixedPoint:
    """Where an iteration came to rest.

    Attributes:
        x: the point.
        value: the objective there.
        steps: how often the map was applied.
        moved: the largest change of any element in the last step.
        trace: the objective at each point that was kept.
    """

    x: Vector
    value: float
    steps: int
    moved: float
    trace: list[float]


def fixed_point(
    step: Callable[[Vector], tuple[float, Vector]],
    x: Vector,
    *,
    tolerance: float,
    most: int,
    memory: int = 8,
) -> FixedPoint:
    """Repeat a map that never raises an objective until it stands still.

    Args:
        step: from a point, the objective there and the map's image of it.
        x: float64: where to begin.
        tolerance: stop when no element moves by more.
        most: stop in any case after so many applications.
        memory: how many former steps are looked at; 0 for the plain map.

    Returns:
        The last point whose objective is known, which is the lowest.
    """
    best = np.inf
    trace: list[float] = []
    past = _Past(memory, len(x)) if memory else None
    fallback: Vector | None = None
    moved = np.inf
    applied = 0
    while True:
        value, image = step(x)
        applied += 1
        if value > best * (1 + 1e-14) and fallback is not None:
            # The extrapolation overshot: go back to the plain image, which cannot raise the objective, and forget.
            x, fallback = fallback, None
            if past is not None:
                past.forget()
            value, image = step(x)
            applied += 1
        best = value
        trace.append(value)
        change = image - x
        moved = max(float(change.max()), -float(change.min()))
        if moved <= tolerance or applied >= most:
            return FixedPoint(x, best, applied, moved, trace)
        further = past.add(change, image) if past is not None else None
        x, fallback = (image, None) if further is None else (further, image)


@kernel
def _look_back(part: int, change: Any, before: Any, newest: int, count: int, differences: Any, dots: Any) -> None:
    """Store one chunk of the newest difference, and its scalar products with all differences."""
    begin = part * _CHUNK
    end = min(begin + _CHUNK, change.shape[0])
    if newest >= 0:
        for k in range(begin, end):
            differences[newest, k] = change[k] - before[k]
    for row in range(count):
        with_newest = 0.0
        with_change = 0.0
        for k in range(begin, end):
            with_newest += differences[row, k] * differences[newest, k]
            with_change += differences[row, k] * change[k]
        dots[part, 0, row] = with_newest
        dots[part, 1, row] = with_change
    for k in range(begin, end):
        before[k] = change[k]


@kernel
def _blend(part: int, weights: Any, rows: Any, images: Any, out: Any) -> None:
    """One chunk of a weighted sum of images."""
    begin = part * _CHUNK
    end = min(begin + _CHUNK, out.shape[0])
    for k in range(begin, end):
        out[k] = weights[0] * images[rows[0], k]
    for j in range(1, weights.shape[0]):
        for k in range(begin, end):
            out[k] += weights[j] * images[rows[j], k]


@kernel
def _look_back_serially(change: Any, before: Any, newest: int, count: int, differences: Any, dots: Any) -> None:
    for part in range(dots.shape[0]):
        _look_back(part, change, before, newest, count, differences, dots)


@parallel_kernel
def _look_back_in_parallel(change: Any, before: Any, newest: int, count: int, differences: Any, dots: Any) -> None:
    for part in prange(dots.shape[0]):
        _look_back(part, change, before, newest, count, differences, dots)


@kernel
def _blend_serially(parts: int, weights: Any, rows: Any, images: Any, out: Any) -> None:
    for part in range(parts):
        _blend(part, weights, rows, images, out)


@parallel_kernel
def _blend_in_parallel(parts: int, weights: Any, rows: Any, images: Any, out: Any) -> None:
    for part in prange(parts):
        _blend(part, weights, rows, images, out)


class _Past:
    """The last steps' differences, their images, and the scalar products of all pairs, in rings.

    Chunks are the same however many threads there are, and so are the sums. BLAS would split them by the number of
    cores, and spin.
    """

    def __init__(self, memory: int, size: int) -> None:
        self._memory = memory
        self._differences = np.empty((memory, size))
        self._images = np.empty((memory + 1, size))
        self._before = np.empty(size)
        self._gram = np.zeros((memory, memory))
        self._parts = -(-size // _CHUNK)
        self._few = size < _FEW
        self._seen = 0

    def forget(self) -> None:
        self._seen = 0

    def add(self, change: Vector, image: Vector) -> Vector | None:
        """Take in a step and its image.

        Returns:
            Anderson's combination of the last images, the one whose combined step is least; None after the first step.
        """
        differences = min(self._seen, self._memory)  # with the newest
        newest = (self._seen - 1) % self._memory if self._seen else -1
        dots = np.zeros((self._parts, 2, self._memory))
        self._images[self._seen % (self._memory + 1)] = image
        (_look_back_serially if self._few else _look_back_in_parallel)(
            change, self._before, newest, differences, self._differences, dots
        )
        self._seen += 1
        if not differences:
            return None
        with_newest, right = np.add.reduce(dots, axis=0)
        self._gram[newest] = self._gram[:, newest] = with_newest
        oldest = self._seen - 1 - differences
        rows = np.arange(oldest, self._seen - 1) % self._memory
        gram = self._gram[np.ix_(rows, rows)].copy()
        gram[np.diag_indices(differences)] += 1e-12 * max(float(np.trace(gram)) / differences, 1e-300)
        weights = np.linalg.solve(gram, right[rows])
        # The last image less the weighted differences of images, as a sum of images.
        shares = np.zeros(differences + 1)
        shares[-1] = 1.0
        shares[1:] -= weights
        shares[:-1] += weights
        out = np.empty(len(change))
        places = np.arange(oldest, self._seen) % (self._memory + 1)
        (_blend_serially if self._few else _blend_in_parallel)(self._parts, shares, places, self._images, out)
        return out


def plain_extrapolate(steps: list[Vector], images: list[Vector]) -> Vector:
    """The readable twin of the extrapolation: by least squares on the differences, oldest first."""
    moves = np.diff(np.stack(steps), axis=0).T
    weights = np.linalg.lstsq(moves, steps[-1], rcond=None)[0]
    return np.asarray(images[-1] - np.diff(np.stack(images), axis=0).T @ weights)
