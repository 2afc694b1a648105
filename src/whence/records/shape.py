"""Checking that values read from JSON have the fields and types of a record, before one is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["shaped", "texts"]

Kind = type | tuple[type, ...]


def shaped(values: Any, what: str, **kinds: Kind) -> dict[str, Any]:
    """Return the fields of a JSON object.

    Args:
        values: what was read; hostile.
        what: it should be, to begin a sentence: "a note".
        kinds: for every field its type, or types; a list's elements are not looked at. True and false are no numbers.

    Raises:
        ValueError: it is no object, lacks a field, has one too many, or one of another type.
    """
    if not isinstance(values, Mapping):
        raise ValueError(f"{what} is a JSON object; got {type(values).__name__}")
    if set(values) != set(kinds):
        odd = sorted(map(str, set(values) ^ set(kinds)))[0]
        raise ValueError(f"{what} has the fields {', '.join(kinds)}: {odd[:60]!r} is missing or too many")
    for name, kind in kinds.items():
        value = values[name]
        allowed = kind if isinstance(kind, tuple) else (kind,)
        if not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed):
            words = " or ".join(one.__name__.replace("NoneType", "null") for one in allowed)
            raise ValueError(f"{what}'s {name} is {words}; got {value!r:.60}")
    return dict(values)


def texts(values: list[Any], what: str) -> tuple[str, ...]:
    """Return a list's strings.

    Args:
        values: a list that was read; hostile.
        what: they are, to begin a sentence.

    Raises:
        ValueError: one of them is no string.
    """
    for value in values:
        if not isinstance(value, str):
            raise ValueError(f"{what} are strings; got {value!r:.60}")
    return tuple(values)
