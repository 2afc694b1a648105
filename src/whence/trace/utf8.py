"""One code point after the other out of UTF-8, for the kernels that read texts."""

from __future__ import annotations

from typing import Any

import numpy as np

from whence.trace._jit import kernel

__all__ = ["decode"]


@kernel
def decode(data: Any, at: int) -> tuple[Any, int]:
    """The code point (int32) at a place of valid UTF-8 (uint8), and the place of the next one."""
    byte = data[at]
    if byte < 0x80:
        return np.int32(byte), at + 1
    if byte < 0xE0:
        return (np.int32(byte & 0x1F) << 6) | np.int32(data[at + 1] & 0x3F), at + 2
    if byte < 0xF0:
        code = (np.int32(byte & 0x0F) << 12) | (np.int32(data[at + 1] & 0x3F) << 6) | np.int32(data[at + 2] & 0x3F)
        return code, at + 3
    code = (np.int32(byte & 0x07) << 18) | (np.int32(data[at + 1] & 0x3F) << 12)
    return code | (np.int32(data[at + 2] & 0x3F) << 6) | np.int32(data[at + 3] & 0x3F), at + 4
