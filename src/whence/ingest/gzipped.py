"""Gzip, unpacked up to a limit: what is small packed may be without end unpacked."""

from __future__ import annotations

import gzip
import zlib
from io import BytesIO

from whence.errors import FormatError

__all__ = ["unpacked"]


def unpacked(data: bytes, name: str, limit: int) -> bytes:
    """The beginning of what gzip packed.

    Args:
        data: gzip.
        name: whose data they are, for the message.
        limit: bytes, 0 or more.

    Returns:
        At most `limit` + 1 bytes: more than `limit` where it is longer than that.

    Raises:
        FormatError: it is damaged.
    """
    try:
        with gzip.open(BytesIO(data)) as stream:
            return stream.read(limit + 1)
    except (OSError, EOFError, zlib.error):
        raise FormatError(f"{name} cannot be unpacked: it is damaged") from None
