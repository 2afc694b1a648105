"""What all processes of a desk remember together for a while: counts of limits, codes that were used.

A cache of Django's in a table: of a file of its own beside SQLite (`shared.sqlite3`), so that counting a search neither
waits for the log's writer nor for the disk, and in PostgreSQL an unlogged one, so that machines count together. Keys
are hashed with the desk's secret, since they hold addresses; values are JSON.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from whence.desk import config

__all__ = ["COLUMNS", "TABLE", "SharedCache", "count", "forget", "make"]

TABLE = "desk_shared"
COLUMNS = "key varchar(64) PRIMARY KEY, value text NOT NULL, ends double precision NOT NULL"
_NEVER = 32_503_680_000.0  # the year 3000
# allauth remembers for one period that a code was used, but with a tolerance of one either way it is good for three.
_USED_CODE, _CODE_STANDS = "allauth.mfa.totp.used?", 90


def _connection() -> BaseDatabaseWrapper:
    return connections["shared" if "shared" in connections else "default"]


def _ask(sql: str, *values: Any) -> tuple[int, tuple[Any, ...] | None]:
    """Return how many rows a statement changed, and the first that it returned."""
    with _connection().cursor() as cursor:
        cursor.execute(sql.replace("SHARED", TABLE), values)
        return cursor.rowcount, cursor.fetchone() if cursor.description else None


def _hashed(key: str) -> str:
    return hmac.new(config.get().secret.encode(), f"shared {key}".encode(), hashlib.sha256).hexdigest()


def make(**_: Any) -> None:
    """Make the table where there is none; in SQLite each connection does (settings.py), and this makes the file."""
    with _connection().cursor() as cursor:
        if _connection().vendor == "postgresql":
            cursor.execute(f"CREATE UNLOGGED TABLE IF NOT EXISTS {TABLE} ({COLUMNS})")


def count(what: str, seconds: float) -> tuple[int, float]:
    """Count something once more within a window that begins when it is first counted.

    Args:
        what: is counted; only its keyed hash is kept.
        seconds: length of the window.

    Returns:
        How often it has been counted in this window, by all processes, and the seconds until the window ends.

    Raises:
        django.db.DatabaseError: when the table cannot be written to.
    """
    now = time.time()
    _, row = _ask(
        "INSERT INTO SHARED (key, value, ends) VALUES (%s, '1', %s) ON CONFLICT (key) DO UPDATE SET "
        "value = CASE WHEN SHARED.ends <= %s THEN '1' ELSE CAST(CAST(SHARED.value AS integer) + 1 AS text) END, "
        "ends = CASE WHEN SHARED.ends <= %s THEN excluded.ends ELSE SHARED.ends END RETURNING value, ends",
        _hashed(f"count {what}"), now + seconds, now, now,
    )  # fmt: skip
    assert row is not None, "an upsert returns its row"
    return int(row[0]), float(row[1]) - now


def forget() -> None:
    """Delete what has ended."""
    _ask("DELETE FROM SHARED WHERE ends <= %s", time.time())


class SharedCache(BaseCache):
    """A cache that all processes share."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def _key(self, key: str, version: int | None) -> str:
        return _hashed(self.make_key(key, version=version))

    def _ends(self, timeout: Any) -> float:
        until = self.get_backend_timeout(timeout)
        return _NEVER if until is None else float(until)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value where none is; return whether it was kept."""
        if key.startswith(_USED_CODE):
            timeout = _CODE_STANDS
        changed, _ = _ask(
            "INSERT INTO SHARED (key, value, ends) VALUES (%s, %s, %s) ON CONFLICT (key) DO UPDATE SET "
            "value = excluded.value, ends = excluded.ends WHERE SHARED.ends <= %s",
            self._key(key, version), json.dumps(value), self._ends(timeout), time.time(),
        )  # fmt: skip
        return changed == 1

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return what is kept, or the default."""
        _, row = _ask("SELECT value FROM SHARED WHERE key = %s AND ends > %s", self._key(key, version), time.time())
        return default if row is None else json.loads(row[0])

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value, which JSON must be able to hold."""
        _ask(
            "INSERT INTO SHARED (key, value, ends) VALUES (%s, %s, %s) ON CONFLICT (key) DO UPDATE SET "
            "value = excluded.value, ends = excluded.ends",
            self._key(key, version), json.dumps(value), self._ends(timeout),
        )  # fmt: skip

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value for longer; return whether there is one."""
        changed, _ = _ask(
            "UPDATE SHARED SET ends = %s WHERE key = %s AND ends > %s",
            self._ends(timeout), self._key(key, version), time.time(),
        )  # fmt: skip
        return changed == 1

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number, in one step for all processes.

        Raises:
            ValueError: when there is none.
        """
        _, row = _ask(
            "UPDATE SHARED SET value = CAST(CAST(value AS integer) + %s AS text) WHERE key = %s AND ends > %s "
            "RETURNING value",
            delta, self._key(key, version), time.time(),
        )  # fmt: skip
        if row is None:
            raise ValueError(f"nothing is kept under the key {key!r}")
        return int(row[0])

    def delete(self, key: str, version: int | None = None) -> bool:
        """Delete a value; return whether there was one."""
        changed, _ = _ask("DELETE FROM SHARED WHERE key = %s AND ends > %s", self._key(key, version), time.time())
        return changed == 1

    def clear(self) -> None:
        """Delete everything."""
        _ask("DELETE FROM SHARED")
