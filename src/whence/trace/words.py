"""Texts into words: each word's number and place, in one pass over the bytes.

A word is a run of letters, marks and digits; what stands between words (white space, punctuation, dashes) does not
count, nor do case, accents, apostrophes and invisible signs. In scripts written without spaces each sign is a word. A
word's number is a 32-bit hash of its folded form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.trace._jit import kernel
from whence.trace.letters import ALONE, BREAK, LAST, PART, letters
from whence.trace.utf8 import decode

__all__ = ["Words", "word_hash", "words_of"]

_SEED = 0x9E3779B97F4A7C15
_STEP = 0xD6E8FEB86659FD93


@dataclass(frozen=True)
class Words:
    """The words of some texts, end to end.

    Attributes:
        number: uint32: the word's hash.
        start: int32: where it begins in its text, in code points.
        length: uint16: its length in code points; 65,535 stands for that and more.
        bounds: int64 (texts + 1): where each text's words begin.
        chars: int64 (texts): each text's length in code points.
    """

    number: NDArray[np.uint32]
    start: NDArray[np.int32]
    length: NDArray[np.uint16]
    bounds: NDArray[np.int64]
    chars: NDArray[np.int64]


def word_hash(form: str) -> int:
    """A word's number: the readable twin of what the kernel computes.

    Args:
        form: the folded forms of its code points, joined; not empty.

    Returns:
        1 to 2^32 - 1; 0 is kept for a word that equals no other.
    """
    mixed = _SEED
    for letter in form:
        mixed = (mixed ^ ord(letter)) * _STEP & 0xFFFFFFFFFFFFFFFF
        mixed ^= mixed >> 32
    return mixed & 0xFFFFFFFF or 1


@kernel
def _scan(
    data: Any,
    offsets: Any,
    role: Any,
    first: Any,
    forms: Any,
    number: Any,
    start: Any,
    length: Any,
    bounds: Any,
    chars: Any,
) -> None:
    """Cut texts into words.

    Args:
        data: uint8: UTF-8.
        offsets: int64 (texts + 1): where each text begins in it.
        role, first, forms: as in `Letters`.
        number, start, length, bounds, chars: as in `Words`, out; room for a word every byte.
    """
    count = 0
    for text in range(offsets.shape[0] - 1):
        bounds[text] = count
        at = offsets[text]
        end = offsets[text + 1]
        point = 0
        begin = -1
        last = 0
        mixed = np.uint64(_SEED)
        while at < end:
            code, at = decode(data, at)
            kind = role[code] if code < LAST else BREAK
            if begin >= 0 and (kind in (BREAK, ALONE)):
                number[count] = max(np.uint32(1), np.uint32(mixed & np.uint64(0xFFFFFFFF)))
                start[count] = begin
                length[count] = min(last - begin, 65535)
                count += 1
                begin = -1
                mixed = np.uint64(_SEED)
            if kind in (PART, ALONE):
                if begin < 0:
                    begin = point
                for k in range(first[code], first[code + 1]):
                    mixed = (mixed ^ np.uint64(forms[k])) * np.uint64(_STEP)
                    mixed ^= mixed >> np.uint64(32)
                last = point + 1
            point += 1
            if kind == ALONE:
                number[count] = max(np.uint32(1), np.uint32(mixed & np.uint64(0xFFFFFFFF)))
                start[count] = begin
                length[count] = 1
                count += 1
                begin = -1
                mixed = np.uint64(_SEED)
        if begin >= 0:
            number[count] = max(np.uint32(1), np.uint32(mixed & np.uint64(0xFFFFFFFF)))
            start[count] = begin
            length[count] = min(last - begin, 65535)
            count += 1
        chars[text] = point
    bounds[offsets.shape[0] - 1] = count


def words_of(data: NDArray[np.uint8], offsets: NDArray[np.int64]) -> Words:
    """Cut texts into words.

    Args:
        data: uint8: the texts in UTF-8, end to end.
        offsets: int64 (texts + 1): where each text begins in `data`.
    """
    tables = letters()
    room = int(offsets[-1] - offsets[0])
    number, start, length = np.empty(room, np.uint32), np.empty(room, np.int32), np.empty(room, np.uint16)
    bounds, chars = np.empty(len(offsets), np.int64), np.empty(len(offsets) - 1, np.int64)
    _scan(data, offsets, tables.role, tables.first, tables.forms, number, start, length, bounds, chars)
    used = int(bounds[-1])
    return Words(number[:used].copy(), start[:used].copy(), length[:used].copy(), bounds, chars)
