"""The desk under load, by wrk on loopback: a story's page, a badge, and ratings written while the page is read."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from typing import Any

from benchmarks.desk.served import Person, Served

__all__ = ["Reading", "Written", "ratings", "read", "write_while"]


@dataclass(frozen=True)
class Reading:
    """What wrk measured.

    Attributes:
        rate: requests a second.
        median, p99: milliseconds.
        failed: answers that were no 2xx or 3xx, and connections that broke.
    """

    rate: float
    median: float
    p99: float
    failed: int


@dataclass(frozen=True)
class Written:
    """What became of the ratings.

    Attributes:
        rate: acknowledged a second.
        median, p99: milliseconds.
        failed: that were not acknowledged.
    """

    rate: float
    median: float
    p99: float
    failed: int


def read(url: str, *, seconds: int, connections: int) -> Reading:
    """Read a page over and over.

    Args:
        url: its address.
        seconds: for how long.
        connections: at once, kept alive.

    Raises:
        RuntimeError: when wrk is not installed or fails.
    """
    wrk = shutil.which("wrk")
    if wrk is None:
        raise RuntimeError("wrk is not installed: apt-get install wrk")
    done = subprocess.run(
        [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-H", "Accept-Encoding: gzip", url],
        capture_output=True,
        text=True,
        check=True,
    )
    said = done.stdout
    errors = sum(int(n) for n in re.findall(r"(?:connect|read|write|timeout) (\d+)", said))
    errors += sum(int(n) for n in re.findall(r"Non-2xx or 3xx responses: (\d+)", said))
    (rate,) = re.findall(r"Requests/sec:\s+([\d.]+)", said)
    return Reading(float(rate), _latency(said, "50%"), _latency(said, "99%"), errors)


def _latency(said: str, quantile: str) -> float:
    (number, unit), *_ = re.findall(rf"{quantile}\s+([\d.]+)(us|ms|s)\b", said)
    return float(number) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]


def write_while(
    turns: Iterator[Callable[[], bool]], url: str, *, seconds: int, connections: int, a_second: int
) -> tuple[Reading, Written]:
    """Read a page while something is written.

    Args:
        turns: each writes once, and returns whether it was acknowledged.
        url: the page's address.
        seconds: for how long.
        connections: of the readers.
        a_second: writes a second.
    """
    stop, lock = threading.Event(), threading.Lock()
    times: list[float] = []
    failed = [0]
    writers = 8
    begin = time.monotonic()

    def write(number: int) -> None:
        due = begin + number / a_second
        while not stop.is_set():
            time.sleep(max(0.0, due - time.monotonic()))
            due += writers / a_second
            with lock:
                turn = next(turns)
            sent = time.monotonic()
            done = turn()
            with lock:
                if done:
                    times.append((time.monotonic() - sent) * 1000)
                else:
                    failed[0] += 1

    crowd = [threading.Thread(target=write, args=(n,), daemon=True) for n in range(writers)]
    for thread in crowd:
        thread.start()
    found = read(url, seconds=seconds, connections=connections)
    stop.set()
    for thread in crowd:
        thread.join(30)
    took = time.monotonic() - begin
    times.sort()
    middle, last = (times[len(times) // 2], times[int(len(times) * 0.99)]) if times else (0.0, 0.0)
    return found, Written(len(times) / took, middle, last, failed[0])


def ratings(desk: Served, made: dict[str, Any]) -> Iterator[Callable[[], bool]]:
    """Everybody rates every note in turn, each round otherwise; authors (who come first) rate nothing.

    Args:
        desk: it serves.
        made: what seeding printed.
    """
    people = [Person(desk, alias, session) for alias, session in made["people"].items()]
    raters = people[len(made["notes"]) :]
    for level in cycle(("helpful", "somewhat", "not")):
        for note in made["notes"]:
            for person in raters:
                yield partial(_rate, person, note, level)


def _rate(person: Person, note: int, level: str) -> bool:
    return person.send(f"/note/{note}/rate/", {"level": level}) == 302
