"""`python -m benchmarks.consensus.polis`: the small-community mode on five real Polis conversations."""

from __future__ import annotations

import sys
import time
from pathlib import Path

__all__ = ["main"]

_SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "polis"


def main() -> int:
    """Fit each conversation, and compare with Polis's own opinion groups; then with 40 raters alone.

    Returns:
        0.
    """
    import numpy as np
    import polars as pl

    from whence.consensus import fit

    if not _SHARED.exists():
        print(f"skipped: the Polis votes are not in {_SHARED}")
        return 0
    print("conversation                raters  notes  votes    p  helpful  not  more  same side  seconds")
    for folder in sorted(p for p in _SHARED.iterdir() if p.is_dir()):
        votes = pl.read_csv(folder / "votes.csv").with_columns(rating=(pl.col("vote") + 1) / 2)
        groups = pl.read_csv(folder / "participants-votes.csv", infer_schema_length=None).select(
            "participant", "group-id"
        )
        people = votes["voter-id"].unique().sort()
        for name in (folder.name, "  40 of its raters"):
            some = votes
            if name != folder.name:
                busy = votes.group_by("voter-id").len().filter(pl.col("len") >= 20)["voter-id"].sort()
                chosen = np.random.default_rng(1).choice(busy if len(busy) >= 40 else people, 40, replace=False)
                some = votes.filter(pl.col("voter-id").is_in(chosen.tolist()))
            begin = time.perf_counter()
            found = fit(some, note="comment-id", rater="voter-id", resamples=100)
            seconds = time.perf_counter() - begin
            joined = found.raters.join(groups.drop_nulls(), left_on="rater", right_on="participant")
            two = joined.filter(pl.col("group-id") <= 1)
            same = ((two["factor"] > 0).to_numpy() == (two["group-id"] == 1).to_numpy()).mean() if two.height else 0.0
            counts = dict(found.notes["status"].value_counts().iter_rows())
            more = counts.get("needs-more-ratings", 0)
            print(
                f"{name:<27} {found.raters.height:>6} {found.notes.height:>6} {some.height:>6} {found.p:>5.3f}"
                f" {counts.get('helpful', 0):>7} {counts.get('not-helpful', 0):>4} {more:>5}"
                f" {max(same, 1 - same):>9.0%} {seconds:>8.1f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
