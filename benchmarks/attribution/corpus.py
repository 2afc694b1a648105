"""A split of PolNeAR: stories with gold attributions."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Span = tuple[int, int]
LABELS = ("source", "cue", "content")
_LINES = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Gold:
    """One attribution: for each label its pieces, as offsets in code points, in text order."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def load_rows(path: Path) -> list[dict[str, Any]]:
    """Read a split of the corpus.

    Args:
        path: A gzipped JSONL file.

    Returns:
        One mapping a story, as the corpus' README describes it.

    Raises:
        FileNotFoundError: When the file is absent.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def blocks_of(text: str) -> list[Span]:
    """Return the offsets of the paragraphs of a corpus text: its lines that are not blank."""
    return [match.span() for match in _LINES.finditer(text) if match.group().strip()]


def gold_of(row: Mapping[str, Any]) -> list[Gold]:
    """Return the gold attributions of a story.

    Args:
        row: A story of the corpus.

    Returns:
        Attributions that have a cue or a content; pieces of several members of one label are put together.
    """
    attributions = []
    for attribution in row["attributions"]:
        pieces = [sorted((start, end) for member in attribution[label] for start, end in member) for label in LABELS]
        if pieces[1] or pieces[2]:
            attributions.append(Gold(*(tuple(part) for part in pieces)))
    return attributions
