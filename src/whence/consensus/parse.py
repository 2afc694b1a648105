"""Fields as numbers: whole numbers, and words out of a short list."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import kernel

__all__ = ["EMPTY", "MALFORMED", "plain_whole_numbers", "whole_numbers", "words"]

EMPTY = np.iinfo(np.int64).min
MALFORMED = np.iinfo(np.int64).min + 1
"""What stands for an empty field, and for one that is no whole number within 64 bits."""

_MINUS, _POINT, _ZERO = 45, 46, 48


@kernel
def whole_numbers(text: Any, spans: Any, out: Any) -> None:
    """Read whole numbers between given bounds; a fraction of zeros ("12.0", as pandas writes) is allowed.

    Args:
        text: uint8; the bytes.
        spans: int32 (rows, 2): begin and end of each field.
        out: int64 (rows), out: the numbers, `EMPTY` or `MALFORMED`.
    """
    for row in range(spans.shape[0]):
        begin = spans[row, 0]
        end = spans[row, 1]
        if begin == end:
            out[row] = EMPTY
            continue
        negative = text[begin] == _MINUS
        at = begin + 1 if negative else begin
        value = np.uint64(0)
        digits = 0
        good = True
        while at < end and text[at] != _POINT:
            digit = np.uint64(text[at]) - np.uint64(_ZERO)
            if text[at] < _ZERO or digit > np.uint64(9) or value > np.uint64(922337203685477580):
                good = False
                break
            value = value * np.uint64(10) + digit
            digits += 1
            at += 1
        if good and at < end:
            at += 1
            while at < end:
                if text[at] != _ZERO:
                    good = False
                at += 1
        if not good or digits == 0 or value > np.uint64(9223372036854775807):
            out[row] = MALFORMED
        elif negative:
            out[row] = -np.int64(value)
        else:
            out[row] = np.int64(value)


def plain_whole_numbers(fields: list[str]) -> list[int]:
    """The readable twin of `whole_numbers`, by regular expression and int."""
    import re

    out: list[int] = []
    for field in fields:
        if not field:
            out.append(int(EMPTY))
        elif re.fullmatch(r"-?\d+(\.0*)?", field, re.ASCII) and abs(int(field.split(".")[0])) < 2**63:
            out.append(int(field.split(".")[0]))
        else:
            out.append(int(MALFORMED))
    return out


@kernel
def _match(text: Any, spans: Any, lengths: Any, letters: Any, out: Any) -> None:
    for row in range(spans.shape[0]):
        begin = spans[row, 0]
        length = spans[row, 1] - begin
        out[row] = -2 if length else -1
        for word in range(lengths.shape[0]):
            if lengths[word] != length:
                continue
            same = True
            for k in range(length):
                if text[begin + k] != letters[word, k]:
                    same = False
                    break
            if same:
                out[row] = word
                break


def words(text: NDArray[np.uint8], spans: NDArray[np.int32], known: tuple[str, ...]) -> NDArray[np.int8]:
    """Match fields against a short list of words.

    Args:
        text: uint8; the bytes.
        spans: int32 (rows, 2): begin and end of each field.
        known: the words.

    Returns:
        int8 (rows): the word's place in the list, -1 for an empty field, -2 for a word not in the list.
    """
    letters = np.zeros((len(known), max(len(w) for w in known)), np.uint8)
    for place, word in enumerate(known):
        letters[place, : len(word)] = np.frombuffer(word.encode(), np.uint8)
    out = np.empty(len(spans), np.int8)
    _match(text, spans, np.array([len(w) for w in known], np.int64), letters, out)
    return out
