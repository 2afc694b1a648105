"""The tree over its tiles: roots and proofs from hashes that are stored, none kept twice.

A tile stands for a perfect subtree of height eight; the levels inside it are hashed anew when they are asked for
(C2SP tlog-tiles, "Merkle Tree").
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from whence.errors import FormatError
from whence.ledger.hashing import EMPTY_ROOT, HASH_BYTES, node_hash
from whence.ledger.paths import WIDTH, tile_path

__all__ = ["Tree"]

_HEIGHT = 8  # levels of the tree in one tile: 2 ** 8 == WIDTH
_KEPT = 64  # tiles remembered with the levels inside them: about 1 MB


class Tree:
    """A tree of a given size, read from tiles.

    Args:
        size: number of entries, 0 or more.
        tile: gives the bytes of the tile at a path; None where there is none.
    """

    def __init__(self, size: int, tile: Callable[[str], bytes | None]) -> None:
        if size < 0:
            raise ValueError(f"a tree has 0 entries or more, not {size}")
        self.size = size
        self._tile = tile
        self._kept: OrderedDict[tuple[int, int], list[list[bytes]]] = OrderedDict()

    def root(self, size: int | None = None) -> bytes:
        """Return the root of the first entries.

        Args:
            size: how many of them; None for all.

        Returns:
            MTH(D[size]), 32 bytes.

        Raises:
            FormatError: when a tile is missing or has the wrong length.
            ValueError: when size exceeds the tree's.
        """
        wanted = self._sized(size)
        return self._range(0, wanted) if wanted else EMPTY_ROOT

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Return the proof that an entry is in the tree of the first entries.

        Args:
            index: place of the entry, 0 or more.
            size: how many entries the tree of the proof has; None for all.

        Returns:
            PATH(index, D[size]): hashes of 32 bytes from the leaf upwards.

        Raises:
            FormatError: as for root.
            ValueError: when index or size is out of range.
        """
        wanted = self._sized(size)
        if not 0 <= index < wanted:
            raise ValueError(f"the tree has entries 0 to {wanted - 1}, not {index}")
        proof: list[bytes] = []
        low, high = 0, wanted
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                proof.append(self._range(middle, high))
                high = middle
            else:
                proof.append(self._range(low, middle))
                low = middle
        return proof[::-1]

    def consistency(self, old_size: int, size: int | None = None) -> list[bytes]:
        """Return the proof that a tree grew from a smaller one.

        Args:
            old_size: entries of the smaller tree, 0 or more.
            size: entries of the larger one; None for all.

        Returns:
            PROOF(old_size, D[size]); empty where the sizes are equal or old_size is 0.

        Raises:
            FormatError: as for root.
            ValueError: when a size is out of range.
        """
        wanted = self._sized(size)
        if not 0 <= old_size <= wanted:
            raise ValueError(f"a tree of {wanted} entries grew from 0 to {wanted}, not from {old_size}")
        if old_size in (0, wanted):
            return []
        proof: list[bytes] = []
        low, high, whole = 0, wanted, True  # whole: the smaller tree's root is known to who checks
        while high != old_size:
            middle = low + _split(high - low)
            if old_size <= middle:
                proof.append(self._range(middle, high))
                high = middle
            else:
                proof.append(self._range(low, middle))
                low, whole = middle, False
        if not whole:
            proof.append(self._range(low, high))
        return proof[::-1]

    def _sized(self, size: int | None) -> int:
        wanted = self.size if size is None else size
        if not 0 <= wanted <= self.size:
            raise ValueError(f"the tree has {self.size} entries, not {wanted}")
        return wanted

    def _range(self, low: int, high: int) -> bytes:
        """Return the hash over entries low to high, where low is a multiple of a power of two not below high - low."""
        count = high - low
        if count & (count - 1) == 0:
            height = count.bit_length() - 1
            return self._node(height, low >> height)
        middle = low + _split(count)
        return node_hash(self._range(low, middle), self._range(middle, high))

    def _node(self, height: int, index: int) -> bytes:
        """Return the root of the index-th perfect subtree of this height."""
        level, inside = divmod(height, _HEIGHT)
        tile, place = divmod(index << inside, WIDTH)
        return self._levels(level, tile)[inside][place >> inside]

    def _levels(self, level: int, index: int) -> list[list[bytes]]:
        key = level, index
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        width = min(WIDTH, (self.size >> (_HEIGHT * level)) - index * WIDTH)
        levels = [self._hashes(level, index, width)]
        for _ in range(_HEIGHT):
            below = levels[-1]
            levels.append([node_hash(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)])
        self._kept[key] = levels
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return levels

    def _hashes(self, level: int, index: int, width: int) -> list[bytes]:
        path = tile_path(level, index, width)
        found = self._tile(path)
        if found is None and width < WIDTH:
            # A log may drop a partial tile once the full one is there: its beginning is the partial tile.
            full = self._tile(tile_path(level, index))
            if full is not None and len(full) == WIDTH * HASH_BYTES:
                found = full[: width * HASH_BYTES]
        if found is None:
            raise FormatError(f"the log lacks {path}, which a tree of {self.size} entries has")
        if len(found) != width * HASH_BYTES:
            raise FormatError(f"{path} must have {width * HASH_BYTES} bytes but has {len(found)}")
        return [found[at : at + HASH_BYTES] for at in range(0, len(found), HASH_BYTES)]


def _split(count: int) -> int:
    """Return k of the RFC: the largest power of two below count (2 or more)."""
    return 1 << ((count - 1).bit_length() - 1)
