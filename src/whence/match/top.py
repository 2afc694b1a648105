"""The best of many scores."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["best"]

_GROUP = 64


def best(scores: npt.NDArray[np.float32], count: int, above: float = -np.inf) -> npt.NDArray[np.int64]:
    """Rows of the highest scores, best first; of equal ones the lower row comes first.

    No sort of everything: the count-th highest of the maxima of groups is a bound that the best cannot lie below, and
    few others lie above.

    Args:
        scores: shape (rows,), float32, no NaN.
        count: how many are wanted.
        above: scores that are not above it are passed over.

    Returns:
        Rows, as many as wanted or as there are.
    """
    rows = len(scores)
    bound = -np.inf
    if rows >= _GROUP * count:
        # Groups are columns: numpy takes the maxima of long rows together faster than that of each short one.
        maxima = scores[: rows // _GROUP * _GROUP].reshape(_GROUP, -1).max(axis=0)
        bound = np.partition(maxima, len(maxima) - count)[len(maxima) - count]
    near = np.flatnonzero(scores >= bound if bound > above else scores > above)
    order = np.argsort(-scores[near], kind="stable")[:count]
    return near[order].astype(np.int64)
