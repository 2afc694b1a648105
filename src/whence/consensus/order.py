"""Ratings in canonical order, by note and then rater, however the rows come; of duplicates the latest stays."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import AHEAD, kernel, prefetch

__all__ = ["Block", "canonical", "plain_canonical"]

Block = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64], NDArray[np.uint32], NDArray[np.int64] | None]
"""Rows as they were read: note, rater, time (ms), bits and, where asked for, row number."""


@kernel
def _tally(keys: Any, places: Any, counts: Any) -> None:
    for k in range(keys.shape[0]):
        counts[places[keys[k]] + 1] += 1


@kernel
def _scatter(
    keys: Any, places: Any, others: Any, other_places: Any, times: Any, bits: Any, rows: Any,
    at: Any, other_out: Any, times_out: Any, bits_out: Any, rows_out: Any,
) -> None:  # fmt: skip
    keep_rows = rows_out.shape[0] > 0
    last = keys.shape[0] - 1
    for k in range(keys.shape[0]):
        # Each of these leads to the next, so they are asked for at growing distance.
        prefetch(places, keys[min(k + 3 * AHEAD, last)])
        prefetch(at, places[keys[min(k + 2 * AHEAD, last)]])
        soon = at[places[keys[min(k + AHEAD, last)]]]
        prefetch(other_out, soon)
        prefetch(times_out, soon)
        prefetch(bits_out, soon)
        prefetch(other_places, others[min(k + AHEAD, last)])
        key = places[keys[k]]
        to = at[key]
        at[key] += 1
        other_out[to] = other_places[others[k]]
        times_out[to] = times[k]
        bits_out[to] = bits[k]
        if keep_rows:
            rows_out[to] = rows[k]


@kernel
def _scatter_back(
    starts: Any, keys: Any, times: Any, bits: Any, rows: Any,
    at: Any, rater_out: Any, times_out: Any, bits_out: Any, rows_out: Any,
) -> None:  # fmt: skip
    keep_rows = rows_out.shape[0] > 0
    last = keys.shape[0] - 1
    for rater in range(starts.shape[0] - 1):
        for k in range(starts[rater], starts[rater + 1]):
            prefetch(at, keys[min(k + 2 * AHEAD, last)])
            soon = at[keys[min(k + AHEAD, last)]]
            prefetch(rater_out, soon)
            prefetch(times_out, soon)
            prefetch(bits_out, soon)
            to = at[keys[k]]
            at[keys[k]] += 1
            rater_out[to] = rater
            times_out[to] = times[k]
            bits_out[to] = bits[k]
            if keep_rows:
                rows_out[to] = rows[k]


@kernel
def _keep_latest(starts: Any, rater: Any, times: Any, bits: Any, rows: Any) -> tuple[int, int]:
    """Close up duplicates in place; return how many ratings stay and how many of those dropped were no exact copy."""
    keep_rows = rows.shape[0] > 0
    to = 0
    differing = 0
    begin = starts[0]
    for note in range(starts.shape[0] - 1):
        end = starts[note + 1]
        first = to
        for k in range(begin, end):
            if to > first and rater[to - 1] == rater[k]:
                last = to - 1
                if times[k] != times[last] or bits[k] != bits[last]:
                    differing += 1
                # The larger bits win a tie of times, so that the order of the rows decides nothing.
                if times[k] > times[last] or (times[k] == times[last] and bits[k] > bits[last]):
                    times[last] = times[k]
                    bits[last] = bits[k]
                if keep_rows and rows[k] < rows[last]:
                    rows[last] = rows[k]
                continue
            rater[to] = rater[k]
            times[to] = times[k]
            bits[to] = bits[k]
            if keep_rows:
                rows[to] = rows[k]
            to += 1
        begin = end
        starts[note + 1] = to
    return to, differing


def canonical(
    blocks: list[Block], note_places: NDArray[np.int32], rater_places: NDArray[np.int32]
) -> tuple[
    NDArray[np.int64], NDArray[np.int32], NDArray[np.int64], NDArray[np.uint32], NDArray[np.int64], tuple[int, int]
]:
    """Order ratings by note, then rater, by two passes of a counting sort; close up duplicates.

    Args:
        blocks: rows as they were read; the list is emptied on the way, to give their memory back early.
        note_places: int32 (notes read): each note's place in order of id.
        rater_places: int32 (raters read): each rater's place in order of id.

    Returns:
        start int64 (notes + 1), rater int32, time int64, bits uint32, row int64 (each (ratings); rows empty if not
        kept), and how many duplicates were dropped and how many of these differed from the one that stayed.
    """
    notes, raters = len(note_places), len(rater_places)
    total = sum(len(block[0]) for block in blocks)
    keep_rows = bool(blocks) and blocks[0][4] is not None
    by_rater = np.zeros(raters + 1, np.int64)
    by_note = np.zeros(notes + 1, np.int64)
    for note, rater, *_ in blocks:
        _tally(rater, rater_places, by_rater)
        _tally(note, note_places, by_note)
    np.cumsum(by_rater, out=by_rater)
    np.cumsum(by_note, out=by_note)

    note_mid = np.empty(total, np.int32)
    times_mid = np.empty(total, np.int64)
    bits_mid = np.empty(total, np.uint32)
    rows_mid = np.empty(total if keep_rows else 0, np.int64)
    at = by_rater.copy()
    nothing = np.empty(0, np.int64)
    for k in range(len(blocks)):
        note, rater, times, bits, rows = blocks[k]
        _scatter(
            rater, rater_places, note, note_places, times, bits, nothing if rows is None else rows,
            at, note_mid, times_mid, bits_mid, rows_mid,
        )  # fmt: skip
        blocks[k] = (note[:0], rater[:0], times[:0], bits[:0], None)
        del note, rater, times, bits, rows
    blocks.clear()

    rater_out = np.empty(total, np.int32)
    times_out = np.empty(total, np.int64)
    bits_out = np.empty(total, np.uint32)
    rows_out = np.empty(total if keep_rows else 0, np.int64)
    _scatter_back(
        by_rater, note_mid, times_mid, bits_mid, rows_mid, by_note.copy(), rater_out, times_out, bits_out, rows_out
    )
    del note_mid, times_mid, bits_mid, rows_mid
    left, differing = _keep_latest(by_note, rater_out, times_out, bits_out, rows_out)
    dropped = total - int(left)
    return (
        by_note,
        rater_out[:left],
        times_out[:left],
        bits_out[:left],
        rows_out[:left] if keep_rows else rows_out,
        (dropped, int(differing)),
    )


def plain_canonical(rows: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """The readable twin of `canonical` on (note, rater, time, bits): a dictionary of the latest, sorted."""
    latest: dict[tuple[int, int], tuple[int, int]] = {}
    for note, rater, time, bits in rows:
        latest[note, rater] = max((time, bits), latest.get((note, rater), (time, bits)))
    return [(note, rater, time, bits) for (note, rater), (time, bits) in sorted(latest.items())]
