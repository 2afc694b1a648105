"""From raw rows to the data that the core scorer hears: order, duplicates, high volume, note kinds, groups, flags.

Source: ../shared/CONSENSUS.md, "Input" and Prescoring (4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus._jit import kernel
from whence.consensus.community_notes import CORE_GROUPS
from whence.consensus.dataset import RECENT, VALID, Dataset, Notes, Raters, Ratings
from whence.consensus.order import Block, canonical
from whence.consensus.report import Report
from whence.errors import InputError

__all__ = ["Tables", "early_ratings", "high_volume", "plain_early_ratings", "preprocess"]

DAY = 24 * 60 * 60 * 1000
_NOT_MISLEADING_SINCE = 1_664_755_200_000  # 3 October 2022: from here "not misleading" notes are scored
_HISTORY_SINCE = 1_652_918_400_000  # 19 May 2022: before, a note's first five ratings count as early
_TAGS_SINCE = 1_639_699_200_000  # 17 December 2021 00:00 UTC; the scorer's source says 15 December in words
_PUBLIC_AFTER = 2 * DAY
_FIRST = 5
_FEWEST_NOTES = 200  # below this the public scorer leaves high volume alone, as a test run


@dataclass
class Tables:
    """The tables as numbers in order of first appearance.

    Attributes:
        blocks: ratings; emptied while they are put in order.
        note_ids, rater_ids: bytes (notes), (raters).
        notes, status: columns by name, or None where there is no such table.
        groups: int16 (raters), or None where there is no enrollment.
        correlated: bool (raters).
    """

    blocks: list[Block]
    note_ids: NDArray[np.bytes_]
    rater_ids: NDArray[np.bytes_]
    notes: dict[str, NDArray[np.int64]] | None
    status: dict[str, NDArray[np.int64]] | None
    groups: NDArray[np.int16] | None
    correlated: NDArray[np.bool_]


def preprocess(tables: Tables, report: Report, *, now: int | None = None) -> Dataset:
    """Ready the tables for scoring.

    Args:
        tables: what was read; its blocks are used up.
        report: where repairs are counted.
        now: ms since 1970; the latest rating's time if None.

    Returns:
        The data, the same for any order of rows.

    Raises:
        InputError: if no rating is left.
    """
    note_id, note_order, malformed = _ids(tables.note_ids)
    if malformed:
        _forget(
            tables.blocks, note_order < 0, report, "ratings whose note id is no whole number within 64 bits, left out"
        )
    rater_order = np.argsort(np.argsort(tables.rater_ids, kind="stable"), kind="stable").astype(np.int32)
    rater_id = np.sort(tables.rater_ids)

    start, rater, time, bits, rows, (dropped, differing) = canonical(
        tables.blocks, np.maximum(note_order, 0), rater_order
    )
    report.count("duplicate ratings, of which the latest stays", dropped)
    report.count("duplicate ratings that differed", differing)
    if not len(rater):
        raise InputError("at least one rating that can be used is needed, but none is left: check the ratings file")
    notes = _notes(tables, note_id, note_order, rater_order, len(start) - 1)

    volume = high_volume(start, rater, time, len(rater_id))
    scored = _scored(notes)
    kept_note = np.repeat(scored, np.diff(start))
    before = (time >= 0) & (time < np.repeat(notes.created, np.diff(start)))
    report.count("ratings made before their note was written, left out", int(np.count_nonzero(before & kept_note)))
    keep = kept_note & ~before
    report.count(
        "ratings of notes that are not scored (deleted, or old and not misleading), left out", int((~kept_note).sum())
    )
    start, rater, time, bits, rows = _where(keep, start, rater, time, bits, rows)
    del keep, kept_note, before
    notes = _with_rated(notes, np.diff(start))

    groups = np.full(len(rater_id), -2, np.int16)
    if tables.groups is not None:
        groups[rater_order] = tables.groups
    heard = np.isin(groups, np.array([-2, *CORE_GROUPS], np.int16))
    report.count("ratings by raters whose group the core scorer does not hear", int(np.count_nonzero(~heard[rater])))
    start, rater, time, bits, rows = _where(heard[rater], start, rater, time, bits, rows)
    if not len(rater):
        raise InputError(
            "at least one rating by a rater of a core group is needed, but there is none: check enrollment"
        )

    early_ratings(start, time, bits, notes.created, notes.decided)
    bits[time >= _TAGS_SINCE] |= np.uint32(RECENT)
    if now is None:
        now = int(max(time.max(initial=-1), notes.created.max(initial=-1)))
    correlated = np.zeros(len(rater_id), bool)
    correlated[rater_order] = tables.correlated
    return Dataset(
        ratings=Ratings(start, rater, bits, rows if len(rows) else None),
        notes=notes,
        raters=Raters(rater_id, groups, volume, correlated),
        now=now,
    )


def _ids(raw: NDArray[np.bytes_]) -> tuple[Any, NDArray[np.int32], int]:
    """Ids in order, each raw id's place there (-1 if left out), and how many were left out."""
    whole = np.char.isdigit(raw) & (np.char.str_len(raw) <= 19)
    numbers = np.zeros(len(raw), np.uint64)
    numbers[whole] = raw[whole].astype(np.uint64)
    whole &= numbers < np.uint64(2**63)
    if whole.sum() < 0.99 * len(raw):  # a community's own ids, not the public format's numbers
        order = np.argsort(raw, kind="stable")
        place = np.empty(len(raw), np.int32)
        place[order] = np.arange(len(raw), dtype=np.int32)
        return raw[order], place, 0
    order = np.flatnonzero(whole)[np.argsort(numbers[whole], kind="stable")]
    place = np.full(len(raw), -1, np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return numbers[order].astype(np.int64), place, int((~whole).sum())


def _forget(blocks: list[Block], bad: NDArray[np.bool_], report: Report, what: str) -> None:
    for k, (note, rater, time, bits, rows) in enumerate(blocks):
        good = ~bad[note]
        report.count(what, int((~good).sum()))
        blocks[k] = (note[good], rater[good], time[good], bits[good], None if rows is None else rows[good])


def _where(
    keep: NDArray[np.bool_], start: NDArray[np.int64], *columns: NDArray[Any]
) -> tuple[NDArray[np.int64], Any, Any, Any, Any]:
    before = np.zeros(len(keep) + 1, np.int64)
    np.cumsum(keep, out=before[1:])
    rater, time, bits, rows = (c[keep] if len(c) else c for c in columns)
    return before[start], rater, time, bits, rows


def _notes(tables: Tables, ids: Any, place: NDArray[np.int32], rater_place: NDArray[np.int32], count: int) -> Notes:
    count = max(count, len(ids))
    created = np.full(count, -1, np.int64)
    author = np.full(count, -1, np.int32)
    misleading = np.full(count, -1 if tables.notes is not None else 1, np.int8)
    current = np.full(count, -1, np.int8)
    locked = np.full(count, -1, np.int8)
    decided = np.full(count, -1, np.int64)
    for table in (tables.status, tables.notes):
        if table is None:
            continue
        good = place[table["note"]] >= 0
        at = place[table["note"]][good]
        who = table["author"][good]
        known = who >= 0
        author[at[known]] = rater_place[who[known]]
        if table is tables.status:
            created[at] = table["created"][good]
            current[at] = table["current"][good]
            locked[at] = table["locked"][good]
            decided[at] = table["decided"][good]
        else:
            # The history's own time stands where there is one; the notes' table fills the gaps.
            created[at] = np.where(created[at] >= 0, created[at], table["created"][good])
            misleading[at] = table["misleading"][good]
    return Notes(ids, created, author, misleading, current, locked, decided, np.zeros(count, np.int64))


def _with_rated(notes: Notes, rated: NDArray[np.int64]) -> Notes:
    return Notes(
        notes.id, notes.created, notes.author, notes.misleading, notes.current, notes.locked, notes.decided, rated
    )


def _scored(notes: Notes) -> NDArray[np.bool_]:
    """Which notes the core scorer scores: bool (notes).

    Notes that say misleading; deleted ones that the history still knows; "not misleading" ones of the new form.
    """
    deleted_but_known = (notes.misleading == -1) & (notes.created >= 0)
    newer = (notes.misleading == 0) & (notes.created > _NOT_MISLEADING_SINCE)
    return np.asarray((notes.misleading == 1) | deleted_but_known | newer)


@kernel
def _count_since(rater: Any, time: Any, cutoff: int, counts: Any) -> None:
    for k in range(rater.shape[0]):
        if time[k] > cutoff:
            counts[rater[k]] += 1


def high_volume(
    start: NDArray[np.int64], rater: NDArray[np.int32], time: NDArray[np.int64], raters: int
) -> NDArray[np.bool_]:
    """Raters above the 99.9th percentile of counts in the last 7 or 28 days, among those who rated then.

    Args:
        start, rater, time: ratings in canonical order; time in ms, -1 where unknown.
        raters: how many there are.

    Returns:
        bool (raters); all False below 200 rated notes, as in the public scorer.
    """
    out = np.zeros(raters, bool)
    if np.count_nonzero(np.diff(start)) < _FEWEST_NOTES or not len(time):
        return out
    latest = int(time.max())
    for days in (7, 28):
        counts = np.zeros(raters, np.int64)
        _count_since(rater, time, latest - days * DAY, counts)
        if (counts > 0).any():
            out |= counts > np.quantile(counts[counts > 0], 0.999)
    return out


@kernel
def early_ratings(start: Any, time: Any, bits: Any, created: Any, decided: Any) -> None:
    """Mark the ratings that may count for their raters: in place, in the bits.

    Args:
        start: int64 (notes + 1).
        time: int64 (ratings), ms; -1 where unknown.
        bits: uint32 (ratings), in and out: `VALID` is set.
        created: int64 (notes), ms; decided: int64 (notes), ms, when the latest real status came, -1 if never.

    Before a note's latest real status and within 48 hours of its creation; of notes older than the history the first
    five within 48 hours. Times tied at the fifth place are taken in order of rater.
    """
    for note in range(start.shape[0] - 1):
        old = 0 <= created[note] < _HISTORY_SINCE
        for k in range(start[note], start[note + 1]):
            # Without times nothing can be late: such communities count every rating.
            if created[note] >= 0 and time[k] >= 0 and time[k] - created[note] >= _PUBLIC_AFTER:
                continue
            if old:
                earlier = 0
                for j in range(start[note], start[note + 1]):
                    if time[j] < time[k] or (time[j] == time[k] and j < k):
                        earlier += 1
                        if earlier >= _FIRST:
                            break
                if earlier < _FIRST:
                    bits[k] |= np.uint32(VALID)
            elif decided[note] < 0 or time[k] < decided[note]:
                bits[k] |= np.uint32(VALID)


def plain_early_ratings(note: list[int], time: list[int], created: list[int], decided: list[int]) -> list[bool]:
    """The readable twin of `early_ratings`: one answer a rating."""
    out = []
    for k, (n, t) in enumerate(zip(note, time, strict=True)):
        soon = created[n] < 0 or t < 0 or t - created[n] < _PUBLIC_AFTER
        if 0 <= created[n] < _HISTORY_SINCE:
            rank = sorted((time[j], j) for j in range(len(note)) if note[j] == n).index((t, k))
            out.append(soon and rank < _FIRST)
        else:
            out.append(soon and (decided[n] < 0 or t < decided[n]))
    return out
