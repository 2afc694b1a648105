"""Publishing a log as static files: what a folder lacks of it is copied, the checkpoint last."""

from __future__ import annotations

from collections.abc import Callable

from whence.errors import FormatError
from whence.ledger.checkpoints import Checkpoint
from whence.ledger.notes import parse
from whence.ledger.paths import CHECKPOINT, WIDTH, bundle_path, tile_path, tiles_of
from whence.ledger.storage import FolderStorage

__all__ = ["mirror"]


def mirror(get: Callable[[str], bytes | None], folder: FolderStorage) -> Checkpoint | None:
    """Copy into a folder what it lacks of a log; a crash leaves it as it was, or with files too many.

    Args:
        get: gives the log's files by path.
        folder: where a web server finds them.

    Returns:
        The checkpoint that the folder has now; None while the log is empty.

    Raises:
        InputError: when the folder cannot be written to.
        FormatError: when the log lacks a file, or the folder holds a larger log: it is another one's.
    """
    note = get(CHECKPOINT)
    if note is None:
        return None
    head = Checkpoint.of(parse(note))
    with folder.writing():
        before = folder.get(CHECKPOINT)
        had = Checkpoint.of(parse(before)) if before is not None else Checkpoint(head.origin, 0, bytes(32))
        if had.size > head.size or had.origin != head.origin:
            raise FormatError(
                f"{folder.folder} holds {had.size} entries of {had.origin}, and this log is {head.origin} with "
                f"{head.size}: name another folder"
            )
        paths = [tile_path(*tile) for tile in tiles_of(head.size, had.size)]
        for index in range(had.size // WIDTH, -(-head.size // WIDTH)):
            paths.append(bundle_path(index, min(WIDTH, head.size - index * WIDTH)))
        for first in range(0, len(paths), WIDTH):  # a large log does not fit into memory
            folder.fill({path: _needed(get, path) for path in paths[first : first + WIDTH]})
        folder.commit({}, note)
    return head


def _needed(get: Callable[[str], bytes | None], path: str) -> bytes:
    data = get(path)
    if data is None:
        raise FormatError(f"the log lacks {path}: restore it from a backup")
    return data
