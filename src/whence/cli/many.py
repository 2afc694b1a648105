"""Batches for `whence read`: a progress bar on the terminal, one reading a line or a row group at a time in a file."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from whence.api import Reading, read_many
from whence.cli.files import atomic, folder
from whence.errors import MissingExtra, RangeError
from whence.ingest import Failure

__all__ = ["read_batch", "write_parquet"]

_GROUP = 2000
"""Rows of a Parquet row group: large enough to compress well, small enough to hold in memory."""
_SUFFIX = {"html": ".html", "annotation": ".jsonld", "brat": ".ann", "text": ".txt"}
_UNSAFE = re.compile(r"[^\w.-]+")

Sink = Callable[[Reading], None]


@contextmanager
def _lines(out: Path | None, explain: bool) -> Iterator[Sink]:
    from whence.publish import to_json

    with ExitStack() as stack:
        f = stack.enter_context(atomic(out)) if out else sys.stdout.buffer
        yield lambda reading: _write(f, to_json(reading, explain=explain, indent=None) + "\n")


def _write(f: Any, text: str) -> None:
    f.write(text.encode())


@contextmanager
def _parquet(out: Path) -> Iterator[Sink]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as e:
        raise MissingExtra("pyarrow", "parquet", "write Parquet") from e
    from whence.publish import ROW_SCHEMA, rows

    schema = pa.schema([pa.field(name, _arrow(pa, kind)) for name, kind in ROW_SCHEMA.items()])
    waiting: list[dict[str, Any]] = []
    with atomic(out) as f, pq.ParquetWriter(f, schema, compression="zstd") as writer:

        def flush() -> None:
            writer.write_table(pa.Table.from_pylist(waiting, schema=schema))
            waiting.clear()

        def sink(reading: Reading) -> None:
            waiting.extend(rows(reading))
            if len(waiting) >= _GROUP:
                flush()

        yield sink
        flush()


def _arrow(pa: Any, kind: str) -> Any:
    """The Arrow type for a name of `publish.ROW_SCHEMA`."""
    if kind.startswith("list<"):
        return pa.list_(_arrow(pa, kind[5:-1]))
    return {"string": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}[kind]


@contextmanager
def _folder(out: Path, format: str, explain: bool) -> Iterator[Sink]:
    from whence.cli.read import render, write_brat

    folder(out)
    taken: set[str] = set()
    numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(2))

    def sink(reading: Reading) -> None:
        stem = _UNSAFE.sub("-", Path(reading.story.id).name or "story").strip("-.")[:80] or "story"
        name = stem
        while name.lower() in taken:
            name = f"{stem}-{next(numbers[stem.lower()])}"
        taken.add(name.lower())
        at = out / (name + _SUFFIX[format])
        if format == "brat":
            write_brat(reading, at)
            return
        with atomic(at) as f:
            f.write(render(reading, format, explain=explain).encode())

    yield sink


def _sink(format: str, out: Path | None, explain: bool) -> Any:
    if format == "jsonl":
        return _lines(out, explain)
    if out is None:
        raise RangeError(f"{format} of many stories goes into files; no place was given: add --out PLACE")
    if format == "parquet":
        return _parquet(out)
    return _folder(out, format, explain)


def write_parquet(readings: Iterable[Reading], out: Path) -> None:
    """Write readings as one row a statement (docs/reference/formats.md).

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    with _parquet(out) as sink:
        for reading in readings:
            sink(reading)


def read_batch(
    stories: Sequence[str],
    *,
    format: str,
    out: Path | None,
    published: str | None = None,
    outlet: str | None = None,
    offline: bool = False,
    explain: bool = False,
    workers: int | None = None,
    quiet: bool = False,
) -> int:
    """Read many stories into one place; a bad one is named on stderr and the rest go on.

    Returns:
        How many could not be read.

    Raises:
        RangeError: the format needs `out`, or `workers` is below 1.
        MissingExtra: Parquet was asked for and pyarrow is not installed.
    """
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    done = failed = 0
    with (
        _sink(format, out, explain) as sink,
        Progress(
            SpinnerColumn(),
            TextColumn("reading"),
            MofNCompleteColumn(),
            TextColumn("stories, {task.fields[failed]} failed"),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            console=console,
            disable=quiet or not console.is_terminal,
            transient=True,
        ) as progress,
    ):
        task = progress.add_task("reading", total=None, failed=0, rate="")
        for result in read_many(list(stories), workers=workers, published=published, outlet=outlet, offline=offline):
            if isinstance(result, Failure):
                failed += 1
                progress.console.print(
                    f"whence: {_plain(result.id)}: {_plain(result.reason)}",
                    markup=False,
                    highlight=False,
                    soft_wrap=True,
                )
            else:
                done += 1
                sink(result)
            speed = progress.tasks[0].speed
            progress.update(task, advance=1, failed=failed, rate=f"{speed:.1f} a second" if speed else "")
    if not quiet:
        console.print(f"whence: {done} read, {failed} failed", markup=False, highlight=False)
    return failed


def _plain(text: str) -> str:
    """One printable line of text that comes from outside."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(text.split()))
