"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from whence.errors import RangeError

__all__ = ["atomic", "folder", "keep_apart", "put", "write_brat"]

_NAMED = 40
"""Characters of a file's name that its temporary file bears: the whole of a long one would be too long."""


@contextmanager
def atomic(path: Path, alone: str | None = None) -> Iterator[IO[bytes]]:
    """A binary file that takes its name only when the block ends well; what was there before stays until then.

    A link stays a link, and what it leads to is replaced. A device or pipe (/dev/stdout) is written to as it is.

    Args:
        alone: the name it bears until then, for a caller who knows that nobody else writes to the folder: what a
            killed process has left under it is taken away by the next to write. Where it is None, a name of its own.

    Raises:
        RangeError: the path is a folder.
        OSError: the folder cannot be written to, or the disk is full.
    """
    try:
        before = os.stat(path).st_mode
    except FileNotFoundError:
        before = None
    if before is not None and stat.S_ISDIR(before):
        raise RangeError(f"--out is a file here, and {path} is a folder: name a file in it")
    if before is not None and not stat.S_ISREG(before):
        with open(path, "wb") as f:
            yield f
        return
    target = Path(os.path.realpath(path))
    _make(target.parent)
    handle, name = _temporary(target, alone)
    try:
        with os.fdopen(handle, "wb") as f:
            yield f
            f.flush()
            os.fsync(f.fileno())
        # mkstemp is private (0600); a result is as readable as the file it replaces, or the user's other new files.
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, stat.S_IMODE(before) if before is not None else 0o666 & ~umask)
        _replace(name, target, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(name)
        raise


def put(finished: Path, path: Path) -> None:
    """Give a finished file another name, in one step; what was there before stays until then, and a link stays one.

    Args:
        finished: on the same file system as `path`.

    Raises:
        OSError: the folder cannot be written to.
    """
    target = Path(os.path.realpath(path))
    with suppress(FileNotFoundError):
        os.chmod(finished, stat.S_IMODE(os.stat(target).st_mode))
    _replace(str(finished), target, path)


def folder(path: Path) -> None:
    """Make a folder for results, with those above it; one that is there already is as good.

    Raises:
        RangeError: something else is there.
        OSError: it cannot be made.
    """
    if path.exists() and not path.is_dir():
        raise RangeError(f"many stories in this format go into a folder, and {path} is a file: give another --out")
    _make(path)


def keep_apart(out: Path | None, stories: tuple[str, ...]) -> None:
    """Refuse to write results over a story.

    Raises:
        RangeError: `out` is one of the stories.
    """
    if out is None or not out.is_file():
        return
    for story in stories:
        with suppress(OSError, ValueError):
            if os.path.samefile(out, story):
                raise RangeError(f"--out is {out}, the story itself, which would be lost: give another file")


def write_brat(annotations: bytes, text: bytes, story: str, out: Path, alone: str | None = None) -> None:
    """Write NAME.ann, and beside it NAME.txt with exactly the text that its offsets are into, as brat opens them.

    Args:
        story: the story's id, its path where it is a file.
        alone: as of `atomic`.

    Raises:
        RangeError: `out` is itself called NAME.txt, or NAME.txt is the story's own file and has another encoding.
    """
    beside = out.with_suffix(".txt")
    if beside == out:
        raise RangeError(f"brat keeps the text in NAME.txt; --out is {out}: name it {out.with_suffix('.ann')}")
    own = beside.is_file() and Path(story).is_file() and beside.samefile(story)
    if own and beside.read_bytes() != text:
        raise RangeError(f"brat needs {beside} in UTF-8, and that is the story itself: write to another folder")
    with atomic(out, alone) as f:
        f.write(annotations)
    if not own:
        with atomic(beside, alone) as f:
            f.write(text)


def _temporary(target: Path, alone: str | None) -> tuple[int, str]:
    """A new file beside another: its handle and path."""
    if alone is None:
        return tempfile.mkstemp(prefix=f".{target.name[:_NAMED]}.", dir=target.parent)
    path = target.parent / alone
    path.unlink(missing_ok=True)
    # Exclusive: a link that somebody put there meanwhile is not followed.
    return os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600), str(path)


def _make(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as e:
        raise RangeError(f"{e.filename} is a file, not a folder: results cannot be written under it") from None


def _replace(name: str, target: Path, path: Path) -> None:
    try:
        os.replace(name, target)
    except OSError as e:
        # The user knows the name he gave, not the temporary file's.
        raise OSError(e.errno, e.strerror, str(path)) from None
