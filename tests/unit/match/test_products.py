"""Products of bytes: exact, whatever stands beside."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from whence.match.products import LARGEST, ZERO, products


@given(st.integers(1, 40), st.integers(1, 9), st.sampled_from([1, 7, 384]), st.integers(0, 2**32 - 1))
def test_as_whole_numbers_multiply(rows: int, queries: int, width: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    held = draw.integers(1, 256, (rows, width))
    asked = draw.integers(-LARGEST, LARGEST + 1, (width, queries))
    found = products(held.astype(np.uint8), asked.astype(np.int8))
    assert (found == (held - ZERO) @ asked).all()


def test_the_largest_numbers_do_not_overflow() -> None:
    asked = np.full((384, 2), LARGEST, np.int8)
    asked[:, 1] *= -1
    for byte in (1, 255):
        found = products(np.full((3, 384), byte, np.uint8), asked)
        assert found.tolist() == [[384 * LARGEST * (byte - ZERO), -384 * LARGEST * (byte - ZERO)]] * 3
