"""Print how long whence takes and how much room it needs; medians of repeated runs on this machine.

usage: python -m benchmarks.speed [--stories PATH] [--repeat N]
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples/harbour-blockade.txt"
POLNEAR = ROOT.parent / "shared/data/polnear/dev.jsonl.gz"
BARS = {"help": 0.4, "cold": 2.5, "warm": 0.5, "install": 400.0}
"""What the project set itself: seconds, and megabytes for the installation."""


def median(run: Callable[[], object], repeat: int) -> float:
    """Median wall time in seconds of `repeat` runs."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def command(*words: str) -> Callable[[], object]:
    """A whence command in a process of its own."""
    return lambda: subprocess.run([sys.executable, "-m", "whence", *words], check=True, capture_output=True)


def stories(path: Path) -> Iterator[str]:
    """Texts of a PolNeAR split."""
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for line in f:
            yield json.loads(line)["text"]


def of_about(words: int, texts: list[str]) -> str:
    """The text whose length is nearest to a number of words."""
    return min(texts, key=lambda t: abs(len(t.split()) - words))


def install_size() -> float | None:
    """Megabytes of the core installation in a new virtual environment, or None where pip cannot make one."""
    wheels = sorted((ROOT / "dist").glob("whence-*.whl"))
    if not wheels:
        return None
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "venv/bin/python"
        subprocess.run([sys.executable, "-m", "venv", str(python.parents[1])], check=True)
        env = {**os.environ, "PIP_CONSTRAINT": str(ROOT / "constraints.txt")}
        subprocess.run([str(python), "-m", "pip", "-q", "install", str(wheels[-1])], check=True, env=env)
        done = subprocess.run(["du", "-sm", str(python.parents[1])], check=True, capture_output=True, text=True)
    return float(re.match(r"\d+", done.stdout).group())  # type: ignore[union-attr]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=Path, default=POLNEAR)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--install", action="store_true", help="also measure a fresh core installation (a minute)")
    args = parser.parse_args()

    print(f"{os.cpu_count()} cores, medians of {args.repeat} runs, wall time\n")
    rows = [
        ("whence --help", median(command("--help"), args.repeat), BARS["help"]),
        ("whence read, cold, the sample", median(command("read", str(SAMPLE)), args.repeat), BARS["cold"]),
    ]
    import whence

    texts = list(stories(args.stories)) if args.stories.exists() else [SAMPLE.read_text(encoding="utf-8") * 2]
    text = of_about(700, texts)
    whence.read_text(text)
    warm = median(lambda: whence.read_text(text), args.repeat * 2)
    rows.append((f"one story of {len(text.split())} words, after start", warm, BARS["warm"]))
    for name, seconds, bar in rows:
        print(f"{name:45} {seconds:6.2f} s   (bar {bar} s)")

    for workers in (1, os.cpu_count() or 1):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "stories.jsonl"
            path.write_text("".join(json.dumps({"id": str(n), "text": t}) + "\n" for n, t in enumerate(texts)))
            start = time.perf_counter()
            done = sum(1 for _ in whence.read_many(path, workers=workers))
            seconds = time.perf_counter() - start
        words = sum(len(t.split()) for t in texts) / len(texts)
        print(
            f"{f'batch of {done}, {words:.0f} words each, {workers} workers':45} {done / seconds:6.1f} stories a second"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'peak memory, this process / largest worker':45} {peak:6.0f} / {children:.0f} MB")

    for times in (1, 10, 100):
        long = "\n\n".join([text] * times)
        start = time.perf_counter()
        whence.read_text(long)
        seconds = time.perf_counter() - start
        words = len(long.split())
        print(f"{f'{words:,} words in one story':45} {seconds:6.2f} s   {1000 * seconds / words:.2f} ms a word")
    if args.install:
        size = install_size()
        shown = f"{size:6.0f} MB" if size else "build the wheel first: make demo"
        print(f"{'core installation':45} {shown}   (bar {BARS['install']:.0f} MB)")


if __name__ == "__main__":
    main()
