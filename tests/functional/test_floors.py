"""What the reading is worth may not fall unnoticed: lowering a floor is a deliberate act, in this file.

The floors stand a little below what `python -m benchmarks.stories` and `python -m benchmarks.attribution` print
(docs/figures.md). They are about accuracy, never about speed.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.attribution.__main__ import FLOORS
from benchmarks.components.groups import NAMES, scores
from benchmarks.stories.__main__ import folders, held_out, score_story

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
DEV = SHARED / "data/polnear/dev.jsonl.gz"
DEV_SHA256 = "2accbd7103cb617453a4564096ba07ad62442f7c26fd6b9e9ca2442e190caefe"
DEVELOPED, HELD_OUT, SAMPLE = 0.92, 0.86, 0.95
"""Mean shares: our stories that rules were developed on, those held out, and the story in ../shared."""


COMPONENTS: dict[str, tuple[float, float]] = {
    "quotes": (1.0, 1.0),
    "acts": (0.98, 0.98),
    "hedges": (0.98, 0.99),
    "loaded": (0.97, 0.96),
    "figures": (0.99, 0.99),
    "times": (0.99, 0.99),
    "relays": (0.99, 0.98),
    "chains": (0.98, 0.98),
    "disputes": (0.99, 0.98),
    "headline": (0.99, 0.99),
    "findings": (0.99, 0.96),
    "forms": (0.97, 0.94),
    "nested": (0.85, 0.70),
    "who": (0.94, 0.94),
}
"""Precision and recall of each component on all its invented cases together (`python -m benchmarks.components`)."""


@pytest.mark.parametrize("name", NAMES)
def test_components(name: str) -> None:
    groups = [score for _, score in scores(name)]
    hits, found, wanted = (sum(getattr(s, what) for s in groups) for what in ("hits", "found", "wanted"))
    assert wanted >= 20
    misses = "\n".join(m for s in groups for m in s.misses)
    assert hits / found >= COMPONENTS[name][0], misses
    assert hits / wanted >= COMPONENTS[name][1], misses


@pytest.mark.parametrize(("held", "floor"), [(False, DEVELOPED), (True, HELD_OUT)], ids=["developed", "held out"])
def test_our_own_stories(held: bool, floor: float) -> None:
    shares = [score_story(f).mean_share() for f in folders() if held_out(f) is held]
    assert len(shares) >= 3
    assert sum(shares) / len(shares) >= floor, shares


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/stories")
def test_the_story_in_shared(tmp_path: Path) -> None:
    import whence

    folder = SHARED / "stories/us-france-syria"
    reading = whence.read(folder / "story.txt", published="2018-02-10")
    (tmp_path / "reading.json").write_text(reading.to_json())
    done = subprocess.run(
        [sys.executable, SHARED / "tools/score_reading.py", folder / "gold.json", tmp_path / "reading.json"],
        capture_output=True,
        text=True,
        check=True,
    )
    mean = float(done.stdout.splitlines()[-1].split()[-1])
    extra = int(done.stdout.splitlines()[0].split()[-1])
    assert mean >= SAMPLE, done.stdout
    assert extra <= 2, done.stdout


@pytest.mark.skipif(not DEV.exists(), reason="needs ../shared/data/polnear")
def test_polnear_dev() -> None:
    assert hashlib.sha256(DEV.read_bytes()).hexdigest() == DEV_SHA256, "the data changed: the floors mean nothing on it"
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.attribution", str(DEV), "--json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert all(figures[f"{label} f1"] >= floor for label, floor in FLOORS.items()), figures
