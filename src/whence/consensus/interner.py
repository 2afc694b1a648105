"""Ids as small integers: each distinct byte string gets the next number, exactly, however many there are."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import kernel, prefetch

__all__ = ["Interner", "intern", "plain_intern"]

_BATCH = 512


@kernel
def _hash(text: Any, begin: int, end: int) -> np.uint64:
    mixed = np.uint64(0x9E3779B97F4A7C15) ^ np.uint64(end - begin)
    at = begin
    while at + 8 <= end:
        word = np.uint64(0)
        for k in range(8):
            word |= np.uint64(text[at + k]) << np.uint64(8 * k)
        mixed = (mixed ^ word) * np.uint64(0xD6E8FEB86659FD93)
        mixed ^= mixed >> np.uint64(32)
        at += 8
    while at < end:
        mixed = (mixed ^ np.uint64(text[at])) * np.uint64(0xD6E8FEB86659FD93)
        mixed ^= mixed >> np.uint64(29)
        at += 1
    mixed = (mixed ^ (mixed >> np.uint64(32))) * np.uint64(0xD6E8FEB86659FD93)
    return mixed ^ (mixed >> np.uint64(32))


@kernel
def _same(text: Any, begin: int, arena: Any, base: int, length: int) -> bool:
    """Whether two strings are equal; without an early exit, so that it is done in vectors."""
    differs = np.uint8(0)
    for k in range(length):
        differs |= arena[base + k] ^ text[begin + k]
    return bool(differs == np.uint8(0))


@kernel
def intern(
    text: Any,
    spans: Any,
    first: int,
    count: int,
    table: Any,
    hashes: Any,
    arena: Any,
    offsets: Any,
    known: int,
    add: bool,
    out: Any,
) -> tuple[int, int]:
    """Number the strings between given bounds, adding those not seen before.

    Args:
        text: uint8; the bytes.
        spans: int32 (rows, 2): begin and end of each string.
        first, count: rows first to count - 1 are numbered.
        table: int32 (a power of two): open addressing, -1 where empty.
        hashes: uint64 (capacity): of the known strings.
        arena: uint8: the known strings, end to end.
        offsets: int64 (capacity + 1): where each begins in the arena.
        known: how many strings are known.
        add: whether unknown strings are added; if not they get -1.
        out: int32 (rows), out: the numbers; -1 for an empty string.

    Returns:
        The row before which room ran out (`count` if it did not), and how many strings are known now.

    Nearly every row repeats a known string, and nearly all of the time goes into waiting for memory. So a batch of rows
    is first looked up in short loops, one kind of access each, which keep many accesses under way at once; only rows
    that this leaves open are searched for and added one by one.
    """
    mask = np.uint64(table.shape[0] - 1)
    codes = np.empty(_BATCH, np.uint64)
    entries = np.empty(_BATCH, np.int32)
    bases = np.empty(_BATCH, np.int64)
    for batch in range(first, count, _BATCH):
        size = min(_BATCH, count - batch)
        for k in range(size):
            codes[k] = _hash(text, spans[batch + k, 0], spans[batch + k, 1])
        for k in range(size):
            entries[k] = table[codes[k] & mask]
        for k in range(size):
            if entries[k] >= 0 and hashes[entries[k]] != codes[k]:
                entries[k] = -1
        for k in range(size):
            length = spans[batch + k, 1] - spans[batch + k, 0]
            entry = max(entries[k], 0)
            bases[k] = offsets[entry] if offsets[entry + 1] - offsets[entry] == length else -1
            prefetch(arena, offsets[entry])
            prefetch(arena, offsets[entry] + length)
        for k in range(size):
            begin = spans[batch + k, 0]
            length = spans[batch + k, 1] - begin
            if length == 0:
                out[batch + k] = -1
                continue
            if entries[k] >= 0 and bases[k] >= 0 and _same(text, begin, arena, bases[k], length):
                out[batch + k] = entries[k]
                continue
            place = codes[k] & mask
            found = -1
            while table[place] >= 0:
                entry = table[place]
                if (
                    hashes[entry] == codes[k]
                    and offsets[entry + 1] - offsets[entry] == length
                    and _same(text, begin, arena, offsets[entry], length)
                ):
                    found = entry
                    break
                place = (place + np.uint64(1)) & mask
            if found < 0 and add:
                if known >= hashes.shape[0] or offsets[known] + length > arena.shape[0]:
                    return batch + k, known
                base = offsets[known]
                for j in range(length):
                    arena[base + j] = text[begin + j]
                offsets[known + 1] = base + length
                hashes[known] = codes[k]
                table[place] = known
                found = known
                known += 1
            out[batch + k] = found
    return count, known


@kernel
def _rehash(hashes: Any, known: int, table: Any) -> None:
    mask = np.uint64(table.shape[0] - 1)
    for entry in range(known):
        place = hashes[entry] & mask
        while table[place] >= 0:
            place = (place + np.uint64(1)) & mask
        table[place] = entry


class Interner:
    """A growing, exact numbering of byte strings."""

    def __init__(self, capacity: int = 1 << 12) -> None:
        self._table = np.full(2 * capacity, -1, np.int32)
        self._hashes = np.empty(capacity, np.uint64)
        self._offsets = np.zeros(capacity + 1, np.int64)
        self._arena = np.empty(capacity * 24, np.uint8)
        self._known = 0

    def __len__(self) -> int:
        return self._known

    def number(self, text: NDArray[np.uint8], spans: NDArray[np.int32], *, add: bool = True) -> NDArray[np.int32]:
        """Number the strings between given bounds.

        Args:
            text: uint8; the bytes.
            spans: int32 (rows, 2): begin and end of each string.
            add: whether unknown strings are added.

        Returns:
            int32 (rows): the numbers, in order of first appearance; -1 for an empty or (unless added) unknown string.
        """
        count = len(spans)
        out = np.empty(count, np.int32)
        row = 0
        while True:
            row, self._known = intern(
                text,
                spans,
                row,
                count,
                self._table,
                self._hashes,
                self._arena,
                self._offsets,
                self._known,
                add,
                out,
            )
            if row >= count:
                return out
            self._grow(int(spans[row, 1] - spans[row, 0]))

    def _grow(self, need: int) -> None:
        used = int(self._offsets[self._known])
        if used + need > len(self._arena):
            arena = np.empty(max(len(self._arena) * 3 // 2, used + need), np.uint8)
            arena[:used] = self._arena[:used]
            self._arena = arena
        if self._known >= len(self._hashes):
            capacity = 2 * len(self._hashes)
            self._hashes = np.concatenate([self._hashes, np.empty(capacity - len(self._hashes), np.uint64)])
            offsets = np.zeros(capacity + 1, np.int64)
            offsets[: self._known + 1] = self._offsets[: self._known + 1]
            self._offsets = offsets
            self._table = np.full(2 * capacity, -1, np.int32)
            _rehash(self._hashes, self._known, self._table)

    def strings(self) -> NDArray[np.bytes_]:
        """All known strings by number: an array of fixed-width bytes (known)."""
        ends = self._offsets[: self._known + 1]
        width = int(np.diff(ends).max(initial=1))
        out = np.zeros((self._known, width), np.uint8)
        _lay_out(self._arena, ends, out)
        return out.reshape(-1).view(f"S{width}")


@kernel
def _lay_out(arena: Any, offsets: Any, out: Any) -> None:
    for entry in range(out.shape[0]):
        for k in range(offsets[entry + 1] - offsets[entry]):
            out[entry, k] = arena[offsets[entry] + k]


def plain_intern(strings: list[bytes], known: dict[bytes, int]) -> list[int]:
    """The readable twin of `intern`: a dictionary."""
    return [known.setdefault(s, len(known)) if s else -1 for s in strings]
