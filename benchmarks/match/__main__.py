"""Print how well fact-checks are found on the dev splits of known-lie, whether scores mean what they say, and how fast.

Nothing was trained on the dev splits; the threshold is set on them and on train, half and half. Every ranking searches
the whole collection. The encoder as it was before we tuned it is not part of whence: it is exported by `make
train-claims`, or by the environment that trains, where that is at hand; its rows are skipped where it is not.

usage: python -m benchmarks.match [--untuned FOLDER] [--vectors FOLDER] [--only quality|speed] [--claims N]
                                  [--store FOLDER]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.match import speed
from benchmarks.match.collection import DATA, NAMES, Collection, load
from benchmarks.match.metric import HEADING, figures
from benchmarks.match.systems import Ranked, bm25, encoded, fused, nearest
from whence.match.encoder import Encoder
from whence.match.index import Index, indexed_text

ROOT = Path(__file__).parents[2]
UNTUNED = ROOT / ".venv-train/kept/claims/untuned"
BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.01)
ALIKE = 0.85  # cosine from which a check cannot be told from an answer


def untuned(folder: Path) -> Encoder | None:
    """The encoder before tuning, exported if need be; None where the environment that trains is absent."""
    python = ROOT / ".venv-train/bin/python"
    if not (folder / "config.json").is_file() and python.is_file():
        subprocess.run([str(python), "-m", "training.claims", "untuned", str(folder)], cwd=ROOT, check=False)
    return Encoder.load(folder) if (folder / "config.json").is_file() else None


def quality(name: str, data: Collection, base: Encoder | None, kept: Path | None) -> None:
    """Print the rankings of one collection, the calibration, and what is shown where nothing answers."""
    texts = [indexed_text(check) for check in data.checks]
    tuned = Encoder.packaged()
    vectors = encoded(tuned, texts, kept)
    index = Index()
    index.add(data.checks, vectors)
    words = bm25(data.checks, data.queries)
    near = nearest(vectors, tuned.encode(data.queries))
    rows: list[tuple[str, Ranked | None]] = [("BM25 (claim, title, text)", words)]
    if base is None:
        rows += [("encoder untuned: skipped, not exported", None)]
    else:
        claims = encoded(base, [check.claim for check in data.checks], kept)
        plain = nearest(claims, base.encode(data.queries))
        rows += [("encoder untuned (claim)", plain), ("fusion: BM25, untuned", fused(words, plain))]
    rows += [("encoder tuned, int8", near), ("fusion: BM25, tuned", fused(words, near))]
    found = index.search(data.queries, k=10, threshold=0.0)
    shipped = [np.array([int(match.factcheck.id) for match in matches], dtype=np.int64) for matches in found]
    rows.append(("as shipped", shipped))
    if data.checks[0].body:
        silent = Index()
        silent.add([type(c)(c.id, c.claim, title=c.title, language="en") for c in data.checks], vectors)
        without = silent.search(data.queries, k=10, threshold=0.0)
        rows.append(("as shipped, without texts", [np.array([int(m.factcheck.id) for m in ms]) for ms in without]))
    print(f"### {name}: {len(data.checks):,} claims, {len(data.queries)} dev queries\n\n{'':38} {HEADING}")
    for label, ranked in rows:
        print(f"{label:38} {'' if ranked is None else figures([r.tolist() for r in ranked], data.gold)}")
    alarms, unanswered = 0, list[tuple[float, bool]]()
    for query, gold in zip(data.queries, data.gold, strict=True):
        like = np.flatnonzero((vectors @ vectors[sorted(gold)].T).max(axis=1) >= ALIKE)
        taken = sorted(gold | {int(row) for row in like})
        index.remove(str(row) for row in taken)
        (none,) = index.search([query], k=5, threshold=0.0)
        index.add([data.checks[row] for row in taken], vectors[taken])
        alarms += none[0].score >= index.threshold
        unanswered += [(match.score, False) for match in none]
    answered = [
        (m.score, int(m.factcheck.id) in gold) for ms, gold in zip(found, data.gold, strict=True) for m in ms[:5]
    ]
    print(f"\n{'score':>12} {'matches':>8} {'mean':>6} {'right':>6}   {'of answered queries':>19} {'right':>6}")
    print("   (the first five of each query, asked of the whole collection, and of it without the answers)")
    for low, high in pairwise(BINS):
        every, some = ([case for case in part if low <= case[0] < high] for part in (answered + unanswered, answered))
        if some:
            means = " ".join(f"{sum(case[k] for case in every) / len(every):6.2f}" for k in (0, 1))
            right = sum(case[1] for case in some) / len(some)
            print(f"{low:5.1f} to {min(high, 1):3.1f} {len(every):8} {means}   {len(some):19} {right:6.2f}")
    first = [
        (ms[0].score >= index.threshold, int(ms[0].factcheck.id) in g) for ms, g in zip(found, data.gold, strict=True)
    ]
    shown = [right for above, right in first if above]
    print(
        f"\nthreshold {index.threshold:.2f}: {len(shown)} of {len(first)} queries are shown a match, "
        f"the first of which is right in {sum(shown)}.\n"
        f"With its answers, and what is like them, taken out, {alarms} are shown one.\n"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Print everything; the exit code is 2 where the data are absent."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.match", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--untuned", type=Path, default=UNTUNED, help="folder of the encoder before tuning")
    parser.add_argument("--vectors", type=Path, help="folder where vectors are kept from one run to the next")
    parser.add_argument("--only", choices=("quality", "speed"))
    parser.add_argument("--claims", type=int, default=100_000, help="size of the collection that speed is measured on")
    parser.add_argument("--store", type=Path, help="folder where that collection is kept from one run to the next")
    options = parser.parse_args(argv)
    if not DATA.is_dir():
        print(f"no data at {DATA}", file=sys.stderr)
        return 2
    if options.only != "speed":
        base = untuned(options.untuned)
        for name in NAMES:
            quality(name, load(name, "dev"), base, options.vectors)
    if options.only != "quality":
        speed.show(options.claims, options.store)
    return 0


if __name__ == "__main__":
    sys.exit(main())
