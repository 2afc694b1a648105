"""Matches as JSON (docs/reference/match.md; version 1 of the contract)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from whence.publish.checks import Matched
from whence.publish.json import dump
from whence.records import Reading
from whence.records.claim import Match

__all__ = ["MATCH_VERSION", "matches_to_json", "story_matches_to_json"]

MATCH_VERSION = 1
"""Version of the contract."""


def matches_to_json(
    text: str,
    matches: Sequence[Match],
    *,
    size: int,
    threshold: float,
    nearest: float | None = None,
    indent: int | None = 2,
) -> str:
    """The matches of one claim as JSON text, without a final newline.

    Args:
        text: the claim; spans of agreements are into it, and into each fact-check's `claim`.
        matches: best first.
        size: how many fact-checks were searched.
        threshold: the score below which nothing counted as found.
        nearest: where nothing was found, the best score that there was.
        indent: spaces a level, or None for one line.
    """
    return dump(
        {
            "version": MATCH_VERSION,
            "text": text,
            "factchecks": size,
            "threshold": round(threshold, 4),
            "nearest": None if nearest is None else round(nearest, 3),
            "matches": [_match(m) for m in matches],
        },
        indent,
    )


def story_matches_to_json(reading: Reading, matched: Matched, *, indent: int | None = 2) -> str:
    """A reading with the matches of its statements as JSON text, without a final newline.

    Spans of agreements are into the statement's `text` and each fact-check's `claim`.
    """
    statements = []
    for statement in reading.statements:
        matches = matched.by_statement.get(statement.id, ())
        if matches:
            words = reading.text(*statement.content)
            statements.append({"statement": statement.id, "text": words, "matches": [_match(m) for m in matches]})
    return dump(
        {
            "version": MATCH_VERSION,
            "factchecks": matched.size,
            "threshold": round(matched.threshold, 4),
            "statements": statements,
            "reading": reading.to_dict(),
        },
        indent,
    )


def _match(match: Match) -> dict[str, Any]:
    out = match.to_dict()
    # An index keeps no bodies: an empty one would look as if the check had none.
    out["factcheck"] = {k: v for k, v in out["factcheck"].items() if k != "body"}
    return out
