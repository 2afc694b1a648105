"""The two hashes of the tree (RFC 9162, section 2.1.1): what is an entry can never pass for a node."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

__all__ = ["EMPTY_ROOT", "HASH_BYTES", "leaf_hash", "node_hash", "perfect_root"]

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of an entry.

    Args:
        entry: the entry as it stands in the log; any bytes.

    Returns:
        32 bytes: SHA-256(0x00 || entry).
    """
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node.

    Args:
        left: hash of the left child, 32 bytes.
        right: hash of the right child, 32 bytes.

    Returns:
        32 bytes: SHA-256(0x01 || left || right).
    """
    return hashlib.sha256(b"\x01" + left + right).digest()


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root over hashes that fill a perfect subtree.

    Args:
        hashes: 32 bytes each; their number is a power of two.
    """
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]
