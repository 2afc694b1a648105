"""Print how long whence takes and how much room it needs.

Wall times are medians of repeated runs on this machine. CPU time is that of all processes together: it is the figure to
trust where others use the machine too, and stories a second are also given as they would be with every core free.

usage: python -m benchmarks.speed [--stories PATH] [--repeat N] [--only PART ...]
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.attribution.corpus import load_rows

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples/harbour-blockade.txt"
POLNEAR = ROOT.parent / "shared/data/polnear/dev.jsonl.gz"
BARS = {"help": 0.4, "cold": 2.5, "warm": 0.5, "batch": 15.0, "memory": 1536.0, "install": 400.0}
"""What the project set itself: seconds; stories a second on two cores; megabytes."""
PARTS = ("start", "batch", "memory", "long", "where", "install")


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


def of_about(words: int, texts: list[str]) -> str:
    """The text whose length is nearest to a number of words."""
    return min(texts, key=lambda t: abs(len(t.split()) - words))


def start(text: str, repeat: int) -> None:
    """Print how long it takes to start, and to read one story."""
    import whence

    print(f"{os.cpu_count()} cores, medians of {repeat} runs, wall time")
    whence.read_text(text)
    warm = median(lambda: whence.read_text(text), repeat * 2)
    for name, seconds, bar in (
        ("whence --help", median(command("--help"), repeat), BARS["help"]),
        ("whence read, cold, the sample", median(command("read", str(SAMPLE)), repeat), BARS["cold"]),
        (f"one story of {len(text.split())} words, after start", warm, BARS["warm"]),
    ):
        print(f"{name:48} {seconds:6.2f} s   (bar {bar} s)")


def batch(texts: list[str], workers: int) -> dict[str, float]:
    """Read a batch in a process of its own: seconds, CPU seconds, and megabytes of it and of its largest worker."""
    code = (
        "import json, resource, sys, time, whence\n"
        "if __name__ == '__main__':\n"
        "    begin = time.perf_counter()\n"
        "    done = sum(1 for _ in whence.read_many(sys.argv[1], workers=int(sys.argv[2])))\n"
        "    wall = time.perf_counter() - begin\n"
        "    own, others = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))\n"
        "    cpu = sum(u.ru_utime + u.ru_stime for u in (own, others))\n"
        "    mb = [u.ru_maxrss / 1024 for u in (own, others)]\n"
        "    print(json.dumps({'done': done, 'wall': wall, 'cpu': cpu, 'own': mb[0], 'worker': mb[1]}))\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        path, script = Path(folder) / "stories.jsonl", Path(folder) / "read.py"
        script.write_text(code, encoding="utf-8")
        lines = (json.dumps({"id": str(n), "text": t}) + "\n" for n, t in enumerate(texts))
        path.write_text("".join(lines), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(script), str(path), str(workers)], check=True, capture_output=True, text=True
        )
    figures: dict[str, float] = json.loads(done.stdout)
    assert figures["done"] == len(texts), done.stderr
    return figures


def batches(texts: list[str]) -> None:
    """Print how fast a batch goes on one core and on all of them."""
    words = [len(t.split()) for t in texts]
    print(f"\nbatch of {len(texts)} stories of {sum(words) / len(texts):.0f} words; for stories of 750 words:")
    for workers in sorted({1, os.cpu_count() or 1}):
        few, got = batch(texts[:workers], workers), batch(texts, workers)
        # What it takes to start the processes and load the weights is in both.
        each = 750 * (got["cpu"] - few["cpu"]) / sum(words[workers:])
        wall = 750 * (got["wall"] - few["wall"]) / sum(words[workers:])
        print(
            f"{workers} workers: {1000 * each:4.0f} CPU ms a story, {2 / each:5.1f} a second on two free cores", end=""
        )
        print(f" (bar {BARS['batch']:.0f}); {1 / wall:5.1f} a second in this run; start {few['cpu']:.1f} CPU s")


def short(texts: list[str], count: int) -> list[str]:
    """Stories of one paragraph, each with names that no other has, so that all that is remembered of words grows."""
    pieces = [p for text in texts for p in text.split("\n\n") if 20 < len(p.split()) < 60] or texts
    rng = random.Random(1)

    def invented(name: re.Match[str]) -> str:
        return name.group()[:3] + "".join(rng.choices("aeiourstln", k=4))

    return [re.sub(r"\b[A-Z][a-z]{4,}\b", invented, rng.choice(pieces)) for _ in range(count)]


def memory(texts: list[str]) -> None:
    """Print the peak of memory over batches of growing length: of stories as they are, then of many short ones."""
    print(f"\npeak memory, two workers (bar {BARS['memory']:.0f} MB for all three processes)")
    batches = [(f"{40 * times} stories", (texts * times)[: 40 * times]) for times in (1, 4)]
    batches += [(f"{count:,} short stories", short(texts, count)) for count in (500, 5_000, 20_000)]
    for name, stories in batches:
        got = batch(stories, 2)
        total = got["own"] + 2 * got["worker"]
        print(f"{name:22} parent {got['own']:5.0f} MB, worker {got['worker']:5.0f} MB, all {total:5.0f} MB")


def long(texts: list[str]) -> None:
    """Print how the time of one text grows with its length, to 100,000 words of different stories."""
    import whence

    whence.read_text(texts[0])
    print("\none text of many stories, CPU time")
    for words in (1_000, 10_000, 100_000):
        parts: list[str] = []
        left = words
        for text in itertools.cycle(texts):
            parts.append(text)
            left -= len(text.split())
            if left <= 0:
                break
        whole = "\n\n".join(parts)
        began = time.process_time()
        whence.read_text(whole)
        seconds = time.process_time() - began
        count = len(whole.split())
        print(f"{count:8,} words {seconds:7.2f} s   {1000 * seconds / count:.3f} ms a word")


def where(texts: list[str]) -> None:
    """Print in which components the time of a story goes."""
    from whence.ingest import from_text
    from whence.read import Reader
    from whence.read.document import Document

    reader = Reader()
    stories = [from_text(text, id=str(n)) for n, text in enumerate(texts[::2])]
    share = sum(len(text.split()) for text in texts[::2]) / 750
    spent: dict[str, float] = {}
    for story in stories[:3]:
        reader.read(story)
    for story in stories:
        doc = Document(story=story, published=None)
        for component in reader.components:
            began = time.process_time()
            component.apply(doc)
            spent[component.name] = spent.get(component.name, 0.0) + time.process_time() - began
    print(f"\nwhere the CPU time goes, {len(stories)} stories, ms for 750 words")
    for name, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"{name:16} {1000 * seconds / share:7.2f}")
    print(f"{'all':16} {1000 * sum(spent.values()) / share:7.2f}")


def install() -> None:
    """Print the megabytes of the core installation in a new virtual environment, where there is a wheel."""
    wheels = sorted((ROOT / "dist").glob("whence-*.whl"))
    if not wheels:
        print("\ncore installation: build the wheel first: make demo")
        return
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "venv/bin/python"
        subprocess.run([sys.executable, "-m", "venv", str(python.parents[1])], check=True)
        env = {**os.environ, "PIP_CONSTRAINT": str(ROOT / "constraints.txt")}
        subprocess.run([str(python), "-m", "pip", "-q", "install", str(wheels[-1])], check=True, env=env)
        done = subprocess.run(["du", "-sm", str(python.parents[1])], check=True, capture_output=True, text=True)
    found = re.match(r"\d+", done.stdout)
    print(f"\ncore installation: {found.group() if found else '?'} MB   (bar {BARS['install']:.0f} MB)")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=Path, default=POLNEAR)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS[:-1], help="default: all but install")
    parser.add_argument("--install", action="store_true", help="also measure a fresh core installation (a minute)")
    args = parser.parse_args()
    if args.stories.exists():
        texts = [str(row["text"]) for row in load_rows(args.stories)]
    else:
        texts = [SAMPLE.read_text(encoding="utf-8") * 2]
    text = of_about(700, texts)
    parts: dict[str, Callable[[], None]] = {
        "start": lambda: start(text, args.repeat),
        "batch": lambda: batches(texts),
        "memory": lambda: memory(texts),
        "long": lambda: long(texts),
        "where": lambda: where(texts),
        "install": install,
    }
    for part in PARTS:
        if part in args.only or (part == "install" and args.install):
            parts[part]()


if __name__ == "__main__":
    main()
