"""The rows of `stories` in a file that is mapped, so that one row of a million costs what one row of ten does."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.trace.schema import pa

__all__ = ["ROWS", "numbers", "open_rows", "replace_rows", "rows_at"]

ROWS = "stories.arrow"
"""Its name in the index."""


def replace_rows(table: pa.Table, path: Path) -> None:
    """Write a table as an Arrow file, uncompressed, which appears when it is whole."""
    room = path.with_name(f".{path.name}")
    with pa.OSFile(str(room), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    os.replace(room, path)


def open_rows(path: Path) -> pa.Table:
    """Such a table, mapped into memory.

    Raises:
        OSError: it is not there.
        pyarrow.ArrowInvalid: it is broken.
    """
    return pa.ipc.open_file(pa.memory_map(str(path), "r")).read_all()


def rows_at(table: pa.Table, numbers: Iterable[int]) -> list[dict[str, Any]]:
    """Rows by number.

    `Table.take` would do, with an array of numbers; to make one imports pandas where that is installed.
    """
    return [table.slice(int(number), 1).to_pylist()[0] for number in numbers]


def numbers(found: Any) -> NDArray[np.int64]:
    """Where a column of booleans, null counting as no, is true."""
    chunks = [np.asarray(chunk.fill_null(False)) for chunk in found.chunks]
    return np.flatnonzero(np.concatenate(chunks)) if chunks else np.empty(0, np.int64)
