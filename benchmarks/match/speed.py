"""How fast an index is built and searched, and what it weighs."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.match.collection import NAMES, load
from whence.match.claimreview import Entry
from whence.match.store import Store
from whence.records.claim import FactCheck

QUERIES = 1000
_ALONE = 200  # queries that are asked one by one
_TIMED = """
import json, sys, time
def taken(work):
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return [time.perf_counter() - wall, time.process_time() - cpu]
def peak():
    return int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))) / 1024
"""
_BUILD = f"""{_TIMED}
from whence.match.kept import open_index
from whence.match.store import Store
with Store(sys.argv[1]) as store:
    print(json.dumps([*taken(lambda: open_index(store)), peak()]))
"""
_SEARCH = f"""{_TIMED}
from whence.match.index import Index
queries = json.loads(sys.stdin.read())
index = Index.load(sys.argv[1], threads=int(sys.argv[2]))
index.search(queries[:50])
print(json.dumps([*taken(lambda: index.search(queries)), peak()]))
"""
_ONE_BY_ONE = f"""{_TIMED}
from whence.match.index import Index
queries = json.loads(sys.stdin.read())
index = Index.load(sys.argv[1], threads=1)
index.search(queries[:50])
alone = sorted(taken(lambda: index.search([query]))[0] for query in queries[:{_ALONE}])
steps = dict.fromkeys(("encoding", "products", "words, features, ranking"), 0.0)
for at in range(0, len(queries), 64):
    some = queries[at : at + 64]
    vectors = []
    steps["encoding"] += taken(lambda: vectors.append(index._encoder.encode(some, threads=1)))[1]
    once = taken(lambda: index._rows.vectors.products(vectors[0]))[1]
    steps["products"] += once
    steps["words, features, ranking"] += taken(lambda: index._found(some, vectors[0], 5, index.threshold))[1] - once
print(json.dumps([alone[len(alone) // 2], alone[len(alone) * 99 // 100], steps]))
"""


def claims(count: int, seed: int = 1) -> Iterator[FactCheck]:
    """Fact-checks made of those of known-lie: their own first, then more with a third of the words out of others."""
    draw = random.Random(seed)
    real = [replace(check, body="") for name in NAMES for check in load(name, "dev").checks]
    words = [word for check in real for word in check.claim.split()]
    for number in range(count):
        check = real[number % len(real)]
        text = check.claim.split()
        if number >= len(real):
            for _ in range(max(1, len(text) // 3)):
                text[draw.randrange(len(text))] = draw.choice(words)
        address = f"https://checks.example/{number}"
        yield replace(check, id=f"c{number}", claim=" ".join(text), url=address, publisher="Checks", language="en")


def show(count: int, kept: Path | None = None) -> None:
    """Print time and memory of building, searching, and asking once from the command line.

    Args:
        count: how many fact-checks.
        kept: folder where the store and its index stay from one run to the next, or None.
    """
    queries = [text for name in NAMES for text in load(name, "train").queries]
    queries = (queries * (QUERIES // len(queries) + 1))[:QUERIES]
    random.Random(1).shuffle(queries)
    cores = os.cpu_count() or 1
    print(f"### speed: {count:,} claims with titles, {cores} cores, load {os.getloadavg()[0]:.1f} beside\n")
    with tempfile.TemporaryDirectory() as room:
        path = (kept or Path(room)) / f"checks-{count}.sqlite"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with Store(path, create=True) as store:
                store.add(Entry(check) for check in claims(count))
            wall, cpu, peak = _run(_BUILD, "", path)
            print(f"built         {wall:6.0f} s, {cpu:.0f} CPU s; {peak:.0f} MB at most")
        folder = path.with_name(path.name + ".index")
        for threads in (1, 2):
            _told(f"{threads} thread{'s' * (threads > 1)}", [_start(queries, folder, threads)])
        half = len(queries) // 2
        _told("2 processes", [_start(queries[:half], folder, 1), _start(queries[half:], folder, 1)])
        median, slow, steps = _run(_ONE_BY_ONE, json.dumps(queries), folder)
        print(f"one by one    {1000 * median:6.1f} ms (median), {1000 * slow:.1f} ms (99th percentile)")
        parts = "; ".join(f"{name} {1000 * seconds / len(queries):.1f}" for name, seconds in steps.items())
        print(f"CPU ms        {parts}")
        times = []
        for query in queries[:3]:
            start = time.perf_counter()
            command = [sys.executable, "-m", "whence", "match", query, "--store", str(path)]
            subprocess.run(command, capture_output=True, check=False, timeout=120)
            times.append(time.perf_counter() - start)
        print(f"cold          {sorted(times)[1]:6.2f} s for one query from the command line (median of 3)")


def _start(queries: list[str], folder: Path, threads: int) -> tuple[subprocess.Popen[str], int]:
    """A process that opens the index, asks some queries, and then all of them, with the time taken."""
    command = [sys.executable, "-c", _SEARCH, str(folder), str(threads)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    process.stdin.write(json.dumps(queries))
    process.stdin.close()
    process.stdin = None  # `communicate` would write to it
    return process, len(queries)


def _told(how: str, processes: list[tuple[subprocess.Popen[str], int]]) -> None:
    """Print how many queries a second all of them answered, each by its own clock."""
    count = sum(number for _, number in processes)
    found: list[list[float]] = []
    for process, _ in processes:
        lines = process.communicate()[0].splitlines()
        found.append(json.loads(lines[-1]))
    rate = sum(number / wall for (_, number), (wall, _, _) in zip(processes, found, strict=True))
    cpu, peak = sum(cpu for _, cpu, _ in found), max(peak for _, _, peak in found)
    print(f"{how:13} {rate:6.0f} queries a second, {1000 * cpu / count:.1f} CPU ms each; {peak:.0f} MB at most")


def _run(program: str, stdin: str, *arguments: object) -> Any:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return json.loads(subprocess.run(command, input=stdin, capture_output=True, text=True, check=True).stdout)
