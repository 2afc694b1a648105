"""Locks that end with whoever holds them: a process that is killed leaves none behind.

PostgreSQL: an advisory lock of a connection of its own, so that workers on several machines respect it. SQLite: a lock
on a file in the desk's home, since its database is on this machine too.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from whence.desk import config
from whence.errors import InputError

__all__ = ["exclusive", "hold", "is_held"]

_connections: list[BaseDatabaseWrapper] = []


@contextlib.contextmanager
def exclusive(name: str) -> Iterator[bool]:
    """Be the only one with a name, on all machines of the desk, or learn that somebody else is.

    Args:
        name: letters, digits and hyphens.

    Yields:
        Whether the lock is ours; it ends with the block, or with the process.
    """
    release = hold(name)
    try:
        yield release is not None
    finally:
        if release is not None:
            release()


def hold(name: str, *, shared: bool = False) -> Callable[[], None] | None:
    """Take a lock.

    Args:
        name: letters, digits and hyphens.
        shared: whether others may hold it too, as long as nobody wants it alone.

    Returns:
        What releases it, or None where somebody else holds it.

    Raises:
        InputError: when the desk's home cannot be written to.
    """
    return (_hold_in_postgres if connection.vendor == "postgresql" else _hold_in_file)(name, shared)


def is_held(name: str) -> bool:
    """Return whether anybody holds a lock, this process included."""
    release = hold(name)
    if release is None:
        return True
    release()
    return False


def _hold_in_file(name: str, shared: bool) -> Callable[[], None] | None:
    folder = config.get().home / "locks"
    try:
        folder.mkdir(exist_ok=True, mode=0o700)
        handle = os.open(folder / name, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as failure:
        raise InputError(f"the desk keeps locks in {folder}, which cannot be used ({failure.strerror})") from None
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return lambda: os.close(handle)


def _hold_in_postgres(name: str, shared: bool) -> Callable[[], None] | None:
    own = connection.copy()  # Django recycles the usual connection, and the lock would go with it.
    number = int.from_bytes(hashlib.sha256(f"whence {name}".encode()).digest()[:8], signed=True)
    with own.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock{'_shared' if shared else ''}(%s)", [number])
        row = cursor.fetchone()
    if row is None or not row[0]:
        own.close()
        return None
    _connections.append(own)  # One that nobody refers to is closed, and its lock is gone.

    def release() -> None:
        _connections.remove(own)
        own.close()

    return release
