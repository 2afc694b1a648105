"""Checking proofs: that an entry is in a tree, and that a tree only grew (RFC 9162, sections 2.1.3.2 and 2.1.4.2)."""

from __future__ import annotations

from collections.abc import Sequence

from whence.ledger.hashing import EMPTY_ROOT, HASH_BYTES, leaf_hash, node_hash

__all__ = ["grew_from", "holds", "root_from_inclusion"]


def root_from_inclusion(entry: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """Return the root that a proof of inclusion leads to.

    Args:
        entry: the entry's bytes.
        index: its place in the log, 0 or more.
        size: number of entries of the tree, more than index.
        proof: hashes from the leaf upwards, 32 bytes each.

    Returns:
        The root, 32 bytes; None where the proof is too long, too short or out of range.
    """
    if not 0 <= index < size or any(len(one) != HASH_BYTES for one in proof):
        return None
    # fn and sn of the RFC: the places of the entry and of the last entry, on the level that the walk has reached.
    place, last, found = index, size - 1, leaf_hash(entry)
    for sibling in proof:
        if last == 0:
            return None
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        else:
            found = node_hash(found, sibling)
        place >>= 1
        last >>= 1
    return found if last == 0 else None


def holds(root: bytes, size: int, entry: bytes, index: int, proof: Sequence[bytes]) -> bool:
    """Return whether a tree of this root and size has the entry at this place.

    Args:
        root: the tree's root, 32 bytes.
        size: number of its entries.
        entry: the entry's bytes.
        index: its place, 0 or more.
        proof: the proof of inclusion, from the leaf upwards.
    """
    return root_from_inclusion(entry, index, size, proof) == root


def grew_from(old_root: bytes, old_size: int, root: bytes, size: int, proof: Sequence[bytes]) -> bool:
    """Return whether the larger tree begins with every entry of the smaller, in the same order.

    Args:
        old_root: root of the smaller tree, 32 bytes.
        old_size: number of its entries, 0 or more.
        root: root of the larger tree.
        size: number of its entries.
        proof: the proof of consistency; empty where the sizes are equal or old_size is 0.
    """
    if not 0 <= old_size <= size or any(len(one) != HASH_BYTES for one in proof):
        return False
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    if old_size == size:
        return not proof and old_root == root
    path = list(proof)
    if old_size & (old_size - 1) == 0:  # a perfect subtree is its own first hash, and is left out of the proof
        path.insert(0, old_root)
    if not path:
        return False
    place, last = old_size - 1, size - 1
    while place & 1:
        place >>= 1
        last >>= 1
    old_found = found = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old_found = node_hash(sibling, old_found)
            found = node_hash(sibling, found)
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        else:
            found = node_hash(found, sibling)
        place >>= 1
        last >>= 1
    return last == 0 and old_found == old_root and found == root
