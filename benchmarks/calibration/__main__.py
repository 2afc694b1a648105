"""Print how often statements of each confidence are right on PolNeAR dev, by the reader as shipped.

An attributed statement is right where one gold attribution has its content (Jaccard of characters 0.8 or more), a cue
that it overlaps, and a source that it overlaps (or, like it, none). A statement in own voice is right where no gold
attribution that carries a statement (whence.read.selection) has content in it. Nested statements are left out: PolNeAR
does not mark them.

usage: python -m benchmarks.calibration [DEV.jsonl.gz] [--bins N] [--plot docs/images/reliability.svg]
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import whence
from benchmarks.calibration.plot import Bin, reliability
from whence.read.selection import decide
from whence.text.offsets import Span, merge, overlap, overlaps

DATA = Path(__file__).parents[3] / "shared/data/polnear/dev.jsonl.gz"


def flat(members: list[list[list[int]]]) -> list[Span]:
    """The pieces of the members of a gold role."""
    return sorted((a, b) for member in members for a, b in member)


def jaccard(one: list[Span], other: list[Span]) -> float:
    """Shared characters over all characters of two lists of spans."""
    shared = sum(overlap(a, b) for a in merge(one) for b in merge(other))
    size = sum(b - a for a, b in merge(one)) + sum(b - a for a, b in merge(other))
    return shared / (size - shared) if size > shared else 0.0


def touch(one: list[Span], other: list[Span]) -> bool:
    """Whether two lists of spans share a character."""
    return any(overlaps(a, b) for a in one for b in other)


def judge(record: dict[str, Any]) -> Iterator[tuple[str, float, bool]]:
    """Voice, confidence and rightness of every statement that whence finds in a gold story."""
    text: str = record["text"]
    gold = [(flat(a["source"]), flat(a["cue"]), flat(a["content"])) for a in record["attributions"]]
    said = [g for g in gold if g[2] and decide(text, g[0], g[1], g[2])[0]]
    reading = whence.read_text(text)
    for s in reading.statements:
        if s.parent is not None:
            continue
        content = list(s.content)
        if s.voice == "own":
            yield "own", s.confidence, not any(touch(content, g[2]) for g in said)
            continue
        mentions = [m for source in s.sources for m in source.mentions]
        cue = [s.cue] if s.cue else []
        yield (
            "attributed",
            s.confidence,
            any(
                jaccard(content, g[2]) >= 0.8
                and (touch(cue, g[1]) or not (cue or g[1]))
                and (touch(mentions, g[0]) or not mentions or not g[0])
                for g in gold
            ),
        )


def binned(rows: list[tuple[float, bool]], bins: int) -> list[Bin]:
    """Put confidences into bins of equal width, and leave out those that are empty.

    Args:
        rows: Confidence, in 0..1, and whether the statement is right.
        bins: How many there are.
    """
    parts: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, right in rows:
        parts[min(bins - 1, int(confidence * bins))].append((confidence, right))
    return [
        Bin(sum(c for c, _ in some) / len(some), sum(r for _, r in some) / len(some), len(some))
        for some in parts
        if some
    ]


def main() -> int:
    """Measure and print; exits with 2 where the data are absent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=DATA)
    parser.add_argument("--bins", type=int, default=10)
    parser.add_argument("--plot", type=Path, help="draw the table as SVG into this file")
    args = parser.parse_args()
    if not args.data.exists():
        print(f"no data at {args.data}: give the path of PolNeAR's dev.jsonl.gz", file=sys.stderr)
        return 2
    with gzip.open(args.data, "rt", encoding="utf-8") as f:
        judged = [row for line in f for row in judge(json.loads(line))]
    panels: dict[str, list[Bin]] = {}
    for voice, title in (("attributed", "Attributed statements"), ("own", "Statements in own voice")):
        rows = [(confidence, right) for v, confidence, right in judged if v == voice]
        panels[title] = bins = binned(rows, args.bins)
        print(f"\n{voice}: {len(rows)} statements, {sum(r for _, r in rows) / len(rows):.3f} right")
        print(f"{'confidence':>10} {'right':>6} {'n':>6}")
        for one in bins:
            print(f"{one.mean:10.2f} {one.right:6.2f} {one.count:6}")
        error = sum(abs(one.mean - one.right) * one.count for one in bins) / len(rows)
        sure = [right for confidence, right in rows if confidence >= 0.85]
        share = sum(sure) / max(1, len(sure))
        print(f"expected calibration error {error:.3f}; of {len(sure)} at 0.85 or more {share:.3f} right")
    if args.plot:
        args.plot.write_text(reliability(panels), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
