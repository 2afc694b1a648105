"""Tables with a header: CSV and TSV, whatever their separator and encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import IO

from whence.errors import FormatError
from whence.ingest.decode import decode
from whence.ingest.failure import Failure

__all__ = ["table_rows"]

_FIELD = 200_000  # characters of one field, at most
_COLUMNS = 500


def table_rows(stream: IO[bytes], head: bytes, name: str) -> Iterator[tuple[str, dict[str, str]] | Failure]:
    """Read a table row by row.

    Args:
        stream: the table, from its beginning.
        head: its first bytes, by which its encoding and its separator are told.
        name: what to call it in messages.

    Yields:
        The row's name ("checks.csv:3", by the line it ends on) and its fields by column, empty ones left out; or a
        `Failure`.

    Raises:
        FormatError: it is no text, or has no header.
    """
    # Cut at a line's end, so that no character is cut in two.
    sample = decode(head[: head.rfind(b"\n") + 1] or head, name)
    first = sample.text.lstrip("\ufeff").split("\n", 1)[0]
    separator = max(",;\t|", key=first.count)
    encoding = "utf-8-sig" if sample.encoding == "utf-8" else sample.encoding
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    before = csv.field_size_limit(_FIELD)
    skipped = 0
    try:
        if first.lower().startswith("sep="):  # Excel's own line, before the header
            separator = first[4:5] or separator
            text.readline()
            skipped = 1
        reader = csv.reader((line.replace("\x00", "") for line in text), delimiter=separator)
        columns = [c.strip().lstrip("\ufeff") for c in next(reader, [])]
        if not any(columns) or len(columns) > _COLUMNS:
            raise FormatError(f"{name} has no header: its first line names the columns, such as claim, url, rating")
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as e:
                yield Failure(f"{name}:{reader.line_num + skipped}", f"the row cannot be read ({e})")
                continue
            if any(value.strip() for value in row):
                yield (
                    f"{name}:{reader.line_num + skipped}",
                    {c: v.strip() for c, v in zip(columns, row, strict=False) if c and v.strip()},
                )
    finally:
        csv.field_size_limit(before)
        text.detach()
