"""Data shared by the tests: a generated community in the public format, and the public scorer's own run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("numba")
pytest.importorskip("polars")

ROOT = Path(__file__).resolve().parents[3]
REFERENCE = ROOT.parent / "shared" / "data" / "consensus" / "s300k"
POLIS = ROOT.parent / "shared" / "data" / "polis"


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """30,000 generated ratings with all four tables."""
    from benchmarks.consensus.generate import generate

    folder = tmp_path_factory.mktemp("public")
    generate(folder, 30_000, seed=7)
    return folder


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder with the public scorer's own results."""
    if not (REFERENCE / "reference").exists():
        pytest.skip("the public scorer's results (../shared/data/consensus) are not here")
    return REFERENCE


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str], Path]:
    """Write a small ratings table and return its path."""

    def write(text: str, name: str = "ratings.tsv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write
