"""Rows of the public Community Notes tables as TSV, as `whence score` and the public scorer read them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from whence.publish.bulk import COLUMNS, Cell
from whence.publish.safe import scalar

__all__ = ["FILES", "tsv_lines"]

FILES = {
    "notes": "notes-00000.tsv",
    "ratings": "ratings-00000.tsv",
    "noteStatusHistory": "noteStatusHistory-00000.tsv",
    "userEnrollment": "userEnrollment-00000.tsv",
}
"""The public name of each table's file."""


def tsv_lines(table: str, rows: Iterable[tuple[Cell, ...]]) -> Iterator[str]:
    """A table as lines, its header first; a row is one line, whatever is in it.

    Args:
        table: a name of `COLUMNS`.
        rows: of that table.

    Yields:
        Lines with their newline. A cell with a quotation mark is quoted, as in CSV.

    Raises:
        ValueError: there is no such table.
    """
    if table not in COLUMNS:
        raise ValueError(f"a table is one of {', '.join(COLUMNS)}; got {table!r}")
    yield _line(COLUMNS[table])
    for row in rows:
        yield _line(row)


def _line(cells: Iterable[Cell]) -> str:
    out = io.StringIO()
    # str.split knows every line separator of Unicode: a reader that goes by those finds no row too many.
    plain = ["" if c is None else " ".join(scalar(c).split()) if isinstance(c, str) else str(c) for c in cells]
    csv.writer(out, delimiter="\t", lineterminator="\n").writerow(plain)
    return out.getvalue()
