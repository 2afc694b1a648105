"""The rows of `stories` in a file that is mapped, so that one row of a million costs what one row of ten does."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from whence.trace.schema import pa

__all__ = ["ROWS", "equal", "ints", "open_rows", "replace_rows", "rows_at"]

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


def equal(column: Any, text: str) -> NDArray[np.int64]:
    """Where a column of strings says a text; null says nothing.

    `pyarrow.scalar` would import pandas as well: the scalar is taken out of an array over the text's bytes.
    """
    data = text.encode("utf-8", "replace")
    held = pa.StringArray.from_buffers(1, pa.py_buffer(np.array([0, len(data)], np.int32)), pa.py_buffer(data))
    found = pc.indices_nonzero(pc.equal(column, held[0]))
    return np.frombuffer(found.buffers()[1], np.uint64, len(found)).astype(np.int64)


def ints(column: Any) -> NDArray[np.int32]:
    """A column of int32 without nulls; `to_numpy` would import pandas."""
    parts = [np.frombuffer(c.buffers()[1], np.int32, c.offset + len(c))[c.offset :] for c in column.chunks if len(c)]
    return np.concatenate([np.empty(0, np.int32), *parts])
