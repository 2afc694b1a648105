"""The data of a run in compact arrays: ratings by note, notes, raters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whence.consensus.community_notes import NOT_HELPFUL_TAGS, TAGS

__all__ = [
    "BIT",
    "LEVEL_SHIFT",
    "NOT_HELPFUL_MASK",
    "POPULATION",
    "RECENT",
    "STATUSES",
    "TAG_MASK",
    "VALID",
    "Dataset",
    "Notes",
    "Raters",
    "Ratings",
]

BIT = {tag: k for k, tag in enumerate(TAGS)}
"""A tag's bit in a rating's bits."""

TAG_MASK = (1 << len(TAGS)) - 1
NOT_HELPFUL_MASK = sum(1 << BIT[tag] for tag in NOT_HELPFUL_TAGS)
LEVEL_SHIFT = 24
"""Two bits from here hold the level: 0 not helpful, 1 somewhat, 2 helpful."""

POPULATION = 1 << 26
"""The rating was asked of a sample of the population."""

VALID = 1 << 27
"""The rating came before the note's status and before the public could see ratings: it may count for the rater."""

RECENT = 1 << 28
"""The rating was made since the tags last changed (15 December 2021)."""

STATUSES = ("NEEDS_MORE_RATINGS", "CURRENTLY_RATED_HELPFUL", "CURRENTLY_RATED_NOT_HELPFUL")


@dataclass(frozen=True)
class Ratings:
    """Ratings ordered by note, then by rater: 8 bytes a rating.

    Attributes:
        start: int64 (notes + 1): where each note's ratings begin.
        rater: int32 (ratings): raters' places.
        bits: uint32 (ratings): tags, level, source and flags.
        order: int64 (ratings) or None: each rating's row in the files, where it was asked for.
    """

    start: NDArray[np.int64]
    rater: NDArray[np.int32]
    bits: NDArray[np.uint32]
    order: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        return len(self.rater)

    @property
    def level(self) -> NDArray[np.uint8]:
        """uint8 (ratings): 0 not helpful, 1 somewhat, 2 helpful."""
        out = np.empty(len(self.bits), np.uint8)
        np.right_shift(self.bits, np.uint32(LEVEL_SHIFT), out=out, casting="unsafe")
        out &= np.uint8(3)
        return out

    def note(self) -> NDArray[np.int32]:
        """int32 (ratings): each rating's note; made anew at each call."""
        return np.repeat(np.arange(len(self.start) - 1, dtype=np.int32), np.diff(self.start))

    def where(self, keep: NDArray[np.bool_]) -> Ratings:
        """The ratings for which a condition holds, of the same notes.

        Args:
            keep: bool (ratings).
        """
        before = np.zeros(len(keep) + 1, np.int64)
        np.cumsum(keep, out=before[1:])
        return Ratings(
            before[self.start], self.rater[keep], self.bits[keep], None if self.order is None else self.order[keep]
        )


@dataclass(frozen=True)
class Notes:
    """What is known of the notes; all arrays have one place a note, in order of id.

    Attributes:
        id: int64 if every id is a whole number, else bytes.
        created: int64, ms since 1970; -1 where unknown.
        author: int32: the author's place among the raters; -1 where unknown.
        misleading: int8: 1 the note says misleading, 0 not misleading, -1 deleted (in the history alone).
        current: int8: place in `STATUSES` of the status so far; -1 where there is none.
        locked: int8: place in `STATUSES` of the locked status; -1 where it is not locked.
        decided: int64, ms: when the latest status other than needs-more-ratings was given; -1 where never.
        rated: int64: ratings from all groups that could be used.
    """

    id: NDArray[np.int64] | NDArray[np.bytes_]
    created: NDArray[np.int64]
    author: NDArray[np.int32]
    misleading: NDArray[np.int8]
    current: NDArray[np.int8]
    locked: NDArray[np.int8]
    decided: NDArray[np.int64]
    rated: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.created)


@dataclass(frozen=True)
class Raters:
    """What is known of the raters and authors; one place each, in order of id.

    Attributes:
        id: bytes.
        group: int16: the modelling group; -1 a null group, -2 absent from enrollment.
        high_volume: bool: rates more in a week or four than all but one in a thousand.
        correlated: bool: rates in step with others (given from outside; none by default).
    """

    id: NDArray[np.bytes_]
    group: NDArray[np.int16]
    high_volume: NDArray[np.bool_]
    correlated: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.group)


@dataclass(frozen=True)
class Dataset:
    """Everything that scoring reads.

    Attributes:
        ratings: those by raters whom the core scorer hears, on notes that it scores.
        notes: all notes of the files, rated or not.
        raters: all raters and authors of the files.
        now: int, ms: the time of the run, which is the latest rating's unless it was given.
    """

    ratings: Ratings
    notes: Notes
    raters: Raters
    now: int
