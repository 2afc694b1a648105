"""Where a log's files are kept: an interface, and its twin in a folder."""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from whence.errors import InputError
from whence.ledger.paths import CHECKPOINT

__all__ = ["FolderStorage", "Storage"]

_OPEN = 64  # files that are open at once


class Storage(Protocol):
    """Files by path, with one moment at which a change becomes visible."""

    def get(self, path: str) -> bytes | None:
        """Return the file at a path of the log; None where there is none."""
        ...

    def commit(self, files: Mapping[str, bytes], checkpoint: bytes, obsolete: Iterable[str] = ()) -> None:
        """Put files and then the checkpoint that names them; what is obsolete goes last.

        A crash at any moment leaves either the old checkpoint, with every file that it needs, or the new one.
        """
        ...

    def writing(self) -> AbstractContextManager[None]:
        """Be the only writer while the context lasts."""
        ...


class FolderStorage:
    """A log as files in a folder, which any web server can publish as they are.

    Args:
        folder: the log's folder; made when something is first written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, path: str) -> bytes | None:
        """Return a file of the log.

        Args:
            path: as the functions of paths.py give it.

        Returns:
            Its bytes, or None where there is none.

        Raises:
            InputError: when it is there and cannot be read.
        """
        try:
            return (self.folder / path).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as failure:
            raise InputError(f"{self.folder / path} cannot be read ({failure.strerror}): mend the log") from None

    def commit(self, files: Mapping[str, bytes], checkpoint: bytes, obsolete: Iterable[str] = ()) -> None:
        """Write files, and then the checkpoint; delete what is obsolete.

        Args:
            files: bytes by path.
            checkpoint: the new checkpoint; it takes its name when all files are on the disk.
            obsolete: paths that no checkpoint needs any more.

        Raises:
            InputError: when the folder cannot be written to; the log is then as it was.
        """
        self.fill(files)
        with self._named():
            self._put([(CHECKPOINT, checkpoint)])
            _settle(self.folder)
        for path in obsolete:
            with contextlib.suppress(OSError):  # a partial tile too many does no harm, and goes another time
                (self.folder / path).unlink()
                (self.folder / path).parent.rmdir()  # x.p, when it was the last in it

    def fill(self, files: Mapping[str, bytes]) -> None:
        """Write files that no checkpoint names yet.

        Args:
            files: bytes by path.

        Raises:
            InputError: when the folder cannot be written to.
        """
        with self._named():
            rows = list(files.items())
            for first in range(0, len(rows), _OPEN):
                self._put(rows[first : first + _OPEN])
            for parent in sorted({(self.folder / path).parent for path in files}):
                _settle(parent)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the log's lock; other writers, in other processes too, wait.

        Raises:
            InputError: when the folder cannot be written to.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.folder / ".lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as failure:
            raise InputError(
                f"a log is kept in a folder, but {self.folder} cannot be written to ({failure.strerror}): name another"
            ) from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)  # and with it the lock

    @contextlib.contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except OSError as failure:
            raise InputError(
                f"the log {self.folder} cannot be written to ({failure.strerror}): it is as it was; make room or mend "
                "its permissions, and append again"
            ) from None

    def _put(self, files: Sequence[tuple[str, bytes]]) -> None:
        """Write files beside their places, have all of them on the disk, and only then give them their names.

        Written first and settled afterwards, they go to the disk together: one by one each would wait for its own turn.
        """
        with contextlib.ExitStack() as stack:
            written: list[tuple[int, str, Path]] = []
            for path, data in files:
                target = self.folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                handle, name = tempfile.mkstemp(prefix=".", dir=target.parent)
                stack.callback(_discard, name)
                file = stack.enter_context(os.fdopen(handle, "wb"))
                file.write(data)
                file.flush()
                written.append((handle, name, target))
            for handle, name, target in written:
                os.fsync(handle)
                os.chmod(name, 0o644)  # published files: anybody may read them
                os.replace(name, target)


def _discard(name: str) -> None:
    with contextlib.suppress(OSError):  # it has its place, and its name is gone
        os.unlink(name)


def _settle(folder: Path) -> None:
    """Have the names in a folder on the disk, and not in the cache alone."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
