"""What a trace keeps of an archive: texts, words, quoted spans and fingerprints, in files that are mapped and not read.

Columns grow story by story; fingerprints stand in segments, each sorted by hash, so that new stories come as a new
segment and a search asks every segment. `manifest.json` is replaced at one stroke and says what holds: a killed run
loses at most the segment it was at.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.errors import FormatError
from whence.trace.columns import GrowingColumn
from whence.trace.spans import Spans

__all__ = ["COLUMNS", "Manifest", "Segment", "Store"]

VERSION = 1

COLUMNS: dict[str, str] = {
    "text": "<u1",
    "text_bounds": "<i8",
    "word": "<u4",
    "start": "<i4",
    "length": "<u2",
    "word_bounds": "<i8",
    "quote": "<i4",
    "quote_bounds": "<i8",
    "outlet": "<i4",
}
"""The columns and their types. `*_bounds` have one number more than stories; `quote` has two a span, in words."""


@dataclass(frozen=True)
class Segment:
    """Stories whose fingerprints stand together: the first, how many, and how many fingerprints."""

    first: int
    stories: int
    prints: int

    @property
    def name(self) -> str:
        """What its files' names begin with."""
        return f"segment-{self.first}-{self.stories}"


@dataclass
class Manifest:
    """What of the files holds.

    Attributes:
        shingle, window: as in `Settings`; fingerprints of others cannot be compared.
        given: stories read from the input, those left out included.
        stories: stories taken in.
        sizes: how many numbers of each column hold.
        segments: in the order of their stories.
        outlets: names by number.
        before: of these, how many came with earlier inputs, which were added to.
        digest: of the input's ids and lengths so far, to know it again.
        closed: whether the input was read to its end.
        traced: of `given` and of `stories`, how many the tables beside the store tell of; -1 before there are any.
        skipped: names of the files that list what was left out.
    """

    shingle: int
    window: int
    given: int = 0
    stories: int = 0
    sizes: dict[str, int] = field(default_factory=dict)
    segments: list[Segment] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    before: int = 0
    digest: str = ""
    closed: bool = False
    traced: tuple[int, int] = (-1, 0)
    skipped: list[int] = field(default_factory=list)


class Store:
    """An archive's files in a folder.

    Args:
        folder: the folder; made if need be.
        shingle, window: as in `Settings`; what a new store's fingerprints are made with.

    Raises:
        FormatError: the folder holds a store of another version or with other fingerprints, or a broken one.
    """

    def __init__(self, folder: Path, shingle: int, window: int) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.manifest = self._load(shingle, window)
        self._columns = {
            name: GrowingColumn(folder / f"{name}.column", dtype, self.manifest.sizes.get(name, 0))
            for name, dtype in COLUMNS.items()
        }

    def _load(self, shingle: int, window: int) -> Manifest:
        path = self.folder / "manifest.json"
        if not path.exists():
            return Manifest(shingle, window)
        try:
            held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            version = held.pop("version")
            held["segments"] = [Segment(**each) for each in held["segments"]]
            held["traced"] = tuple(held["traced"])
            manifest = Manifest(**held)
        except (ValueError, TypeError, KeyError) as broken:
            raise FormatError(f"{path} is no manifest of an index ({broken}): name another folder") from None
        if version != VERSION:
            raise FormatError(
                f"an index of version {VERSION} can be read, and {path} says {version}: trace anew elsewhere"
            )
        if (manifest.shingle, manifest.window) != (shingle, window):
            raise FormatError(
                f"{self.folder} has fingerprints of shingle {manifest.shingle} and window {manifest.window}, but "
                f"{shingle} and {window} were asked for: use its own, or name another folder"
            )
        return manifest

    def begin(self) -> None:
        """Make ready for writing: cut off what a killed run left."""
        for column in self._columns.values():
            column.trim()
        if self.manifest.stories == 0 and not self.manifest.sizes:
            for name in COLUMNS:
                if name.endswith("_bounds"):
                    self._columns[name].append(np.zeros(1, np.int64))

    def append(self, columns: dict[str, NDArray[Any]]) -> None:
        """Write numbers at columns' ends; they hold after `commit`.

        Args:
            columns: by name; bounds are absolute, without the first.
        """
        for name, values in columns.items():
            self._columns[name].append(values)

    def add_segment(self, stories: int, hashes: NDArray[np.uint64], story: NDArray[np.int32]) -> None:
        """Write a segment's fingerprints.

        Args:
            stories: how many stories it has; the first follows the last segment's last.
            hashes: uint64, ascending.
            story: int32: the story of each, ascending among equal hashes.
        """
        first = self.manifest.segments[-1].first + self.manifest.segments[-1].stories if self.manifest.segments else 0
        segment = Segment(first, stories, len(hashes))
        self._write(f"{segment.name}.hash", hashes.astype("<u8", copy=False))
        self._write(f"{segment.name}.story", story.astype("<i4", copy=False))
        self.manifest.segments.append(segment)

    def _write(self, name: str, values: NDArray[Any]) -> None:
        with open(self.folder / name, "wb") as file:
            file.write(np.ascontiguousarray(values).data)
            file.flush()
            os.fsync(file.fileno())

    def commit(self) -> None:
        """Let everything written hold, at one stroke."""
        self.manifest.sizes = {name: column.size for name, column in self._columns.items()}
        room = self.folder / ".manifest.json"
        room.write_text(json.dumps({"version": VERSION} | asdict(self.manifest), indent=1) + "\n", encoding="utf-8")
        os.replace(room, self.folder / "manifest.json")

    def column(self, name: str) -> NDArray[Any]:
        """A column, memory-mapped."""
        return self._columns[name].read()

    def quotes(self) -> Spans:
        """Quoted spans by story, in words."""
        return Spans(self.column("quote_bounds"), self.column("quote").reshape(-1, 2))

    def prints(self, segment: Segment) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
        """A segment's fingerprints, memory-mapped: hashes, ascending, and stories."""
        if segment.prints == 0:
            return np.empty(0, np.uint64), np.empty(0, np.int32)
        shape = (segment.prints,)
        return (
            np.memmap(self.folder / f"{segment.name}.hash", "<u8", "r", shape=shape),
            np.memmap(self.folder / f"{segment.name}.story", "<i4", "r", shape=shape),
        )

    def rows_path(self, segment: Segment) -> Path:
        """The Parquet file of a segment's rows of `stories`."""
        return self.folder / f"{segment.name}.parquet"

    def drop(self, segment: Segment) -> None:
        """Throw away the files of a segment that the manifest no longer names."""
        for end in ("hash", "story", "parquet"):
            (self.folder / f"{segment.name}.{end}").unlink(missing_ok=True)

    def text(self, story: int) -> str:
        """One story's text as it was given.

        Raises:
            IndexError: there is no such story.
        """
        if not 0 <= story < self.manifest.stories:
            raise IndexError(f"the archive has stories 0 to {self.manifest.stories - 1}; {story} was asked for")
        bounds = self.column("text_bounds")
        return bytes(self.column("text")[bounds[story] : bounds[story + 1]]).decode("utf-8")
