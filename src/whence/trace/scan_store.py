"""The light scan of an archive, kept beside its index in parts: no story is scanned twice when others are added.

Parts are made by processes of their own where there are many: the scan is plain Python and regular expressions. Each
part is a file that appears when it is whole, so that a killed run loses the parts it was at.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from whence.trace.evidence import Credit
from whence.trace.progress import Progress
from whence.trace.scan import Scan, scan
from whence.trace.scanned import Quotes, Ragged, Scanned
from whence.trace.store import Store
from whence.trace.work import replace_table

__all__ = ["PART", "scanned"]

PART = 8192
"""Stories of a part."""
_FEW = 4
"""Parts that are not worth starting a process for."""
_METHOD = b"1"
"""Of the scan: parts made by another one are made anew."""

_CREDIT = pa.struct(
    [
        ("kind", pa.string()), ("name", pa.string()), ("start", pa.int32()), ("end", pa.int32()),
        ("sure", pa.bool_()), ("speaker", pa.string()), ("short", pa.string()),
    ]
)  # fmt: skip
_QUOTE = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("words", pa.int32()), ("source", pa.string())])
_SCHEMA = pa.schema(
    [
        ("head", pa.string()), ("salient", pa.list_(pa.uint32())), ("credits", pa.list_(_CREDIT)),
        ("quotes", pa.list_(_QUOTE)),
    ],
    metadata={b"method": _METHOD},
)  # fmt: skip


def scanned(store: Store, jobs: int, progress: Progress) -> Scanned:
    """Scan the stories that no earlier run has scanned, and give what was found in all.

    Args:
        store: the archive.
        jobs: processes; 1 or more.
        progress: told how many stories have been scanned.

    Raises:
        OSError: the folder cannot be written to, or the disk is full.
    """
    total = store.manifest.stories
    wanted = [part for part in range(-(-total // PART)) if not _there(_path(store, part), _size(total, part))]
    done = total - sum(_size(total, part) for part in wanted)
    progress("reading credits", done, total)
    if jobs > 1 and len(wanted) > _FEW:
        wanted = _elsewhere(store, wanted, jobs, done, progress)
    for part in wanted:
        _make(store, part)
        done += _size(total, part)
        progress("reading credits", done, total)
    return _gathered([pq.read_table(_path(store, part)) for part in range(-(-total // PART))])


def _path(store: Store, part: int) -> Path:
    return store.folder / f"scan-{part}.parquet"


def _size(total: int, part: int) -> int:
    return min(PART, total - part * PART)


def _there(path: Path, size: int) -> bool:
    """Whether a part has been made, of so many stories."""
    try:
        with pq.ParquetFile(path) as held:
            kept = held.schema_arrow.metadata or {}
            return bool(held.metadata.num_rows == size and kept.get(b"method") == _METHOD)
    except (OSError, pa.ArrowException):
        return False


def _make(store: Store, part: int) -> None:
    first = part * PART
    found = [scan(store.text(first + k)) for k in range(_size(store.manifest.stories, part))]
    replace_table(pa.Table.from_pylist([_row(f) for f in found], schema=_SCHEMA), _path(store, part))


def _row(found: Scan) -> dict[str, Any]:
    return {
        "head": found.head,
        "salient": found.salient,
        "credits": [
            {"kind": c.kind, "name": c.name, "start": c.span[0], "end": c.span[1], "sure": c.sure,
             "speaker": c.speaker, "short": c.short}
            for c in found.credits
        ],
        "quotes": [{"start": q.span[0], "end": q.span[1], "words": q.words, "source": q.source} for q in found.quotes],
    }  # fmt: skip


def _elsewhere(store: Store, wanted: Sequence[int], jobs: int, done: int, progress: Progress) -> list[int]:
    """Have parts made by other processes; returns those that none has made."""
    shares = [wanted[k::jobs] for k in range(jobs) if wanted[k::jobs]]
    m = store.manifest
    words = [sys.executable, "-m", "whence.trace.scan_store", str(store.folder), str(m.shingle), str(m.window)]
    running = [
        subprocess.Popen(  # noqa: S603 - this program itself, on a folder of its own
            [*words, *map(str, share)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for share in shares
    ]
    try:
        while any(process.poll() is None for process in running):
            time.sleep(0.2)
            made = sum(_size(m.stories, part) for part in wanted if _path(store, part).exists())
            progress("reading credits", done + made, m.stories)
    finally:
        for process in running:
            process.kill()
            process.wait()
            if process.stdin:
                process.stdin.close()
    return [part for part in wanted if not _there(_path(store, part), _size(m.stories, part))]


class _Texts(Sequence[Any]):
    """A column of texts, made into strings one at a time."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        self._column = column

    def __len__(self) -> int:
        return len(self._column)

    def __getitem__(self, place: Any) -> Any:
        return self._column[place].as_py()


def _gathered(tables: Sequence[pa.Table]) -> Scanned:
    table = pa.concat_tables(tables) if tables else _SCHEMA.empty_table()
    salient, (bounds, credits), (ends, quotes) = (_flat(table[name]) for name in ("salient", "credits", "quotes"))
    found = credits.to_pylist()
    fields = {name: pc.struct_field(quotes, name) for name in ("start", "end", "words", "source")}
    numbers = {name: fields[name].to_numpy().astype(np.int64) for name in ("start", "end", "words")}
    return Scanned(
        heads=_Texts(table["head"]),
        salient=Ragged(salient[0], salient[1].to_numpy()),
        credits={
            int(story): tuple(map(_credit, found[bounds[story] : bounds[story + 1]]))
            for story in np.flatnonzero(np.diff(bounds))
        },
        quotes=Quotes(ends, **numbers, source=_Texts(fields["source"])),
    )


def _flat(column: pa.ChunkedArray) -> tuple[NDArray[np.int64], pa.ChunkedArray]:
    """Where each story's values begin, and the values of all."""
    lengths = pc.list_value_length(column).to_numpy()
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64), pc.list_flatten(column)


def _credit(row: dict[str, Any]) -> Credit:
    span = (row.pop("start"), row.pop("end"))
    return Credit(span=span, **row)


def main(words: Sequence[str]) -> int:
    """Make the parts that another process asks for: FOLDER SHINGLE WINDOW PART..."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    store = Store(Path(words[0]), int(words[1]), int(words[2]))
    for part in words[3:]:
        _make(store, int(part))
    return 0


def _end_with_parent() -> None:
    """End this process when the one that started it has gone: its end of the pipe closes then."""
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
