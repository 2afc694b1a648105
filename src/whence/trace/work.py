"""What a trace has done so far, in files that appear whole or not at all, so that a killed run goes on where it was."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from numpy.typing import NDArray

from whence.trace.schema import pa

__all__ = ["Work", "replace_json", "replace_table"]


def replace_table(table: pa.Table, path: Path) -> None:
    """Write a table to a Parquet file, which appears when it is whole."""
    room = path.with_name(f".{path.name}")
    pq.write_table(table, room, compression="zstd")
    os.replace(room, path)


def replace_json(value: Any, path: Path) -> None:
    """Write a value as JSON to a file, which appears when it is whole."""
    room = path.with_name(f".{path.name}")
    room.write_text(json.dumps(value, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    os.replace(room, path)


class Work:
    """A folder of results that later stages build on.

    Args:
        folder: made if need be; results of another `key` in it are thrown away.
        key: what the results depend on; JSON-ready.
    """

    def __init__(self, folder: Path, key: Any) -> None:
        self.folder = folder
        self.digest = hashlib.blake2b(json.dumps(key, sort_keys=True).encode(), digest_size=16).hexdigest()
        note = folder / "key"
        if folder.exists() and (not note.exists() or note.read_text(encoding="ascii") != self.digest):
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
        note.write_text(self.digest, encoding="ascii")

    def has(self, name: str) -> bool:
        """Whether a result is there."""
        return (self.folder / name).exists()

    def keep(self, name: str, columns: dict[str, NDArray[Any]]) -> None:
        """Keep arrays of one length under a name."""
        replace_table(pa.table({key: pa.array(values) for key, values in columns.items()}), self.folder / name)

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """The arrays kept under a name."""
        table = pq.read_table(self.folder / name, memory_map=True)
        return {key: table[key].to_numpy() for key in table.column_names}

    def note(self, name: str, value: Any) -> None:
        """Keep a JSON-ready value under a name."""
        replace_json(value, self.folder / name)

    def noted(self, name: str) -> Any:
        """The value kept under a name."""
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    def end(self) -> None:
        """Throw everything away."""
        shutil.rmtree(self.folder, ignore_errors=True)
