"""Cutting delimited text into fields: where the wanted fields of each row begin and end, and 0/1 columns as bits."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import kernel

__all__ = ["FLAG", "SKIP", "SPAN", "plain_split_rows", "split_rows"]

SKIP, SPAN, FLAG = 0, 1, 2
"""What is done with a column: nothing, keep its bounds, or set a bit where it reads 1."""

_TAB, _LINE, _RETURN, _QUOTE, _ONE = 9, 10, 13, 34, 49


@kernel
def split_rows(
    text: Any, size: int, delimiter: int, kind: Any, slot: Any, spans: Any, bits: Any, counts: Any
) -> tuple[int, int]:
    """Cut as many whole rows as lie in the text and fit the outputs.

    Args:
        text: uint8, at least `size` long; the bytes of whole and perhaps one last partial row.
        size: how many bytes of it count.
        delimiter: the byte between fields.
        kind: int8 (columns): `SKIP`, `SPAN` or `FLAG`.
        slot: int8 (columns): for a span its place in `spans`, for a flag its bit.
        spans: int32 (rows, wanted, 2), out: begin and end of each wanted field, quotation marks left out.
        bits: uint32 (rows), out: flags.
        counts: int64 (2), in and out: rows passed over for having too few, and too many, fields.

    Returns:
        How many rows were written, and how many bytes were used up.
    """
    columns = kind.shape[0]
    limit = spans.shape[0]
    rows = 0
    used = 0
    at = 0
    while rows < limit:
        column = 0
        flags = np.uint32(0)
        row_begin = at
        whole = False
        while True:
            begin = at
            if at < size and text[at] == _QUOTE:
                at += 1
                begin = at
                while at < size:
                    if text[at] == _QUOTE:
                        if at + 1 < size and text[at + 1] == _QUOTE:
                            at += 2
                            continue
                        break
                    at += 1
                end = at
                # Text after a closing mark belongs to no field; it is passed over.
                while at < size and text[at] != delimiter and text[at] != _LINE:
                    at += 1
            else:
                while at < size and text[at] != delimiter and text[at] != _LINE:
                    at += 1
                end = at
                if at < size and text[at] == _LINE and end > begin and text[end - 1] == _RETURN:
                    end -= 1
            if at >= size:
                break
            if column < columns:
                if kind[column] == SPAN:
                    spans[rows, slot[column], 0] = begin
                    spans[rows, slot[column], 1] = end
                elif kind[column] == FLAG and end == begin + 1 and text[begin] == _ONE:
                    flags |= np.uint32(1) << np.uint32(slot[column])
            column += 1
            at += 1
            if text[at - 1] == _LINE:
                whole = True
                break
        if not whole:
            break
        used = at
        if at - row_begin <= 1 or (at - row_begin == 2 and text[row_begin] == _RETURN):
            continue  # a blank line
        if column < columns:
            counts[0] += 1
        elif column > columns:
            counts[1] += 1
        else:
            bits[rows] = flags
            rows += 1
    return rows, used


def plain_split_rows(
    text: bytes, delimiter: str, kind: NDArray[np.int8], slot: NDArray[np.int8]
) -> list[tuple[list[str], int]]:
    """The readable twin of `split_rows`, by the csv module: wanted fields and bits of each well-formed row."""
    import csv
    import io

    out = []
    for row in csv.reader(io.StringIO(text.decode(), newline=""), delimiter=delimiter):
        if len(row) != len(kind):
            continue
        wanted = [""] * int((kind == SPAN).sum())
        flags = 0
        for column, field in enumerate(row):
            if kind[column] == SPAN:
                wanted[slot[column]] = field
            elif kind[column] == FLAG and field == "1":
                flags |= 1 << int(slot[column])
        out.append((wanted, flags))
    return out
