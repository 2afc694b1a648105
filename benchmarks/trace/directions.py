"""Print how well the direction of a copy is told on planted histories, with the weights as they are and with others.

usage: python -m benchmarks.trace.directions [--pairs N]

Two pages share a report; one of them had it first, and that is known. Dates are missing, of one day or wrong, credits
there or not and now and then the wrong way round, copies cut and added to, at the rates below, which are invented. Some
seeds fit a factor for each weight (logistic regression without intercept); others, never fitted to, judge.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from whence import tracing
from whence.trace.directions import LEAST, directions
from whence.trace.progress import silent
from whence.trace.reuse import open_reuse

EVIDENCE = ("credits", "earlier", "credits-own", "longer")
RATES = {
    "undated": 0.25,
    "same day": 0.3,
    "dated anew": 0.1,
    "credits its source": 0.35,
    "credited wrongly": 0.03,
    "says its own outlet was told": 0.15,
    "the copy says so, too": 0.02,
    "cut": 0.7,
    "added to": 0.4,
}
"""How often, of pages or of pairs; only what they order matters."""
FITTED, JUDGED = range(1, 5), range(101, 105)

Floats = NDArray[np.float64]


def _archive(seed: int, pairs: int) -> pa.Table:
    random = np.random.default_rng(seed)
    syllables = [a + b for a in "bdfgklmnprstv" for b in "aeiou"]
    words = ["".join(random.choice(syllables, random.integers(2, 5))) for _ in range(6000)]
    names = [w.capitalize() for w in random.choice(words, 400, replace=False)]

    def sentence() -> str:
        return " ".join(random.choice(words, random.integers(12, 22))).capitalize() + "."

    def happens(what: str) -> bool:
        return bool(random.random() < RATES[what])

    rows = []
    for pair in range(pairs):
        first, second = (f"{names[k]} Herald" for k in random.choice(400, 2, replace=False))
        source = [sentence() for _ in range(10)]
        copy = source[: random.integers(4, 8)] if happens("cut") else list(source)
        if happens("added to"):
            copy += [sentence() for _ in range(random.integers(1, 6))]
        day = date(2024, 1, 1) + timedelta(days=int(random.integers(0, 300)))
        later = day if happens("same day") else day + timedelta(days=int(random.integers(1, 5)))
        if happens("dated anew"):
            day += timedelta(days=6)
        if happens("credits its source"):
            copy.append(f"The story was first reported by the {first}.")
        if happens("credited wrongly"):
            source.append(f"It was reported by the {second}.")
        if happens("says its own outlet was told"):
            source.insert(1, f"“Nobody came to look,” an engineer told the {first}.")
        if happens("the copy says so, too"):
            copy.insert(1, f"“Nobody came to look,” an engineer told the {second}.")
        both = [(f"{pair}-first", first, day, source), (f"{pair}-second", second, later, copy)]
        for id, outlet, when, text in both if random.random() < 0.5 else both[::-1]:
            told = None if happens("undated") else when.isoformat()
            rows.append({"id": id, "outlet": outlet, "published": told, "text": "\n\n".join(text)})
    return pa.Table.from_pylist(rows)


def _evidence(seed: int, pairs: int) -> Floats:
    """What each kind of evidence adds for the page that had it first, a row a pair."""
    with tempfile.TemporaryDirectory() as room:
        tracing.trace(_archive(seed, pairs), out=room)
        facts, shared, _ = tracing.explained(open_reuse(Path(room)), {}, silent)
    p = shared.pairs
    parts = directions(facts, p["a"], p["b"], p["a_share"], p["b_share"]).parts
    first = np.array([facts.ids[a].endswith("first") for a in p["a"].tolist()])
    same = np.array(
        [facts.ids[a].split("-")[0] == facts.ids[b].split("-")[0] for a, b in zip(p["a"], p["b"], strict=True)]
    )
    towards: Floats = np.where(first[:, None], parts, -parts)[same]
    return towards


def _fit(parts: Floats) -> Floats:
    """Factors of greatest likelihood; a ridge of 0.01 keeps evidence that is never wrong finite."""
    factor: Floats = np.ones(parts.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-parts @ factor))
        slope = parts.T @ (1 - p) - 0.01 * factor
        bend = (parts * (p * (1 - p))[:, None]).T @ parts + 0.01 * np.eye(len(factor))
        factor += np.linalg.solve(bend, slope)
    return factor


def _said(name: str, parts: Floats, factor: Floats) -> None:
    score = parts @ factor
    told = np.abs(score) >= LEAST
    right = (score[told] > 0).mean()
    loss = np.log1p(np.exp(-score)).mean()
    print(f"{name:28}{right:8.3f}{1 - told.mean():9.3f}{loss:10.3f}")


def main() -> int:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=250, help="of each of eight seeds")
    pairs = parser.parse_args().pairs
    fitted, judged = (np.concatenate([_evidence(seed, pairs) for seed in seeds]) for seeds in (FITTED, JUDGED))
    print(f"rates: {RATES}")
    print(f"{len(fitted):,} pairs to fit, {len(judged):,} to judge; how often each kind of evidence is right:")
    for k, name in enumerate(EVIDENCE):
        there = judged[:, k] != 0
        print(f"  {name}: there in {there.mean():.3f} of pairs, right in {(judged[there, k] > 0).mean():.3f} of these")
    print(f"\n{'weights':28}{'right':>8}{'unknown':>9}{'log loss':>10}")
    _said("as they are", judged, np.ones(4))
    for k, name in enumerate(EVIDENCE):
        for times in (0.5, 2.0):
            factor = np.ones(4)
            factor[k] = times
            _said(f"{name} x {times:g}", judged, factor)
    factor = _fit(fitted)
    _said("fitted", judged, factor)
    print("fitted factors: " + ", ".join(f"{name} {x:.2f}" for name, x in zip(EVIDENCE, factor, strict=True)))
    score = judged.sum(axis=1)
    print("\nconfidence said, and how often it was right:")
    sure = 1 / (1 + np.exp(-np.abs(score)))
    for low, high in ((0.646, 0.75), (0.75, 0.9), (0.9, 0.97), (0.97, 1.0)):
        held = (sure >= low) & (sure < high)
        if held.any():
            right = (score[held] > 0).mean()
            print(f"  {low:.2f} to {high:.2f}: {sure[held].mean():.3f} said, {right:.3f} right, of {held.sum():,}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
