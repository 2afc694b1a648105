"""`whence trace` in hard cases: killed, odd stories, large ones; nothing is lost and everything is said."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("duckdb")
pq = pytest.importorskip("pyarrow.parquet")

from tests.functional.conftest import Run  # noqa: E402
from tests.unit.trace.archives import prose  # noqa: E402
from tests.unit.trace.histories import DAM, story  # noqa: E402
from whence.tracing import TABLES  # noqa: E402


def many(at: Path, count: int) -> Path:
    """Stories by fours: each text in two pages, cut in the second."""
    with at.open("w") as out:
        for k in range(count):
            text = prose(80, k // 2)
            row = {"id": f"s{k}", "outlet": f"Outlet {k % 7}", "published": f"2024-03-{k % 28 + 1:02}", "text": text}
            out.write(json.dumps(row | {"text": text if k % 2 else text[: len(text) * 3 // 4]}) + "\n")
    return at


def test_a_run_that_is_killed_again_and_again_loses_nothing(whence: Run, tmp_path: Path) -> None:
    given, out = many(tmp_path / "a.jsonl", 800), tmp_path / "traced"
    words = [sys.executable, "-m", "whence", "trace", str(given), "--out", str(out), "--quiet"]
    for moment in ("index/manifest.json", "work/candidates", "index/scan-0.parquet"):
        running = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 120
        while not (out / moment).exists() and running.poll() is None and time.monotonic() < until:
            time.sleep(0.002)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        assert (out / moment).exists()
    assert whence("trace", given, "--out", out, "--quiet").returncode == 0
    assert whence("trace", given, "--out", tmp_path / "once", "--quiet").returncode == 0
    for name in TABLES:
        assert pq.read_table(out / f"{name}.parquet").equals(pq.read_table(tmp_path / f"once/{name}.parquet")), name
    assert pq.read_table(out / "derivations.parquet").num_rows == 400
    assert (out / "report/index.html").is_file()
    assert not [p.name for p in out.iterdir() if p.name.startswith(".") or p.name in ("work", "room")]


def test_odd_stories_are_traced_or_said(whence: Run, tmp_path: Path) -> None:
    swedish = (
        "Ingenjörer i Port Aurel fann på tisdagen en fyrtio meter lång spricka i dammens övre vägg, och vattnet släpps "
        "nu ut genom båda luckorna. Vägen nedanför är stängd för all trafik tills väggen har undersökts av staten."
    )
    arabic = "عثر مهندسون صباح الثلاثاء على شق طوله أربعون مترا في الجدار العلوي للسد " * 4
    large = " ".join(prose(2000, 700 + k) for k in range(60))
    rows = [
        ("sv1", "Norra Bladet", "2024-03-05", swedish), ("sv2", "Tessalposten", "2024-03-06", f"Damm. {swedish}"),
        ("ar1", "Kestrel", "2024-03-05", arabic), ("ar2", "Lumo", "2024-03-07", f"خبر {arabic}"),
        ("large", "Vale Herald", "2024-03-05", large), ("part", "The Dockside", "2024-03-09", large[400_000:402_000]),
        ("empty", "Vale Herald", None, ""), ("blank", "Vale Herald", None, " \n\t "),
        ("sv1", "Vale Herald", None, story("Again", *DAM)), ("", "Vale Herald", None, "Words without an id."),
    ]  # fmt: skip
    given = tmp_path / "a.csv"
    with given.open("w", newline="") as out:
        csv.writer(out).writerows([("id", "outlet", "published", "text"), *rows])
    done = whence("trace", given, "--out", tmp_path / "traced")
    assert done.returncode == 0, done.stderr
    for said in (
        "empty (number 7): skipped, no-text",
        "blank (number 8): skipped, empty",
        "sv1 (number 9): skipped, duplicate-id",
        "number 10): skipped, no-id",
    ):
        assert said in done.stderr
    found = pq.read_table(tmp_path / "traced/derivations.parquet").to_pylist()
    assert {(d["story"], d["parent"]) for d in found} == {(1, 0), (3, 2), (5, 4)}
    pages = tmp_path / "traced/report"
    assert "further characters are not shown" in (pages / "story-4.html").read_text()
    assert sum(page.stat().st_size for page in pages.iterdir()) < 2_000_000
