"""An iterator run ahead of its caller, by a thread of its own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import TypeVar

__all__ = ["ahead"]

T = TypeVar("T")


class _End:
    """Says that an iterator is at its end, or what it failed of."""

    def __init__(self, failure: BaseException | None) -> None:
        self.failure = failure


def ahead(items: Iterator[T], depth: int = 3) -> Iterator[T]:
    """Let a thread take items from an iterator while the caller works on earlier ones.

    Args:
        items: used by the thread alone from here on.
        depth: how many items may lie ready, at least 1.

    Yields:
        The same items in the same order.

    Raises:
        Exception: whatever the iterator raises, at the place where it does.
    """
    ready: queue.Queue[T | _End] = queue.Queue(maxsize=depth)
    stop = threading.Event()

    def put(item: T | _End) -> bool:
        while not stop.is_set():
            try:
                ready.put(item, timeout=0.2)
                return True
            except queue.Full:
                continue
        return False

    def run() -> None:
        try:
            for item in items:
                if not put(item):
                    return
            put(_End(None))
        except BaseException as failure:  # handed to the caller's thread, which raises it
            put(_End(failure))

    worker = threading.Thread(target=run, daemon=True)
    worker.start()
    try:
        while True:
            item = ready.get()
            if isinstance(item, _End):
                if item.failure is not None:
                    raise item.failure
                return
            yield item
    finally:
        stop.set()
        while not ready.empty():
            ready.get_nowait()
        worker.join(timeout=5)
