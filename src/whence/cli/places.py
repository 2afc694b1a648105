"""Where the results of a batch go: standard output, a file of lines, a Parquet file, a folder of pages."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol, Self

from whence.cli.files import atomic, folder, write_brat
from whence.errors import RangeError

if TYPE_CHECKING:
    from whence.cli.formats import Page
    from whence.cli.journal import Journal
    from whence.ingest import Failure
    from whence.records import Story

__all__ = ["Place", "place_for", "write_rows"]

_GROUP = 20_000
"""Rows of a Parquet row group: few groups in a large file, and no more than some 30 MB of them in memory."""
_SUFFIX = {"html": ".html", "annotation": ".jsonld", "brat": ".ann", "text": ".txt"}
_UNSAFE = re.compile(r"[^\w.-]+")
_UNFINISHED = ".whence-page.partial"
"""The page at hand: the journal's lock keeps other runs out, and a run that was killed leaves no more than this."""
_STEM = 80
"""Characters of a page's name that come from its story's."""


class Place(Protocol):
    """What takes the results of a batch, in the stories' order, as a context manager."""

    keeps: bool
    """Whether a record of the batch can be kept beside it."""

    def __enter__(self) -> Self:
        """Make it ready."""

    def __exit__(self, *_: object) -> None:
        """Let go of it."""

    def skip(self, item: Story | Failure, read: bool) -> None:
        """Count a story that is there already."""

    def take(self, item: Story, page: Page) -> bytes:
        """Take the next result; returns what the journal has to keep of it."""

    def finish(self, journal: Journal) -> None:
        """Put everything that the journal has kept in its place, and take the journal away."""


class _Quiet:
    """What most places need not do."""

    keeps = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def skip(self, item: Story | Failure, read: bool) -> None:
        return None

    def take(self, item: Story, page: Page) -> bytes:
        return page.data


class _Stream(_Quiet):
    """Lines to standard output, a pipe or a device: what is out is out."""

    keeps = False

    def __init__(self, out: Path | None) -> None:
        self._out = out
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        self._file = sys.stdout.buffer if self._out is None else open(self._out, "wb")
        return self

    def __exit__(self, *_: object) -> None:
        if self._out is not None and self._file is not None:
            self._file.close()

    def take(self, item: Story, page: Page) -> bytes:
        assert self._file is not None
        self._file.write(page.data)
        return b""

    def finish(self, journal: Journal) -> None:
        """Nothing is left to do."""


class _Lines(_Quiet):
    """A file of lines."""

    def finish(self, journal: Journal) -> None:
        """The journal's results are the file, byte for byte."""
        journal.put_results()


class _Rows(_Quiet):
    """A Parquet file."""

    def __init__(self, out: Path) -> None:
        from whence.publish.arrow import arrow_schema

        self._out = out
        arrow_schema()  # Where pyarrow is missing, this says so before the first story is read.

    def finish(self, journal: Journal) -> None:
        """Gather the rows into row groups."""
        write_rows(journal.results(), self._out, alone=f".{self._out.name[:_STEM]}.partial")
        journal.remove()


class _Pages(_Quiet):
    """A folder with a page for each story, each of them whole or not there."""

    def __init__(self, out: Path, format: str) -> None:
        self._out, self._suffix, self._brat = out, _SUFFIX[format], format == "brat"
        # On disk where it grows: a million names would not be few.
        self._names = sqlite3.connect("")
        self._names.execute("CREATE TABLE taken (name TEXT PRIMARY KEY, next INTEGER) WITHOUT ROWID")

    def __enter__(self) -> Self:
        folder(self._out)
        (self._out / _UNFINISHED).unlink(missing_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._names.close()

    def _path(self, item: Story | Failure) -> Path:
        """The page of a story: named after it; where that name is taken, with a number."""
        stem = _UNSAFE.sub("-", Path(item.id).name or "story").strip("-.")[:_STEM] or "story"
        name, number = stem, 2
        while (row := self._row(name)) is not None:
            if name == stem:
                number = row
            name = f"{stem}-{number}"
            number += 1
        self._names.execute("INSERT INTO taken VALUES (?, 2)", (name.lower(),))
        self._names.execute("UPDATE taken SET next = ? WHERE name = ?", (number, stem.lower()))
        return self._out / (name + self._suffix)

    def _row(self, name: str) -> int | None:
        found = self._names.execute("SELECT next FROM taken WHERE name = ?", (name.lower(),)).fetchone()
        return None if found is None else int(found[0])

    def skip(self, item: Story | Failure, read: bool) -> None:
        """Its name is taken."""
        if read:
            self._path(item)

    def take(self, item: Story, page: Page) -> bytes:
        """Write the page."""
        at = self._path(item)
        if self._brat:
            write_brat(page.data, page.beside, item.id, at, _UNFINISHED)
        else:
            with atomic(at, _UNFINISHED) as f:
                f.write(page.data)
        return b""

    def finish(self, journal: Journal) -> None:
        """All pages are in their place."""
        journal.remove()


def place_for(format: str, out: Path | None) -> Place:
    """The place for the results of a batch.

    Raises:
        RangeError: the format needs a place and none was given, or something else is there.
        MissingExtra: Parquet was asked for and pyarrow is not installed.
    """
    if format == "jsonl" and (out is None or _is_stream(out)):
        return _Stream(out)
    if out is None:
        raise RangeError(f"{format} of many stories goes into files; no place was given: add --out PLACE")
    if format not in ("jsonl", "parquet"):
        return _Pages(out, format)
    if out.is_dir():
        raise RangeError(f"--out is a file here, and {out} is a folder: name a file in it")
    return _Lines() if format == "jsonl" else _Rows(out)


def _is_stream(out: Path) -> bool:
    """Whether something is there that is neither file nor folder: a pipe, a device."""
    try:
        mode = os.stat(out).st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def write_rows(batches: Iterable[bytes], out: Path, alone: str | None = None) -> None:
    """Write a Parquet file of Arrow messages, each with the rows of one reading; memory holds one row group.

    Args:
        alone: as of `whence.cli.files.atomic`.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    from whence.publish.arrow import arrow_schema

    schema = arrow_schema()
    import pyarrow as pa
    import pyarrow.parquet as pq

    waiting: list[Any] = []
    rows = 0
    with atomic(out, alone) as f, pq.ParquetWriter(f, schema, compression="zstd") as writer:
        for data in batches:
            batch = pa.ipc.read_record_batch(pa.py_buffer(data), schema)
            waiting.append(batch)
            rows += batch.num_rows
            if rows >= _GROUP:
                writer.write_table(pa.Table.from_batches(waiting, schema).combine_chunks(), row_group_size=rows)
                waiting, rows = [], 0
        if waiting:
            writer.write_table(pa.Table.from_batches(waiting, schema).combine_chunks(), row_group_size=rows)
