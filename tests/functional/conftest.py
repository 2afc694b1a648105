"""Through the front door: the installed command, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

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
