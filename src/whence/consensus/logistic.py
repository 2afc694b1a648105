"""Logistic terms of many logits at once: loops without branches or library calls, which compilers turn into vectors.

exp is reduced to |r| <= ln(2) / 2 and a polynomial of degree 12, ln(1 + e) to a series in e / (2 + e); both are good to
a few units in the last place, and consist of IEEE additions, products and quotients alone, so that every machine gives
the same bits, which mathematical libraries do not promise.

Source: Muller (2016), "Elementary Functions", 3rd ed., section 11.2 (range reduction), 1.4 (the series of atanh).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import kernel

__all__ = ["logistic_terms", "plain_logistic_terms", "probabilities"]

_LOG2E = 1.0 / math.log(2.0)
# ln 2 in two parts, the first with zeros at its end, so that its product with a small whole number is exact.
_LN2_HIGH = float(np.float32(math.log(2.0)))
_LN2_LOW = math.log(2.0) - _LN2_HIGH
_MAGIC = 1.5 * 2.0**52
"""Added to a small number, it leaves the number rounded to a whole one in the last bits."""
_SMALLEST = 690.0


@kernel
def _exponentials(z: Any, count: int, power: Any, fraction: Any) -> None:
    """exp(-|z|) as a power of two times a number near 1."""
    whole = power.view(np.int64)
    for k in range(count):
        size = abs(z[k])
        size = size if size < _SMALLEST else _SMALLEST
        rounded = _MAGIC - size * _LOG2E
        power[k] = rounded
        twos = rounded - _MAGIC
        r = (-size - twos * _LN2_HIGH) - twos * _LN2_LOW
        e = 1.0 / 479001600.0
        e = e * r + 1.0 / 39916800.0
        e = e * r + 1.0 / 3628800.0
        e = e * r + 1.0 / 362880.0
        e = e * r + 1.0 / 40320.0
        e = e * r + 1.0 / 5040.0
        e = e * r + 1.0 / 720.0
        e = e * r + 1.0 / 120.0
        e = e * r + 1.0 / 24.0
        e = e * r + 1.0 / 6.0
        e = e * r + 0.5
        e = e * r + 1.0
        fraction[k] = e * r + 1.0
    # The whole number in the last bits becomes the exponent of a power of two.
    for k in range(count):
        whole[k] = (whole[k] + 1023) << 52


@kernel
def probabilities(z: Any, count: int, probability: Any, scratch: Any) -> None:
    """Compute 1 / (1 + exp(-z)) alone, in about half the time of `logistic_terms`.

    Args:
        z, count, probability: as for `logistic_terms`, and the same bits.
        scratch: float64, as long as the others; overwritten.
    """
    _exponentials(z, count, probability, scratch)
    for k in range(count):
        e = scratch[k] * probability[k]
        high = 1.0 / (1.0 + e)
        probability[k] = high * (1.0 if z[k] >= 0.0 else e)


@kernel
def logistic_terms(z: Any, count: int, probability: Any, growth: Any) -> None:
    """Compute 1 / (1 + exp(-z)) and ln(1 + exp z), the two numbers of which losses and slopes are made.

    Args:
        z: float64: logits; beyond +-690 they are taken to be there, where both answers have long been settled.
        count: how many of them count.
        probability: float64, out: 1 / (1 + exp(-z)).
        growth: float64, out: ln(1 + exp z).
    """
    _exponentials(z, count, probability, growth)
    for k in range(count):
        e = growth[k] * probability[k]  # exp(-|z|)
        s = e / (2.0 + e)
        q = s * s
        series = 1.0 / 31.0
        series = series * q + 1.0 / 29.0
        series = series * q + 1.0 / 27.0
        series = series * q + 1.0 / 25.0
        series = series * q + 1.0 / 23.0
        series = series * q + 1.0 / 21.0
        series = series * q + 1.0 / 19.0
        series = series * q + 1.0 / 17.0
        series = series * q + 1.0 / 15.0
        series = series * q + 1.0 / 13.0
        series = series * q + 1.0 / 11.0
        series = series * q + 1.0 / 9.0
        series = series * q + 1.0 / 7.0
        series = series * q + 1.0 / 5.0
        series = series * q + 1.0 / 3.0
        series = series * q + 1.0
        growth[k] = 0.5 * (z[k] + abs(z[k])) + 2.0 * s * series
        high = 1.0 / (1.0 + e)
        probability[k] = high * (1.0 if z[k] >= 0.0 else e)


def plain_logistic_terms(z: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The readable twin of `logistic_terms`."""
    return np.exp(-np.logaddexp(0, -z)), np.logaddexp(0, z)
