"""Many stories on all cores: in order, with bounded memory, and no story stops the others."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any

from whence.errors import RangeError, WhenceError
from whence.ingest import Failure
from whence.read import Reader
from whence.records import Reading, Story

__all__ = ["read_stories"]

_AHEAD = 8
"""Stories in flight per worker: enough to keep them busy, few enough that memory stays flat."""

_state: dict[str, Reader] = {}


def _start(make: Callable[..., Any]) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    _state["reader"] = Reader(threads=1, make=make)


def _end_with_parent() -> None:
    """Leave no worker behind where the parent was killed: its own queue would keep it waiting for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read(reader: Reader, story: Story) -> Any:
    """A reading, or a `Failure` where the story cannot be read."""
    try:
        return reader.read(story)
    except WhenceError as e:
        return Failure(story.id, str(e))
    except Exception as e:
        # A defect of ours in one story of an archive is reported with its name; the archive goes on.
        return Failure(story.id, f"internal error, please report it: {type(e).__name__}: {e}")


def _work(story: Story) -> Any:
    return _read(_state["reader"], story)


def _alone(stories: Iterable[Story | Failure], make: Callable[..., Any]) -> Iterator[Any]:
    reader = Reader(threads=1, make=make)
    for story in stories:
        yield story if isinstance(story, Failure) else _read(reader, story)


def read_stories(
    stories: Iterable[Story | Failure],
    *,
    workers: int | None = None,
    make: Callable[..., Any] = Reading,
) -> Iterator[Any]:
    """Read stories in parallel processes.

    Args:
        stories: what to read; failures are passed through in their place.
        workers: processes, 1 or more; by default one a core. 1 reads in this process.
        make: the class of the readings.

    Yields:
        A reading, or a `Failure`, for each item of `stories`, in their order.

    Raises:
        RangeError: `workers` is below 1.
    """
    if workers is not None and workers < 1:
        raise RangeError(f"workers is 1 or more; got {workers}: leave it out to use every core")
    count = workers or os.cpu_count() or 1
    if count == 1:
        yield from _alone(stories, make)
        return
    pending: deque[tuple[Story | Failure, Future[Any] | None]] = deque()
    # Spawned, not forked: the parent holds threads of the model's runtime and of the progress bar.
    pool = _pool(count, make)
    try:
        for story in stories:
            pending.append((story, None if isinstance(story, Failure) else _submit(pool, story)))
            if len(pending) >= count * _AHEAD:
                result, pool = _next(pending, pool, count, make)
                yield result
        while pending:
            result, pool = _next(pending, pool, count, make)
            yield result
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(count: int, make: Callable[..., Any]) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_start, initargs=(make,))


def _submit(pool: ProcessPoolExecutor, story: Story) -> Future[Any]:
    """Hand a story to a pool, whose processes start with the first one: Ctrl-C is for the parent alone to hear.

    Where a story before it has killed a worker, the future says so, as the futures of the stories in flight do.
    """
    masks = hasattr(signal, "pthread_sigmask")
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if masks else set()
    try:
        return pool.submit(_work, story)
    except BrokenProcessPool as e:
        broken: Future[Any] = Future()
        broken.set_exception(e)
        return broken
    finally:
        if masks:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _next(
    pending: deque[tuple[Story | Failure, Future[Any] | None]],
    pool: ProcessPoolExecutor,
    count: int,
    make: Callable[..., Any],
) -> tuple[Any, ProcessPoolExecutor]:
    """The oldest result, and the pool to go on with: a new one where a story killed its worker."""
    story, future = pending.popleft()
    if future is None:
        return story, pool
    try:
        return future.result(), pool
    except BrokenProcessPool:
        pool.shutdown(wait=False, cancel_futures=True)
    assert isinstance(story, Story)
    # Which of the stories in flight killed the worker is not known: the oldest is tried in a process of its own.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_start, initargs=(make,)) as one:
        try:
            result = _submit(one, story).result()
        except BrokenProcessPool:
            result = Failure(story.id, "the process that read it was killed, most likely for want of memory")
    pool = _pool(count, make)
    for n, (waiting, was) in enumerate(pending):
        if was is not None and isinstance(waiting, Story):
            pending[n] = (waiting, _submit(pool, waiting))
    return result, pool
