"""Passages that two stories share, word for word with small differences, wherever they stand in either.

For each story a table of its three-word runs is made once and serves all its partners. A partner is read from its
beginning; wherever three words stand in the table the longest common run is taken (a block). Blocks that follow each
other closely in both stories are chained: a chain's score is its words less a price for what lies between (Gusfield,
Algorithms on Strings, 1997, section 13.3; the affine prices are those of local alignment). The best chains are the
passages. A reordered paragraph is a chain of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.trace._jit import kernel

__all__ = ["Aligned", "align"]

_BLOCKS = 1 << 14
"""Blocks kept for one pair; what lies beyond is not aligned (two stories of a million words can have so many)."""
_OCCURRENCES = 16
"""Places of one three-word run that are tried."""
_BEHIND = 24
"""How many blocks back a chain looks for its last block."""
_NEVER = np.uint32(0)
"""Stands for a word that equals no other."""


@dataclass(frozen=True)
class Aligned:
    """Passages, one place each; by the order of the pairs given, then by place in a.

    Attributes:
        pair: int32: place of the pair.
        a_begin, a_end, b_begin, b_end: int32: words of each story, end exclusive.
        words: int32: how many are the same in both.
    """

    pair: NDArray[np.int32]
    a_begin: NDArray[np.int32]
    a_end: NDArray[np.int32]
    b_begin: NDArray[np.int32]
    b_end: NDArray[np.int32]
    words: NDArray[np.int32]


@kernel
def _slot(x: Any, y: Any, z: Any, mask: int) -> Any:
    mixed = np.uint64(x) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ np.uint64(y)) * np.uint64(0xD6E8FEB86659FD93)
    mixed = (mixed ^ np.uint64(z)) * np.uint64(0xBF58476D1CE4E5B9)
    return np.int64(mixed >> np.uint64(40)) & mask


@kernel
def _table(a: Any, size: int, heads: Any, chain: Any, mask: int) -> None:
    """Fill `heads` with the first place of each run's slot and `chain` with the next place after each."""
    heads[: mask + 1] = -1
    for i in range(size - 3, -1, -1):
        if a[i] == _NEVER or a[i + 1] == _NEVER or a[i + 2] == _NEVER:
            continue
        slot = _slot(a[i], a[i + 1], a[i + 2], mask)
        chain[i] = heads[slot]
        heads[slot] = i


@kernel
def _blocks(
    a: Any,
    a_size: int,
    b: Any,
    b_size: int,
    heads: Any,
    chain: Any,
    mask: int,
    keep: int,
    at_a: Any,
    at_b: Any,
    long: Any,
) -> int:
    """Write the common runs of two stories, in the order of b; returns how many."""
    count = 0
    j = 0
    diagonal = 0
    while j + 3 <= b_size:
        i = heads[_slot(b[j], b[j + 1], b[j + 2], mask)]
        tries = 0
        best = 0
        place = -1
        while i >= 0 and tries < _OCCURRENCES:
            if a[i] == b[j] and a[i + 1] == b[j + 1] and a[i + 2] == b[j + 2]:
                tries += 1
                length = 3
                while (
                    i + length < a_size
                    and j + length < b_size
                    and a[i + length] == b[j + length]
                    and b[j + length] != _NEVER
                ):
                    length += 1
                if length > best or (length == best and abs(i - j - diagonal) < abs(place - j - diagonal)):
                    best = length
                    place = i
            i = chain[i]
        if place < 0:
            j += 1
            continue
        # A run that began before three words of it were looked for from here: to the left, too.
        left = 0
        while (
            place - left > 0 and j - left > 0 and a[place - left - 1] == b[j - left - 1] and b[j - left - 1] != _NEVER
        ):
            left += 1
        begin_a = place - left
        begin_b = j - left
        last = count - 1
        inside = (
            last >= 0
            and at_a[last] - at_b[last] == begin_a - begin_b
            and begin_b + best + left <= at_b[last] + long[last]
        )
        if not inside and count < at_a.shape[0]:
            at_a[count] = begin_a
            at_b[count] = begin_b
            long[count] = best + left
            count += 1
            diagonal = begin_a - begin_b
        # A long run is passed over whole. Within a short one a longer may begin.
        j += best if best >= keep else 1
    return count


@kernel
def _common(a: Any, a_begin: int, a_end: int, b: Any, b_begin: int, b_end: int, row: Any) -> int:
    """Length of the longest common subsequence of two short stretches."""
    width = b_end - b_begin
    row[: width + 1] = 0
    for i in range(a_begin, a_end):
        before = 0
        for j in range(width):
            above = row[j + 1]
            if a[i] == b[b_begin + j] and a[i] != _NEVER:
                row[j + 1] = before + 1
            elif row[j] > above:
                row[j + 1] = row[j]
            before = above
    return int(row[width])


@kernel
def _chains(
    a: Any, b: Any, count: int, at_a: Any, at_b: Any, long: Any, least: int, anchor: int, gap: int, score: Any,
    back: Any, used: Any, row: Any, out: Any, room: int,
) -> int:  # fmt: skip
    """Chain blocks into passages; write rows (a_begin, a_end, b_begin, b_end, words) and return how many."""
    for t in range(count):
        score[t] = long[t]
        back[t] = -1
        used[t] = 0
        for p in range(t - 1, max(-1, t - _BEHIND - 1), -1):
            over_a = at_a[t] - at_a[p] - long[p]
            over_b = at_b[t] - at_b[p] - long[p]
            trim = max(0, -over_a, -over_b)
            if trim >= long[t] or at_a[t] <= at_a[p] or at_b[t] <= at_b[p]:
                continue
            between_a = over_a + trim
            between_b = over_b + trim
            if between_a > gap or between_b > gap:
                continue
            price = 0.5 * max(between_a, between_b) + 0.1
            total = score[p] + long[t] - trim - price
            if total > score[t]:
                score[t] = total
                back[t] = p
    written = 0
    while written < room:
        best = -1
        for t in range(count):
            if used[t] == 0 and score[t] >= 0.6 * least and (best < 0 or score[t] > score[best]):
                best = t
        if best < 0:
            return written
        # Walk back along the chain; what an earlier passage has taken ends it.
        words = 0
        longest = 0
        t = best
        end_a = at_a[t] + long[t]
        end_b = at_b[t] + long[t]
        next_a = end_a
        next_b = end_b
        while True:
            used[t] = 1
            stop_a = min(at_a[t] + long[t], next_a)
            stop_b = min(at_b[t] + long[t], next_b)
            kept = min(stop_a - at_a[t], stop_b - at_b[t])
            words += kept
            longest = max(longest, long[t])
            if next_a - at_a[t] - kept > 1 and next_b - at_b[t] - kept > 1:
                words += _common(a, at_a[t] + kept, next_a, b, at_b[t] + kept, next_b, row)
            next_a = at_a[t]
            next_b = at_b[t]
            if back[t] < 0 or used[back[t]] == 1:
                break
            t = back[t]
        if words < least or longest < anchor:
            continue
        # A passage most of which is another's (a story that holds the same text twice) is not counted again.
        taken_a = 0
        taken_b = 0
        for k in range(written):
            taken_a += max(0, min(end_a, out[k, 1]) - max(next_a, out[k, 0]))
            taken_b += max(0, min(end_b, out[k, 3]) - max(next_b, out[k, 2]))
        if 2 * taken_a > end_a - next_a or 2 * taken_b > end_b - next_b:
            continue
        out[written, 0] = next_a
        out[written, 1] = end_a
        out[written, 2] = next_b
        out[written, 3] = end_b
        out[written, 4] = words
        written += 1
    return written


@kernel
def _copy(number: Any, begin: int, end: int, holes: Any, first: int, last: int, out: Any) -> int:
    """Copy a story's words, those in holes[first:last] as `_NEVER`; returns how many words there are."""
    size = end - begin
    out[:size] = number[begin:end]
    for h in range(first, last):
        out[holes[h, 0] : holes[h, 1]] = _NEVER
    return size


@kernel
def _align(
    number: Any, bounds: Any, hole_bounds: Any, holes: Any, a: Any, b: Any, begin: int, least: int, anchor: int,
    gap: int, first: Any, second: Any, heads: Any, chain: Any, blocks: Any, score: Any, back: Any, used: Any, row: Any,
    found: Any, pair: Any, out: Any,
) -> tuple[int, int]:  # fmt: skip
    """Align pairs from `begin` on, until there are no more or no room; returns the next pair, and the rows written."""
    written = 0
    story = -1
    size_a = 0
    mask = 0
    for k in range(begin, a.shape[0]):
        if out.shape[0] - written < found.shape[0]:
            return k, written
        if a[k] != story:
            story = a[k]
            size_a = _copy(
                number, bounds[story], bounds[story + 1], holes, hole_bounds[story], hole_bounds[story + 1], first
            )
            mask = 64
            while mask < 2 * size_a and mask < heads.shape[0]:
                mask *= 2
            mask -= 1
            _table(first, size_a, heads, chain, mask)
        other = b[k]
        size_b = _copy(
            number, bounds[other], bounds[other + 1], holes, hole_bounds[other], hole_bounds[other + 1], second
        )
        count = _blocks(first, size_a, second, size_b, heads, chain, mask, anchor, blocks[0], blocks[1], blocks[2])
        total = 0
        longest = 0
        for t in range(count):
            total += blocks[2, t]
            longest = max(longest, blocks[2, t])
        if longest < anchor or 2 * total < least:
            continue
        rows = _chains(
            first, second, count, blocks[0], blocks[1], blocks[2], least, anchor, gap, score, back, used, row, found,
            found.shape[0],
        )  # fmt: skip
        # Passages come best first; they leave in the order of a.
        for r in range(rows):
            at = written + r
            while at > written and out[at - 1, 0] > found[r, 0]:
                out[at] = out[at - 1]
                at -= 1
            out[at] = found[r]
        pair[written : written + rows] = k
        written += rows
    return a.shape[0], written


def align(
    number: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    hole_bounds: NDArray[np.int64],
    holes: NDArray[np.int32],
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    *,
    least: int,
    anchor: int,
    gap: int,
) -> Aligned:
    """Align pairs of stories.

    Args:
        number: uint32: words of all stories, end to end; may be memory-mapped.
        bounds: int64 (stories + 1): where each story's words begin.
        hole_bounds: int64 (stories + 1): where each story's holes begin in `holes`.
        holes: int32 (holes, 2): words of the story that match nothing (boilerplate): begin, end.
        a, b: int32 (pairs): stories; fastest where equal `a` stand together.
        least: words that a passage has at least.
        anchor: words that its longest common run has at least; 3 or more.
        gap: words of either story that may differ between two runs of one passage.
    """
    longest = 8
    if len(a):
        longest = max(longest, int((bounds[a + 1] - bounds[a]).max()), int((bounds[b + 1] - bounds[b]).max()))
    slots = 128
    while slots < 2 * longest:
        slots *= 2
    # Passages have `least` words and overlap by half at most, so that no pair has more than these.
    blocks = min(_BLOCKS, longest)
    found = np.empty((2 * longest // least + 2, 5), np.int32)
    scratch = (
        np.empty(longest, np.uint32), np.empty(longest, np.uint32), np.empty(slots, np.int32),
        np.empty(longest, np.int32), np.empty((3, blocks), np.int32), np.empty(blocks, np.float64),
        np.empty(blocks, np.int32), np.empty(blocks, np.uint8),
        np.empty(2 * gap + 2, np.int32), found,
    )  # fmt: skip
    pairs: list[NDArray[np.int32]] = []
    rows: list[NDArray[np.int32]] = []
    pair, out = np.empty(1 << 16, np.int32), np.empty((max(1 << 16, len(found)), 5), np.int32)
    at = 0
    while at < len(a):
        at, written = _align(number, bounds, hole_bounds, holes, a, b, at, least, anchor, gap, *scratch, pair, out)
        pairs.append(pair[:written].copy())
        rows.append(out[:written].copy())
    joined = np.concatenate(rows) if rows else np.empty((0, 5), np.int32)
    return Aligned(np.concatenate(pairs) if pairs else np.empty(0, np.int32), *(joined[:, k].copy() for k in range(5)))
