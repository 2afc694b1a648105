"""The fact-check store: one SQLite file that remembers every check once, and what has changed since when."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from whence.errors import FormatError, InputError
from whence.match.claimreview.entry import Entry, url_key
from whence.match.filters import Filters
from whence.records.claim import FactCheck

__all__ = ["Added", "Changes", "Store"]

_APPLICATION = 0x77686E63  # "whnc", so that another program's database is not taken for ours
_VERSION = 1
_MAGIC = b"SQLite format 3\x00"
_WAIT = 30.0  # seconds that a write waits for another process's
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE factchecks (
  id TEXT PRIMARY KEY, page TEXT NOT NULL, origin TEXT NOT NULL, publisher TEXT NOT NULL, language TEXT NOT NULL,
  published TEXT, verdict TEXT NOT NULL, position REAL, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX by_publisher ON factchecks (publisher);
CREATE INDEX by_page ON factchecks (page);
CREATE INDEX by_origin ON factchecks (origin);
CREATE TABLE changes (id TEXT PRIMARY KEY, serial INTEGER NOT NULL, gone INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX by_serial ON changes (serial);
CREATE TABLE pages (page TEXT PRIMARY KEY, changed TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass
class Added:
    """What became of the checks that were given.

    Args:
        new, updated, unchanged: how many were not there before, differed from what was, or said the same.
        older: how many were left because the store holds a later review of the same claim on the same page.
        withdrawn: how many are gone because the page that held them, read again, no longer does.
        repaired: what was mended, and how often.
    """

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    older: int = 0
    withdrawn: int = 0
    repaired: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed since a moment: checks to put in, ids that are gone, and the stamp of now."""

    put: tuple[str, ...]
    gone: tuple[str, ...]
    stamp: str


class Store:
    """Fact-checks in one file. Use it as a context manager, or close it.

    Args:
        path: the file; it is made, with the folders above it, where `create` says so.
        create: make what is missing; otherwise a missing file is an error.

    Raises:
        InputError: there is no such file, or it cannot be opened.
        FormatError: the file is no store of fact-checks, is damaged, or is of a later version.
    """

    def __init__(self, path: str | Path, *, create: bool = False) -> None:
        self.path = Path(path)
        if not self.path.exists():
            if not create:
                raise InputError(
                    f"{self.path} is not there: put fact-checks in first, with  whence factchecks add SOURCE"
                )
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as e:
                raise InputError(f"{self.path.parent} cannot be made ({e.strerror}): name another --store") from None
        elif self.path.is_dir():
            raise InputError(f"{self.path} is a folder: name a file for the store")
        elif not _is_database(self.path):
            raise FormatError(f"{self.path} is no store of fact-checks: name another file")
        try:
            self._db = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)
        except sqlite3.Error as e:
            raise InputError(f"{self.path} cannot be opened ({e}): check who may write there") from None
        try:
            self._prepare()
        except BaseException:
            self._db.close()
            raise

    def _prepare(self) -> None:
        with self._guarded():
            self._db.execute("PRAGMA trusted_schema = OFF")
            # SQLite's own lower() knows only ASCII.
            self._db.create_function("fold", 1, str.casefold, deterministic=True)
            empty = self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
            if empty:
                self._db.execute("PRAGMA journal_mode = WAL")
                self._create()
            self._db.execute("PRAGMA synchronous = NORMAL")
            application = self._db.execute("PRAGMA application_id").fetchone()[0]
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if application != _APPLICATION:
            raise FormatError(f"{self.path} is a database of another program: name another file for the store")
        if version > _VERSION:
            raise FormatError(f"{self.path} was made by a later whence (format {version}): update whence")

    def _create(self) -> None:
        with self._writing():
            # Another process may have been quicker.
            if self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                return
            for statement in _SCHEMA.split(";"):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA application_id = {_APPLICATION}")
            self._db.execute(f"PRAGMA user_version = {_VERSION}")
            # Names this file's history: an index that was made from another store of the same name is told by it.
            self._db.execute("INSERT INTO meta VALUES ('history', ?), ('serial', '0')", (os.urandom(8).hex(),))

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as e:
            raise InputError(f"{self.path} cannot be used ({e}): check who may write there, and the disk") from None
        except sqlite3.DatabaseError as e:
            raise FormatError(f"{self.path} is no store of fact-checks, or damaged ({e}): name another file") from None

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """All that is written inside is kept together, or nothing of it."""
        with self._guarded():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was added stays."""
        self._db.close()

    def __len__(self) -> int:
        with self._guarded():
            return int(self._db.execute("SELECT count(*) FROM factchecks").fetchone()[0])

    def add(self, entries: Iterable[Entry], *, origin: str = "", whole: bool = False) -> Added:
        """Put checks in: those of the same page and claim replace what is there, unless that is later.

        Args:
            entries: the checks.
            origin: the page or file they were read from.
            whole: `entries` are all that `origin` holds: checks that it held before and no longer holds are removed.

        Returns:
            What became of them.
        """
        counts = Added()
        given: set[str] = set()
        with self._writing():
            for entry in entries:
                given.add(entry.factcheck.id)
                counts.repaired.update(entry.repairs)
                self._put(entry, origin, counts)
            if whole and given:
                before = self._db.execute("SELECT id FROM factchecks WHERE origin = ?", (origin,)).fetchall()
                gone = [id for (id,) in before if id not in given]
                counts.withdrawn += self._drop(gone)
        return counts

    def _put(self, entry: Entry, origin: str, counts: Added) -> None:
        check = entry.factcheck
        record = json.dumps(check.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        row = self._db.execute("SELECT record, published FROM factchecks WHERE id = ?", (check.id,)).fetchone()
        if row is not None and row[0] == record:
            counts.unchanged += 1
            return
        if row is not None and row[1] and (check.published or "") < row[1]:
            counts.older += 1
            return
        self._db.execute(
            "INSERT OR REPLACE INTO factchecks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (check.id, url_key(check.url), origin, check.publisher, check.language, check.published, check.verdict,
             entry.rating_position, record),
        )  # fmt: skip
        self._note(check.id, gone=False)
        if row is None:
            counts.new += 1
        else:
            counts.updated += 1

    def _note(self, id: str, *, gone: bool) -> None:
        self._db.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = 'serial'")
        self._db.execute(
            "INSERT OR REPLACE INTO changes SELECT ?, CAST(value AS INTEGER), ? FROM meta WHERE name = 'serial'",
            (id, gone),
        )

    def remove(self, filters: Filters) -> int:
        """Remove the checks that filters let through; returns how many there were.

        Raises:
            InputError: the filters name nothing: they would remove everything.
        """
        where, values = filters.sql()
        if not where:
            raise InputError("removing needs an id or a filter; to remove everything delete the store's file")
        with self._writing():
            # Built of fixed pieces; every value is bound.
            found = self._db.execute(f"SELECT id FROM factchecks WHERE {where}", values).fetchall()  # noqa: S608
            return self._drop([id for (id,) in found])

    def _drop(self, ids: Sequence[str]) -> int:
        for id in ids:
            self._db.execute("DELETE FROM factchecks WHERE id = ?", (id,))
            self._note(id, gone=True)
        return len(ids)

    def select(self, filters: Filters | None = None, *, limit: int | None = None) -> Iterator[FactCheck]:
        """The checks that filters let through, the latest first; those without a date come last, by id."""
        where, values = (filters or Filters()).sql()
        query = "SELECT record FROM factchecks" + (f" WHERE {where}" if where else "")  # noqa: S608
        query += " ORDER BY published IS NULL, published DESC, id LIMIT ?"
        with self._guarded():
            for (record,) in self._db.execute(query, (*values, -1 if limit is None else limit)):
                yield _read(record)

    def get(self, ids: Iterable[str]) -> Iterator[FactCheck]:
        """The checks with these ids, in their order; those that are not there are left out."""
        with self._guarded():
            for id in ids:
                row = self._db.execute("SELECT record FROM factchecks WHERE id = ?", (id,)).fetchone()
                if row is not None:
                    yield _read(row[0])

    def counts(self, column: str) -> dict[str, int]:
        """How many checks there are by publisher, language or verdict, the most first.

        Args:
            column: `publisher`, `language` or `verdict`.
        """
        if column not in ("publisher", "language", "verdict"):
            raise ValueError(f"checks are counted by publisher, language or verdict; got {column!r}")
        query = f"SELECT {column}, count(*) FROM factchecks GROUP BY 1 ORDER BY 2 DESC, 1"  # noqa: S608
        with self._guarded():
            return dict(self._db.execute(query).fetchall())

    def dates(self) -> tuple[str, str] | None:
        """The first and the last day of publication, or None where no check has one."""
        with self._guarded():
            low, high = self._db.execute("SELECT min(published), max(published) FROM factchecks").fetchone()
        return None if low is None else (low, high)

    def stamp(self) -> str:
        """Names the present state: the file's history and the number of its last change."""
        with self._guarded():
            meta = dict(self._db.execute("SELECT name, value FROM meta").fetchall())
        return f"{meta['history']}:{meta['serial']}"

    def since(self, stamp: str) -> Changes | None:
        """What has changed since a stamp, or None where the stamp is not of this store's past."""
        now = self.stamp()
        history, _, serial = stamp.partition(":")
        if history != now.partition(":")[0] or not serial.isdigit() or int(serial) > int(now.partition(":")[2]):
            return None
        with self._guarded():
            rows = self._db.execute(
                "SELECT id, gone FROM changes WHERE serial > ? AND serial <= ? ORDER BY serial",
                (int(serial), int(now.partition(":")[2])),
            ).fetchall()
        return Changes(tuple(i for i, gone in rows if not gone), tuple(i for i, gone in rows if gone), now)

    def seen(self, url: str, changed: str | None) -> bool:
        """Whether a page was read before and, as far as its date of change tells, has not changed since."""
        with self._guarded():
            row = self._db.execute("SELECT changed FROM pages WHERE page = ?", (url_key(url),)).fetchone()
        return row is not None and (changed is None or changed <= row[0])

    def mark(self, pages: Iterable[tuple[str, str | None]]) -> None:
        """Remember pages as read, each with the date of change that its sitemap or feed gave."""
        with self._writing():
            self._db.executemany(
                "INSERT OR REPLACE INTO pages VALUES (?, ?)", [(url_key(url), day or "") for url, day in pages]
            )


def _is_database(path: Path) -> bool:
    """Whether a file is a database or empty; SQLite itself takes a file of a few bytes for an empty one."""
    try:
        with open(path, "rb") as stream:
            head = stream.read(len(_MAGIC))
    except OSError as e:
        raise InputError(f"{path} cannot be opened ({e.strerror}): check who may read it") from None
    return head in (b"", _MAGIC)


def _read(record: str) -> FactCheck:
    return FactCheck.from_dict(json.loads(record))
