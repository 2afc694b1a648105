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
def _look_back(
    part: int, change: Any, image: Any, before: Any, last: Any, newest: int, count: int, differences: Any, moves: Any,
    dots: Any,
) -> None:  # fmt: skip
    """Store one chunk of the newest differences, and the scalar products of that of the steps with all."""
    begin = part * _CHUNK
    end = min(begin + _CHUNK, change.shape[0])
    if newest >= 0:
        for k in range(begin, end):
            differences[newest, k] = change[k] - before[k]
            moves[newest, k] = image[k] - last[k]
    for row in range(count):
        with_newest = 0.0
        with_change = 0.0
        for k in range(begin, end):
            difference = np.float64(differences[row, k])
            with_newest += difference * np.float64(differences[newest, k])
            with_change += difference * change[k]
        dots[part, 0, row] = with_newest
        dots[part, 1, row] = with_change
    for k in range(begin, end):
        before[k] = change[k]
        last[k] = image[k]


@kernel
def _blend(part: int, image: Any, weights: Any, rows: Any, moves: Any, out: Any) -> None:
    """One chunk of an image less the weighted moves of former ones."""
    begin = part * _CHUNK
    end = min(begin + _CHUNK, out.shape[0])
    for k in range(begin, end):
        out[k] = image[k]
    for j in range(weights.shape[0]):
        for k in range(begin, end):
            out[k] -= weights[j] * np.float64(moves[rows[j], k])


@kernel
def _look_back_serially(
    change: Any, image: Any, before: Any, last: Any, newest: int, count: int, differences: Any, moves: Any, dots: Any
) -> None:
    for part in range(dots.shape[0]):
        _look_back(part, change, image, before, last, newest, count, differences, moves, dots)


@parallel_kernel
def _look_back_in_parallel(
    change: Any, image: Any, before: Any, last: Any, newest: int, count: int, differences: Any, moves: Any, dots: Any
) -> None:
    for part in prange(dots.shape[0]):
        _look_back(part, change, image, before, last, newest, count, differences, moves, dots)


@kernel
def _blend_serially(parts: int, image: Any, weights: Any, rows: Any, moves: Any, out: Any) -> None:
    for part in range(parts):
        _blend(part, image, weights, rows, moves, out)


@parallel_kernel
def _blend_in_parallel(parts: int, image: Any, weights: Any, rows: Any, moves: Any, out: Any) -> None:
    for part in prange(parts):
        _blend(part, image, weights, rows, moves, out)


class _Past:
    """Differences of the last steps and of their images, and the scalar products of all pairs, in rings.

    Long histories are all read at every step, so differences are kept in float32: they are small beside what they are
    differences of, to which they are added in float64, and an inexact extrapolation costs no more than exactness of the
    next. Chunks are the same however many threads there are, and so are the sums. BLAS would split them by the number
    of cores, and spin.
    """

    def __init__(self, memory: int, size: int) -> None:
        self._memory = memory
        self._differences = np.empty((memory, size), np.float32)
        self._moves = np.empty((memory, size), np.float32)
        self._before = np.empty(size)
        self._last = np.empty(size)
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
        (_look_back_serially if self._few else _look_back_in_parallel)(
            change, image, self._before, self._last, newest, differences, self._differences, self._moves, dots
        )
        self._seen += 1
        if not differences:
            return None
        with_newest, right = np.add.reduce(dots, axis=0)
        self._gram[newest] = self._gram[:, newest] = with_newest
        rows = np.arange(self._seen - 1 - differences, self._seen - 1) % self._memory
        gram = self._gram[np.ix_(rows, rows)].copy()
        gram[np.diag_indices(differences)] += 1e-12 * max(float(np.trace(gram)) / differences, 1e-300)
        weights = np.linalg.solve(gram, right[rows])
        out = np.empty(len(change))
        (_blend_serially if self._few else _blend_in_parallel)(self._parts, image, weights, rows, self._moves, out)
        return out


def plain_extrapolate(steps: list[Vector], images: list[Vector]) -> Vector:
    """The readable twin of the extrapolation: by least squares on the differences, oldest first."""
    moves = np.diff(np.stack(steps), axis=0).T
    weights = np.linalg.lstsq(moves, steps[-1], rcond=None)[0]
    return np.asarray(images[-1] - np.diff(np.stack(images), axis=0).T @ weights)
