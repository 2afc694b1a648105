"""`python -m benchmarks.consensus.agreement`: every difference from the public scorer's own run, with its cause."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

__all__ = ["main"]

_BOUNDS = {"helpful": 0.40, "firm reject": 0.30, "inertia": 0.39}
_SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "consensus" / "s300k"


def main() -> int:
    """Score, compare note by note, and print.

    Returns:
        0 if agreement is at least that of the public scorer with itself under another seed (96.2%).
    """
    import numpy as np
    import polars as pl

    from whence.consensus.prescoring import Settings
    from whence.consensus.reading import Inputs, read
    from whence.consensus.report import Report
    from whence.consensus.scoring import score

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=_SHARED, help="tables and reference/scored_notes.parquet")
    parser.add_argument("--mode", choices=["optimum", "replay"], default="optimum")
    parser.add_argument("--seed", type=int, default=1, help="of the run that is replayed")
    parser.add_argument("--seeds", type=int, default=0, help="also replay so many seeds and compare with each")
    args = parser.parse_args()
    if not (args.folder / "reference" / "scored_notes.parquet").exists():
        print(f"skipped: the public scorer's results are not in {args.folder}")
        return 0
    names = ("ratings", "notes", "noteStatusHistory", "userEnrollment")
    files = [args.folder / f"{name}-00000.tsv.gz" for name in names]
    data = read(Inputs(*files), Report(), keep_order=True)
    found = score(data, Settings(mode=args.mode, seed=args.seed))
    theirs = pl.read_parquet(args.folder / "reference" / "scored_notes.parquet").sort("noteId")
    keep = np.flatnonzero(found.final.scored)
    if data.notes.id[keep].tolist() != theirs["noteId"].to_list():
        raise SystemExit("the notes that are put out differ")
    ours, status = found.statuses()[keep], theirs["coreRatingStatus"].to_numpy()
    intercept = theirs["coreNoteIntercept"].cast(pl.Float64).to_numpy()
    mine = found.final.stats.intercept[keep]
    differ = np.flatnonzero(ours != status)
    rules = [",".join(found.final.verdict.active(int(k))) for k in keep]
    other = sum(a != b for a, b in zip(rules, theirs["coreActiveRules"].to_list(), strict=True))
    agreement = 1 - len(differ) / len(keep)
    print(f"{args.mode}: statuses of {len(keep):,} notes agree to {agreement:.2%}; {len(differ)} differ; "
          f"rules that acted differ on {other}")  # fmt: skip
    print(f"intercepts: {np.nanmean(np.abs(mine - intercept)):.5f} apart on average, at most "
          f"{np.nanmax(np.abs(mine - intercept)):.4f}")  # fmt: skip
    reasons: Counter[str] = Counter()
    for k in differ:
        here, there = set(rules[k].split(",")), set(str(theirs["coreActiveRules"][int(k)]).split(","))
        crossed = [n for n, b in _BOUNDS.items() if (mine[k] >= b) != (intercept[k] >= b)]
        only = sorted(r.removesuffix(" (v1.0)") for r in here ^ there)
        why = f"the intercept crosses {' and '.join(crossed)}" if crossed else f"the rule {', '.join(only)} tips"
        reasons[why] += 1
        scores = f"intercept {mine[k]:+.4f} for {intercept[k]:+.4f}"
        print(f"  {data.notes.id[keep[k]]}: {ours[k]} for {status[k]}; {scores}; {why}")
    for why, times in reasons.most_common():
        print(f"{times:>5}  {why}")
    for seed in range(1, args.seeds + 1):
        again = score(data, Settings(mode="replay", seed=seed)).statuses()[keep]
        theirs_too, ours_too = (again == status).mean(), (again == ours).mean()
        print(f"replayed seed {seed}: {theirs_too:.2%} with their run, {ours_too:.2%} with ours")
    return 0 if agreement >= 0.962 else 1


if __name__ == "__main__":
    sys.exit(main())
