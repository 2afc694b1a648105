"""The right-hand edge of a growing tree: all that a root needs of what went before (RFC 9162, section 2.1.2)."""

from __future__ import annotations

from whence.ledger.hashing import EMPTY_ROOT, node_hash

__all__ = ["Frontier"]


class Frontier:
    """Hashes of the perfect subtrees that the entries so far make up, the largest first."""

    def __init__(self) -> None:
        self.size = 0
        self._edge: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Take in the next entry.

        Args:
            leaf: its hash, 32 bytes.
        """
        found = leaf
        carry = self.size
        while carry & 1:  # as in counting: two subtrees of one height become one of the next
            found = node_hash(self._edge.pop(), found)
            carry >>= 1
        self._edge.append(found)
        self.size += 1

    def root(self) -> bytes:
        """Return the root over the entries so far, 32 bytes."""
        if not self._edge:
            return EMPTY_ROOT
        found = self._edge[-1]
        for left in reversed(self._edge[:-1]):
            found = node_hash(left, found)
        return found
