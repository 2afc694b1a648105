"""The systems compared: each reads an archive's Parquet file in a process of its own and writes the pairs it found.

usage (by `python -m benchmarks.trace`): python -m benchmarks.trace.systems NAME ARCHIVE OUT
"""

from __future__ import annotations

import json
import os
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

__all__ = ["SYSTEMS"]

_WORD = re.compile(r"\w+")


def _texts(archive: Path) -> Iterator[str]:
    for batch in pq.ParquetFile(archive).iter_batches(1000, columns=["text"]):
        yield from batch.column("text").to_pylist()


def _whence(engine: str) -> Callable[[Path, Path], None]:
    def run(archive: Path, out: Path) -> None:
        from whence import tracing

        clock = _StageClock()
        tracing.trace(str(archive), out=out / "trace", engine=engine, progress=clock)  # type: ignore[arg-type]
        (out / "stages.json").write_text(json.dumps(clock.end()), encoding="utf-8")

    return run


class _StageClock:
    """CPU seconds by stage, from what a trace tells of its progress."""

    def __init__(self) -> None:
        self._stage = "start"
        self._begin = _cpu()
        self._seconds: dict[str, float] = {}

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        if stage != self._stage:
            now = _cpu()
            self._seconds[self._stage] = self._seconds.get(self._stage, 0.0) + now - self._begin
            self._stage, self._begin = stage, now

    def end(self) -> dict[str, float]:
        self("end", 0, None)
        return {stage: round(seconds, 2) for stage, seconds in self._seconds.items()}


def _cpu() -> float:
    """CPU seconds of this process and of those that it started."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used) + _descendants(os.getpid())[0]


def _datasketch(shingle: int, threshold: float) -> Callable[[Path, Path], None]:
    def run(archive: Path, out: Path) -> None:
        from datasketch import MinHash, MinHashLSH  # type: ignore[import-untyped]

        index = MinHashLSH(threshold=threshold, num_perm=128)
        pairs: list[tuple[int, int]] = []
        for story, text in enumerate(_texts(archive)):
            words = _WORD.findall(text.lower())
            sketch = MinHash(num_perm=128)
            sketch.update_batch([" ".join(words[k : k + shingle]).encode() for k in range(len(words) - shingle + 1)])
            pairs.extend((other, story) for other in index.query(sketch))
            index.insert(story, sketch)
        _write(pairs, out)

    return run


def _rensa(archive: Path, out: Path) -> None:
    from rensa import RMinHash, RMinHashLSH  # type: ignore[import-untyped]

    index = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    pairs: list[tuple[int, int]] = []
    for story, text in enumerate(_texts(archive)):
        words = _WORD.findall(text.lower())
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update([" ".join(words[k : k + 5]) for k in range(len(words) - 4)])
        pairs.extend((other, story) for other in index.query(sketch))
        index.insert(story, sketch)
    _write(pairs, out)


def _write(pairs: list[tuple[int, int]], out: Path) -> None:
    rows = np.array(pairs, np.int32).reshape(-1, 2)
    pq.write_table(pa.table({"a": rows.min(1), "b": rows.max(1)}), out / "pairs.parquet")


SYSTEMS: dict[str, Callable[[Path, Path], None]] = {
    "whence": _whence("duckdb"),
    "whence-spark": _whence("spark"),
    "datasketch-5-0.5": _datasketch(5, 0.5),
    "datasketch-3-0.1": _datasketch(3, 0.1),
    "datasketch-3-0.2": _datasketch(3, 0.2),
    "rensa-5-0.5": _rensa,
}


def _descendants(parent: int) -> tuple[float, float]:
    """CPU seconds of the processes that one started and that still run (Spark's), and the sum of their peaks in MB."""
    seconds = room = 0.0
    for path in Path("/proc").glob("[0-9]*"):
        try:
            fields = (path / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) != parent:
                continue
            status = (path / "status").read_text()
        except OSError:  # it has just ended
            continue
        below = _descendants(int(path.name))
        seconds += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK") + below[0]
        peak = status.partition("VmHWM:")[2].split()  # absent where it has ended and is not yet collected
        room += (int(peak[0]) / 1024 if peak else 0) + below[1]
    return seconds, room


def _main() -> None:
    name, archive, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    out.mkdir(parents=True, exist_ok=True)
    begin = time.perf_counter()
    SYSTEMS[name](archive, out)
    wall = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 + _descendants(os.getpid())[1]
    cost = {"cpu": _cpu(), "wall": wall, "peak_mb": peak}
    (out / "cost.json").write_text(json.dumps(cost), encoding="utf-8")


if __name__ == "__main__":
    _main()
