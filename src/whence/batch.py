"""Many stories on all cores: in order, with bounded memory, and no story stops the others."""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from threading import Thread
from typing import Any

from whence.errors import RangeError, WhenceError
from whence.ingest import Failure
from whence.read import Reader
from whence.records import Reading, Story

__all__ = ["attempt", "pairs", "read_stories"]

Item = Story | Failure
Then = Callable[[Any], Any]

_AHEAD = 8
"""Stories a worker that are taken from the input before the oldest is done: enough to keep all busy, and few enough
that memory stays flat."""
_EACH = 3
"""Stories that a worker has at once: one that it reads, and what it goes on with meanwhile."""
_READY = -1
"""The number under which a worker says that it has loaded its weights, or why it could not."""
_GONE = 2.0
"""Seconds that a worker is given to end."""
_KILLED = "the process that read it was killed, most likely for want of memory"


def read_stories(
    stories: Iterable[Item],
    *,
    workers: int | None = None,
    make: Callable[..., Any] = Reading,
    then: Then | None = None,
) -> Iterator[Any]:
    """Read stories in parallel processes.

    Args:
        stories: what to read; failures are passed through in their place.
        workers: processes, 1 or more; by default one a core. 1 reads in this process.
        make: the class of the readings.
        then: done with each reading where it was read; what it returns is yielded in the reading's place.

    Yields:
        A reading, or a `Failure`, for each item of `stories`, in their order.

    Raises:
        RangeError: `workers` is below 1.
        WhenceError: the processes cannot start.
    """
    return (result for _, result in pairs(stories, workers=workers, make=make, then=then))


def pairs(
    stories: Iterable[Item],
    *,
    workers: int | None = None,
    make: Callable[..., Any] = Reading,
    then: Then | None = None,
) -> Iterator[tuple[Item, Any]]:
    """Read stories as `read_stories` does; each result comes with what was read.

    The workers end at once where the iterator is closed (`contextlib.closing`) or an exception leaves it.
    """
    if workers is not None and workers < 1:
        raise RangeError(f"workers is 1 or more; got {workers}: leave it out to use every core")
    count = workers or os.cpu_count() or 1
    return _alone(stories, make, then) if count == 1 else _together(stories, count, make, then)


def attempt(reader: Reader, story: Story, then: Then | None = None) -> Any:
    """What becomes of a story: a reading, or what `then` makes of it; a `Failure` where it cannot be read."""
    try:
        reading = reader.read(story)
        return reading if then is None else then(reading)
    except WhenceError as e:
        return Failure(story.id, str(e))
    except Exception as e:
        # A defect of ours in one story of an archive is reported with its name; the archive goes on.
        return Failure(story.id, f"internal error, please report it: {type(e).__name__}: {e}")


def _alone(stories: Iterable[Item], make: Callable[..., Any], then: Then | None) -> Iterator[tuple[Item, Any]]:
    reader = Reader(threads=1, make=make)
    for story in stories:
        yield story, story if isinstance(story, Failure) else attempt(reader, story, then)


def _work(pipe: Connection, make: Callable[..., Any], then: Then | None) -> None:
    """What a worker does: reads what comes through the pipe and sends back what becomes of it."""
    given: SimpleQueue[tuple[int, Story]] = SimpleQueue()
    try:
        reader = Reader(threads=1, make=make)
    except WhenceError as e:
        pipe.send((_READY, e))
        return
    # What is loaded now stays: the collector of cyclic garbage need not look through it again and again.
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    pipe.send((_READY, None))
    # The pipe is emptied while a story is read, so that neither end ever waits for the other to take something.
    Thread(target=_receive, args=(pipe, given), daemon=True).start()
    while True:
        number, story = given.get()
        pipe.send((number, attempt(reader, story, then)))


def _receive(pipe: Connection, given: SimpleQueue[tuple[int, Story]]) -> None:
    try:
        while True:
            given.put(pipe.recv())
    except (EOFError, OSError):
        os._exit(0)  # The parent has gone, perhaps killed: nobody waits for a result any more.


class _Worker:
    """A process that reads, and the numbers of the stories that it has, the one it reads first."""

    def __init__(self, make: Callable[..., Any], then: Then | None) -> None:
        # Spawned, not forked: the parent holds threads of the model's runtime and of the progress bar.
        context = get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=_work, args=(other, make, then), daemon=True)
        # Ctrl-C is for the parent alone to hear: the worker inherits what is blocked here.
        masks = hasattr(signal, "pthread_sigmask")
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if masks else set()
        try:
            self.process.start()
        finally:
            if masks:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
            other.close()
        self.has: deque[int] = deque()
        self.ready = False

    def end(self) -> None:
        """End it at once."""
        self.pipe.close()
        self.process.terminate()
        self.process.join(_GONE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


class _Pool:
    """Workers, and what they are reading.

    A worker reads in the order in which it is given stories. So where one dies, the story that killed it is known: it
    is read once more with no other beside it, for it may only have lacked memory, and then given up.
    """

    def __init__(self, count: int, make: Callable[..., Any], then: Then | None) -> None:
        self._make, self._then = make, then
        self.workers = [_Worker(make, then) for _ in range(count)]
        self.done: dict[int, Any] = {}
        self._stories: dict[int, Story] = {}
        self._again: deque[int] = deque()
        self._suspects: deque[int] = deque()
        self._tried: set[int] = set()
        self._deaths = 0

    @property
    def free(self) -> bool:
        """Whether a story can be given out now."""
        return not (self._again or self._suspects) and any(len(w.has) < _EACH for w in self.workers)

    @property
    def busy(self) -> bool:
        """Whether anything is being read or waits for it."""
        return bool(self._stories)

    def give(self, number: int, story: Story) -> None:
        """Have a story read."""
        self._stories[number] = story
        self._send(number)

    def _send(self, number: int) -> None:
        worker = min(self.workers, key=lambda w: len(w.has))
        worker.has.append(number)
        with suppress(OSError):  # Where it has died, `take` finds that out, and whose fault it was.
            worker.pipe.send((number, self._stories[number]))

    def take(self, timeout: float | None) -> None:
        """Take up what the workers have done.

        Args:
            timeout: seconds to wait for something; None waits as long as it takes.
        """
        pipes = {w.pipe: w for w in self.workers}
        for pipe in wait(list(pipes), timeout):
            assert isinstance(pipe, Connection)
            try:
                number, result = pipe.recv()
            except (EOFError, OSError):
                self._lost(pipes[pipe])
                continue
            if number == _READY:
                if result is not None:
                    raise result
                pipes[pipe].ready = True
                continue
            pipes[pipe].has.remove(number)
            self._finish(number, result)
        self._retry()

    def _finish(self, number: int, result: Any) -> None:
        self.done[number] = result
        del self._stories[number]

    def _lost(self, worker: _Worker) -> None:
        """Put another in the place of a worker that has died."""
        if not worker.ready:
            self._deaths += 1
            if self._deaths > len(self.workers):
                raise WhenceError(
                    "the processes of a batch cannot start: there is too little memory, or a script reads many stories "
                    "outside  if __name__ == '__main__':  (or set workers=1)"
                )
        elif worker.has:
            first = worker.has.popleft()
            if first in self._tried:
                self._finish(first, Failure(self._stories[first].id, _KILLED))
            else:
                self._tried.add(first)
                self._suspects.append(first)
        self._again.extend(worker.has)
        worker.end()
        self.workers[self.workers.index(worker)] = _Worker(self._make, self._then)

    def _retry(self) -> None:
        """Give out again what dead workers had, a suspect only where nothing else is being read."""
        while self._again and not self._suspects:
            self._send(self._again.popleft())
        if self._suspects and not any(w.has for w in self.workers):
            self._send(self._suspects.popleft())

    def end(self) -> None:
        """End all workers at once."""
        for worker in self.workers:
            worker.end()


def _together(
    stories: Iterable[Item], count: int, make: Callable[..., Any], then: Then | None
) -> Iterator[tuple[Item, Any]]:
    source = iter(stories)
    items: dict[int, Item] = {}
    given = yielded = 0
    more = True
    pool = _Pool(count, make, then)
    try:
        while more or items:
            if more and pool.free and len(items) < count * _AHEAD:
                item = next(source, None)
                if item is None:
                    more = False
                else:
                    items[given] = item
                    if isinstance(item, Failure):
                        pool.done[given] = item
                    else:
                        pool.give(given, item)
                    given += 1
                pool.take(0)
            elif pool.busy:
                pool.take(None)
            while yielded in pool.done:
                yield items.pop(yielded), pool.done.pop(yielded)
                yielded += 1
    finally:
        pool.end()
