"""The four public tables, or any table of note, rater and rating, read once into compact arrays."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from whence.consensus.community_notes import ENROLLMENT, LEVELS, NOTES, RATINGS, STATUS_HISTORY
from whence.consensus.dataset import LEVEL_SHIFT, POPULATION, STATUSES, TAG_MASK, Dataset
from whence.consensus.interner import Interner
from whence.consensus.order import Block
from whence.consensus.parse import EMPTY, MALFORMED, whole_numbers, words
from whence.consensus.preprocess import Tables, preprocess
from whence.consensus.report import Report
from whence.consensus.tables import Piece, pieces
from whence.errors import InputError

__all__ = ["Inputs", "read"]

_WORDS = (*LEVELS, "0", "0.0", "0.5", "1", "1.0", "-1", "-1.0", "1.00", "0.50", "0.00", "2", "somewhat")
# What each word means where the column holds 0, ½ and 1, and where it holds -1, 0 and 1; 3 is "no level".
_UNIT = np.array([0, 1, 2, 0, 0, 1, 2, 2, 0, 0, 2, 1, 0, 3, 1], np.uint32)
_VOTE = np.array([0, 1, 2, 1, 1, 3, 2, 2, 0, 0, 2, 3, 1, 3, 1], np.uint32)
_MINUS = (8, 9)
_LONGEST_ID = 256
_HELPFUL_V1, _NOT_HELPFUL_V1 = np.uint32(1 << 22), np.uint32(1 << 23)

Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Inputs:
    """Where the tables lie.

    Attributes:
        ratings: file or folder; needed.
        notes, status, enrollment: file or folder, or None: without notes every note counts as one that says
            misleading; without enrollment every rater is heard.
        correlated: None, or a file with one rater id a line whose ratings are left out of one of the final fits.
    """

    ratings: Path
    notes: Path | None = None
    status: Path | None = None
    enrollment: Path | None = None
    correlated: Path | None = None


def read(
    inputs: Inputs,
    report: Report,
    *,
    now: int | None = None,
    keep_order: bool = False,
    progress: Progress | None = None,
) -> Dataset:
    """Read everything once and ready it for scoring.

    Args:
        inputs: where the tables lie.
        report: where repairs are counted.
        now: ms since 1970; the latest rating's time if None.
        keep_order: whether each rating's row number is kept (8 bytes a rating more), as replaying a run needs.
        progress: told a table's name and the bytes just read.

    Returns:
        The data in canonical order: the same for any order of rows.

    Raises:
        InputError: if a table cannot be used; see `whence.consensus.tables.pieces`.
    """
    notes, raters = Interner(1 << 14), Interner(1 << 16)
    note_rows = _notes(inputs.notes, notes, raters, report, progress) if inputs.notes else None
    status_rows = _status(inputs.status, notes, raters, report, progress) if inputs.status else None
    blocks = _ratings(inputs.ratings, notes, raters, report, keep_order, progress)
    if not blocks:
        raise InputError(f"at least one rating that can be used is needed, but {inputs.ratings} holds none")
    groups = _enrollment(inputs.enrollment, raters, report, progress) if inputs.enrollment else None
    correlated = np.zeros(len(raters), bool)
    if inputs.correlated:
        known = {raw: k for k, raw in enumerate(raters.strings().tolist())}
        ids = inputs.correlated.read_bytes().split()
        correlated[[known[i] for i in ids if i in known]] = True
        report.count("correlated raters who rated nothing", sum(i not in known for i in ids))
    tables = Tables(
        blocks=blocks,
        note_ids=notes.strings(),
        rater_ids=raters.strings(),
        notes=note_rows,
        status=status_rows,
        groups=groups,
        correlated=correlated,
    )
    return preprocess(tables, report, now=now)


def _told(progress: Progress | None, table: str) -> Callable[[int], None] | None:
    return None if progress is None else lambda size: progress(table, size)


def _known(piece: Piece, name: str, ids: Interner) -> tuple[NDArray[np.int32], int]:
    """Number a column of ids; overlong ones, which would widen every other, count as missing, and are counted."""
    spans = piece.of(name)
    long = spans[:, 1] - spans[:, 0] > _LONGEST_ID
    spans[long, 1] = spans[long, 0]
    return ids.number(piece.text, spans), int(np.count_nonzero(long))


def _count_long(report: Report, name: str, times: int) -> None:
    report.count(f"{name} longer than {_LONGEST_ID} bytes, read as missing", times)


def _reported(piece: Piece, name: str, ids: Interner, report: Report) -> NDArray[np.int32]:
    numbers, long = _known(piece, name, ids)
    _count_long(report, name, long)
    return numbers


def _numbers(piece: Piece, name: str) -> NDArray[np.int64]:
    out = np.empty(len(piece), np.int64)
    whole_numbers(piece.text, piece.of(name), out)
    return out


def _ratings(
    path: Path, notes: Interner, raters: Interner, report: Report, keep_order: bool, progress: Progress | None
) -> list[Block]:
    with ThreadPoolExecutor(1) as other:
        return _rating_blocks(path, notes, raters, report, keep_order, progress, other)


def _rating_blocks(
    path: Path, notes: Interner, raters: Interner, report: Report, keep_order: bool, progress: Progress | None,
    other: ThreadPoolExecutor,
) -> list[Block]:  # fmt: skip
    blocks: list[Block] = []
    row = 0
    votes = False
    timed = False
    for piece in pieces(path, RATINGS, report, _told(progress, "ratings")):
        # Numbering raters takes as long as everything else here, so it is done beside it.
        numbered = other.submit(_known, piece, "raterParticipantId", raters)
        note, long_notes = _known(piece, "noteId", notes)
        time = _numbers(piece, "createdAtMillis")
        word = words(piece.text, piece.of("helpfulnessLevel"), _WORDS)
        source = words(piece.text, piece.of("ratingSourceBucketed"), ("POPULATION_SAMPLED",))
        bits = piece.bits
        # The first form (until June 2021) had two boxes instead of three levels; where ticked, they decide.
        word[(bits & _NOT_HELPFUL_V1) != 0] = 0
        word[(bits & _HELPFUL_V1) != 0] = 2
        votes = votes or bool(np.isin(word, _MINUS).any())

        rater, long_raters = numbered.result()
        _count_long(report, "noteId", long_notes)
        _count_long(report, "raterParticipantId", long_raters)
        good = np.ones(len(piece), bool)
        _drop(good, (note < 0) | (rater < 0), "ratings without a note or a rater, left out", report)
        _drop(good, word == -1, "ratings without a level, left out", report)
        _drop(good, word == -2, "ratings of an unknown level, left out", report)
        _drop(good, time == MALFORMED, "ratings whose time is no whole number, left out", report)
        timed = timed or bool((time != EMPTY).any())
        time[time == EMPTY] = -1
        bits &= np.uint32(TAG_MASK)
        bits |= word.astype(np.uint32) << np.uint32(LEVEL_SHIFT)
        bits |= (source == 0).astype(np.uint32) << np.uint32(31)
        rows = np.arange(row, row + len(piece), dtype=np.int64)[good] if keep_order else None
        row += len(piece)
        if good.all():
            blocks.append((note, rater, time, bits, rows))
        elif good.any():
            blocks.append((note[good], rater[good], time[good], bits[good], rows))
    if not timed and blocks:
        report.remark("ratings have no times: none is too late, and no rater rates in high volume")
    meaning = _VOTE if votes else _UNIT
    if votes:
        report.remark("ratings are read as votes: -1 not helpful, 0 somewhat, 1 helpful")
    for block in blocks:
        _settle(block[3], meaning)
    unsettled = sum(int(np.count_nonzero((b[3] >> np.uint32(LEVEL_SHIFT)) & np.uint32(3) == 3)) for b in blocks)
    if unsettled:
        report.count("ratings of an unknown level, left out", unsettled)
        for k, (note, rater, time, bits, rows) in enumerate(blocks):
            good = (bits >> np.uint32(LEVEL_SHIFT)) & np.uint32(3) != 3
            blocks[k] = (note[good], rater[good], time[good], bits[good], None if rows is None else rows[good])
    return [block for block in blocks if len(block[0])]


def _drop(good: NDArray[np.bool_], bad: NDArray[np.bool_], what: str, report: Report) -> None:
    report.count(what, int(np.count_nonzero(good & bad)))
    good &= ~bad


def _settle(bits: NDArray[np.uint32], meaning: NDArray[np.uint32]) -> None:
    """Put the level in place of the word's number, and the source's flag in its own place."""
    level = meaning[(bits >> np.uint32(LEVEL_SHIFT)) & np.uint32(15)]
    sampled = (bits >> np.uint32(31)) * np.uint32(POPULATION)
    bits &= np.uint32(TAG_MASK)
    bits |= (level << np.uint32(LEVEL_SHIFT)) | sampled


def _notes(
    path: Path, notes: Interner, raters: Interner, report: Report, progress: Progress | None
) -> dict[str, NDArray[np.int64]]:
    """Note number, author number, creation (ms) and whether the note says misleading: 1, 0, or 2 for other words."""
    parts = []
    for piece in pieces(path, NOTES, report, _told(progress, "notes")):
        note = _reported(piece, "noteId", notes, report)
        author = _reported(piece, "noteAuthorParticipantId", raters, report)
        created = _numbers(piece, "createdAtMillis")
        word = words(
            piece.text, piece.of("classification"), ("NOT_MISLEADING", "MISINFORMED_OR_POTENTIALLY_MISLEADING")
        )
        good = np.ones(len(piece), bool)
        _drop(good, note < 0, "notes without an id, left out", report)
        _drop(good, created < 0, "notes without a time that can be read, left out", report)
        report.count("notes of an unknown classification, whose ratings are left out", int((word[good] < 0).sum()))
        word[word < 0] = 2
        parts.append(np.stack([note, author, created, word.astype(np.int64)])[:, good])
    table = np.concatenate(parts, axis=1) if parts else np.empty((4, 0), np.int64)
    return dict(zip(("note", "author", "created", "misleading"), _once(table, "notes", report), strict=True))


def _once(table: NDArray[np.int64], name: str, report: Report) -> NDArray[np.int64]:
    """One column a note: of duplicate rows the one with the largest values stays."""
    order = np.lexsort(table[::-1])
    last = np.ones(len(order), bool)
    last[:-1] = table[0, order[1:]] != table[0, order[:-1]]
    report.count(f"duplicate {name}, left out", len(order) - int(last.sum()))
    return table[:, order[last]]


def _status(
    path: Path, notes: Interner, raters: Interner, report: Report, progress: Progress | None
) -> dict[str, NDArray[np.int64]]:
    """Note and author number, creation, current and locked status, and when the latest real status was given (ms)."""
    parts = []
    for piece in pieces(path, STATUS_HISTORY, report, _told(progress, "noteStatusHistory")):
        note = _reported(piece, "noteId", notes, report)
        author = _reported(piece, "noteAuthorParticipantId", raters, report)
        created = _numbers(piece, "createdAtMillis")
        decided = _numbers(piece, "timestampMillisOfLatestNonNMRStatus")
        current = words(piece.text, piece.of("currentStatus"), STATUSES).astype(np.int64)
        locked = words(piece.text, piece.of("lockedStatus"), STATUSES).astype(np.int64)
        good = np.ones(len(piece), bool)
        _drop(good, note < 0, "status rows without a note, left out", report)
        report.count("unknown statuses, read as none", int((current[good] == -2).sum() + (locked[good] == -2).sum()))
        rows = [note, author, np.maximum(created, -1), np.maximum(current, -1), np.maximum(locked, -1)]
        parts.append(np.stack([*rows, np.maximum(decided, -1)])[:, good])
    table = np.concatenate(parts, axis=1) if parts else np.empty((6, 0), np.int64)
    names = ("note", "author", "created", "current", "locked", "decided")
    return dict(zip(names, _once(table, "status rows", report), strict=True))


def _enrollment(path: Path, raters: Interner, report: Report, progress: Progress | None) -> NDArray[np.int16]:
    """int16 (raters): the modelling group, -1 for a null group, -2 for raters absent from the table."""
    groups = np.full(len(raters), -2, np.int16)
    for piece in pieces(path, ENROLLMENT, report, _told(progress, "userEnrollment")):
        rater = raters.number(piece.text, piece.of("participantId"), add=False)
        group = _numbers(piece, "modelingGroup")
        report.count("modelling groups that are no whole number, read as null", int((group == MALFORMED).sum()))
        group[(group < 0) | (group > 30_000)] = -1
        groups[rater[rater >= 0]] = group[rater >= 0]
    return groups
