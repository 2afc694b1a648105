"""A note's statuses over time, and a contributor's standing: what the public exports say of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from whence.records.note import PublicNote
from whence.records.note_status import NoteStatus

__all__ = ["Contributor", "NoteHistory", "history_of"]


@dataclass(frozen=True, slots=True)
class NoteHistory:
    """When a note had which status.

    Args:
        note: the note.
        first: its first status that was decided (helpful or not helpful), or None.
        latest: its latest that was decided, or None.
        current: its status now, or None before any run.
        changed: when it changed last, ISO 8601 in UTC, ending in Z; or "".
    """

    note: PublicNote
    first: NoteStatus | None = None
    latest: NoteStatus | None = None
    current: NoteStatus | None = None
    changed: str = ""


def history_of(note: PublicNote, statuses: Iterable[NoteStatus]) -> NoteHistory:
    """Sum up a note's statuses.

    Args:
        note: the note.
        statuses: its own, as they were logged: each differs from the one before.
    """
    given = sorted(statuses, key=lambda status: status.computed)
    decided = [status for status in given if status.status != "needs-more-ratings"]
    # The first of a row of equal ones is when a status came to be.
    latest = decided[-1] if decided else None
    current = given[-1] if given else None
    return NoteHistory(
        note, decided[0] if decided else None, latest, current, current.computed if current is not None else ""
    )


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who rates, and may write once the ratings have earned it.

    Args:
        alias: the name in public.
        writes: may write notes.
        changed: when that changed last, ISO 8601 in UTC, ending in Z; or "".
        needed: good ratings still needed before the first note, 0 or more.
        lost: how often the right to write was lost.

    Raises:
        ValueError: When the alias is empty or a number negative.
    """

    alias: str
    writes: bool = False
    changed: str = ""
    needed: int = 0
    lost: int = 0

    def __post_init__(self) -> None:
        if not self.alias or self.needed < 0 or self.lost < 0:
            raise ValueError(f"a contributor has an alias, and counts of 0 or more; got {self.alias!r}")
