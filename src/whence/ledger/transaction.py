"""A log in a table of somebody else's database connection, inside transactions that are begun and ended elsewhere.

How a Django application appends a fact together with the row that it is about. The table is a model, made by a
migration:

    class LedgerFile(models.Model):
        path = models.CharField(max_length=200, primary_key=True)
        data = models.BinaryField()

        class Meta:
            db_table = "ledger"

and one function gives the log:

    def public_log() -> Log:
        storage = TransactionStorage(connection.cursor, inside=lambda: connection.in_atomic_block)
        return Log(storage, load_or_make_key(settings.LEDGER_KEY, settings.LEDGER_ORIGIN))

    with transaction.atomic():
        rating.save()
        done = public_log().append([rating_fact(...)])
        Rating.objects.filter(pk=rating.pk).update(entry=done.first)

Nothing here commits or rolls back. `append` takes a lock on one row first, so a second writer waits until the first
one's transaction has ended; append late in the transaction, and several facts at once. In SQLite set
`"OPTIONS": {"transaction_mode": "IMMEDIATE"}`: a transaction that has read before it writes then waits, and does not
fail. In PostgreSQL the usual isolation, READ COMMITTED, is the one for it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, Literal, Protocol

from whence.errors import InputError
from whence.ledger.paths import CHECKPOINT

__all__ = ["Cursor", "TransactionStorage"]

_LOCK = ".lock"


class Cursor(Protocol):
    """What is used of a cursor of the Python Database API (PEP 249)."""

    def execute(self, sql: Any, params: Any = ..., /) -> Any:
        """Run a statement."""
        ...

    def executemany(self, sql: Any, params: Any, /) -> Any:
        """Run a statement with each of many rows of parameters."""
        ...

    def fetchone(self) -> Any:
        """Return the next row, or None."""
        ...


class TransactionStorage:
    """A log as rows (path, data) of a table that is there already.

    Args:
        cursor: gives a cursor as a context manager: `connection.cursor` of Django and psycopg;
            `lambda: contextlib.closing(connection.cursor())` of sqlite3.
        table: its name; `path` is its primary key, `data` holds bytes.
        inside: whether a transaction is open.
        mark: how the driver marks a parameter: "%s" (Django, psycopg) or "?" (sqlite3).

    Raises:
        ValueError: when the table's name is not made of letters, digits and underscores.
    """

    def __init__(
        self,
        cursor: Callable[[], AbstractContextManager[Cursor]],
        table: str = "ledger",
        *,
        inside: Callable[[], bool],
        mark: Literal["%s", "?"] = "%s",
    ) -> None:
        if not table.isidentifier() or not table.isascii():
            raise ValueError(f"a table's name is made of letters, digits and underscores, unlike {table!r}")
        self._cursor = cursor
        self._inside = inside
        self._get = f"SELECT data FROM {table} WHERE path = {mark}"  # noqa: S608 (the name was checked above)
        self._put = (
            f"INSERT INTO {table} (path, data) VALUES ({mark}, {mark}) "  # noqa: S608
            "ON CONFLICT (path) DO UPDATE SET data = excluded.data"
        )
        self._drop = f"DELETE FROM {table} WHERE path = {mark}"  # noqa: S608

    def get(self, path: str) -> bytes | None:
        """Return a file of the log.

        Args:
            path: as the functions of paths.py give it.

        Returns:
            Its bytes, or None where there is none.
        """
        with self._cursor() as cursor:
            cursor.execute(self._get, (path,))
            row = cursor.fetchone()
        return None if row is None else bytes(row[0])

    def commit(self, files: Mapping[str, bytes], checkpoint: bytes, obsolete: Iterable[str] = ()) -> None:
        """Put files and checkpoint; they are there for others when the caller's transaction ends.

        Args:
            files: bytes by path.
            checkpoint: the new checkpoint.
            obsolete: paths that no checkpoint needs any more.
        """
        with self._cursor() as cursor:
            cursor.executemany(self._put, [*files.items(), (CHECKPOINT, checkpoint)])
            if gone := [(path,) for path in obsolete]:
                cursor.executemany(self._drop, gone)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer until the caller's transaction ends.

        Raises:
            InputError: when no transaction is open: a fact and its entry would not be one.
        """
        if not self._inside():
            raise InputError("a fact and its entry go into one transaction: begin it before appending to the log")
        with self._cursor() as cursor:
            # Writing the row takes its lock, in PostgreSQL; in SQLite the database's.
            cursor.execute(self._put, (_LOCK, b""))
        yield
