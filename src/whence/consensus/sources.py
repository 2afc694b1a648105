"""Files as streams of bytes: plain, gzip or zip, one file or a folder of them, and a watch on files that change."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from whence.consensus.ahead import ahead
from whence.errors import FormatError, InputError

__all__ = ["CHUNK", "chunks", "files_of", "members_of"]

CHUNK = 1 << 22
"""Bytes handed on at a time."""

_SUFFIXES = (".tsv", ".csv", ".tsv.gz", ".csv.gz", ".tsv.zip", ".csv.zip", ".txt", ".gz", ".zip", ".parquet")


def files_of(path: Path) -> list[Path]:
    """The data files that a path stands for, in order of name.

    Args:
        path: a file, or a folder of files in one of the formats that are read.

    Returns:
        At least one path; hidden files and files of other kinds in a folder are left out.

    Raises:
        InputError: if the path does not exist or the folder holds no data file.
    """
    if path.is_dir():
        found = sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith(".") and _readable(p))
        if not found:
            raise InputError(
                f"a folder of data files is expected, but {path} holds no .tsv, .csv, .gz or .zip: name one"
            )
        return found
    if not path.exists():
        raise InputError(f"a data file is expected, but {path} does not exist: check the path")
    return [path]


def _readable(path: Path) -> bool:
    return path.name.lower().endswith(_SUFFIXES)


def members_of(path: Path) -> list[str | None]:
    """The tables in a file, each with a header of its own: a zip's members by name, or None for the file itself.

    Args:
        path: an existing file.

    Returns:
        At least one; folders, hidden files and what macOS adds to a zip are left out.

    Raises:
        FormatError: if a zip is damaged or holds no file.
        InputError: if the file cannot be read.
    """
    try:
        with path.open("rb") as handle:
            if handle.read(4) != b"PK\x03\x04":
                return [None]
        with zipfile.ZipFile(path) as archive:
            names = sorted(archive.namelist())
    except zipfile.BadZipFile as failure:
        raise FormatError(f"{path} is a damaged or locked zip file ({failure}): fetch the file again") from None
    except OSError as failure:
        raise _unreadable(path, failure) from None
    kept = [
        n for n in names if not n.endswith("/") and not n.startswith("__MACOSX/") and n.rpartition("/")[2][:1] != "."
    ]
    if not kept:
        raise FormatError(f"a zip with a table in it is expected, but {path} holds no file: fetch it again")
    return list(kept)


def _unreadable(path: Path, failure: OSError) -> InputError:
    return InputError(f"{path} cannot be read ({failure.strerror or failure}): check the file and its rights")


def chunks(path: Path, member: str | None = None) -> Iterator[bytes]:
    """Stream one file's bytes, decompressed, read ahead by a thread while the caller works.

    Args:
        path: a plain, gzip (of one part or several) or zip file; told apart by their first bytes, not by their names.
        member: which file of a zip.

    Yields:
        Pieces of at most about `CHUNK` bytes.

    Raises:
        FormatError: if compressed data is cut short or damaged.
        InputError: if the file changes while it is read, or cannot be read.
    """
    return ahead(_guarded(path, member))


def _guarded(path: Path, member: str | None = None) -> Iterator[bytes]:
    try:
        with path.open("rb", buffering=0) as handle:
            before = os.fstat(handle.fileno())
            magic = handle.read(4)
            handle.seek(0)
            if magic[:2] == b"\x1f\x8b":
                yield from _gzip(handle.fileno(), path)
            elif member is not None:
                yield from _zip(path, member)
            else:
                while piece := handle.read(CHUNK):
                    yield piece
            after = os.stat(path)
    except OSError as failure:
        raise _unreadable(path, failure) from None
    # A replaced file has another inode; an appended or rewritten one another size or time.
    if (before.st_ino, before.st_size, before.st_mtime_ns) != (after.st_ino, after.st_size, after.st_mtime_ns):
        raise InputError(f"{path} changed while it was read: nothing was written; score again when it is at rest")


def _gzip(descriptor: int, path: Path) -> Iterator[bytes]:
    inflate = zlib.decompressobj(wbits=31)
    begun = False
    while raw := os.read(descriptor, 1 << 20):
        while raw:
            if inflate.eof:
                if not raw.strip(b"\0"):
                    break  # tape-style zero padding after the last member
                inflate, begun = zlib.decompressobj(wbits=31), False
            try:
                piece = inflate.decompress(raw, CHUNK)
                begun = True
                if piece:
                    yield piece
                while inflate.unconsumed_tail:
                    piece = inflate.decompress(inflate.unconsumed_tail, CHUNK)
                    if piece:
                        yield piece
            except zlib.error as failure:
                raise FormatError(f"{path} is damaged gzip data ({failure}): fetch the file again") from None
            raw = inflate.unused_data
    if not inflate.eof or not begun:
        raise FormatError(f"{path} is gzip data cut short: fetch the file again")


def _zip(path: Path, name: str) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(path) as archive, archive.open(name) as member:
            while piece := member.read(CHUNK):
                yield piece
    except (zipfile.BadZipFile, EOFError, zlib.error, RuntimeError, NotImplementedError) as failure:
        raise FormatError(f"{path} is a damaged or locked zip file ({failure}): fetch the file again") from None
