"""Through the front door: the installed command, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.desk.postgres import Cluster
from benchmarks.desk.postgres import cluster as running

ROOT = Path(__file__).parents[2]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def whence(tmp_path: Path) -> Run:
    """Run `whence` with some arguments, in an empty folder and with an empty HOME."""

    def run(*words: str | Path, stdin: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "whence", *map(str, words)],
            input=stdin,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "HOME": str(tmp_path), "COLUMNS": "80", **env},
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def sample() -> Path:
    """The sample story of the repository, as text."""
    return ROOT / "samples/harbour-blockade.txt"


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A cluster of PostgreSQL that does not wait for the disk."""
    pytest.importorskip("psycopg", reason="the extra `desk` is not installed")
    with running(durable=False) as found:
        if found is None:
            pytest.skip("PostgreSQL is not installed, or cannot run as root without setpriv")
        yield found
