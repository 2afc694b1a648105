"""A log's files in an SQLite database: the twin for those who keep their facts in one.

Facts and entries go into the database in one transaction, so that there is never one without the other.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from whence.ledger.paths import CHECKPOINT

__all__ = ["DatabaseStorage"]


class DatabaseStorage:
    """A log as rows of a table.

    Args:
        connection: an open connection in autocommit mode (isolation_level None): transactions are begun here, or by
            the caller around `writing`.
        table: name of the table; made if need be.

    Raises:
        ValueError: when the table's name is not made of letters, digits and underscores, or the connection begins
            transactions by itself.
    """

    def __init__(self, connection: sqlite3.Connection, table: str = "ledger") -> None:
        if not table.isidentifier() or not table.isascii():
            raise ValueError(f"a table's name is made of letters, digits and underscores, unlike {table!r}")
        if connection.isolation_level is not None:
            raise ValueError("the connection must be in autocommit mode: open it with isolation_level=None")
        self._connection = connection
        self._get = f"SELECT data FROM {table} WHERE path = ?"  # noqa: S608 (the name was checked above)
        self._put = f"INSERT OR REPLACE INTO {table} (path, data) VALUES (?, ?)"  # noqa: S608
        self._drop = f"DELETE FROM {table} WHERE path = ?"  # noqa: S608
        connection.execute(f"CREATE TABLE IF NOT EXISTS {table} (path TEXT PRIMARY KEY, data BLOB NOT NULL)")

    def get(self, path: str) -> bytes | None:
        """Return a file of the log.

        Args:
            path: as the functions of paths.py give it.

        Returns:
            Its bytes, or None where there is none.
        """
        row = self._connection.execute(self._get, (path,)).fetchone()
        return None if row is None else bytes(row[0])

    def commit(self, files: Mapping[str, bytes], checkpoint: bytes, obsolete: Iterable[str] = ()) -> None:
        """Put files and checkpoint; they are there for others when the transaction of `writing` ends.

        Args:
            files: bytes by path.
            checkpoint: the new checkpoint.
            obsolete: paths that no checkpoint needs any more.

        Raises:
            sqlite3.Error: when the database cannot be written to; the transaction is then rolled back.
        """
        self._connection.executemany(self._put, [*files.items(), (CHECKPOINT, checkpoint)])
        self._connection.executemany(self._drop, [(path,) for path in obsolete])

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold a writing transaction; one that the caller began is used, and left for the caller to end.

        Raises:
            sqlite3.Error: when another writer holds the database beyond the connection's time limit.
        """
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
