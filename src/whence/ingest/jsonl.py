"""JSONL: one story a line."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from whence.errors import InputError, WhenceError
from whence.ingest.decode import MAX_BYTES
from whence.ingest.failure import Failure
from whence.ingest.record import from_record
from whence.records import Story

__all__ = ["from_jsonl"]

_BOM = b"\xef\xbb\xbf"


def from_jsonl(
    path: str | Path, *, outlet: str | None = None, published: str | None = None
) -> Iterator[Story | Failure]:
    """Read a JSONL file, plain or gzipped, line by line; memory does not grow with it.

    Args:
        path: the file; it is unpacked if its name ends in `.gz`.
        outlet, published: used for the records that do not say.

    Yields:
        A story for each line, or a `Failure` that names the file, the line and the reason. Blank lines are passed over;
        a file of nothing else is a `Failure`.

    Raises:
        InputError: the file cannot be opened.
    """
    try:
        # Closed by the `with` below, which cannot stand here: opening has its own error to tell.
        stream = cast(IO[bytes], gzip.open(path, "rb") if str(path).endswith(".gz") else open(path, "rb"))  # noqa: SIM115
    except OSError as e:
        raise InputError(f"{path} cannot be opened ({e.strerror}): check the path") from None
    with stream:
        number = 0
        empty = True
        while True:
            number += 1
            name = f"{path}:{number}"
            try:
                line = stream.readline(MAX_BYTES + 1)
                if len(line) > MAX_BYTES:
                    # The rest of the line is passed over piece by piece.
                    while (more := stream.readline(1 << 20)) and not more.endswith(b"\n"):
                        pass
                    yield Failure(name, f"the line is longer than {MAX_BYTES} bytes: split it up")
                    continue
            except (OSError, EOFError, zlib.error) as e:
                yield Failure(name, f"the file cannot be read further ({e}): it is damaged or cut off")
                return
            if not line:
                if empty:
                    yield Failure(str(path), "no line of it holds anything: give one JSON object a line")
                return
            if line.strip():
                empty = False
                yield _story(line.removeprefix(_BOM) if number == 1 else line, name, outlet, published)


def _story(line: bytes, name: str, outlet: str | None, published: str | None) -> Story | Failure:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as e:
        what = "nested too deeply" if isinstance(e, RecursionError) else " ".join(str(e).split())[:100]
        return Failure(name, f"the line is no JSON ({what}): write one object a line")
    if not isinstance(record, dict):
        return Failure(name, f"the line is a JSON {type(record).__name__}, not an object: write one object a line")
    try:
        return from_record(record, id=name, outlet=outlet, published=published)
    except WhenceError as e:
        return Failure(name, str(e))
