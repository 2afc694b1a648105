"""The tree as RFC 9162 defines it, by recursion over lists: slow, and evident to the eye."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256


def split(count: int) -> int:
    k = 1
    while k * 2 < count:
        k *= 2
    return k


def root(entries: Sequence[bytes]) -> bytes:
    """MTH(D[n]), section 2.1.1."""
    if not entries:
        return sha256().digest()
    if len(entries) == 1:
        return sha256(b"\0" + entries[0]).digest()
    k = split(len(entries))
    return sha256(b"\1" + root(entries[:k]) + root(entries[k:])).digest()


def path(index: int, entries: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D[n]), section 2.1.3.1."""
    if len(entries) == 1:
        return []
    k = split(len(entries))
    if index < k:
        return [*path(index, entries[:k]), root(entries[k:])]
    return [*path(index - k, entries[k:]), root(entries[:k])]


def proof(old: int, entries: Sequence[bytes], whole: bool = True) -> list[bytes]:
    """SUBPROOF(m, D[n], b), section 2.1.4.1."""
    if old == len(entries):
        return [] if whole else [root(entries)]
    k = split(len(entries))
    if old <= k:
        return [*proof(old, entries[:k], whole), root(entries[k:])]
    return [*proof(old - k, entries[k:], False), root(entries[:k])]


def root_by_path(leaf: bytes, index: int, size: int, found: list[bytes]) -> bytes | None:
    """Walk a proof of inclusion down from the top: the other way round than the RFC's algorithm."""
    if size == 1:
        return sha256(b"\0" + leaf).digest() if not found else None
    if not found:
        return None
    k = split(size)
    if index < k:
        left = root_by_path(leaf, index, k, found[:-1])
        return None if left is None else sha256(b"\1" + left + found[-1]).digest()
    right = root_by_path(leaf, index - k, size - k, found[:-1])
    return None if right is None else sha256(b"\1" + found[-1] + right).digest()
