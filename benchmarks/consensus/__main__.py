"""`python -m benchmarks.consensus`: time, memory and growth on generated data, beside the peer's figures."""

from __future__ import annotations

import argparse
import json
import math
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

__all__ = ["Measured", "exponent", "main", "measure"]

_PEER = {0.3: (92.0, 0.9), 2.0: (513.0, 3.7), 10.0: (1802.0, 9.7)}
"""Millions of ratings to the public core scorer's CPU seconds and GB of memory (PEERS.md)."""

_GENERATE = """
import sys
from pathlib import Path
from benchmarks.consensus.generate import generate
generate(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
"""

_ONE = """
import json, resource, sys, time
from pathlib import Path
from whence.consensus.output import write
from whence.consensus.reading import Inputs
from whence.consensus.scoring import score_files
folder = Path(sys.argv[1])
begin, before = time.perf_counter(), time.process_time()
scores = score_files(Inputs(folder / "ratings", folder / "notes.tsv", folder / "noteStatusHistory.tsv",
                            folder / "userEnrollment.tsv"))
middle, scored = time.perf_counter(), time.process_time()
write(scores, folder / "out", folder / "noteStatusHistory.tsv")
use = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "wall": time.perf_counter() - begin, "cpu": use.ru_utime + use.ru_stime, "peak": use.ru_maxrss * 1024,
    "scoring_peak": scores.timing.peak, "ratings": int(sum(scores.data.notes.rated)), "heard": len(scores.data.ratings),
    "stages": [["starting", 0.0, before], *scores.timing.stages,
               ["writing", time.perf_counter() - middle, time.process_time() - scored]],
    "fits": [[f.name, f.loss, f.gradient_norm, f.steps] for f in scores.fits],
    "statuses": {str(k): int((scores.final.verdict.status[scores.final.scored] == k).sum()) for k in range(5)},
}))
"""


@dataclass(frozen=True)
class Measured:
    """What scoring took in a process of its own, from files to files.

    Attributes:
        millions: of ratings, as asked for.
        wall, cpu: seconds; peak: bytes.
        stages: CPU seconds by stage, in order; they add up to nearly all.
        steps: of each fit.
        found: everything, as the process told it.
    """

    millions: float
    wall: float
    cpu: float
    peak: int
    stages: dict[str, float]
    steps: dict[str, int]
    found: dict[str, Any]


def _run(script: str, *arguments: str) -> str:
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"measuring {' '.join(arguments)} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def measure(folder: Path, millions: float = 0.0) -> Measured:
    """Score generated files in a process of its own."""
    found = json.loads(_run(_ONE, str(folder)).splitlines()[-1])
    return Measured(
        millions=millions,
        wall=found["wall"],
        cpu=found["cpu"],
        peak=found["peak"],
        stages={name: cpu for name, _, cpu in found["stages"]},
        steps={name: steps for name, _, _, steps in found["fits"]},
        found=found,
    )


def exponent(sizes: list[float], seconds: list[float]) -> float:
    """The slope of a straight line through log seconds over log sizes, by least squares."""
    x, y = [math.log(s) for s in sizes], [math.log(max(s, 1e-9)) for s in seconds]
    mx, my = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / sum((a - mx) ** 2 for a in x)


def _print_growth(rows: list[Measured]) -> None:
    sizes, cpu = [r.millions for r in rows], [r.cpu for r in rows]
    print("\nCPU s by stage, and the growth exponent from each size to the next")
    print(f"  {'':<20}" + "".join(f"{s:>10g}" for s in sizes) + "".join(f"{f'to {s:g}':>9}" for s in sizes[1:]))
    for name in rows[0].stages:
        spent = [r.stages.get(name, 0.0) for r in rows]
        pairs = zip(pairwise(sizes), pairwise(spent), strict=True)
        growth = [exponent(list(s), list(t)) if min(t) >= 0.05 else None for s, t in pairs]
        cells = (f"{'-' if g is None else f'{g:.2f}':>9}" for g in growth)
        print(f"  {name:<20}" + "".join(f"{t:>10.2f}" for t in spent) + "".join(cells))
    growth_of_all = [exponent(list(s), list(t)) for s, t in zip(pairwise(sizes), pairwise(cpu), strict=True)]
    print(
        f"  {'all':<20}" + "".join(f"{t:>10.1f}" for t in cpu) + "".join(f"{g:>9.2f}" for g in growth_of_all),
        flush=True,
    )
    print("steps of each fit")
    for name in rows[0].steps:
        print(f"  {name:<20}" + "".join(f"{r.steps.get(name, 0):>10,}" for r in rows))
    print(f"\ngrowth exponent of CPU time over all sizes, least squares of logarithms: {exponent(sizes, cpu):.2f}")
    for (a, b), g in zip(pairwise(sizes), growth_of_all, strict=True):
        print(f"growth exponent of CPU time from {a:g} to {b:g} million: {g:.2f}")


def main() -> None:
    """Generate, score and print, size by size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", default="0.3,2", help="sizes in millions of ratings, between commas")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where to put the data [default: a temporary folder]")
    parser.add_argument("--data", type=Path, help="where data lie that were generated before, in folders named by size")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    args = parser.parse_args()
    sizes = [float(s) for s in args.millions.split(",")]
    rows: list[Measured] = []
    with tempfile.TemporaryDirectory(dir=args.folder) as room:
        # Generated in processes of their own: what a process was at most counts as its children's, too.
        warm = Path(room) / "warm"
        _run(_GENERATE, str(warm), "20000", str(args.seed))
        print(f"kernels compiled or loaded and 20,000 ratings scored in {measure(warm).cpu:.1f} CPU s", flush=True)
        print("  millions   wall s    CPU s   peak GB   bytes a rating   peer CPU s   peer GB   CPU ratio", flush=True)
        for size in sizes:
            data = (args.data or Path(room)) / f"{size:g}"
            ready = data.exists()
            if not ready:
                _run(_GENERATE, str(data), str(round(size * 1e6)), str(args.seed))
            row = measure(data, size)
            shutil.rmtree(data / "out" if ready else data)
            peer = _PEER.get(size)
            beside = f"{peer[0]:>12,.0f} {peer[1]:>9.1f} {peer[0] / row.cpu:>10.0f}x" if peer else " " * 12 + "-"
            print(
                f"{size:>10g} {row.wall:>8.1f} {row.cpu:>8.1f} {row.peak / 1e9:>9.2f} "
                f"{row.peak / size / 1e6:>16.0f} {beside}",
                flush=True,
            )
            rows.append(row)
    if len(rows) > 1:
        _print_growth(rows)
    if args.json:
        args.json.write_text(json.dumps([{"millions": r.millions, **r.found} for r in rows], indent=1) + "\n")


if __name__ == "__main__":
    main()
