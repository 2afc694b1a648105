"""`kill -9`, a full disk, a database that cannot be written: nothing acknowledged is lost, nothing is there twice."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("django", reason="the extra `desk` is not installed")
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")


def test_nothing_is_lost_or_doubled_when_processes_are_killed(tmp_path: Path) -> None:
    from benchmarks.desk import faults
    from benchmarks.desk.served import Served

    desk = Served(tmp_path / "home")
    try:
        outcome = faults.run(desk, 8)
    finally:
        desk.end()
    assert outcome.troubles == []
    assert sum(outcome.kills.values()) == 8
    assert outcome.acknowledged > 20
