"""The log inside Django's transactions, on SQLite and on a real PostgreSQL, and inside psycopg's."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from benchmarks.desk.postgres import Cluster

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


def test_django_on_sqlite(tmp_path: Path) -> None:
    pytest.importorskip("django")
    options = {"transaction_mode": "IMMEDIATE", "timeout": 60}
    engine: dict[str, object] = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path / "desk.sqlite"),
        "OPTIONS": options,
    }
    assert outcome(engine) == EXPECTED


def test_django_on_postgresql(cluster: Cluster) -> None:
    pytest.importorskip("django")
    engine: dict[str, object] = {"ENGINE": "django.db.backends.postgresql", "NAME": cluster.database()}
    assert outcome(engine | {"USER": cluster.user, "HOST": str(cluster.folder)}) == EXPECTED


def test_psycopg_by_itself(cluster: Cluster) -> None:
    psycopg = pytest.importorskip("psycopg")
    from whence.ledger import Audit, Entry, Log, Signer, TransactionStorage

    signer = Signer("example.org/log", bytes(range(32)))
    with psycopg.connect(host=str(cluster.folder), user=cluster.user, dbname=cluster.database()) as connection:
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
