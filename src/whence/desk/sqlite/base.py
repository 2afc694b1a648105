"""Django's SQLite backend, except that those who want to write queue for it, and do not doze.

SQLite lets one transaction write at a time, and has the others look again after 1, 2, 5, … 100 ms. Whoever comes just
then goes first, so that under load some wait for half a second, each with a thread that could have served a page. Here
one thread of each process looks every half millisecond, and its others wait for it, woken as soon as it has finished.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from typing import Any

from django.db import connection
from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

__all__ = ["DatabaseWrapper", "settle"]

_PAUSE = 0.0005  # seconds between two looks; a look takes 20 µs


class _Turns:
    """Which of this process's connections may ask to write."""

    def __init__(self) -> None:
        self.renew()
        os.register_at_fork(after_in_child=self.renew)

    def renew(self) -> None:
        """Begin anew, in a process that has none of its parent's threads."""
        self.lock = threading.Lock()


_turns = _Turns()


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to an SQLite file."""

    transaction_mode: str | None

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self._turn: threading.Lock | None = None

    def _start_transaction_under_autocommit(self) -> None:
        timeout = float(self.settings_dict["OPTIONS"].get("timeout", 5.0))
        until = time.monotonic() + timeout
        turn = _turns.lock
        if not turn.acquire(timeout=timeout):
            raise OperationalError("database is locked")
        self._turn = turn
        try:
            self._begin(until, round(timeout * 1000))
        except BaseException:
            self._end_turn()
            raise

    def _begin(self, until: float, milliseconds: int) -> None:
        with self.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 0")
            try:
                while True:
                    try:
                        cursor.execute(f"BEGIN {self.transaction_mode or ''}")
                    except OperationalError as failure:
                        if not _is_busy(failure) or time.monotonic() > until:
                            raise
                        time.sleep(_PAUSE)
                    else:
                        return
            finally:
                # A statement outside transactions still waits as SQLite has it.
                cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")

    def _end_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.release()

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # which django-stubs leave out
        self._end_turn()  # not where it failed: it is then rolled back

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # which django-stubs leave out
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # which django-stubs leave out
        finally:
            self._end_turn()


def settle() -> None:
    """Bring the file up to date with what was written beside it, while others read and write; nothing in PostgreSQL.

    Else whoever commits when so many pages have come together does it, with a turn, and waits for the disk twice.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _is_busy(failure: OperationalError) -> bool:
    cause = failure.__cause__
    return isinstance(cause, sqlite3.OperationalError) and cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
