"""Backup and restore: one file that holds the database as of one moment, and the keys without which its log is lost."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection, connections

from whence._version import __version__
from whence.desk import config
from whence.desk.services import facts
from whence.errors import FormatError, InputError, MissingExtra
from whence.ledger import CHECKPOINT, Audit, Verifier

__all__ = ["backup", "check_log", "restore"]

_KEYS = ("secret.key", "log.key", "log.first.pub", "log.origin")
_MANIFEST = "manifest.json"
_MEMBERS = {_MANIFEST, "desk.sqlite3", "desk.dump", *_KEYS}
_PAGES = 2000  # of SQLite's online backup a step: writers wait for one step, not for the whole


def backup(path: Path) -> dict[str, Any]:
    """Write the desk to a file, while it serves.

    Args:
        path: the file, which only its owner may read: it holds the desk's keys. One that is there is replaced.

    Returns:
        What is in it: database, version, size of the log.

    Raises:
        InputError: when there is no desk, the file cannot be written, or the log in the copy does not hold.
        MissingExtra: when the database is PostgreSQL and its pg_dump is not installed.
    """
    path = path.absolute()
    _insist_on_desk()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".whence-backup-", dir=path.parent) as name:
            folder = Path(name)
            about: dict[str, Any] = {"version": __version__, "database": connection.vendor, "url": config.get().url}
            if connection.vendor == "postgresql":
                _pg_dump(folder / "desk.dump")
                about["log"] = facts.log().checkpoint().size
            else:
                about["log"] = _copy_sqlite(folder / "desk.sqlite3")
            for key in _KEYS:
                if (found := config.get().home / key).exists():
                    shutil.copyfile(found, folder / key)
            about["sha256"] = {one.name: _digest(one) for one in sorted(folder.iterdir())}
            (folder / _MANIFEST).write_text(json.dumps(about, indent=1, sort_keys=True) + "\n", encoding="utf-8")
            _pack(folder, path)
    except OSError as failure:
        raise InputError(f"the backup goes to {path}, which cannot be written ({failure.strerror})") from None
    return about


def _pack(folder: Path, path: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=".whence-backup-", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as archive:
                for one in sorted(folder.iterdir()):
                    archive.add(one, one.name)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
        raise


def _copy_sqlite(path: Path) -> int:
    """Copy the database by SQLite's online backup, and see that the copy is whole; return the size of its log."""
    source = sqlite3.connect(str(connection.settings_dict["NAME"]), timeout=30)
    target = sqlite3.connect(path)
    try:
        source.backup(target, pages=_PAGES)
        target.execute("PRAGMA journal_mode=DELETE")  # One file, without a journal beside it.
        return _whole(target)
    finally:
        target.close()
        source.close()


def _whole(database: sqlite3.Connection) -> int:
    (said,) = database.execute("PRAGMA integrity_check").fetchone()
    if said != "ok":
        raise FormatError(f"the copy of the database is damaged: {said}")

    def get(path: str) -> bytes | None:
        row = database.execute("SELECT data FROM ledger WHERE path = ?", (path,)).fetchone()
        return None if row is None else bytes(row[0])

    if get(CHECKPOINT) is None:
        return 0
    return check_log(get)


def check_log(get: Any) -> int:
    """Audit a log from its first entry to its checkpoint.

    Args:
        get: gives its files by path.

    Returns:
        The number of its entries.

    Raises:
        FormatError: when it does not hold; the text says what.
    """
    audit = Audit(get, Verifier.parse(facts.first_key()))
    for _ in audit.entries():
        pass
    return audit.checkpoint.size


def _postgres(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; the password goes by the environment, where nobody else sees it."""
    found = shutil.which(program)
    if found is None:
        raise MissingExtra(program, "desk", "back up PostgreSQL (install its client programs)")
    settings = connection.settings_dict
    environment = {
        "PGHOST": settings["HOST"], "PGPORT": str(settings["PORT"] or ""), "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"], "PGDATABASE": settings["NAME"],
    }  # fmt: skip
    done = subprocess.run(  # noqa: S603
        [found, *arguments],
        env=os.environ | {name: value for name, value in environment.items() if value},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise InputError(f"{program} failed: {done.stderr.strip()[-300:]}")


def _pg_dump(path: Path) -> None:
    _postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def restore(path: Path) -> dict[str, Any]:
    """Put a backup in the place of an empty desk, and see that its log holds.

    Args:
        path: a file that `backup` wrote.

    Returns:
        What was in it.

    Raises:
        InputError: when the file is no backup, the desk is not empty, or the database is of the other kind.
        FormatError: when a part of it is damaged; nothing was restored then.
    """
    home = config.get().home
    with _unpacked(path, home) as (folder, about):
        if about.get("database") != connection.vendor:
            raise InputError(
                f"the backup holds a {about.get('database')} database, and this desk has {connection.vendor}: set "
                "WHENCE_DATABASE to one of its kind"
            )
        _insist_on_empty()
        if connection.vendor == "postgresql":
            _postgres("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--dbname",
                      str(connection.settings_dict["NAME"]), str(folder / "desk.dump"))  # fmt: skip
        else:
            connections.close_all()
            target = Path(str(connection.settings_dict["NAME"]))
            for beside in ("-wal", "-shm"):
                target.with_name(target.name + beside).unlink(missing_ok=True)
            os.replace(folder / "desk.sqlite3", target)
        for key in _KEYS:
            if (folder / key).exists():
                os.chmod(folder / key, 0o600)
                os.replace(folder / key, home / key)
    facts.forget_key()
    about["log"] = check_log(facts.LogStorage().get) if facts.LogStorage().get(CHECKPOINT) else 0
    return about


@contextlib.contextmanager
def _unpacked(path: Path, home: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    with tempfile.TemporaryDirectory(prefix=".whence-restore-", dir=home) as name:
        folder = Path(name)
        try:
            with tarfile.open(path) as archive:
                for one in archive.getmembers():
                    if one.isfile() and one.name in _MEMBERS:
                        _unpack(archive, one, folder / one.name)
            about = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
            for one, digest in about["sha256"].items():
                if _digest(folder / one) != digest:
                    raise FormatError(f"{one} in the backup is damaged: take an older backup")
        except FileNotFoundError as failure:
            raise InputError(
                f"{failure.filename or path} is not there: name a file that `whence desk backup` wrote"
            ) from None
        except (tarfile.TarError, ValueError, KeyError, TypeError, AttributeError):
            raise InputError(f"{path} is no backup of a desk: name a file that `whence desk backup` wrote") from None
        yield folder, about


def _unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> None:
    """Write a member's bytes, and nothing else of it: no owner, mode or place (Debian 12's Python knows no filter)."""
    source = archive.extractfile(member)
    assert source is not None, "a regular file has bytes"
    with source, os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as target:
        shutil.copyfileobj(source, target)


def _insist_on_desk() -> None:
    """Refuse to back up what is not there, in words."""
    absent = connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists()
    if not absent:
        with connection.cursor() as cursor:
            absent = "ledger" not in connection.introspection.table_names(cursor)
    if absent:
        raise InputError(f"there is no desk in {config.get().home}: name its folder with --home")


def _insist_on_empty() -> None:
    """Refuse to overwrite a desk that anybody has used."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if "ledger" not in tables:
            return
        if connection.vendor == "postgresql":
            raise InputError("the desk's database is not empty: restore into a new one (createdb)")
        cursor.execute("SELECT count(*) FROM ledger")
        if cursor.fetchone()[0]:
            raise InputError("this desk is not empty: restore into a new folder, with --home")
