"""A query's answer as candidate pairs, in parts of a size that fits into memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from whence.trace.engine import Candidates
from whence.trace.schema import pa

__all__ = ["PART", "whole_stories"]

PART = 1 << 20
"""Candidate pairs a part has, about."""


def whole_stories(batches: Iterable[pa.RecordBatch]) -> Iterator[Candidates]:
    """Batches of pairs by a, b, cut so that all pairs of a story `a` are in one part."""
    held = np.empty((0, 3), np.int32)
    for batch in batches:
        rows = np.stack([batch.column(name).to_numpy(zero_copy_only=False) for name in ("a", "b", "crowd")], 1)
        held = np.concatenate([held, rows.astype(np.int32, copy=False)])
        if len(held) < PART:
            continue
        cut = int(np.searchsorted(held[:, 0], held[-1, 0]))
        if cut:
            yield _part(held[:cut])
            held = held[cut:]
    if len(held):
        yield _part(held)


def _part(rows: NDArray[np.int32]) -> Candidates:
    return Candidates(rows[:, 0].copy(), rows[:, 1].copy(), rows[:, 2] == 1)
