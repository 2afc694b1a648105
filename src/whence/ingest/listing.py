"""Names in order, however many: what does not fit into memory is sorted in runs on disk."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO

__all__ = ["in_order"]

_RUN = 50_000
"""Names that are sorted at once: some ten megabytes of them."""


def in_order(names: Iterable[str]) -> Iterator[str]:
    """Sort names of files; memory does not grow with their number beyond that of one run.

    Args:
        names: as the system gives them: any but the empty one, without NUL characters.

    Yields:
        The names, in the order of `sorted`.
    """
    with ExitStack() as stack:
        runs: list[Iterator[str]] = []
        run: list[str] = []
        for name in names:
            run.append(name)
            if len(run) == _RUN:
                runs.append(_kept(sorted(run), stack.enter_context(tempfile.TemporaryFile())))
                run = []
        yield from heapq.merge(*runs, sorted(run))


def _kept(names: list[str], file: IO[bytes]) -> Iterator[str]:
    """Names through a file: a name may hold a line feed, and bytes that are no UTF-8, so each comes with its length."""
    for name in names:
        data = name.encode("utf-8", "surrogateescape")
        file.write(len(data).to_bytes(4, "little") + data)
    file.seek(0)
    return _from(file)


def _from(file: IO[bytes]) -> Iterator[str]:
    while size := file.read(4):
        yield file.read(int.from_bytes(size, "little")).decode("utf-8", "surrogateescape")
