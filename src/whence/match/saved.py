"""An index in a folder of plain files: arrays as npy, terms and fact-checks as lines, the rest as JSON."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from whence.errors import FormatError
from whence.match.kinds import KINDS, TITLE
from whence.match.lexical import Field, Posting
from whence.match.lines import Lines
from whence.match.ragged import Ragged
from whence.match.rows import WIDTH, Rows
from whence.match.vectors import Vectors

__all__ = ["FORMAT", "read", "write"]

FORMAT = 3
_META = "index.json"
_LINES = "factchecks.jsonl"
_TERMS = "terms.txt"
_ARRAYS: dict[str, tuple[type[np.generic], int]] = {
    "line-ends": (np.int64, 1),
    "words-starts": (np.int64, 1),
    "words-rows": (np.int32, 1),
    "words-counts": (np.uint8, 1),
    "words-lengths": (np.int32, 1),
    "text-starts": (np.int64, 1),
    "text-rows": (np.int32, 1),
    "text-counts": (np.uint8, 1),
    "text-lengths": (np.int32, 1),
    "forward-starts": (np.int64, 1),
    "forward-terms": (np.int32, 1),
    "forward-kinds": (np.uint8, 1),
    "running-starts": (np.int64, 1),
    "running-terms": (np.int32, 1),
    "vector-codes": (np.uint8, 2),
    "vector-scales": (np.float32, 1),
}


def write(folder: Path, rows: Rows, facts: Mapping[str, Any]) -> None:
    """Write an index; the folder takes its name, and what was there before goes, when everything is written.

    Args:
        folder: where it goes; its parents are made.
        rows: none of them removed.
        facts: what else index.json holds; JSON-ready values.

    Raises:
        FormatError: When something else than an index is there.
        OSError: When the place cannot be written to, or the disk is full.
    """
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / _META).is_file())):
        raise FormatError(f"an index goes into a folder of its own, and {folder} holds something else: name another")
    folder.parent.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(prefix=f".{folder.name[:40]}.", dir=folder.parent))
    try:
        ends = np.zeros(len(rows.lines), np.int64)
        at = 0
        with (room / _LINES).open("wb") as out:
            for row in range(len(rows.lines)):
                at += out.write(rows.lines.line(row))
                ends[row] = at
        words, text = rows.words.whole(), rows.text.whole()
        forward, running = rows.forward.whole(), rows.running.whole()
        arrays: dict[str, npt.NDArray[Any]] = {
            "line-ends": ends,
            "words-starts": words.starts,
            "words-rows": words.rows,
            "words-counts": words.counts,
            "words-lengths": rows.words.lengths,
            "text-starts": text.starts,
            "text-rows": text.rows,
            "text-counts": text.counts,
            "text-lengths": rows.text.lengths,
            "forward-starts": forward[0],
            "forward-terms": forward[1][0],
            "forward-kinds": forward[1][1],
            "running-starts": running[0],
            "running-terms": running[1][0],
            "vector-codes": rows.vectors.codes,
            "vector-scales": rows.vectors.scales,
        }
        for name, array in arrays.items():
            np.save(room / f"{name}.npy", array, allow_pickle=False)
        (room / _TERMS).write_text("".join(f"{term}\n" for term in rows.vocabulary), encoding="utf-8", newline="\n")
        sizes = {file.name: file.stat().st_size for file in sorted(room.iterdir())}
        meta = {**facts, "format": FORMAT, "sizes": sizes}
        (room / _META).write_text(json.dumps(meta, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        umask = os.umask(0)
        os.umask(umask)
        room.chmod(0o777 & ~umask)
        _swap(room, folder)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def read(folder: Path) -> tuple[Rows, dict[str, Any]]:
    """Read an index; arrays stay in their files and are mapped into memory.

    Args:
        folder: a folder that `write` made.

    Returns:
        The rows, and what index.json holds.

    Raises:
        FormatError: When it is no index, of another format, or damaged.
    """
    try:
        meta: dict[str, Any] = json.loads((folder / _META).read_text(encoding="utf-8"))
        if not isinstance(meta, dict) or meta.get("format") != FORMAT:
            raise ValueError(f"its format is not {FORMAT}")
        for name, size in meta["sizes"].items():
            if Path(name).name != name or (folder / name).stat().st_size != size:
                raise ValueError(f"{name} is not of the size that was written")
        arrays = {name: _array(folder, name) for name in _ARRAYS}
        terms = (folder / _TERMS).read_text(encoding="utf-8").split("\n")[:-1]
        _check(arrays, len(terms))
        rows = Rows(
            Lines(folder / _LINES, arrays["line-ends"]),
            {term: number for number, term in enumerate(terms)},
            _field(arrays, "words"),
            _field(arrays, "text"),
            Ragged(arrays["forward-starts"], arrays["forward-terms"], arrays["forward-kinds"]),
            Ragged(arrays["running-starts"], arrays["running-terms"]),
            Vectors(arrays["vector-codes"], arrays["vector-scales"]),
            np.ones(len(arrays["line-ends"]), bool),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FormatError(f"{folder} is no index that this whence can read ({error}): build it again") from error
    return rows, meta


def _array(folder: Path, name: str) -> npt.NDArray[Any]:
    path = folder / f"{name}.npy"
    array: npt.NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    dtype, dimensions = _ARRAYS[name]
    if array.dtype != dtype or array.ndim != dimensions:
        raise ValueError(f"{path.name} holds {array.dtype} in {array.ndim} dimensions")
    return np.asarray(array)


def _check(arrays: Mapping[str, npt.NDArray[Any]], terms: int) -> None:
    """Refuse arrays that do not fit one another, of which a query would read beyond the end."""
    rows = len(arrays["line-ends"])
    sound = (
        arrays["vector-codes"].shape == (rows, WIDTH)
        and len(arrays["vector-scales"]) == rows
        and len(arrays["forward-starts"]) == len(arrays["running-starts"]) == rows + 1
        and len(arrays["forward-kinds"]) == len(arrays["forward-terms"])
        and int(arrays["forward-kinds"].max(initial=0)) < len(KINDS) + TITLE
    )
    # Postings hold rows by term; the others hold terms by row.
    for name, entries in (("words", "rows"), ("text", "rows"), ("forward", "terms"), ("running", "terms")):
        starts, values = arrays[f"{name}-starts"], arrays[f"{name}-{entries}"]
        ends, limit = (terms, rows) if entries == "rows" else (rows, terms)
        sound = (
            sound
            and 1 <= len(starts) <= ends + 1
            and int(starts[0]) == 0
            and int(starts[-1]) == len(values)
            and bool((np.diff(starts) >= 0).all())
            and (not len(values) or (int(values.min()) >= 0 and int(values.max()) < limit))
        )
    for name in ("words", "text"):
        sound = sound and len(arrays[f"{name}-lengths"]) == rows
        sound = sound and len(arrays[f"{name}-counts"]) == len(arrays[f"{name}-rows"])
    if not sound or not bool((np.diff(arrays["line-ends"]) > 0).all()):
        raise ValueError("its files do not fit one another")


def _field(arrays: Mapping[str, npt.NDArray[Any]], name: str) -> Field:
    posting = Posting(arrays[f"{name}-starts"], arrays[f"{name}-rows"], arrays[f"{name}-counts"])
    return Field([posting], arrays[f"{name}-lengths"])


def _swap(room: Path, folder: Path) -> None:
    """Give the new folder the name; for an instant there may be none, never one that is half written."""
    if not folder.exists():
        room.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name[:40]}.old.", dir=folder.parent))
    try:
        # A folder may be renamed onto an empty one.
        folder.rename(old)
        room.rename(folder)
    finally:
        shutil.rmtree(old, ignore_errors=True)
