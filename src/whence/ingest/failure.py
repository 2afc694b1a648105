"""What stands in a story's place in a batch when the story could not be had."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Failure"]


@dataclass(frozen=True)
class Failure:
    """A story that could not be had: its name (a path, a URL, a line of a file) and the reason, one line each."""

    id: str
    reason: str
