"""How long an index takes to answer."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.trace.archive import Archive

__all__ = ["QuestionTimes", "ask_by_command", "question_times"]


@dataclass(frozen=True)
class QuestionTimes:
    """Seconds of wall time: to open an index, for its first answer, the second (kernels loaded) and further ones."""

    opened: float
    first: float
    second: float
    median: float
    slowest: float
    count: int


def question_times(folder: Path, archive: Archive, count: int = 50) -> QuestionTimes:
    """Ask an index about stories of its own archive, drawn by lot, with a new beginning each."""
    from whence.trace.index import Index

    begin = time.perf_counter()
    index = Index(folder)
    opened = time.perf_counter() - begin
    times = []
    for story in np.random.default_rng(5).integers(0, len(archive), count + 2).tolist():
        text = "Something new stands here. " + index.reuse.text(story)
        begin = time.perf_counter()
        found = index.query(text)
        times.append(time.perf_counter() - begin)
        assert story in found.pairs["a"].to_pylist() or any(pair["crowd"] for pair in found.pairs.to_pylist())
    return QuestionTimes(opened, times[0], times[1], statistics.median(times[2:]), max(times[2:]), count)


def ask_by_command(folder: Path, archive: Archive, count: int = 7) -> tuple[float, float]:
    """Ask by `whence trace --story`, a new process each: median CPU seconds and median wall time of all it takes."""
    from whence.trace.reuse import open_reuse

    reuse = open_reuse(folder)
    cpu, wall = [], []
    for story in np.random.default_rng(6).integers(0, len(archive), count).tolist():
        asked = folder / "asked.txt"
        asked.write_text("Something new stands here. " + reuse.text(story), encoding="utf-8")
        before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        words = [sys.executable, "-m", "whence", "trace", "--story", str(asked), str(folder)]
        subprocess.run(words, check=True, capture_output=True)
        wall.append(time.perf_counter() - begin)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(cpu), statistics.median(wall)
