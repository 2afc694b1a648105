"""The index over a store, kept beside it and brought up to date in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from whence.errors import FormatError
from whence.match.store import Store
from whence.records.claim import FactCheck

if TYPE_CHECKING:
    from whence.match.index import Index

__all__ = ["index_folder", "open_index"]

_BATCH = 512  # checks that are encoded between two reports of progress
_STALE = 0.5  # share of an index's checks that have changed, above which it is made anew

Progress = Callable[[int, int], None]


def index_folder(store: str | Path) -> Path:
    """Where the index over a store is kept: beside it, `NAME.index`."""
    path = Path(store)
    return path.with_name(path.name + ".index")


def open_index(store: Store, *, progress: Progress | None = None, save: bool = True) -> Index:
    """The index over a store, up to date.

    What is kept beside the store is brought up to date: only the checks that changed are encoded. It is made anew where
    there is none, or where it is damaged, another store's, or made with other weights.

    Args:
        store: the store.
        progress: told how many checks are encoded, of how many.
        save: keep the result; where the folder cannot be written to it is used all the same.

    Raises:
        ModelError: the packaged weights are missing or altered.
    """
    from whence.match.index import Index

    folder = index_folder(store.path)
    index: Index | None = None
    try:
        if folder.is_dir():
            index = Index.load(folder)
    except (FormatError, OSError):
        index = None
    changes = store.since(index.stamp) if index is not None else None
    if index is not None and changes is not None and len(changes.put) <= _STALE * max(len(index), 2 * _BATCH):
        if not changes.put and not changes.gone:
            return index
        if changes.gone:
            index.remove(changes.gone)
        _fill(index, store.get(changes.put), len(changes.put), progress)
        index.stamp = changes.stamp
    else:
        # Read before the checks are: what is added meanwhile is found again by its later number.
        stamp = store.stamp()
        index = Index()
        _fill(index, store.select(), len(store), progress)
        index.stamp = stamp
    if save:
        try:
            index.save(folder)
        except OSError:
            return index
    return index


def _fill(index: Index, checks: Iterable[FactCheck], count: int, progress: Progress | None) -> None:
    done = 0
    for batch in _batches(iter(checks)):
        index.add(batch)
        done += len(batch)
        if progress is not None:
            progress(done, count)


def _batches(checks: Iterator[FactCheck]) -> Iterator[list[FactCheck]]:
    while batch := list(islice(checks, _BATCH)):
        yield batch
