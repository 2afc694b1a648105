"""Invented ratings in the public Community Notes format, of any size: long-tailed, divided, seeded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from whence.consensus.community_notes import HELPFUL_TAGS, NOT_HELPFUL_TAGS

__all__ = ["generate"]

_NOW = 1_795_132_800_000
_DAY = 86_400_000
_ABUSE = NOT_HELPFUL_TAGS.index("notHelpfulSpamHarassmentOrAbuse")
_HEADER = (
    "noteId raterParticipantId createdAtMillis version agree disagree helpful notHelpful helpfulnessLevel "
    + " ".join(HELPFUL_TAGS + NOT_HELPFUL_TAGS)
    + " ratedOnTweetId ratingSourceBucketed suggestion suggestionId"
).split()
_GROUPS = np.array([13, 14, 2, 1, 10, 11, 8, 3, 6, 9, 19, 21, 25, 12, 4, 5, 7, 15, 33, 30, 18, -1])
_WEIGHTS = np.array([46, 5, 3.5, 3.5, 3.2, 3.1, 3, 3, 3, 2.8, 1.2, 1.1, 1.1, 1.9, 2, 2.1, 2, 2, 2.1, 1.2, 2, 4.2])


@numba.njit(cache=True)
def _pairs(activity: Any, slots: Any, home: Any, seed: int, note: Any, rater: Any, seen: Any) -> int:
    """Draw each rater's notes without repetition, from slots in which popular notes have many places."""
    np.random.seed(seed)
    at = 0
    for u in range(activity.shape[0]):
        for _ in range(activity[u]):
            for _ in range(50):
                n = slots[np.random.randint(slots.shape[0])]
                # Languages: raters mostly meet notes of their own group.
                if home[n] != u % 11 % 3 and np.random.random() < 0.8:
                    continue
                if seen[n] != u:
                    seen[n] = u
                    note[at] = n
                    rater[at] = u
                    at += 1
                    break
    return at


@numba.njit(cache=True)
def _shuffle(note: Any, rater: Any, seed: int) -> None:
    np.random.seed(seed)
    for k in range(note.shape[0] - 1, 0, -1):
        j = np.random.randint(k + 1)
        note[k], note[j] = note[j], note[k]
        rater[k], rater[j] = rater[j], rater[k]


@numba.njit(cache=True)
def _number(out: Any, at: int, value: int, digits: int) -> int:
    for k in range(digits - 1, -1, -1):
        out[at + k] = 48 + value % 10
        value //= 10
    out[at + digits] = 9
    return at + digits + 1


@numba.njit(cache=True)
def _rows(
    note: Any, rater: Any, note_id: Any, hexes: Any, created: Any, quality: Any, slant: Any, view: Any, lenient: Any,
    tag_rate: Any, abuse: Any, levels: Any, level_size: Any, source: Any, source_size: Any, seed: int, out: Any,
) -> int:  # fmt: skip
    np.random.seed(seed)
    at = 0
    tags = np.zeros(22, np.uint8)
    for k in range(note.shape[0]):
        n = note[k]
        u = rater[k]
        at = _number(out, at, note_id[n], 19)
        for j in range(64):
            out[at + j] = hexes[u, j]
        out[at + 64] = 9
        wait = int(-np.log(1.0 - np.random.random()) * 20.0 * 3_600_000.0)
        at = _number(out, at + 65, min(created[n] + 60_000 + wait, 1_795_132_800_000), 13)
        for c in (50, 48, 48, 48, 48):  # version 2, agree, disagree, helpful, notHelpful
            out[at] = c
            out[at + 1] = 9
            at += 2
        z = 0.1 + quality[n] + slant[n] * view[u] + lenient[u] + 0.35 * np.random.normal()
        level = 2 if z > 0.2 else 0 if z < 0.02 else 1
        for j in range(level_size[level]):
            out[at + j] = levels[level, j]
        at += level_size[level]
        out[at] = 9
        at += 1
        tags[:] = 0
        if level > 0:
            for j in range(9):
                tags[j] = np.random.random() < 0.3
        if level < 2:
            for j in range(13):
                tags[9 + j] = np.random.random() < tag_rate[j] + (abuse[n] if j == _ABUSE else 0.0)
        for j in range(22):
            out[at] = 48 + tags[j]
            out[at + 1] = 9
            at += 2
        at = _number(out, at, note_id[n] - 7_777_777, 19)
        which = 1 if np.random.random() < 0.06 else 0
        for j in range(source_size[which]):
            out[at + j] = source[which, j]
        at += source_size[which]
        out[at] = 9
        out[at + 1] = 9
        out[at + 2] = 10
        at += 3
    return at


def _words(words: tuple[str, ...]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    table = np.zeros((len(words), max(map(len, words))), np.uint8)
    for k, word in enumerate(words):
        table[k, : len(word)] = np.frombuffer(word.encode(), np.uint8)
    return table, np.array([len(w) for w in words])


def generate(folder: Path, ratings: int, seed: int = 1, rows_a_file: int = 5_000_000, harassing: float = 0.0) -> None:
    """Write notes, noteStatusHistory, userEnrollment and ratings (a folder of files) as plain TSV.

    Args:
        folder: made if need be.
        ratings: about how many; with a fifteenth as many raters and a sixtieth as many notes.
        seed: of everything.
        rows_a_file: of ratings.
        harassing: share of notes, in [0, 1], that half of those who do not find them helpful call harassment.
    """
    random = np.random.default_rng(seed)
    m, u = max(ratings // 60, 50), max(ratings // 15, 200)
    folder.mkdir(parents=True, exist_ok=True)
    popularity = random.lognormal(0, 1.35, m)
    slots = np.repeat(
        np.arange(m, dtype=np.int32), np.maximum(1, np.rint(popularity / popularity.mean() * 8)).astype(int)
    )
    activity = random.lognormal(0, 1.25, u)
    activity = np.minimum(np.maximum(1, np.rint(activity / activity.mean() * ratings / u)).astype(np.int64), m // 4 + 1)
    note, rater = np.empty(int(activity.sum()), np.int32), np.empty(int(activity.sum()), np.int32)
    home = random.choice(3, m, p=[0.6, 0.25, 0.15])
    count = _pairs(activity, slots, home, seed, note, rater, np.full(m, -1, np.int32))
    note, rater = note[:count], rater[:count]
    _shuffle(note, rater, seed + 1)
    del slots

    created = np.sort(random.integers(_NOW - 600 * _DAY, _NOW - 2 * _DAY, m))
    note_id = 1_900_000_000_000_000_000 + np.cumsum(random.integers(1_000, 200_000_000_000_000_000 // m, m))
    digits = np.frombuffer(b"0123456789ABCDEF", np.uint8)
    hexes = digits[random.integers(0, 16, (u, 64), dtype=np.uint8)]
    view = np.where(random.random(u) < 0.55, -1.0, 1.0) * (0.25 + 0.75 * random.random(u))
    lenient = random.normal(0, 0.12, u)
    quality = random.normal(0, 0.25, m)
    slant = random.normal(0, 0.35, m)
    _tables(folder, random, note_id, hexes, created, quality, slant)
    levels, level_size = _words(("NOT_HELPFUL", "SOMEWHAT_HELPFUL", "HELPFUL"))
    source, source_size = _words(("DEFAULT", "POPULATION_SAMPLED"))
    tag_rate = random.uniform(0.02, 0.2, 13)
    # Drawn apart, so that with none the data stay what they were.
    abuse = np.where(np.random.default_rng([seed, 1]).random(m) < harassing, 0.5, 0.0)
    buffer = np.empty(250_000 * 240, np.uint8)
    (folder / "ratings").mkdir(exist_ok=True)
    for part, begin in enumerate(range(0, count, rows_a_file)):
        with (folder / "ratings" / f"ratings-{part:05d}.tsv").open("wb") as out:
            out.write(("\t".join(_HEADER) + "\n").encode())
            for at in range(begin, min(begin + rows_a_file, count), 250_000):
                mine = slice(at, min(at + 250_000, begin + rows_a_file, count))
                size = _rows(
                    note[mine], rater[mine], note_id, hexes, created, quality, slant, view, lenient, tag_rate, abuse,
                    levels, level_size, source, source_size, seed + 2 + at, buffer,
                )  # fmt: skip
                out.write(buffer[:size].tobytes())


def _tables(
    folder: Path, random: np.random.Generator, note_id: NDArray[Any], hexes: NDArray[Any], created: NDArray[Any],
    quality: NDArray[Any], slant: NDArray[Any],
) -> None:  # fmt: skip
    m, u = len(note_id), len(hexes)
    author = random.integers(0, u, m)
    wrong = random.random(m) < 0.88
    status = np.where((quality > 0.3) & (np.abs(slant) < 0.4), 1, np.where(quality < -0.3, 2, 0))
    names = ("NEEDS_MORE_RATINGS", "CURRENTLY_RATED_HELPFUL", "CURRENTLY_RATED_NOT_HELPFUL")
    with (folder / "notes.tsv").open("w") as notes, (folder / "noteStatusHistory.tsv").open("w") as history:
        notes.write("noteId\tnoteAuthorParticipantId\tcreatedAtMillis\ttweetId\tclassification\tsummary\n")
        history.write(
            "noteId\tnoteAuthorParticipantId\tcreatedAtMillis\ttimestampMillisOfFirstNonNMRStatus\tfirstNonNMRStatus\t"
            "currentStatus\ttimestampMillisOfLatestNonNMRStatus\ttimestampMillisOfStatusLock\tlockedStatus\n"
        )
        for k in range(m):
            who = hexes[author[k]].tobytes().decode()
            kind = "MISINFORMED_OR_POTENTIALLY_MISLEADING" if wrong[k] else "NOT_MISLEADING"
            notes.write(f"{note_id[k]}\t{who}\t{created[k]}\t{note_id[k] - 7_777_777}\t{kind}\tan invented note\n")
            decided = str(created[k] + 30 * 3_600_000) if status[k] else ""
            name = names[status[k]]
            lock = created[k] + 14 * _DAY
            locked = f"{lock}\t{name}" if lock < _NOW else "\t"
            history.write(
                f"{note_id[k]}\t{who}\t{created[k]}\t{decided}\t{name if status[k] else ''}\t{name}\t"
                f"{decided}\t{locked}\n"
            )
    groups = random.choice(_GROUPS, u, p=_WEIGHTS / _WEIGHTS.sum())
    with (folder / "userEnrollment.tsv").open("w") as enrollment:
        enrollment.write("participantId\tenrollmentState\tmodelingGroup\n")
        for k in range(u):
            enrollment.write(f"{hexes[k].tobytes().decode()}\tearnedIn\t{groups[k] if groups[k] >= 0 else ''}\n")
