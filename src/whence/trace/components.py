"""Connected components of a graph, by the least number of each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["components"]


def components(n: int, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int64]:
    """The least number among those that edges connect with each of 0 … n-1.

    Args:
        n: how many there are.
        a, b: int64, the ends of the edges, each in 0 … n-1.

    Returns:
        int64, shape (n,).
    """
    label = np.arange(n, dtype=np.int64)
    while len(a):
        # Hook the larger root onto the smaller, then let every number look up to its root.
        low, high = np.minimum(label[a], label[b]), np.maximum(label[a], label[b])
        apart = low != high
        if not apart.any():
            break
        a, b, low, high = a[apart], b[apart], low[apart], high[apart]
        np.minimum.at(label, high, low)
        while True:
            up = label[label]
            if np.array_equal(up, label):
                break
            label = up
    return label
