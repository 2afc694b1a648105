"""`kill -9`, a full disk, a database that cannot be written: nothing acknowledged is lost, nothing is there twice."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.desk.postgres import Cluster

pytest.importorskip("django", reason="the extra `desk` is not installed")
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Callable[[], str]:
    """Gives the URL of an empty database of either kind; "" is a file in the desk's home."""
    if request.param == "sqlite":
        return lambda: ""
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.url


def test_nothing_is_lost_or_doubled_when_processes_are_killed(tmp_path: Path, database: Callable[[], str]) -> None:
    from benchmarks.desk import faults
    from benchmarks.desk.served import Served

    desk = Served(tmp_path / "home", database())
    try:
        outcome = faults.run(desk, 6)
    finally:
        desk.end()
    assert outcome.troubles == []
    assert sum(outcome.kills.values()) == 6
    assert outcome.acknowledged > 20


def test_a_full_disk_is_said_and_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    import resource

    from benchmarks.desk.served import Person, Served

    desk = Served(tmp_path / "home", workers=1)
    try:
        made = desk.run("benchmarks.desk.seeding", "--people", "12", "--notes", "2")
        people = [Person(desk, alias, session) for alias, session in made["people"].items()]
        rate = f"/note/{made['notes'][0]}/rate/"
        assert people[5].send(rate, {"level": "helpful"}) == 302
        for pid in desk.processes()["web"]:  # to these processes the disk is full
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        assert people[6].send(rate, {"level": "helpful"}) == 503
        assert people[5].send(rate, {"level": "not"}) == 503
        for pid in desk.processes()["web"]:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert people[7].send(rate, {"level": "somewhat"}) == 302
        said = desk.home.with_suffix(".json")
        kept = [[made["notes"][0], people[5].alias, ["helpful"]], [made["notes"][0], people[7].alias, ["somewhat"]]]
        said.write_text(json.dumps({"ratings": kept, "notes": {}, "stories": {}}))
        assert desk.run("benchmarks.desk.finding", str(said)) == []
    finally:
        desk.end()


def test_a_backup_under_writes_holds_all_that_was_acknowledged_before(
    tmp_path: Path, database: Callable[[], str]
) -> None:
    import subprocess
    import threading

    from benchmarks.desk.served import Person, Served, environment

    desk, file, home = Served(tmp_path / "home", database(), workers=1), tmp_path / "backup.tar", tmp_path / "restored"
    home.mkdir()
    try:
        made = desk.run("benchmarks.desk.seeding", "--people", "30", "--notes", "2")
        people = [Person(desk, alias, session) for alias, session in made["people"].items()][2:]
        note, stop = made["notes"][0], threading.Event()
        assert [one.send(f"/note/{note}/rate/", {"level": "helpful"}) for one in people[:5]] == [302] * 5

        def write() -> None:
            for one in people[5:]:
                if stop.is_set():
                    return
                one.send(f"/note/{note}/rate/", {"level": "not"})

        writer = threading.Thread(target=write)
        writer.start()
        command = [sys.executable, "-m", "whence", "desk"]
        subprocess.run([*command, "backup", str(file)], env=desk.environment, check=True, capture_output=True)
        stop.set()
        writer.join()
    finally:
        desk.end()
    elsewhere = environment(home, database())
    subprocess.run([*command, "restore", str(file)], env=elsewhere, check=True, capture_output=True)
    said = tmp_path / "said.json"
    kept = [[note, one.alias, ["helpful"]] for one in people[:5]]
    said.write_text(json.dumps({"ratings": kept, "notes": {}, "stories": {}}))
    found = subprocess.run(
        [sys.executable, "-m", "benchmarks.desk.finding", str(said)],
        env=elsewhere,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(found.stdout) == []
    again = subprocess.run([*command, "restore", str(file)], env=elsewhere, capture_output=True, text=True, check=False)
    assert (again.returncode, "not empty" in again.stderr) == (2, True)
