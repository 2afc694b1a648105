"""A table of note statistics in which nothing is known yet."""

from __future__ import annotations

from typing import Any

import numpy as np

from whence.consensus.community_notes import NOT_HELPFUL_TAGS
from whence.consensus.rules import NoteStats

__all__ = ["blank_stats"]

_COUNTS = ("ratings", "negative_ratings", "positive_ratings", "minority")
_WIDE = ("tag_total", "tag_ratio")


def blank_stats(notes: int, **known: Any) -> NoteStats:
    """Note statistics with NaN, 0 or False wherever nothing is given.

    Args:
        notes: how many notes.
        known: arrays by name, as in `NoteStats`.
    """
    values: dict[str, Any] = {}
    for name in NoteStats.__dataclass_fields__:
        if name in known:
            values[name] = known[name]
        elif name in _COUNTS:
            values[name] = np.zeros(notes, np.int64)
        elif name == "misleading":
            values[name] = np.ones(notes, np.int8)
        elif name == "helpful_before":
            values[name] = np.zeros(notes, bool)
        elif name == "tag_threshold":
            values[name] = np.full(len(NOT_HELPFUL_TAGS), np.inf)
        elif name in _WIDE:
            values[name] = np.full((notes, len(NOT_HELPFUL_TAGS)), np.nan)
        else:
            values[name] = np.full(notes, np.nan)
    return NoteStats(**values)
