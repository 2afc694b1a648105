"""`kill -9` at random under load: nothing acknowledged is lost, nothing is there twice, the queue resumes.

People rate, write notes and add stories; meanwhile one process after the other is killed: a web process, gunicorn's
arbiter, the worker, the parent of them all. What was acknowledged is then looked for in the tables and in the log.
"""

from __future__ import annotations

import json
import os
import random
import signal
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from benchmarks.desk.seeding import story_text
from benchmarks.desk.served import Person, Served

__all__ = ["Outcome", "run"]

_LEVELS = ("helpful", "somewhat", "not")
_DONE = (200, 302)
_TURNS = ("web", "worker", "web", "parent", "worker", "arbiter", "web", "worker")


@dataclass
class _Said:
    """What people said, and what they were told became of it."""

    ratings: dict[tuple[int, str], list[str]] = field(default_factory=dict)  # what may stand
    notes: dict[str, bool] = field(default_factory=dict)  # text: whether it was acknowledged
    stories: dict[str, bool] = field(default_factory=dict)  # headline: whether it was acknowledged
    acknowledged: int = 0
    unanswered: int = 0
    refused: dict[int, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True)
class Outcome:
    """What was found.

    Attributes:
        kills: how many processes were killed, by what they do.
        acknowledged: ratings, notes and stories that the desk said it had.
        unanswered: requests that died with their process.
        troubles: what was lost, doubled or stuck; empty where all is well.
        seconds: from the last kill until the queue was empty.
    """

    kills: dict[str, int]
    acknowledged: int
    unanswered: int
    troubles: list[str]
    seconds: float


def run(desk: Served, kills: int, *, seed: int = 1, threads: int = 4) -> Outcome:
    """Kill processes of a desk while it is used, then look what it has.

    Args:
        desk: empty, and serving.
        kills: how many.
        seed: of what is done and killed.
        threads: people at once.
    """
    made = desk.run("benchmarks.desk.seeding", "--people", "60", "--notes", "10")
    people = [Person(desk, alias, session) for alias, session in made["people"].items()]
    said, stop = _Said(), threading.Event()
    crowd = [
        threading.Thread(target=_use, args=(people[n::threads], made, said, stop, seed * 1000 + n), daemon=True)
        for n in range(threads)
    ]
    for thread in crowd:
        thread.start()
    killed = _kill(desk, kills, random.Random(seed))
    stop.set()
    for thread in crowd:
        thread.join(60)
    begin = time.monotonic()
    troubles = _wait_for_queue(desk)
    seconds = time.monotonic() - begin
    ratings = [[note, alias, levels] for (note, alias), levels in said.ratings.items()]
    report = desk.home.with_suffix(".said.json")
    report.write_text(json.dumps({"ratings": ratings, "notes": said.notes, "stories": said.stories}))
    troubles += desk.run("benchmarks.desk.finding", str(report))
    if said.refused:
        troubles.append(f"requests were refused: {said.refused}")
    return Outcome(killed, said.acknowledged, said.unanswered, troubles, seconds)


def _use(people: list[Person], made: dict[str, Any], said: _Said, stop: threading.Event, seed: int) -> None:
    pick = random.Random(seed)
    number = 0
    while not stop.is_set():
        person = pick.choice(people)
        number += 1
        if number % 20 == 7:
            _write(person, made, said, f"The minutes of day {seed}-{number} say otherwise, on the fourth page.", pick)
        elif number % 20 == 13:
            _add(person, said, seed * 100_000 + number)
        else:
            _rate(person, pick.choice(made["notes"]), pick.choice(_LEVELS), said)


def _told(status: int, said: _Said) -> bool | None:
    """Whether the desk acknowledged; None where nobody knows."""
    with said.lock:
        if status in _DONE:
            said.acknowledged += 1
            return True
        if status in (0, 502, 503):
            said.unanswered += 1
            return None
        if status not in (403, 422, 429):  # one's own note, the day's limit, too often: rules, not faults
            said.refused[status] = said.refused.get(status, 0) + 1
        return False


def _rate(person: Person, note: int, level: str, said: _Said) -> None:
    key = (note, person.alias)
    told = _told(person.send(f"/note/{note}/rate/", {"level": level}), said)
    if told is True:
        said.ratings[key] = [level]
    elif told is None:  # it may stand or not; what was acknowledged before may stand too
        said.ratings.setdefault(key, [""]).append(level)


def _write(person: Person, made: dict[str, Any], said: _Said, text: str, pick: random.Random) -> None:
    fields = {
        "statements": [str(pick.choice(made["statements"]))], "says": "misleading", "reasons": ["misleadingOther"],
        "text": text, "sources": "https://minutes.invalid/may", "write": "1",
    }  # fmt: skip
    for _ in range(3):  # as people do: an answer that did not come is asked for again
        told = _told(person.send(f"/story/{made['story']}/note/", fields), said)
        if told is False:
            return
        said.notes[text] = said.notes.get(text, False) or told is True
        if told:
            return
        time.sleep(0.5)


def _add(person: Person, said: _Said, seed: int) -> None:
    text = story_text(60, seed)
    told = _told(person.send("/stories/add/", {"story": text}), said)
    if told is not False:
        said.stories[text.split("\n")[0]] = told is True


def _kill(desk: Served, kills: int, pick: random.Random) -> dict[str, int]:
    done: dict[str, int] = {}
    while sum(done.values()) < kills:
        time.sleep(pick.uniform(0.3, 2.5))
        kind = _TURNS[sum(done.values()) % len(_TURNS)]
        if kind == "parent":
            desk.restart()
        else:
            found = desk.processes()[kind]
            if not found:
                continue  # it is being started again
            try:
                os.kill(pick.choice(found), signal.SIGKILL)
            except ProcessLookupError:
                continue
        done[kind] = done.get(kind, 0) + 1
    return done


def _wait_for_queue(desk: Served) -> list[str]:
    until = time.monotonic() + 120
    left: dict[str, int] = {}
    while time.monotonic() < until:
        if desk.ready():
            left = desk.run("benchmarks.desk.finding")
            if not any(left.values()):
                return []
        time.sleep(1)
    return [f"the queue did not resume: {left}"]
