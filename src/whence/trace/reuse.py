"""A trace's tables and texts, as they lie in a folder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from whence.errors import InputError
from whence.trace.schema import SCHEMAS, pa
from whence.trace.settings import Settings
from whence.trace.store import Store

__all__ = ["Reuse", "open_reuse"]


@dataclass(frozen=True)
class Reuse:
    """What a trace found.

    Attributes:
        folder: where the tables are; NAME.parquet each, and run.json.
        settings: with which it was found.
        counts: stories, skipped, candidates, pairs, passages, families and more, by name.
        seconds: wall time by stage, of the last run.
    """

    folder: Path
    settings: Settings
    counts: dict[str, int]
    seconds: dict[str, float]

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A table: stories, passages, pairs, families, boilerplate or skipped (see `whence.records.reuse`).

        Args:
            name: which.
            columns: of it only these.

        Raises:
            KeyError: there is no such table.
        """
        if name not in SCHEMAS:
            raise KeyError(f"tables are {', '.join(SCHEMAS)}; {name} was asked for")
        return pq.read_table(
            self.folder / f"{name}.parquet", columns=None if columns is None else list(columns), memory_map=True
        )

    def store(self) -> Store:
        """The archive that was traced."""
        return Store(self.folder / "index", self.settings.shingle, self.settings.window)

    def text(self, story: int) -> str:
        """A story's text as it was given.

        Raises:
            IndexError: there is no such story.
        """
        return self.store().text(story)

    def texts(self, stories: Iterable[int]) -> dict[int, str]:
        """Stories' texts by number."""
        store = self.store()
        return {int(story): store.text(int(story)) for story in stories}


def open_reuse(folder: Path) -> Reuse:
    """What an earlier trace found.

    Raises:
        InputError: no finished trace is in the folder.
    """
    try:
        run: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        return Reuse(folder, Settings(**run["settings"]), run["counts"], run["seconds"])
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(f"{folder} holds no finished trace: run  whence trace ARCHIVE --out {folder}  first") from None
