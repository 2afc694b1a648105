"""An archive of readings: the statements in what `whence read … --out` wrote, JSON lines or Parquet."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, cast

from whence.errors import FormatError, InputError, MissingExtra
from whence.match.quantities import quantities
from whence.records import ACTS, Act, Figure
from whence.records.said import Quantity, Said

__all__ = ["read_archive"]

_LINE = 50_000_000  # bytes of one reading
_COLUMNS = (
    "story url outlet published statement text voice sources act figure_words figure_low figure_high figure_units"
).split()


def read_archive(paths: Iterable[str | Path]) -> Iterator[Said]:
    """Read the statements of an archive one after the other; memory does not grow with it.

    Args:
        paths: files of readings, one JSON object a line (`.jsonl`, also `.gz`), or Parquet.

    Yields:
        Statements in the order of the files.

    Raises:
        InputError: a file cannot be opened.
        FormatError: a file holds something else.
        MissingExtra: Parquet needs pyarrow, which is not installed.
    """
    for given in paths:
        path = Path(given)
        try:
            with open(path, "rb") as stream:
                magic = stream.read(4)
        except OSError as e:
            raise InputError(f"{path} cannot be opened ({e.strerror}): check the path") from None
        yield from _parquet(path) if magic == b"PAR1" else _lines(path)


def _lines(path: Path) -> Iterator[Said]:
    opened = gzip.open(path, "rb") if path.name.endswith(".gz") else open(path, "rb")  # noqa: SIM115
    number = 0
    with cast("IO[bytes]", opened) as stream:
        try:
            while line := stream.readline(_LINE):
                number += 1
                if line.strip():
                    yield from _reading(json.loads(line))
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError, EOFError):
            raise FormatError(
                f"{path}:{number} is no reading: give what  whence read … --out FILE.jsonl  wrote"
            ) from None


def _reading(record: Mapping[str, Any]) -> Iterator[Said]:
    story = record["story"]
    text: str = story["text"]
    names = {s["id"]: str(s["label"]) for s in record["sources"]}
    for statement in record["statements"]:
        spans = [(int(a), int(b)) for a, b in statement["content"]]
        words = " … ".join(text[a:b] for a, b in spans)
        figures = [
            Figure(
                (int(f["span"][0]), int(f["span"][1])),
                (f["value"][0], f["value"][1]) if isinstance(f["value"], list) else f["value"],
                f["comparator"],
                f["unit"],
            )
            for f in statement["figures"]
        ]
        found = tuple(_moved(q, spans) for q in quantities(text, figures))
        yield Said(
            text=words,
            sources=tuple(names.get(id, id) for id in statement["source_ids"]),
            own=statement["voice"] == "own",
            act=_act(statement["act"]),
            story=str(story.get("id") or ""),
            statement=str(statement["id"]),
            url=story.get("url"),
            outlet=story.get("outlet"),
            published=story.get("published"),
            quantities=found,
        )


def _moved(quantity: Quantity, spans: list[tuple[int, int]]) -> Quantity:
    """A figure with its place in the statement's words instead of the story's."""
    at = 0
    for start, end in spans:
        if quantity.span and start <= quantity.span[0] and quantity.span[1] <= end:
            place = (quantity.span[0] - start + at, quantity.span[1] - start + at)
            return Quantity(quantity.low, quantity.high, quantity.unit, quantity.words, place)
        at += end - start + len(" … ")
    return Quantity(quantity.low, quantity.high, quantity.unit, quantity.words)


def _parquet(path: Path) -> Iterator[Said]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as e:
        raise MissingExtra("pyarrow", "parquet", "read Parquet") from e
    try:
        for batch in pq.ParquetFile(path).iter_batches(columns=_COLUMNS):
            for row in batch.to_pylist():
                yield _row(row)
    except (pa.ArrowException, ValueError, KeyError, OSError):
        raise FormatError(f"{path} holds no readings: give what  whence read … --out FILE.parquet  wrote") from None


def _row(row: Mapping[str, Any]) -> Said:
    figures = zip(
        row["figure_words"] or (),
        row["figure_low"] or (),
        row["figure_high"] or (),
        row["figure_units"] or (),
        strict=False,
    )
    return Said(
        text=row["text"] or "",
        sources=tuple(row["sources"] or ()),
        own=row["voice"] == "own",
        act=_act(row["act"]),
        story=row["story"] or "",
        statement=row["statement"] or "",
        url=row["url"],
        outlet=row["outlet"],
        published=row["published"],
        quantities=tuple(
            Quantity(*_open(words, low, high), unit, words) for words, low, high, unit in figures if low is not None
        ),
    )


def _act(given: object) -> Act:
    return next((act for act in ACTS if act == given), "assert")


def _open(words: str, low: float, high: float) -> tuple[float, float]:
    """The bounds of a figure whose comparator the table holds only in words."""
    said = f" {words.lower()} "
    if low == high and any(w in said for w in (" more ", " over ", " least ", " above ", " exceed")):
        return low, math.inf
    if low == high and any(w in said for w in (" less ", " fewer ", " under ", " most ", " below ", " up to ")):
        return -math.inf, high
    return low, high
