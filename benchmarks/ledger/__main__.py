"""Print how fast a log is appended to, proves and is audited; CPU time on this machine.

usage: python -m benchmarks.ledger [--entries N] [--batch N] [--runs N]

Appending and proving wait for the disk and for other processes: their wall times are medians of runs.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import resource
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

from whence.ledger import Audit, Entry, FolderStorage, Log, Signer, TransactionStorage, holds

PROOFS = 1000
SINGLES = 3000


def rating(index: int) -> Entry:
    """A rating like a community's: thousands of raters, a note rated a hundred times."""
    body = {
        "note": f"note-{index // 100}",
        "rater": f"alias-{index * 7919 % 10_007}",
        "helpful": "somewhat",
        "tags": [],
    }
    return Entry("rating", "2026-03-04T05:06:07Z", body)


def size_on_disk(folder: Path, entries: bool) -> int:
    """Bytes of the log's bundles of entries, or of its tiles of hashes."""
    return sum(
        path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock" and ("entries" in path.parts) == entries
    )


def append(folder: Path, signer: Signer, entries: int, batch: int) -> tuple[float, float]:
    """Append ratings to a new log; return entries a second of wall time, and a second of CPU time."""
    log = Log(FolderStorage(folder), signer)
    wall, cpu = time.perf_counter(), time.process_time()
    for first in range(0, entries, batch):
        log.append(rating(index) for index in range(first, min(first + batch, entries)))
    return entries / (time.perf_counter() - wall), entries / (time.process_time() - cpu)


def prove(folder: Path, signer: Signer, entries: int, seed: int) -> tuple[list[float], list[float]]:
    """Prove entries at random, from the files; return wall and CPU seconds of each, sorted."""
    log, draw = Log(FolderStorage(folder), signer), random.Random(seed)
    checkpoint, tree = log.checkpoint(), log.tree()
    walls, cpus = [], []
    for _ in range(PROOFS):
        index = draw.randrange(entries)
        wall, cpu = time.perf_counter(), time.thread_time()
        proof = tree.inclusion(index)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.thread_time() - cpu)
        assert holds(checkpoint.root, checkpoint.size, rating(index).encode(), index, proof)
    return sorted(walls), sorted(cpus)


def append_singly(signer: Signer) -> list[float]:
    """Append single ratings, each in a transaction of its own as a desk does; return CPU seconds of each, sorted."""
    times = []
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE ledger (path TEXT PRIMARY KEY, data BLOB NOT NULL)")
        storage = TransactionStorage(
            lambda: contextlib.closing(connection.cursor()), inside=lambda: connection.in_transaction, mark="?"
        )
        log = Log(storage, signer)
        for index in range(SINGLES):
            cpu = time.thread_time()
            connection.execute("BEGIN")
            log.append([rating(index)])
            connection.execute("COMMIT")
            times.append(time.thread_time() - cpu)
    return sorted(times)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ledger")
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--batch", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    signer = Signer("benchmark.example/log", bytes(range(32)))
    with tempfile.TemporaryDirectory() as name:
        speeds, times = [], []
        for run in range(given.runs):
            folder = Path(name) / str(run)
            speeds.append(append(folder, signer, given.entries, given.batch))
            times.append(prove(folder, signer, given.entries, run))
            if run < given.runs - 1:
                shutil.rmtree(folder)
        wall, cpu = (statistics.median(column) for column in zip(*speeds, strict=True))
        print(f"append, {given.entries:,} entries, {given.batch:,} at a time: {wall:,.0f} a second ({cpu:,.0f} a CPU "
              f"second), median of {given.runs} runs; the bar 5,000")  # fmt: skip
        single = append_singly(signer)
        print(f"append, one at a time in a transaction of SQLite in memory: median "
              f"{statistics.median(single) * 1000:.2f} ms of CPU, 99th percentile "
              f"{single[SINGLES * 99 // 100] * 1000:.2f} ms")  # fmt: skip
        for what, column in zip(("wall", "CPU"), zip(*times, strict=True), strict=True):
            middle = statistics.median(statistics.median(one) for one in column)
            late = statistics.median(one[PROOFS * 99 // 100] for one in column)
            print(f"inclusion proof, {what} time: median {middle * 1000:.2f} ms, 99th percentile "
                  f"{late * 1000:.2f} ms; the bar 5")  # fmt: skip
        cpu = time.process_time()
        audited = sum(1 for _ in Audit(FolderStorage(folder).get, signer.verifier).entries())
        print(f"audit of {audited:,} entries: {time.process_time() - cpu:.1f} CPU s; the bar 120 s")
        tiles = size_on_disk(folder, entries=False)
        print(f"tiles: {tiles / 1e6:.1f} MB, {tiles / (32 * given.entries):.3f} times the hashes; the bar 1.5; "
              f"entries {size_on_disk(folder, entries=True) / 1e6:.1f} MB")  # fmt: skip
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
