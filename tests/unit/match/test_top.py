"""The best of many scores."""

from __future__ import annotations

import numpy as np
import pytest

from whence.match.top import best


@pytest.mark.parametrize("rows", [0, 3, 640, 5001])
@pytest.mark.parametrize("levels", [2, 1000])
def test_as_a_sort_of_everything(rows: int, levels: int) -> None:
    scores = np.random.default_rng(rows).integers(0, levels, rows).astype(np.float32)
    by_sorting = np.argsort(-scores, kind="stable")
    assert best(scores, 10).tolist() == by_sorting[:10].tolist()
    assert best(scores, 10, above=0).tolist() == [row for row in by_sorting if scores[row] > 0][:10]
