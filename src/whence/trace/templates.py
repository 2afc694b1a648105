"""The words around a repeated shingle on which the stories that hold it agree, and where other stories hold them."""

from __future__ import annotations

from typing import Any

import numpy as np

from whence.trace._jit import kernel
from whence.trace.fingerprints import choose

__all__ = ["REACH", "judge", "punch"]

REACH = 32
"""Words to either side of a shingle that a template holds; fingerprints stand closer than that."""


@kernel
def judge(
    number: Any, bounds: Any, shingle: int, window: int, hashes: Any, sample: Any, longest: int, template: Any,
    reach: Any, related: Any,
) -> None:  # fmt: skip
    """For each fingerprint, what its stories agree on around it, and whether they agree elsewhere, too.

    Args:
        number, bounds: words of all stories.
        shingle, window: as in `Settings`.
        hashes: uint64 (fingerprints).
        sample: int32 (fingerprints, stories): stories that hold each; -1 where there are no more.
        longest: words of the longest of these stories.
        template: uint32 (fingerprints, REACH + shingle + REACH), out: words of the first story of the sample.
        reach: int32 (fingerprints, 2), out: words to the left and right on which three in four agree.
        related: float64 (fingerprints), out: share of neighbours in the sample that have half of their fingerprints in
            common.
    """
    width = sample.shape[1]
    found = np.empty(longest, np.uint64)
    story = np.empty(longest, np.int32)
    place = np.empty(longest, np.int32)
    before = np.empty(longest, np.uint64)
    ring = np.empty(window, np.uint64)
    spots = np.empty(width, np.int64)
    for f in range(hashes.shape[0]):
        size = 0
        pairs = 0
        alike = 0
        count_before = 0
        for k in range(width):
            s = sample[f, k]
            if s < 0:
                break
            count = choose(number, bounds[s : s + 2], shingle, window, found, story, place, ring)
            spots[k] = -1
            for j in range(count):
                if found[j] == hashes[f]:
                    spots[k] = bounds[s] + place[j]
                    break
            size += 1
            now = np.sort(found[:count])
            if k > 0:
                common = 0
                i = 0
                for j in range(count):
                    while i < count_before and before[i] < now[j]:
                        i += 1
                    if i < count_before and before[i] == now[j]:
                        common += 1
                        i += 1
                pairs += 1
                if 2 * common >= max(count, count_before):
                    alike += 1
            before[:count] = now
            count_before = count
        related[f] = alike / pairs if pairs > 0 else 1.0
        template[f] = 0
        for side in range(2):
            reach[f, side] = 0
            for d in range(1, REACH + 1):
                offset = -d if side == 0 else shingle - 1 + d
                at = spots[0] + offset
                first = sample[f, 0]
                if spots[0] < 0 or at < bounds[first] or at >= bounds[first + 1]:
                    break
                word = number[at]
                agree = 0
                for k in range(size):
                    at = spots[k] + offset
                    s = sample[f, k]
                    if spots[k] >= 0 and at >= bounds[s] and at < bounds[s + 1] and number[at] == word:
                        agree += 1
                if 4 * agree < 3 * size:
                    break
                reach[f, side] = d
                template[f, REACH + offset] = word
        if spots[0] >= 0:
            for k in range(shingle):
                template[f, REACH + k] = number[spots[0] + k]


@kernel
def punch(
    number: Any, bounds: Any, shingle: int, window: int, longest: int, table: Any, hashes: Any, template: Any,
    reach: Any, hole_bounds: Any, holes: Any, which: Any,
) -> int:  # fmt: skip
    """Find templates' words in all stories.

    Args:
        number, bounds, shingle, window: as in `judge`.
        longest: words of the longest story.
        table: int32 (a power of two): places of `hashes` by hash, open addressing, -1 where empty.
        hashes, template, reach: as in `judge`; those that are boilerplate.
        hole_bounds: int64 (stories + 1), out: where each story's holes begin.
        holes: int32 (room, 2), out: begin and end, in words; merged where they touch.
        which: int32 (room), out: the fingerprint by which each was found first.

    Returns:
        How many holes there are; where it exceeds the room, what does not fit is not written.
    """
    mask = np.uint64(table.shape[0] - 1)
    found = np.empty(longest, np.uint64)
    story = np.empty(longest, np.int32)
    place = np.empty(longest, np.int32)
    ring = np.empty(window, np.uint64)
    count = 0
    for s in range(bounds.shape[0] - 1):
        hole_bounds[s] = count
        first = count
        size = bounds[s + 1] - bounds[s]
        chosen = choose(number, bounds[s : s + 2], shingle, window, found, story, place, ring)
        for j in range(chosen):
            slot = found[j] & mask
            f = table[slot]
            while f >= 0 and hashes[f] != found[j]:
                slot = (slot + np.uint64(1)) & mask
                f = table[slot]
            if f < 0:
                continue
            # Words on which this story agrees with the template; a single one that differs (a date) is passed over.
            begin = place[j]
            differs = 0
            for d in range(1, reach[f, 0] + 1):
                at = place[j] - d
                if at < 0 or differs > 1:
                    break
                if number[bounds[s] + at] == template[f, REACH - d]:
                    begin = at
                    differs = 0
                else:
                    differs += 1
            end = place[j] + shingle
            differs = 0
            for d in range(reach[f, 1]):
                at = place[j] + shingle + d
                if at >= size or differs > 1:
                    break
                if number[bounds[s] + at] == template[f, REACH + shingle + d]:
                    end = at + 1
                    differs = 0
                else:
                    differs += 1
            if count > first and count <= holes.shape[0] and begin <= holes[count - 1, 1] + 2:
                holes[count - 1, 0] = min(begin, holes[count - 1, 0])
                holes[count - 1, 1] = max(end, holes[count - 1, 1])
                continue
            if count < holes.shape[0]:
                holes[count, 0] = begin
                holes[count, 1] = end
                which[count] = f
            count += 1
    hole_bounds[bounds.shape[0] - 1] = count
    return count
