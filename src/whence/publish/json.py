"""A reading as JSON, and many as JSON lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TextIO

from whence.records import Reading

__all__ = ["dump", "json_line", "to_json", "write_json_lines"]

# Halves of surrogate pairs cannot be encoded as UTF-8; the others end a line for readers that go by Unicode's rules.
_ESCAPED = re.compile("[\ud800-\udfff\x7f\x85\u2028\u2029]")


def dump(value: object, indent: int | None) -> str:
    """JSON text of plain values, readable, with only what UTF-8 or a line reader cannot carry escaped.

    Args:
        indent: spaces a level, or None for one line.

    Raises:
        ValueError: a number is infinite or not a number.
    """
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
    # Such a character can only stand inside a string, where its escape means the same.
    return _ESCAPED.sub(lambda m: f"\\u{ord(m.group()):04x}", text)


def to_json(reading: Reading, *, explain: bool = False, indent: int | None = 2) -> str:
    """A reading as JSON text (docs/reference/formats.md; version 1 of the contract), without a final newline.

    Keys keep the contract's order, and text stays readable: only what UTF-8 or a line reader cannot carry is escaped.

    Args:
        explain: also give why each label is what it is.
        indent: spaces a level, at least 0, or None for one line.

    Raises:
        ValueError: a figure is infinite or not a number.
    """
    return dump(reading.to_dict(explain), indent)


def json_line(reading: Reading, *, explain: bool = False) -> str:
    """A reading as one line of JSON, with its newline.

    Raises:
        ValueError: a figure is infinite or not a number.
    """
    return to_json(reading, explain=explain, indent=None) + "\n"


def write_json_lines(readings: Iterable[Reading], out: TextIO, *, explain: bool = False) -> int:
    """Write readings as JSON lines, each as soon as it comes.

    Args:
        out: a text file, best opened with `encoding="utf-8"` and `newline="\\n"`.

    Returns:
        How many were written.

    Raises:
        ValueError: a figure is infinite or not a number.
        OSError: the file cannot be written.
    """
    count = 0
    for reading in readings:
        out.write(json_line(reading, explain=explain))
        count += 1
    return count
