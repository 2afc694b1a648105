"""`python -m benchmarks.consensus`: time, memory and growth on generated data, beside the peer's figures."""

from __future__ import annotations

import argparse
import json
import math
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

__all__ = ["main"]

_PEER = {0.3: (92.0, 0.9), 2.0: (513.0, 3.7), 10.0: (1802.0, 9.7)}
"""Millions of ratings to the public core scorer's CPU seconds and GB of memory (PEERS.md)."""

_ONE = """
import json, resource, sys, time
from pathlib import Path
from whence.consensus.output import write
from whence.consensus.reading import Inputs
from whence.consensus.scoring import score_files
folder = Path(sys.argv[1])
begin = time.perf_counter()
scores = score_files(Inputs(folder / "ratings", folder / "notes.tsv", folder / "noteStatusHistory.tsv",
                            folder / "userEnrollment.tsv"))
middle = time.perf_counter()
write(scores, folder / "out", folder / "noteStatusHistory.tsv")
use = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "wall": time.perf_counter() - begin, "cpu": use.ru_utime + use.ru_stime, "peak": use.ru_maxrss * 1024,
    "scoring_peak": scores.timing.peak, "ratings": int(sum(scores.data.notes.rated)), "heard": len(scores.data.ratings),
    "stages": scores.timing.stages, "writing": time.perf_counter() - middle,
    "fits": [[f.name, f.loss, f.gradient_norm, f.steps] for f in scores.fits],
    "statuses": {str(k): int((scores.final.verdict.status[scores.final.scored] == k).sum()) for k in range(5)},
}))
"""


def measure(folder: Path) -> dict[str, object]:
    """Score generated files in a process of its own.

    Returns:
        Wall and CPU seconds, peak bytes, stages and fits.
    """
    done = subprocess.run([sys.executable, "-c", _ONE, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"scoring {folder} failed:\n{done.stderr[-2000:]}")
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Generate, score and print, size by size."""
    from benchmarks.consensus.generate import generate

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", default="0.3,2", help="sizes in millions of ratings, between commas")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where to put the data [default: a temporary folder]")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    args = parser.parse_args()
    sizes = [float(s) for s in args.millions.split(",")]
    rows = []
    with tempfile.TemporaryDirectory(dir=args.folder) as room:
        warm = Path(room) / "warm"
        generate(warm, 20_000, args.seed)
        compiling = measure(warm)
        print(f"kernels compiled or loaded and 20,000 ratings scored in {compiling['cpu']:.1f} CPU s", flush=True)
        print("  millions   wall s    CPU s   peak GB   bytes a rating   peer CPU s   peer GB   CPU ratio", flush=True)
        for size in sizes:
            data = Path(room) / f"{size:g}"
            generate(data, round(size * 1e6), args.seed)
            found = measure(data)
            bytes_read = sum(f.stat().st_size for f in (data / "ratings").iterdir())
            shutil.rmtree(data)
            cpu, peak = float(str(found["cpu"])), float(str(found["peak"]))
            peer = _PEER.get(size)
            beside = f"{peer[0]:>12,.0f} {peer[1]:>9.1f} {peer[0] / cpu:>10.0f}x" if peer else " " * 12 + "-"
            print(
                f"{size:>10g} {float(str(found['wall'])):>8.1f} {cpu:>8.1f} {peak / 1e9:>9.2f} "
                f"{peak / size / 1e6:>16.0f} {beside}",
                flush=True,
            )
            rows.append({"millions": size, "bytes": bytes_read, **found})
    if len(rows) > 1:
        x = [math.log(float(str(r["millions"]))) for r in rows]
        y = [math.log(float(str(r["cpu"]))) for r in rows]
        mx, my = sum(x) / len(x), sum(y) / len(y)
        slope = sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / sum((a - mx) ** 2 for a in x)
        print(f"growth exponent of CPU time: {slope:.2f}")
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
