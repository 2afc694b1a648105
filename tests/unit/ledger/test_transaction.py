"""A log inside a caller's transaction: facts and entries stay together, whoever drives the database."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.ledger import plain_tree
from whence.errors import InputError
from whence.ledger import Audit, Entry, Log, Signer, TransactionStorage

SIGNER = Signer("example.org/log", bytes(range(32)))


def fact(index: int) -> Entry:
    return Entry("rating", "2026-03-04T05:06:07Z", {"note": f"n{index}", "rater": "heron", "helpful": "not"})


def storage_of(connection: sqlite3.Connection) -> TransactionStorage:
    return TransactionStorage(
        lambda: contextlib.closing(connection.cursor()), inside=lambda: connection.in_transaction, mark="?"
    )


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(tmp_path / "desk.sqlite", isolation_level=None)
    connection.execute("CREATE TABLE ledger (path TEXT PRIMARY KEY, data BLOB NOT NULL)")
    connection.execute("CREATE TABLE rating (note TEXT)")
    yield connection
    connection.close()


def test_entries_come_and_go_with_the_caller_s_transaction(connection: sqlite3.Connection) -> None:
    log = Log(storage_of(connection), SIGNER)
    for index in range(600):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO rating VALUES (?)", (f"n{index}",))
        log.append([fact(index)])
        connection.execute("COMMIT" if index % 3 else "ROLLBACK")
    kept = [fact(index) for index in range(600) if index % 3]
    assert connection.execute("SELECT count(*) FROM rating").fetchone() == (400,)
    assert [entry for _, entry in Audit(storage_of(connection).get, SIGNER.verifier).entries()] == kept
    assert log.checkpoint().root == plain_tree.root([one.encode() for one in kept])
    paths = [path for (path,) in connection.execute("SELECT path FROM ledger")]
    assert not [path for path in paths if path.startswith(("tile/0/000.p", "tile/entries/000.p"))]


def test_nothing_is_appended_outside_a_transaction(connection: sqlite3.Connection) -> None:
    with pytest.raises(InputError, match="begin it before appending"):
        Log(storage_of(connection), SIGNER).append([fact(0)])
    assert connection.execute("SELECT count(*) FROM ledger").fetchone() == (0,)


def test_a_table_s_name_is_a_name(connection: sqlite3.Connection) -> None:
    with pytest.raises(ValueError, match="letters, digits"):
        TransactionStorage(connection.cursor, 'x"; DROP TABLE rating', inside=lambda: True)  # type: ignore[arg-type]


def test_writers_wait_for_one_another(connection: sqlite3.Connection, tmp_path: Path) -> None:
    def write(first: int) -> None:
        own = sqlite3.connect(tmp_path / "desk.sqlite", isolation_level=None, timeout=30)
        for index in range(first, first + 25):
            own.execute("BEGIN IMMEDIATE")
            Log(storage_of(own), SIGNER).append([fact(index)])
            own.execute("COMMIT")
        own.close()

    threads = [threading.Thread(target=write, args=(100 * one,)) for one in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [entry for _, entry in Audit(storage_of(connection).get, SIGNER.verifier).entries()]
    assert len(found) == 100
    assert {entry.encode() for entry in found} == {
        fact(100 * one + at).encode() for one in range(4) for at in range(25)
    }
