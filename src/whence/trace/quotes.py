"""Where quotation marks open and close, in one pass over the bytes: the plain kind of quoted span.

A reading knows better (`find_reuse` takes its spans instead). A quotation ends with its closing mark or with its
paragraph: one that its paragraph does not close counts if the next paragraph opens with a mark again, as long
quotations are printed; else the mark was stray.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.trace._jit import kernel
from whence.trace.utf8 import decode

__all__ = ["quoted_spans"]

_STRAIGHT, _LEFT, _RIGHT, _LOW = 0x22, 0x201C, 0x201D, 0x201E
_GUILLEMET, _GUILLEMET_END = 0xAB, 0xBB


@kernel
def _quoted(data: Any, offsets: Any, bounds: Any, spans: Any) -> None:
    """Write spans: int32 (room, 2), code points; bounds: int64 (texts + 1), where each text's begin."""
    count = 0
    for text in range(offsets.shape[0] - 1):
        bounds[text] = count
        at = offsets[text]
        end = offsets[text + 1]
        point = 0
        opened = -1
        stray = -1  # a quotation that its paragraph, which ends at `stray_end`, did not close
        stray_end = 0
        before = np.int32(10)
        fresh = True  # nothing but white space in this paragraph so far
        while at < end:
            code, at = decode(data, at)
            if code == 10 or code == 13:
                if opened >= 0:
                    stray = opened
                    stray_end = point
                    opened = -1
                fresh = True
            elif code > 32:
                mark = code in (_STRAIGHT, _LEFT, _RIGHT, _LOW, _GUILLEMET, _GUILLEMET_END)
                if fresh and stray >= 0:
                    if mark:
                        spans[count, 0] = stray
                        spans[count, 1] = stray_end
                        count += 1
                    stray = -1
                fresh = False
                if mark:
                    if opened < 0:
                        # A closing mark opens nothing, and an inch mark after a digit neither.
                        closes = code == _RIGHT or (code == _STRAIGHT and before > 47 and before < 58)
                        if not closes:
                            opened = point + 1
                    elif code != _LOW:
                        spans[count, 0] = opened
                        spans[count, 1] = point
                        count += 1
                        opened = -1
            before = code
            point += 1
    bounds[offsets.shape[0] - 1] = count


def quoted_spans(data: NDArray[np.uint8], offsets: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Quoted spans of some texts.

    Args:
        data: uint8: the texts in UTF-8, end to end.
        offsets: int64 (texts + 1): where each text begins in `data`.

    Returns:
        int64 (texts + 1): where each text's spans begin; int32 (spans, 2): begin and end of what stands between the
        marks, in code points.
    """
    # Each span takes a mark of its own, at least; a mark is 0x22 or begins with 0xC2 or 0xE2.
    marks = np.count_nonzero((data == 0x22) | (data == 0xC2) | (data == 0xE2))
    bounds, spans = np.empty(len(offsets), np.int64), np.empty((marks + 1, 2), np.int32)
    _quoted(data, offsets, bounds, spans)
    return bounds, spans[: int(bounds[-1])].copy()
