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

from benchmarks.match.collection import NAMES, load
from whence.match.claimreview import Entry
from whence.match.store import Store
from whence.records.claim import FactCheck

QUERIES = 1000
_SEARCH = """
import sys, time, json
from whence.matching import Matcher
queries = json.loads(sys.stdin.read())
matcher = Matcher.open(sys.argv[1])
matcher.texts(queries[:50])
wall, cpu = time.perf_counter(), time.process_time()
matcher.texts(queries)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([wall, cpu, int(peak) / 1024]))
"""
_BUILD = """
import sys, time, json
from whence.match.kept import open_index
from whence.match.claimreview import Entry
from whence.match.store import Store
wall, cpu = time.perf_counter(), time.process_time()
with Store(sys.argv[1]) as store:
    open_index(store)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([wall, cpu, int(peak) / 1024]))
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


def show(count: int) -> None:
    """Print time and memory of building, searching and asking once from the command line."""
    queries = [text for name in NAMES for text in load(name, "train").queries]
    queries = (queries * (QUERIES // len(queries) + 1))[:QUERIES]
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "checks.sqlite"
        with Store(path, create=True) as store:
            store.add(Entry(check) for check in claims(count))
        built = json.loads(_run(_BUILD, path, ""))
        found = json.loads(_run(_SEARCH, path, json.dumps(queries)))
        times = []
        for query in queries[:3]:
            start = time.perf_counter()
            command = [sys.executable, "-m", "whence", "match", query, "--store", str(path)]
            subprocess.run(command, capture_output=True, check=False, timeout=120)
            times.append(time.perf_counter() - start)
    print(f"### speed: {count:,} claims with titles, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} beside\n")
    print(f"built      {built[0]:7.0f} s, {built[1]:.0f} CPU s; {built[2]:.0f} MB at most")
    rate, each = QUERIES / found[0], 1000 * found[1] / QUERIES
    print(f"searched   {rate:7.0f} queries a second, {each:.1f} CPU ms each; {found[2]:.0f} MB at most")
    print(f"cold       {sorted(times)[1]:7.2f} s for one query from the command line (median of 3)")


def _run(program: str, path: Path, stdin: str) -> str:
    command = [sys.executable, "-c", program, str(path)]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=True).stdout
