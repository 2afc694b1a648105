"""`python -m benchmarks.consensus.harassment`: how much it matters when the harassment model's descent ends.

The public scorer's own run on ../shared/data/consensus, where it is at hand, and replays of its path on generated
communities (three sizes, three seeds, 3% of notes harassing) are compared with the optimum mode: as it is, and with the
descent cut off after so many steps.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

__all__ = ["main"]

_SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "consensus" / "s300k"
_TABLES = ("ratings", "notes", "noteStatusHistory", "userEnrollment")
_WHOLE = 5000


def _compare(name: str, data: Any, theirs: Any, steps: list[int], seeds: int) -> None:
    """Print one data set's row: self-agreement of replays, then agreement of each cut-off with replays (and X)."""
    from whence.consensus.prescoring import Settings
    from whence.consensus.scoring import score

    replays = [score(data, Settings(mode="replay", seed=seed)) for seed in range(1, seeds + 1)]
    keep = replays[0].final.scored
    statuses = [r.statuses()[keep] for r in replays]
    pairs = [(a == b).mean() for k, a in enumerate(statuses) for b in statuses[k + 1 :]]
    cells = []
    ended = 0
    for most in [*steps, _WHOLE]:
        found = score(data, Settings(harassment_steps=most))
        ended = next((f.steps for f in found.fits if f.name == "harassment"), 0)
        ours = found.statuses()[keep]
        mean = sum(float((ours == s).mean()) for s in statuses) / len(statuses)
        beside = "" if theirs is None else f" ({(ours == theirs).mean():.2%})"
        cells.append(f"{mean:.2%}{beside}")
    print(f"| {name} | {sum(pairs) / len(pairs):.2%} | " + " | ".join(cells) + f" | {ended} |", flush=True)


def main() -> None:
    """Print the table."""
    import polars as pl

    from benchmarks.consensus.generate import generate
    from whence.consensus.reading import Inputs, read
    from whence.consensus.report import Report

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--thousands", default="100,300,600", help="sizes of the generated data")
    parser.add_argument("--seeds", type=int, default=3, help="communities of each size, and replays of each")
    parser.add_argument("--steps", default="80,120,160,240,320", help="where the descent is cut off")
    args = parser.parse_args()
    steps = [int(s) for s in args.steps.split(",")]
    print("Statuses in common with replays, on average (with the public scorer's own run).\n")
    print("| data | replays among themselves | " + " | ".join(f"{s} steps" for s in steps) + " | to its end | steps |")
    print("|---" * (len(steps) + 4) + "|")
    if (_SHARED / "reference" / "scored_notes.parquet").exists():
        data = read(Inputs(*(_SHARED / f"{name}-00000.tsv.gz" for name in _TABLES)), Report(), keep_order=True)
        theirs = pl.read_parquet(_SHARED / "reference" / "scored_notes.parquet").sort("noteId")["coreRatingStatus"]
        _compare("../shared/data/consensus", data, theirs.to_numpy(), steps, args.seeds)
    for size in filter(None, args.thousands.split(",")):
        for seed in range(1, args.seeds + 1):
            with tempfile.TemporaryDirectory() as room:
                folder = Path(room)
                generate(folder, int(size) * 1000, seed, harassing=0.03)
                files = [folder / "ratings", *(folder / f"{name}.tsv" for name in _TABLES[1:])]
                data = read(Inputs(*files), Report(), keep_order=True)
            _compare(f"generated, {size},000, seed {seed}", data, None, steps, args.seeds)


if __name__ == "__main__":
    main()
