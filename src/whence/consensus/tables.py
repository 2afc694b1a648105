"""Delimited tables read by column name, in pieces: the wanted fields' bounds, and 0/1 columns as bits."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from whence.consensus.ahead import ahead
from whence.consensus.community_notes import Columns
from whence.consensus.report import Report
from whence.consensus.sources import CHUNK, chunks, files_of, members_of
from whence.consensus.split import FLAG, SKIP, SPAN, split_rows
from whence.errors import FormatError, InputError, MissingExtra

__all__ = ["Piece", "pieces"]

_ROWS = 1 << 16
_LONGEST_ROW = 1 << 24


@dataclass(frozen=True)
class Piece:
    """Some rows of a table.

    Attributes:
        text: uint8; the bytes that the spans point into.
        spans: int32 (rows, wanted, 2): begin and end of each wanted field; empty for a column that is absent.
        bits: uint32 (rows): the flags.
        column: the wanted columns' names to their place in `spans`.
    """

    text: NDArray[np.uint8]
    spans: NDArray[np.int32]
    bits: NDArray[np.uint32]
    column: dict[str, int]

    def __len__(self) -> int:
        return len(self.bits)

    def of(self, name: str) -> NDArray[np.int32]:
        """The bounds of one wanted column: int32 (rows, 2), contiguous."""
        return np.ascontiguousarray(self.spans[:, self.column[name]])


def pieces(
    path: Path, columns: Columns, report: Report, progress: Callable[[int], None] | None = None
) -> Iterator[Piece]:
    """Read a table, or a folder of its parts, in pieces.

    Args:
        path: a TSV or CSV file (plain, gz, zip), a Parquet file, or a folder of these; each with its own header.
        columns: which columns are wanted.
        report: where passed-over rows, aliases used and new columns are counted.
        progress: told the decompressed bytes of each piece.

    Yields:
        Rows in file order; rows with too few or too many fields are passed over and counted.

    Raises:
        InputError: if a required column is missing (the message names it and those present), or a file is missing.
        FormatError: if a file is empty, damaged, or has a quotation mark that is never closed.
    """
    # The thread that reads ahead has a report of its own, so that remarks come in the same order in every run.
    met = Report()
    try:
        for piece, size in ahead(_all_pieces(files_of(path), columns, met)):
            if progress is not None:
                progress(size)
            yield piece
    finally:
        report.add(met)


def _all_pieces(files: list[Path], columns: Columns, report: Report) -> Iterator[tuple[Piece, int]]:
    for file in files:
        if file.suffix == ".parquet":
            yield from _pieces(file, _parquet(file), columns, report)
            continue
        for member in members_of(file):
            yield from _pieces(file, chunks(file, member), columns, report)


def _parquet(path: Path) -> Iterator[bytes]:
    """A Parquet file as tab-separated text, so that one reader serves every format."""
    try:
        import polars as pl
    except ImportError as missing:
        raise MissingExtra("polars", "consensus", "read Parquet files") from missing
    try:
        frame = pl.scan_parquet(path)
        total = int(frame.select(pl.len()).collect().item())
        for begin in range(0, max(total, 1), _ROWS):
            part = frame.slice(begin, _ROWS).collect()
            flags = [name for name, kind in part.schema.items() if kind == pl.Boolean]
            part = part.with_columns(pl.col(flags).cast(pl.Int8)) if flags else part
            yield part.write_csv(separator="\t", include_header=begin == 0).encode()
    except pl.exceptions.PolarsError as failure:
        raise FormatError(f"{path} is not a readable Parquet file ({str(failure).splitlines()[0]})") from None


def _pieces(file: Path, stream: Iterator[bytes], columns: Columns, report: Report) -> Iterator[tuple[Piece, int]]:
    """The pieces of one file, each with how many bytes it took."""
    head = b""
    for part in stream:
        head += part
        if b"\n" in head or len(head) > _LONGEST_ROW:
            break
    head = head.removeprefix(b"\xef\xbb\xbf")
    line, _, rest = head.partition(b"\n")
    if not line.strip():
        raise FormatError(f"{file} is empty: a table of {columns.table} with a header line is expected")
    try:
        header = line.decode("utf-8").rstrip("\r")
    except UnicodeDecodeError:
        raise FormatError(f"{file} is not text in UTF-8: a table of {columns.table} is expected") from None
    delimiter = "\t" if "\t" in header else ";" if ";" in header and "," not in header else ","
    kind, slot, place = _plan(file, next(csv.reader([header], delimiter=delimiter)), columns, report)
    wanted = len(place)

    counts = np.zeros(2, np.int64)
    carry = rest
    done = False
    while not done:
        more = next(stream, None)
        done = more is None
        data = carry + (more if more is not None else b"" if carry.endswith(b"\n") or not carry else b"\n")
        text = np.frombuffer(data, np.uint8)
        begin = 0
        while True:
            view = text[begin:]
            spans, bits = np.zeros((_ROWS, wanted, 2), np.int32), np.zeros(_ROWS, np.uint32)
            rows, used = split_rows(view, len(view), ord(delimiter), kind, slot, spans, bits, counts)
            begin += used
            if rows:
                yield Piece(view, spans[:rows], bits[:rows], place), int(used)
            if rows < _ROWS:
                break
        carry = data[begin:]
        if len(carry) > _LONGEST_ROW + CHUNK or (done and carry.strip()):
            raise FormatError(f'{file} has a field opened by " and never closed: mend that row or fetch the file again')
    report.count(f"{columns.table} rows with too few fields, left out", int(counts[0]))
    report.count(f"{columns.table} rows with too many fields, left out", int(counts[1]))


def _plan(
    file: Path, names: list[str], columns: Columns, report: Report
) -> tuple[NDArray[np.int8], NDArray[np.int8], dict[str, int]]:
    """Which column is read how; aliases apply only where the column's own name is absent."""
    aliases = dict(columns.aliases)
    wanted = (*columns.required, *columns.optional)
    place = {name: k for k, name in enumerate(wanted)}
    bit = {name: k for k, name in enumerate(columns.flags)}
    kind = np.zeros(len(names), np.int8)
    slot = np.zeros(len(names), np.int8)
    taken: set[str] = set()
    for column, given in enumerate(names):
        name = given
        if name not in place and name not in bit and aliases.get(given, "") not in {"", *names, *taken}:
            name = aliases[given]
            report.remark(f"{columns.table}: column {given} is read as {name}")
        if name in taken:
            raise InputError(f"column names must differ, but {file} has {name} twice: rename one")
        if name in place:
            kind[column], slot[column] = SPAN, place[name]
            taken.add(name)
        elif name in bit:
            kind[column], slot[column] = FLAG, bit[name]
            taken.add(name)
        elif name not in columns.known:
            report.remark(f"{columns.table}: column {given} is not known and is passed over")
            kind[column] = SKIP
    missing = [name for name in columns.required if name not in taken]
    if missing:
        raise InputError(
            f"a table of {columns.table} needs the column{'s' * (len(missing) > 1)} {', '.join(missing)}, "
            f"but {file} has {', '.join(names[:40])}: rename the column, or give the right file"
        )
    if taken & set(columns.flags):  # a plain note, rater, rating table has no tags at all, and needs no remark
        for name in (*columns.optional, *columns.flags):
            if name not in taken:
                report.remark(f"{columns.table}: column {name} is absent and counts as empty")
    return kind, slot, place
