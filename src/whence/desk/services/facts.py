"""The public log of the desk: every fact goes in with the rows that it is about, in one transaction."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connection, transaction

from whence.desk import config
from whence.desk.models import LogFile, LogSubject
from whence.errors import InputError
from whence.ledger import Entry, Log, Signer, TransactionStorage, load_or_make_key

__all__ = [
    "LogStorage",
    "append",
    "first_key",
    "forget_key",
    "log",
    "origin",
    "record",
    "record_all",
    "stamp",
    "writing",
]

_LOCK = 0x77686E63  # "whnc": the advisory lock that makes one transaction at a time the log's writer (PostgreSQL)


class LogStorage(TransactionStorage):
    """The log's files as rows (`whence.ledger.Storage`), read and written without the mapper: each rating appends.

    SQLite lets one transaction write at a time (settings.py begins each as a writer); PostgreSQL is asked for a lock
    that ends with the transaction. So nobody appends to a head that is not the last.
    """

    def __init__(self) -> None:
        super().__init__(connection.cursor, LogFile._meta.db_table, inside=lambda: connection.in_atomic_block)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer until the transaction ends, which is begun where none is open."""
        with contextlib.nullcontext() if connection.in_atomic_block else transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            yield


def origin() -> str:
    """Return the log's name: the desk's address when the log was begun, whatever port or address it has now.

    Raises:
        InputError: when the name cannot be read or written.
    """
    path = config.get().home / "log.origin"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    except FileExistsError:
        name = path.read_text(encoding="utf-8").strip()
        return name or config.get().origin
    except OSError as failure:
        raise InputError(f"the log's name goes to {path}, which cannot be written ({failure.strerror})") from None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(config.get().origin + "\n")
    return config.get().origin


@lru_cache(maxsize=1)
def _signer() -> Signer:
    return load_or_make_key(config.get().home / "log.key", origin())


def forget_key() -> None:
    """Read the key's file again: it has been restored or rotated."""
    _signer.cache_clear()


def first_key() -> str:
    """Return the verifier key from which anybody starts: the log's first, whatever rotations followed."""
    settings = config.get()
    kept = settings.home / "log.first.pub"
    if kept.exists():
        return kept.read_text(encoding="ascii").strip()
    return str(_signer().verifier)


def log() -> Log:
    """Return the desk's public log.

    Raises:
        InputError: when the log's key cannot be read or made.
    """
    return Log(LogStorage(), _signer())


def stamp(at: datetime | None = None) -> str:
    """Return a time as the log writes it: UTC, to the second.

    Args:
        at: with a time zone; now by default.
    """
    return (at or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextlib.contextmanager
def writing() -> Iterator[None]:
    """Begin a transaction that is the log's only writer, before it locks any row; also a decorator.

    Whatever locks rows and then writes to the log, or saves what public pages show, begins so: in PostgreSQL two such
    transactions would else wait for each other, one with the log's lock and one with the row's.
    """
    with transaction.atomic(), LogStorage().writing():
        yield


def record(kind: str, **body: Any) -> int:
    """Append one fact, within the transaction that makes it one.

    Args:
        kind: one of ledger.KINDS.
        body: the fact's fields.

    Returns:
        Its place in the log.

    Raises:
        RuntimeError: when no transaction is open: a fact could then be in the log and not in the tables.
    """
    return record_all([(kind, body)])


def record_all(facts: Iterable[tuple[str, Mapping[str, Any]]]) -> int:
    """Append facts at once; they get places in a row.

    Args:
        facts: kinds and bodies.

    Returns:
        The place of the first.

    Raises:
        RuntimeError: as record.
    """
    now = stamp()
    return append(Entry(kind, now, body) for kind, body in facts)


def append(entries: Iterable[Entry]) -> int:
    """Append entries at once, as ledger.facts makes them of records; they get places in a row.

    Args:
        entries: 1 or more.

    Returns:
        The place of the first.

    Raises:
        RuntimeError: as record.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a fact is recorded in the transaction that makes it one: open transaction.atomic() first")
    given = list(entries)
    first = log().append(given).first
    LogSubject.objects.bulk_create(
        LogSubject(place=place, subject=subject)
        for place, entry in enumerate(given, first)
        if (subject := _subject(entry))
    )
    return first


def _subject(entry: Entry) -> str:
    """Return what an entry is about; "" for ratings, which are found by reading the log."""
    body = entry.body
    if entry.kind in ("story", "reading"):
        return f"story:{body['story']}"
    if entry.kind in ("note", "withdrawal", "status"):
        return f"note:{body['note']}"
    if entry.kind in ("moderation", "correction"):
        return str(body["target"])
    if entry.kind == "removal":
        # A removal is about what the removed text was about.
        return LogSubject.objects.filter(place=body["target"]).values_list("subject", flat=True).first() or ""
    return "key" if entry.kind == "key" else ""
