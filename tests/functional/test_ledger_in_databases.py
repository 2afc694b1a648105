"""The log inside Django's transactions, on SQLite and on a real PostgreSQL, and inside psycopg's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

PROGRAM = textwrap.dedent(
    """
    import json, sys, threading
    import django
    from django.conf import settings
    database = json.loads(sys.argv[1])
    settings.configure(DATABASES={"default": database}, INSTALLED_APPS=[], USE_TZ=True)
    django.setup()
    from django.db import connection, transaction
    from whence.ledger import Audit, Entry, Log, Signer, TransactionStorage
    signer = Signer("example.org/log", bytes(range(32)))

    def storage():
        return TransactionStorage(connection.cursor, inside=lambda: connection.in_atomic_block)

    def fact(index):
        return Entry("rating", "2026-03-04T05:06:07Z", {"note": f"n{index}", "rater": "heron", "helpful": "not"})

    kind = "bytea" if connection.vendor == "postgresql" else "blob"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE ledger (path varchar(200) PRIMARY KEY, data {kind} NOT NULL)")
        cursor.execute("CREATE TABLE rating (place integer)")

    def write(first):
        for index in range(first, first + 30):
            try:
                with transaction.atomic():
                    done = Log(storage(), signer).append([fact(index)])
                    with connection.cursor() as cursor:
                        cursor.execute("INSERT INTO rating VALUES (%s)", [done.first])
                    if index % 5 == 0:
                        raise KeyError
            except KeyError:
                pass
        connection.close()

    threads = [threading.Thread(target=write, args=(100 * one,)) for one in range(4)]
    [one.start() for one in threads]
    [one.join() for one in threads]
    found = [entry.body["note"] for _, entry in Audit(storage().get, signer.verifier).entries()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT place FROM rating ORDER BY place")
        places = [row[0] for row in cursor.fetchall()]
    print(json.dumps({"entries": sorted(found), "places": places}))
    """
)


def outcome(database: dict[str, object]) -> dict[str, list[object]]:
    import json

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(database)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


EXPECTED = {
    "entries": sorted(f"n{100 * one + at}" for one in range(4) for at in range(30) if (100 * one + at) % 5),
    "places": list(range(96)),
}


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A cluster of its own, on a socket in a folder of its own."""
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), Path(shutil.which("initdb") or "/absent").parent]
    programs = next((place for place in places if (place / "initdb").is_file()), None)
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    # Not below pytest's own folder, which every session closes to others anew: the cluster's user could not pass.
    folder = Path(tempfile.mkdtemp(prefix="whence-log-"))
    become: list[str] = []
    if os.geteuid() == 0:  # initdb refuses root
        if not shutil.which("setpriv"):
            pytest.skip("PostgreSQL does not run as root, and setpriv is not installed")
        become = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        os.chown(folder, 65534, 65534)

    def run(*command: str | Path) -> None:
        subprocess.run([*become, *command], check=True, capture_output=True, timeout=60, cwd=folder)

    run(programs / "initdb", "-D", folder / "data", "-U", "desk", "-A", "trust", "-N")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run(programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")
    yield str(folder)
    run(programs / "pg_ctl", "-D", folder / "data", "-w", "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


def test_django_on_sqlite(tmp_path: Path) -> None:
    pytest.importorskip("django")
    options = {"transaction_mode": "IMMEDIATE", "timeout": 60}
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "desk.sqlite"), "OPTIONS": options}
    assert outcome(engine) == EXPECTED


def test_django_on_postgresql(postgres: str) -> None:
    pytest.importorskip("django")
    pytest.importorskip("psycopg")
    assert (
        outcome({"ENGINE": "django.db.backends.postgresql", "NAME": "postgres", "USER": "desk", "HOST": postgres})
        == EXPECTED
    )


def test_psycopg_by_itself(postgres: str) -> None:
    psycopg = pytest.importorskip("psycopg")
    from whence.ledger import Audit, Entry, Log, Signer, TransactionStorage

    signer = Signer("example.org/log", bytes(range(32)))
    with psycopg.connect(host=postgres, user="desk", dbname="postgres") as connection:
        connection.execute("CREATE TABLE other (path varchar(200) PRIMARY KEY, data bytea NOT NULL)")
        connection.commit()
        idle = psycopg.pq.TransactionStatus.IDLE
        storage = TransactionStorage(
            connection.cursor, "other", inside=lambda: connection.info.transaction_status != idle
        )
        for index in range(300):
            with connection.transaction():
                Log(storage, signer).append([Entry("withdrawal", "2026-03-04T05:06:07Z", {"note": f"n{index}"})])
        assert len(list(Audit(storage.get, signer.verifier).entries())) == 300
