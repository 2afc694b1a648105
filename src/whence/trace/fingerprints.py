"""Fingerprints: of each window of shingles the smallest hash, so that no long enough common passage goes unseen.

Source: Schleimer, Wilkerson, Aiken, Winnowing: Local Algorithms for Document Fingerprinting, SIGMOD 2003, section 3.
Two texts that share `shingle + window - 1` words in a row share a whole window of shingles, hence its smallest, hence
a fingerprint.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.trace._jit import kernel

__all__ = ["choose", "fingerprints"]

_BASE = 0x9E3779B97F4A7C15
_MIX = 0xBF58476D1CE4E5B9
_MASK = 0xFFFFFFFFFFFFFFFF


@kernel
def choose(number: Any, bounds: Any, shingle: int, window: int, hashes: Any, story: Any, place: Any, ring: Any) -> int:
    """Choose fingerprints.

    Args:
        number: uint32: words.
        bounds: int64 (stories + 1): where each story's words begin.
        shingle, window: words a shingle, shingles a window.
        hashes: uint64, out; room for every word.
        story: int32, out: place of the story in `bounds`; as `hashes`.
        place: int32, out: where in its story the shingle begins, in words; as `hashes`.
        ring: uint64 (window), scratch.

    Returns:
        How many there are.
    """
    base = np.uint64(_BASE)
    top = np.uint64(1)
    for _ in range(shingle):
        top *= base
    count = 0
    for s in range(bounds.shape[0] - 1):
        begin = bounds[s]
        end = bounds[s + 1]
        rolling = np.uint64(0)
        smallest = np.uint64(_MASK)
        spot = -1  # of the smallest, counted in shingles of this story
        total = end - begin - shingle + 1
        for k in range(begin, end):
            rolling = rolling * base + (np.uint64(number[k]) + np.uint64(1))
            at = k - begin - shingle + 1
            if at < 0:
                continue
            if at > 0:
                rolling -= top * (np.uint64(number[k - shingle]) + np.uint64(1))
            mixed = rolling ^ (rolling >> np.uint64(31))
            mixed *= np.uint64(_MIX)
            mixed ^= mixed >> np.uint64(29)
            ring[at % window] = mixed
            chosen = False
            if spot >= 0 and spot > at - window:
                if mixed < smallest:
                    smallest = mixed
                    spot = at
                    chosen = True
            else:
                # The smallest has left the window (or the story begins): look through the window again, and of equals
                # take the last, which stays longest.
                low = max(0, at - window + 1)
                smallest = ring[low % window]
                spot = low
                for j in range(low + 1, at + 1):
                    if ring[j % window] <= smallest:
                        smallest = ring[j % window]
                        spot = j
                chosen = True
            if at < window - 1 and at < total - 1:
                continue  # the first window is not full yet
            full = at == window - 1 or (at == total - 1 and at < window - 1)
            if chosen or full:
                hashes[count] = smallest
                story[count] = s
                place[count] = spot
                count += 1
    return count


def fingerprints(
    number: NDArray[np.uint32], bounds: NDArray[np.int64], shingle: int, window: int
) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """The fingerprints of some stories.

    Args:
        number: uint32: words, end to end.
        bounds: int64 (stories + 1): where each story's words begin in `number`.
        shingle: words a shingle; 1 or more.
        window: shingles a window; 1 or more. 1 takes every shingle.

    Returns:
        uint64 hashes and the int32 place of the story of each, by story. A story shorter than a shingle has none; one
        shorter than a window has one.
    """
    room = int(bounds[-1] - bounds[0])
    hashes, story = np.empty(room, np.uint64), np.empty(room, np.int32)
    place, ring = np.empty(room, np.int32), np.empty(window, np.uint64)
    used = choose(number, bounds, shingle, window, hashes, story, place, ring)
    return hashes[:used].copy(), story[:used].copy()
