"""Bundles of entries: each entry behind its length in two bytes (C2SP tlog-tiles, "Log entries")."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from whence.errors import FormatError

__all__ = ["MOST_BYTES", "pack", "unpack"]

MOST_BYTES = 65_535  # of one entry: what two bytes can count


def pack(entries: Iterable[bytes]) -> bytes:
    """Return a bundle.

    Args:
        entries: each of at most 65,535 bytes.

    Raises:
        ValueError: when an entry is longer.
    """
    parts: list[bytes] = []
    for entry in entries:
        if len(entry) > MOST_BYTES:
            raise ValueError(f"an entry has at most {MOST_BYTES} bytes, this one {len(entry)}")
        parts += (struct.pack(">H", len(entry)), entry)
    return b"".join(parts)


def unpack(bundle: bytes, expected: int) -> list[bytes]:
    """Return the entries of a bundle.

    Args:
        bundle: as it was fetched; hostile.
        expected: how many entries it must hold.

    Raises:
        FormatError: when it is cut off, or holds more or fewer entries.
    """
    entries: list[bytes] = []
    at = 0
    while at < len(bundle):
        if at + 2 > len(bundle):
            raise FormatError("a bundle of the log is cut off inside a length: fetch it again")
        (length,) = struct.unpack_from(">H", bundle, at)
        at += 2
        if at + length > len(bundle):
            raise FormatError("a bundle of the log is cut off inside an entry: fetch it again")
        entries.append(bundle[at : at + length])
        at += length
    if len(entries) != expected:
        raise FormatError(f"a bundle of the log must hold {expected} entries but holds {len(entries)}")
    return entries
