"""The kernels as Spark's workers call them: Arrow batches in, Arrow batches out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from whence.trace.schema import pa

__all__ = ["ALIGNED", "PRINTS", "aligning", "fingerprinting"]

PRINTS = "hash long, story int"
"""What `fingerprinting` gives."""
ALIGNED = "pair int, place int, a_begin int, a_end int, b_begin int, b_end int, words int"
"""What `aligning` gives; `place` counts a pair's passages."""

Batches = Iterator[pa.RecordBatch]


def _words(column: pa.Array) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """A column of words (binary, four bytes each) as words end to end and where each story's begin."""
    cells = [np.frombuffer(cell.as_buffer(), "<u4") for cell in column]
    bounds = np.concatenate([[0], np.cumsum([len(cell) for cell in cells])]).astype(np.int64)
    return np.concatenate(cells) if cells else np.empty(0, np.uint32), bounds


def fingerprinting(shingle: int, window: int) -> Callable[[Batches], Batches]:
    """A function from batches of (story, words) to batches of fingerprints, each once a story."""

    def run(batches: Batches) -> Batches:
        from whence.trace.fingerprints import fingerprints

        for batch in batches:
            if not batch.num_rows:
                continue
            number, bounds = _words(batch.column("words"))
            hashes, place = fingerprints(number, bounds, shingle, window)
            story = batch.column("story").to_numpy()[place]
            rows = np.unique(np.stack([hashes.view(np.int64), story.astype(np.int64)], 1), axis=0)
            yield pa.RecordBatch.from_arrays(
                [pa.array(rows[:, 0]), pa.array(rows[:, 1].astype(np.int32))], names=["hash", "story"]
            )

    return run


def aligning(least: int, anchor: int, gap: int) -> Callable[[Batches], Batches]:
    """A function from batches of (pair, words of a, words of b) to batches of passages."""

    def run(batches: Batches) -> Batches:
        from whence.trace.align import align

        for batch in batches:
            count = batch.num_rows
            if not count:
                continue
            first, first_bounds = _words(batch.column("a"))
            second, second_bounds = _words(batch.column("b"))
            bounds = np.concatenate([first_bounds, second_bounds[1:] + first_bounds[-1]])
            found = align(
                np.concatenate([first, second]),
                bounds,
                np.zeros(len(bounds), np.int64),
                np.empty((0, 2), np.int32),
                np.arange(count, dtype=np.int32),
                np.arange(count, 2 * count, dtype=np.int32),
                least=least,
                anchor=anchor,
                gap=gap,
            )
            place = np.arange(len(found.pair), dtype=np.int32)
            pair = batch.column("pair").to_numpy()[found.pair]
            columns = [pair, place, found.a_begin, found.a_end, found.b_begin, found.b_end, found.words]
            names = [field.split()[0] for field in ALIGNED.split(", ")]
            yield pa.RecordBatch.from_arrays([pa.array(column) for column in columns], names=names)

    return run
