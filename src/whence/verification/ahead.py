"""Fetching a published log's files before they are asked for: an audit over a network waits for each of thousands."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from whence.ledger.paths import bundle_path, tile_path

__all__ = ["Ahead"]

_FULL_BUNDLE = re.compile(r"tile/entries/((?:x\d{3}/)*\d{3})")
_AHEAD = 12
_THREADS = 6

Get = Callable[[str], "bytes | None"]


class Ahead:
    """A log's files by path; whoever reads bundle after bundle finds the next ones, and their tiles, there already.

    Args:
        make: makes a function that gives a file; each thread has one of its own.
    """

    def __init__(self, make: Callable[[], Get]) -> None:
        self._make = make
        self._own = threading.local()
        self._pool: ThreadPoolExecutor | None = None
        self._coming: dict[str, Future[bytes | None]] = {}
        self._last = -1

    def __call__(self, path: str) -> bytes | None:
        """Return a file, or None where there is none; raises what the network raises."""
        match = _FULL_BUNDLE.fullmatch(path)
        if match is not None:
            self._plan(int(match.group(1).replace("x", "").replace("/", "")))
        coming = self._coming.pop(path, None)
        return coming.result() if coming is not None else self._get(path)

    def _plan(self, bundle: int) -> None:
        """Ask for what follows a bundle, if it follows the one before: one proof needs one bundle, and no more."""
        in_order, self._last = bundle == self._last + 1, bundle
        if not in_order or bundle == 0:
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="log")
        for index in range(bundle, bundle + _AHEAD):
            for path in (bundle_path(index), tile_path(0, index)):
                if path not in self._coming and (index > bundle or path.startswith("tile/0/")):
                    self._coming[path] = self._pool.submit(self._get, path)
        # What was passed over is not asked for again.
        for path in [one for one in self._coming if one in (bundle_path(bundle - 1), tile_path(0, bundle - 1))]:
            self._coming.pop(path).cancel()

    def _get(self, path: str) -> bytes | None:
        if not hasattr(self._own, "get"):
            self._own.get = self._make()
        get: Get = self._own.get
        return get(path)
