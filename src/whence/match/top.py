"""The best of many scores."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["best"]

_BLOCK = 64


def best(scores: npt.NDArray[np.float32], count: int) -> npt.NDArray[np.int64]:
    """Rows of the highest scores, best first; of equal ones the lower row comes first.

    No sort of everything: the count-th highest of the maxima of blocks is a bound that the best cannot lie below, and
    few others lie above.

    Args:
        scores: shape (rows,), float32, no NaN.
        count: how many are wanted.

    Returns:
        Rows, as many as wanted or as there are.
    """
    rows = len(scores)
    if count >= rows or rows < _BLOCK * count:
        near = np.arange(rows)
    else:
        whole = rows // _BLOCK * _BLOCK
        maxima = scores[:whole].reshape(-1, _BLOCK).max(axis=1)
        bound = np.partition(maxima, len(maxima) - count)[len(maxima) - count]
        near = np.flatnonzero(scores >= bound)
    order = np.argsort(-scores[near], kind="stable")[:count]
    return near[order].astype(np.int64)
