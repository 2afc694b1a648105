"""A story's record as a file, and a record or badge read from one that may be hostile."""

from __future__ import annotations

import json
from typing import Any

from whence.errors import FormatError
from whence.publish.json import dump
from whence.records.story_record import StoryRecord

__all__ = ["MOST_BYTES", "read_record", "to_record_json"]

MOST_BYTES = 16 * 2**20
"""Of a record's file."""


def to_record_json(record: StoryRecord) -> str:
    """The record as JSON text that ends in a newline; equal records give equal text."""
    return dump(record.to_dict(), 1) + "\n"


def read_record(data: bytes) -> StoryRecord:
    """Read a record.

    Args:
        data: a file as fetched.

    Raises:
        FormatError: it is too large, no JSON, or no record; the text says which field.
    """
    if len(data) > MOST_BYTES:
        raise FormatError(f"a record has at most {MOST_BYTES} bytes, this one {len(data)}")
    try:
        found: Any = json.loads(data, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise FormatError("a record is JSON in UTF-8, each key once in its object: this is not") from None
    try:
        return StoryRecord.from_dict(found)
    except ValueError as failure:
        raise FormatError(f"the record does not hold together: {failure}") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse an object with a key given twice: of two readers, one would see the first value and one the last."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is given twice")
    return found


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number of JSON")
