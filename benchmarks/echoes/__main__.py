"""Print, for each likeness of two statements, how often they are known to speak of the same claim.

Queries of the dev splits (../shared/data/known-lie: posts, and sentences of debates) are asked of an archive of
all the claims that were checked; an echo is right where it is one of the query's own claims. Others may say the same
without being marked, so that the share of right ones is a lower bound. The threshold of `whence match --statements` was
set here.

usage: python -m benchmarks.echoes [--queries N] [--seed N]
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from pathlib import Path
from typing import Any

from whence.errors import ModelError
from whence.match.encoder import Encoder
from whence.match.statements import THRESHOLD, Asked, Encode, echoes
from whence.records.said import Said

DATA = Path(__file__).parents[3] / "shared/data/known-lie"
SETS = ("snopes", "politifact")


def records(name: str) -> list[dict[str, Any]]:
    """The records of one file."""
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def table(name: str, count: int, seed: int, encode: Encode | None) -> None:
    """Print the table of one set."""
    queries = random.Random(seed).sample(records(f"{name}-dev"), count)
    archive = [Said(c["claim"], story=str(c["id"])) for c in records(f"{name}-claims")]
    found = echoes([Asked(q["text"]) for q in queries], archive, k=5, threshold=0.0, encode=encode)
    first = [
        (f[0].score, f[0].said.story in {str(g) for g in q["gold"]}) for q, f in zip(queries, found, strict=True) if f
    ]
    print(f"{name}: {count} queries, the most alike of {len(archive)} claims")
    for low in (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2):
        above = [right for score, right in first if score >= low]
        within = [right for score, right in first if low <= score < low + 0.1]
        print(
            f"  {low:.1f} or more: shown for {len(above) / count:5.1%}, right {_share(above)}; "
            f"from {low:.1f} to {low + 0.1:.1f}: right {_share(within)}"
        )


def _share(right: list[bool]) -> str:
    return f"{sum(right) / len(right):5.1%} of {len(right)}" if right else "(none)"


def main() -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.echoes")
    parser.add_argument("--queries", type=int, default=140, help="queries of each set")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if not DATA.exists():
        print("not there: ../shared/data/known-lie")
        return 0
    try:
        encode: Encode | None = Encoder.packaged().encode
    except ModelError as e:
        print(f"by words alone: {e}")
        encode = None
    print(f"threshold as shipped: {THRESHOLD}")
    for name in SETS:
        table(name, options.queries, options.seed, encode)
    return 0


if __name__ == "__main__":
    sys.exit(main())
