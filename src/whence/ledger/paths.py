"""Where a tile of the log lies: the paths of C2SP tlog-tiles."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["CHECKPOINT", "WIDTH", "bundle_path", "tile_path", "tiles_of"]

CHECKPOINT = "checkpoint"
WIDTH = 256  # hashes in a full tile, entries in a full bundle
_LEVELS = 64


def tile_path(level: int, index: int, width: int = WIDTH) -> str:
    """Return the path of a tile of hashes.

    Args:
        level: 0 (hashes of entries) to 63.
        index: which tile of its level, 0 or more.
        width: how many hashes it holds, 1 to 256.

    Raises:
        ValueError: when a number is out of range.
    """
    if not 0 <= level < _LEVELS:
        raise ValueError(f"a tile's level is 0 to {_LEVELS - 1}, not {level}")
    return f"tile/{level}/{_digits(index)}{_partial(width)}"


def bundle_path(index: int, width: int = WIDTH) -> str:
    """Return the path of a bundle of entries.

    Args:
        index: which bundle, 0 or more.
        width: how many entries it holds, 1 to 256.

    Raises:
        ValueError: when a number is out of range.
    """
    return f"tile/entries/{_digits(index)}{_partial(width)}"


def tiles_of(size: int, since: int = 0) -> Iterator[tuple[int, int, int]]:
    """Name every tile of hashes that a tree has, lowest level first.

    Args:
        size: number of the tree's entries, 0 or more.
        since: leave out full tiles that a tree of this size had.

    Yields:
        Level, index and width of each tile.
    """
    for level in range(_LEVELS):
        count = size >> (8 * level)
        if not count:
            return
        first = (since >> (8 * level)) // WIDTH
        for index in range(first, count // WIDTH):
            yield level, index, WIDTH
        if count % WIDTH:
            yield level, count // WIDTH, count % WIDTH


def _digits(index: int) -> str:
    """Write 1234067 as x001/x234/067, so that no folder grows past a thousand names."""
    if index < 0:
        raise ValueError(f"a tile's index is 0 or more, not {index}")
    path = f"{index % 1000:03d}"
    while index := index // 1000:
        path = f"x{index % 1000:03d}/{path}"
    return path


def _partial(width: int) -> str:
    if not 1 <= width <= WIDTH:
        raise ValueError(f"a tile holds 1 to {WIDTH}, not {width}")
    return "" if width == WIDTH else f".p/{width}"
