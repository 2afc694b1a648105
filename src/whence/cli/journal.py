"""What a batch has done so far, kept on disk: a batch that was killed goes on where it was.

Beside the file or folder of results `NAME` a folder `NAME.partial` holds two files that only ever grow. `results` is
what was made of the stories, one after the other. `journal` is a line of JSON (with what program, options and sources),
then `_ENTRY` bytes for each story: a digest of what was read, what came of it, how many bytes of `results` that is,
their checksum, and a checksum of the entry itself. A story is done when its entry is whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import IO, Any

from whence.cli.files import put
from whence.errors import RangeError

__all__ = ["Entry", "Journal", "digest_of"]

_ENTRY = struct.Struct("<16scQII")
_KINDS = {True: b"R", False: b"F"}
_SYNCED = 5.0
"""Seconds after which what was written is made safe against the machine itself going down."""
_COPIED = 1 << 20
_NAME = 200
"""Characters of a name that the folder's name takes up: the whole of a long one would be too long."""

_SAYS = {
    "whence": "another version of whence",
    "weights": "other weights",
    "format": "another --format",
    "explain": "another --explain",
    "published": "another --published",
    "outlet": "another --outlet",
    "sources": "other stories",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What came of one story: whether it was read, and the bytes of `results` that are its."""

    digest: bytes
    read: bool
    size: int
    checksum: int


def digest_of(item: object) -> bytes:
    """Sixteen bytes that tell whether a story, or what stands in its place, is the same as before."""
    return hashlib.blake2b(repr(item).encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Journal:
    """The record of a batch that is under way.

    Args:
        out: the file or folder of results.
        run: what the results depend on besides the stories; of JSON's types.
        fresh: begin anew, whatever is there.

    Attributes:
        done, failed: stories done so far, and those of them that could not be read.
        finished: whether the run before had done everything but to name its results, which now they are.

    Raises:
        RangeError: another run is under way, or what is there was made with something else.
        OSError: the folder cannot be written to.
    """

    def __init__(self, out: Path, run: dict[str, Any], *, fresh: bool = False) -> None:
        self._out = out
        self.folder = self.folder_of(out)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._mark = self.folder / "finished"
        self.done = self.failed = 0
        self.finished = False
        self._results: IO[bytes] | None = None
        self._journal: IO[bytes] = open(self.folder / "journal", "a+b", buffering=0)  # noqa: SIM115
        try:
            _lock(self._journal, out)
            if fresh:
                self._journal.truncate(0)
                for old in (self._mark, self.results_file):
                    old.unlink(missing_ok=True)
            self._begin(run)
            if self._mark.exists():
                self.finished = True
                self._put()
        except BaseException:
            self.close()
            raise
        self._synced = monotonic()

    @staticmethod
    def folder_of(out: Path) -> Path:
        """Where the record of a batch lies."""
        target = Path(os.path.realpath(out)) if out.is_symlink() else out
        return target.parent / f"{target.name[:_NAME]}.partial"

    def _begin(self, run: dict[str, Any]) -> None:
        """Take up what is whole, and cut off what is not."""
        self._journal.seek(0)
        head = self._journal.readline()
        whole = head.endswith(b"\n")
        if whole:
            _compare(head, run, self._out, self.folder)
        else:
            self._journal.truncate(0)
            head = json.dumps(run, sort_keys=True).encode() + b"\n"
            self._journal.write(head)
        self._head = len(head)
        named = self._mark.exists() and not self.results_file.exists()
        if not named:
            self._results = open(self.results_file, "a+b", buffering=0)  # noqa: SIM115
            self._results.seek(0)
        size = 0
        for entry in self.entries():
            if self._results is not None and not _is_whole(entry, self._results):
                break
            self.done += 1
            self.failed += not entry.read
            size += entry.size
        if self._results is not None:
            self._journal.truncate(self._head + self.done * _ENTRY.size)
            self._results.truncate(size)

    def entries(self) -> Iterator[Entry]:
        """The entries so far, in order, up to the first that is damaged."""
        with open(self.folder / "journal", "rb") as f:
            f.seek(self._head)
            while len(data := f.read(_ENTRY.size)) == _ENTRY.size:
                digest, kind, size, checksum, own = _ENTRY.unpack(data)
                if zlib.crc32(data[:-4]) != own:
                    return
                yield Entry(digest, kind == b"R", size, checksum)

    def add(self, digest: bytes, data: bytes | None) -> None:
        """Keep what came of the next story.

        Args:
            digest: of the story, by `digest_of`.
            data: its results; None where it could not be read.
        """
        assert self._results is not None
        if data:
            _write(self._results, data)
        size, checksum = len(data or b""), zlib.crc32(data or b"")
        entry = _ENTRY.pack(digest, _KINDS[data is not None], size, checksum, 0)[:-4]
        _write(self._journal, entry + zlib.crc32(entry).to_bytes(4, "little"))
        self.done += 1
        self.failed += data is None
        if monotonic() - self._synced > _SYNCED:
            self.sync()

    def sync(self) -> None:
        """Make what was written safe: first the results, then the entries that tell of them."""
        assert self._results is not None
        os.fsync(self._results.fileno())
        os.fsync(self._journal.fileno())
        self._synced = monotonic()

    def results(self) -> Iterator[bytes]:
        """What was kept of each story that was read, in order."""
        with open(self.results_file, "rb") as f:
            for entry in self.entries():
                if entry.read:
                    yield f.read(entry.size)

    @property
    def results_file(self) -> Path:
        """The file of all results, one after the other."""
        return self.folder / "results"

    def put_results(self) -> None:
        """Give the file of all results the name of the file that was asked for, and take the record away."""
        self.sync()
        # Should the process be killed between here and the end, the next run finds that only this was left to do.
        self._mark.touch()
        self._put()

    def _put(self) -> None:
        if self.results_file.exists():
            put(self.results_file, self._out)
        self.remove()

    def close(self) -> None:
        """Let go of the files; they stay, for another run to go on with."""
        self._journal.close()
        if self._results is not None:
            self._results.close()

    def remove(self) -> None:
        """Let go of the files and take them away: the results are in their place, or there are none."""
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _is_whole(entry: Entry, results: IO[bytes]) -> bool:
    """Whether the next bytes of `results` are an entry's."""
    left, checksum = entry.size, 0
    while left and (data := results.read(min(left, _COPIED))):
        checksum = zlib.crc32(data, checksum)
        left -= len(data)
    return not left and checksum == entry.checksum


def _write(f: IO[bytes], data: bytes) -> None:
    """Write all of some bytes; a raw file may take fewer at once."""
    view = memoryview(data)
    while view:
        view = view[f.write(view) :]


def _lock(f: IO[bytes], out: Path) -> None:
    """Hold a file for this process alone, where the system can; the system lets go of it however the process ends."""
    with suppress(ImportError):
        import fcntl

        try:
            fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise RangeError(f"another run is writing to {out}: wait for it, or give another --out") from None


def _compare(head: bytes, run: dict[str, Any], out: Path, folder: Path) -> None:
    """Refuse to go on where a run was begun with something else.

    Raises:
        RangeError: what the run was begun with is not what is given now, or cannot be read.
    """
    try:
        was = json.loads(head)
    except ValueError:
        was = None
    given = json.loads(json.dumps(run))
    other = [key for key in given if not isinstance(was, dict) or was.get(key) != given[key]]
    if other:
        said = " and ".join(_SAYS.get(key, key) for key in other)
        raise RangeError(
            f"an unfinished run for {out} ({folder}) was begun with {said}: give what it was begun with to go on, or "
            "--fresh to begin anew"
        )
