"""Print how right, how fast and how large `whence trace` is, beside datasketch and rensa in the same run.

usage: python -m benchmarks.trace [--stories N ...] [--systems NAME ...] [--room DIR]

Each system reads the same archive in a process of its own; CPU seconds count its children. whence's are those of the
whole: passages aligned, directions, origins and topics, all tables written; the report is timed apart. A first, small
archive has the kernels compiled. Default: 5,000 and 50,000 stories, all systems but Spark.
Growth: --stories 50000 500000 1000000 --systems whence.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.trace.archive import Archive, make
from benchmarks.trace.measure import POSITIVE, boundaries, quotations, score
from benchmarks.trace.queries import ask_by_command, question_times
from benchmarks.trace.report import written
from benchmarks.trace.systems import SYSTEMS
from benchmarks.trace.truth import Truth, truth
from benchmarks.trace.words import POLNEAR, vocabulary
from whence.tracing import TABLES

PASSIM = (
    "passim 2.0.1 on archives of a like make (shared/PEERS.md, another run): 5,000 stories, aligned passages: "
    "1,543 CPU s, 5.7 GB, F1 .984; pairs only: 60 CPU s, 2.8 GB, F1 .982; 50,000 stories, pairs only: 307 CPU s, "
    "11.1 GB, F1 .930"
)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=int, nargs="+", default=[5000, 50_000])
    usual = [name for name in SYSTEMS if name != "whence-spark"]
    parser.add_argument("--systems", nargs="+", choices=list(SYSTEMS), default=usual)
    parser.add_argument("--room", type=Path, help="keep archives and results here (1,000,000 stories: 9 GB)")
    return parser.parse_args()


def _write(archive: Archive, path: Path) -> None:
    if path.exists():
        return
    writer = None
    for batch in archive.batches():
        writer = writer or pq.ParquetWriter(path, batch.schema, compression="zstd", compression_level=1)
        writer.write_batch(batch)
    if writer is not None:
        writer.close()


def _run(name: str, archive: Path, out: Path) -> dict[str, float] | None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.trace.systems", name, str(archive), str(out)],
        check=False,
        capture_output=True,
    )
    if done.returncode:
        print(f"  {name}: failed: {done.stderr.decode(errors='replace').strip().splitlines()[-1]}")
        return None
    cost: dict[str, float] = json.loads((out / "cost.json").read_text(encoding="utf-8"))
    return cost


def _measure(size: int, systems: list[str], room: Path) -> dict[str, float]:
    """Run the systems on one archive and print what they did; returns CPU seconds by system."""
    archive = make(size)
    path = room / f"archive-{size}.parquet"
    _write(archive, path)
    planted = truth(archive, one_in=max(1, size // 5000))
    print(f"\n{size:,} stories, {path.stat().st_size / 1e6:,.0f} MB on disk")
    head = "system             CPU s   wall s  peak MB      P      R     F1  lifted60  by kind"
    print(head)
    spent: dict[str, float] = {}
    for name in systems:
        out = room / f"{name}-{size}"
        cost = _run(name, path, out)
        if cost is None:
            continue
        spent[name] = cost["cpu"]
        ours = name.startswith("whence")
        pairs = pq.read_table((out / "trace" if ours else out) / "pairs.parquet")
        if ours:
            pairs = pairs.filter(pairs["words"].to_numpy() >= POSITIVE)
        s = score(archive, planted, pairs["a"].to_numpy(), pairs["b"].to_numpy())
        kinds = " ".join(f"{kind} {value:.3f}" for kind, value in s.by_label.items())
        spending = f"{cost['cpu']:7.1f}{cost['wall']:9.1f}{cost['peak_mb']:9,.0f}"
        print(f"{name:17}{spending}{s.precision:7.3f}{s.recall:7.3f}{s.f1:7.3f}{s.lifted_60:10.3f}  {kinds}")
        if ours:
            _more(name, out / "trace", archive, planted, s.true_pairs)
    if {"whence", "whence-spark"} <= spent.keys():
        one, other = (room / f"{name}-{size}" / "trace" for name in ("whence", "whence-spark"))
        same = [
            name
            for name in TABLES
            if pq.read_table(one / f"{name}.parquet").equals(pq.read_table(other / f"{name}.parquet"))
        ]
        print(f"  tables that are the same with DuckDB and Spark: {len(same)} of {len(TABLES)}")
    return spent


def _more(name: str, folder: Path, archive: Archive, planted: Truth, pairs: int) -> None:
    """Print what only whence gives: passages, quotations, stages, answers."""
    passages = pq.read_table(folder / "passages.parquet")
    ends = boundaries(planted, passages)
    count, told, kept = quotations(planted, passages)
    kinds = " ".join(f"{kind} {value:.3f}" for kind, value in ends.by_label.items())
    print(f"  {pairs:,} true pairs; {ends.found:.3f} of {ends.passages:,} planted passages found")
    print(f"  their ends within three words: {ends.within_three:.3f} (median error {ends.median:.0f}; {kinds})")
    print(f"  quotations called so: {told:.4f} of {count:,}; copied passages called prose: {kept:.4f}")
    stages = json.loads((folder.parent / "stages.json").read_text(encoding="utf-8"))
    print("  CPU seconds by stage: " + ", ".join(f"{stage} {value:.1f}" for stage, value in stages.items()))
    if name == "whence":
        cpu, report_pages, size = written(folder)
        print(f"  its report: {cpu:.1f} CPU s, {report_pages:,} pages, {size / 1e6:.0f} MB")
        cpu, wall = ask_by_command(folder, archive)
        print(f"  whence trace --story, a new process: {cpu:.2f} CPU s, {wall:.2f} s of wall time (medians)")
        asked = question_times(folder, archive)
        print(
            f"  a story against the index: opened in {asked.opened:.3f} s, first answer {asked.first:.3f} s, "
            f"second {asked.second:.3f} s, then median {asked.median * 1000:.1f} ms, "
            f"slowest {asked.slowest * 1000:.1f} ms of {asked.count}"
        )


def main() -> int:
    """Print all figures."""
    options = _arguments()
    if not POLNEAR.exists():
        print(f"the archives are made from {POLNEAR}, which is not here")
        return 0
    vocabulary()
    with tempfile.TemporaryDirectory() as scratch:
        room = options.room or Path(scratch)
        room.mkdir(parents=True, exist_ok=True)
        small = room / "archive-200.parquet"
        _write(make(200), small)
        for name in options.systems:
            _run(name, small, room / f"warm-{name}")
        spent = {size: _measure(size, options.systems, room) for size in sorted(options.stories)}
    if len(spent) > 1:
        first, last = min(spent), max(spent)
        for name in options.systems:
            if name in spent[first] and name in spent[last]:
                power = math.log(spent[last][name] / spent[first][name]) / math.log(last / first)
                print(f"growth of CPU time from {first:,} to {last:,} stories, {name}: exponent {power:.2f}")
    print("\n" + PASSIM)
    return 0


if __name__ == "__main__":
    sys.exit(main())
