"""Print how fast a log is appended to, proves and is audited; CPU time on this machine.

usage: python -m benchmarks.ledger [--entries N] [--batch N]
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from whence.ledger import Audit, Entry, FolderStorage, Log, Signer, holds

PROOFS = 1000


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


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ledger")
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--batch", type=int, default=1000)
    given = parser.parse_args()
    signer = Signer("benchmark.example/log", bytes(range(32)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        log = Log(FolderStorage(folder), signer)
        wall, cpu = time.perf_counter(), time.process_time()
        for first in range(0, given.entries, given.batch):
            log.append(rating(index) for index in range(first, min(first + given.batch, given.entries)))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(f"append, {given.entries:,} entries, {given.batch:,} at a time: {given.entries / wall:,.0f} a "
              f"second ({given.entries / cpu:,.0f} a CPU second); the bar 5,000")  # fmt: skip
        checkpoint, tree, draw = log.checkpoint(), log.tree(), random.Random(1)
        times = []
        for _ in range(PROOFS):
            index = draw.randrange(given.entries)
            start = time.perf_counter()
            proof = tree.inclusion(index)
            times.append(time.perf_counter() - start)
            assert holds(checkpoint.root, checkpoint.size, rating(index).encode(), index, proof)
        print(f"inclusion proof: median {statistics.median(times) * 1000:.2f} ms, 99th percentile "
              f"{sorted(times)[PROOFS * 99 // 100] * 1000:.2f} ms; the bar 5")  # fmt: skip
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
