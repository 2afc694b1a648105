"""The harassment model: which notes raters from both sides mark as harassment, and so what calling one helpful costs.

The fit itself is `whence.consensus.adam.descend` with a weight on positives: decision 0021 says why.

Source: ../shared/CONSENSUS.md, Prescoring (6).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from whence.consensus.dataset import BIT, RECENT, Ratings
from whence.consensus.filters import enough
from whence.consensus.matrix import Matrix, matrix

__all__ = ["harassment_matrix"]

_TAG = np.uint32(1 << BIT["notHelpfulSpamHarassmentOrAbuse"])
_OTHER = np.uint32(1 << BIT["notHelpfulOther"])


def harassment_matrix(ratings: Ratings, raters: int, training: NDArray[np.bool_], helpful: NDArray[np.bool_]) -> Matrix:
    """Ratings that say something about harassment, as a matrix of 0 and 1.

    Args:
        training: bool (ratings): those of the first fit.
        helpful: bool (raters): heard so far.

    Returns:
        1 where the tag is set; 0 where the rating is helpful or carries the tag "other"; other ratings are left out,
        and so are those before December 2021, notes with under 5 and raters with under 10.
    """
    tagged = (ratings.bits & _TAG) != 0
    opposed = (ratings.level == 2) | ((ratings.bits & _OTHER) != 0)
    keep = training & helpful[ratings.rater] & ((ratings.bits & np.uint32(RECENT)) != 0) & (tagged | opposed)
    keep = enough(ratings, raters, keep=keep)
    return matrix(ratings, raters, keep, code=tagged.astype(np.uint8), values=np.array([0.0, 1.0]))
