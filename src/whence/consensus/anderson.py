"""Fixed points sooner: Anderson's extrapolation from the last few steps, taken back where it raises the objective.

Source: Walker & Ni (2011), "Anderson acceleration for fixed-point iterations", SIAM J. Numer. Anal. 49(4), section 2.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["FixedPoint", "extrapolate", "fixed_point"]

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
    steps: list[Vector] = []
    images: list[Vector] = []
    fallback: Vector | None = None
    moved = np.inf
    applied = 0
    while True:
        value, image = step(x)
        applied += 1
        if value > best * (1 + 1e-14) and fallback is not None:
            # The extrapolation overshot: go back to the plain image, which cannot raise the objective, and forget.
            x, fallback = fallback, None
            steps.clear()
            images.clear()
            value, image = step(x)
            applied += 1
        best = value
        trace.append(value)
        change = image - x
        moved = float(np.abs(change).max())
        if moved <= tolerance or applied >= most:
            return FixedPoint(x, best, applied, moved, trace)
        steps.append(change)
        images.append(image)
        if len(steps) > memory + 1:
            del steps[0], images[0]
        x, fallback = (extrapolate(steps, images), image) if memory and len(steps) > 1 else (image, None)


def extrapolate(steps: list[Vector], images: list[Vector]) -> Vector:
    """Anderson's combination of the last images: the one whose combined step is least.

    Args:
        steps, images: two or more of each, oldest first.
    """
    last = steps[-1]
    count = len(steps) - 1
    gram = np.empty((count, count))
    right = np.empty(count)
    differences = [steps[k + 1] - steps[k] for k in range(count)]
    for i in range(count):
        right[i] = _dot(differences[i], last)
        for j in range(i + 1):
            gram[i, j] = gram[j, i] = _dot(differences[i], differences[j])
    gram[np.diag_indices(count)] += 1e-12 * max(float(np.trace(gram)) / count, 1e-300)
    weights = np.linalg.solve(gram, right)
    out = images[-1].copy()
    for k in range(count):
        out -= weights[k] * (images[k + 1] - images[k])
    return out


def _dot(a: Vector, b: Vector) -> float:
    """The scalar product by NumPy's pairwise sum: BLAS would split it by the number of cores, and spin."""
    return float(np.add.reduce(a * b))
