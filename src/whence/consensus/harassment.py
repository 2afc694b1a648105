"""The harassment model: which notes raters from both sides mark as harassment, and so what calling one helpful costs.

The fit itself is `whence.consensus.adam.descend` with a weight on positives: decision 0021 says why.

Source: ../shared/CONSENSUS.md, Prescoring (6).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import kernel
from whence.consensus.counting import keep_raters
from whence.consensus.dataset import BIT, LEVEL_SHIFT, RECENT, Ratings
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
    keep, tagged = np.empty(len(ratings), bool), np.empty(len(ratings), np.uint8)
    _say_something(ratings.bits, training, keep, tagged)
    keep = enough(ratings, raters, keep=keep_raters(ratings, helpful, keep))
    return matrix(ratings, raters, keep, code=tagged, values=np.array([0.0, 1.0]), busiest_notes_first=True)


@kernel
def _say_something(bits: Any, training: Any, keep: Any, tagged: Any) -> None:
    for k in range(bits.shape[0]):
        tagged[k] = (bits[k] & _TAG) != 0
        opposed = (bits[k] >> np.uint32(LEVEL_SHIFT)) & np.uint32(3) == 2 or (bits[k] & _OTHER) != 0
        keep[k] = training[k] and (bits[k] & np.uint32(RECENT)) != 0 and (tagged[k] or opposed)
