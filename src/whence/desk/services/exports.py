"""The bulk data: Community Notes' public files, tables as Parquet, and the public log as static files.

`whence score --small` on the files gives the desk's own statuses.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction

from whence.consensus.community_notes import HISTORY_COLUMNS, TAGS
from whence.desk import config
from whence.desk.models import Note, Rating, Statement, Story, User
from whence.desk.services import facts, records
from whence.desk.vocabulary import MISLEADING_REASONS, NOT_MISLEADING_REASONS
from whence.ledger import FolderStorage, mirror

__all__ = ["FILES", "folder", "write"]

FILES = {
    "notes-00000.zip": "notes, in Community Notes’ public format",
    "ratings-00000.zip": "ratings, in Community Notes’ public format",
    "noteStatusHistory-00000.zip": "statuses, in Community Notes’ public format",
    "userEnrollment-00000.zip": "contributors, in Community Notes’ public format",
    "stories.parquet": "stories: address, headline, outlet, counts",
    "statements.parquet": "statements of the latest version of each story, and whom they come from",
    "notes.parquet": "notes with their statements, sources, statuses and scores",
    "ratings.parquet": "ratings",
}
"""Names of the files of bulk data, and what is in each."""

_STATUS = {"helpful": "CURRENTLY_RATED_HELPFUL", "not-helpful": "CURRENTLY_RATED_NOT_HELPFUL"}
_NMR = "NEEDS_MORE_RATINGS"
_LEVEL = {"helpful": "HELPFUL", "somewhat": "SOMEWHAT_HELPFUL", "not": "NOT_HELPFUL"}
_BATCH = 5000
_EPOCH = (1980, 1, 1, 0, 0, 0)  # of the members of a zip: equal data, equal bytes

_NOTE_COLUMNS = (
    "noteId", "noteAuthorParticipantId", "createdAtMillis", "tweetId", "classification", "believable", "harmful",
    "validationDifficulty", *MISLEADING_REASONS, *NOT_MISLEADING_REASONS, "trustworthySources", "summary", "isMediaNote",
)  # fmt: skip
_RATING_COLUMNS = (
    "noteId", "raterParticipantId", "createdAtMillis", "version", "agree", "disagree", "helpful", "notHelpful",
    "helpfulnessLevel", *TAGS, "ratedOnTweetId", "ratingSourceBucketed",
)  # fmt: skip
_ENROLLMENT_COLUMNS = (
    "participantId", "enrollmentState", "successfulRatingNeededToEarnIn", "timestampOfLastStateChange",
    "timestampOfLastEarnOut", "modelingPopulation", "modelingGroup", "numberOfTimesEarnedOut",
)  # fmt: skip
_GROUP = 13  # one group for all: its ratings start the fit, so that viewpoints keep their sign from run to run

Row = dict[str, Any]


def folder() -> Path:
    """Return the folder of the latest export, which need not be there."""
    return config.get().home / "data"


def write(out: Path | None = None) -> list[Path]:
    """Write all files, as of one moment; what was there before stays until they are complete.

    Args:
        out: the folder; the desk's own by default.

    Returns:
        The files.

    Raises:
        OSError: when the folder cannot be written to, or the disk is full; the former files stay.
    """
    target = out or folder()
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            _write_all(fresh)
        target.mkdir(parents=True, exist_ok=True)
        for path in sorted(fresh.iterdir()):
            os.replace(path, target / path.name)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    mirror(facts.LogStorage().get, FolderStorage(target / "log"))
    return sorted(path for path in target.iterdir() if path.is_file())


def _write_all(out: Path) -> None:
    _tsv(out / "notes-00000.zip", _NOTE_COLUMNS, _notes())
    _tsv(out / "ratings-00000.zip", _RATING_COLUMNS, _ratings())
    _tsv(out / "noteStatusHistory-00000.zip", HISTORY_COLUMNS, _history())
    _tsv(out / "userEnrollment-00000.zip", _ENROLLMENT_COLUMNS, _enrollment())
    _parquet(out / "stories.parquet", _story_rows())
    _parquet(out / "statements.parquet", _statement_rows())
    _parquet(out / "notes.parquet", _note_rows())
    _parquet(out / "ratings.parquet", _rating_rows())


def _tsv(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        member = zipfile.ZipInfo(path.name.replace(".zip", ".tsv"), _EPOCH)
        member.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(member, "w", force_zip64=True) as raw:
            _table(raw, columns, rows)


def _table(raw: IO[bytes], columns: Sequence[str], rows: Iterable[Row]) -> None:
    with io.TextIOWrapper(raw, encoding="utf-8", newline="") as text:
        writer = csv.writer(text, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        writer.writerow(columns)
        for row in rows:
            # A tab or a line's end inside a text would be a column or a row to those who split at them.
            writer.writerow(
                " ".join(str(value).split()) if (value := row.get(name, "")) != "" else "" for name in columns
            )


def _millis(at: datetime | None) -> int | str:
    return "" if at is None else int(at.timestamp() * 1000)


def _all_notes() -> Iterator[Note]:
    rows = Note.objects.order_by("pk").select_related("author", "story", "score__run")
    return rows.prefetch_related(*records.NOTE_PARTS, "history").iterator(chunk_size=_BATCH)


def _notes() -> Iterator[Row]:
    for note in _all_notes():
        known = records.public_note(note)
        misleading = note.says != Note.Says.NOT_MISLEADING
        shown = known.text if known.standing else ""
        yield {
            "noteId": note.pk,
            "noteAuthorParticipantId": note.author.alias,
            "createdAtMillis": _millis(note.created),
            "tweetId": note.story_id,
            "classification": "MISINFORMED_OR_POTENTIALLY_MISLEADING" if misleading else "NOT_MISLEADING",
            **dict.fromkeys((*MISLEADING_REASONS, *NOT_MISLEADING_REASONS), 0),
            **dict.fromkeys(note.reasons, 1),
            "trustworthySources": 1,
            "summary": " ".join([shown, *known.sources]) if shown else "",
            "isMediaNote": 0,
        }


def _ratings() -> Iterator[Row]:
    for rating in _all_ratings():
        yield {
            "noteId": rating.note_id,
            "raterParticipantId": rating.rater.alias,
            "createdAtMillis": _millis(rating.created),
            "version": 2,
            **dict.fromkeys(("agree", "disagree", "helpful", "notHelpful"), 0),
            "helpfulnessLevel": _LEVEL[rating.level],
            **dict.fromkeys(TAGS, 0),
            **dict.fromkeys(rating.tags, 1),
            "ratedOnTweetId": rating.note.story_id,
            "ratingSourceBucketed": "DEFAULT",
        }


def _all_ratings() -> Iterator[Rating]:
    return Rating.objects.order_by("pk").select_related("rater", "note").iterator(chunk_size=_BATCH)


def _history() -> Iterator[Row]:
    for note in _all_notes():
        changes = sorted(note.history.all(), key=lambda change: change.pk)
        decided = [change for change in changes if change.after in _STATUS]
        score = getattr(note, "score", None)
        yield {
            "noteId": note.pk,
            "noteAuthorParticipantId": note.author.alias,
            "createdAtMillis": _millis(note.created),
            "timestampMillisOfFirstNonNMRStatus": _millis(decided[0].at) if decided else -1,
            "firstNonNMRStatus": _STATUS[decided[0].after] if decided else "",
            "timestampMillisOfCurrentStatus": _millis(score.run.finished) if score else -1,
            "currentStatus": _STATUS.get(score.status, _NMR) if score else _NMR,
            "timestampMillisOfLatestNonNMRStatus": _millis(decided[-1].at) if decided else -1,
            "mostRecentNonNMRStatus": _STATUS[decided[-1].after] if decided else "",
            "timestampMillisOfStatusLock": -1,
            "timestampMillisOfRetroLock": -1,
            "currentDecidedBy": score.run.scorer if score else "",
            "timestampMillisOfMostRecentStatusChange": _millis(changes[-1].at) if changes else -1,
        }


def _enrollment() -> Iterator[Row]:
    for person in User.objects.order_by("pk").iterator(chunk_size=_BATCH):
        yield {
            "participantId": person.alias,
            "enrollmentState": "earnedIn" if person.may_write else "newUser",
            "successfulRatingNeededToEarnIn": 5,
            "timestampOfLastStateChange": _millis(person.date_joined),
            "timestampOfLastEarnOut": 1,
            "modelingPopulation": "CORE",
            "modelingGroup": _GROUP,
            "numberOfTimesEarnedOut": 0,
        }


def _parquet(path: Path, rows: Iterable[Row]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, getattr(pa, kind)()) for name, kind in _SCHEMAS[path.stem].items()])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            writer.write_batch(pa.RecordBatch.from_pylist(batch, schema=schema))


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


_SCHEMAS: dict[str, dict[str, str]] = {
    "stories": {
        "story": "string", "url": "string", "title": "string", "outlet": "string", "byline": "string",
        "published": "string", "language": "string", "added": "string", "statements": "int64", "checked": "int64",
        "notes_shown": "int64", "notes": "int64", "unnamed": "int64", "disputed": "int64", "single_origin": "bool_",
        "page": "string",
    },
    "statements": {
        "story": "string", "statement": "string", "number": "int64", "text": "string", "voice": "string",
        "quote": "string", "act": "string", "naming": "string", "disputed": "bool_", "checked": "bool_",
        "sources": "string",
    },
    "notes": {
        "note": "string", "story": "string", "author": "string", "created": "string", "classification": "string",
        "reasons": "string", "statements": "string", "text": "string", "sources": "string", "verdict": "string",
        "withdrawn": "bool_", "hidden": "string", "removed": "bool_", "status": "string", "score": "float64",
        "low": "float64", "high": "float64", "factor": "float64", "ratings": "int64", "entry": "int64",
    },
    "ratings": {
        "note": "string", "rater": "string", "helpful": "string", "tags": "string", "created": "string",
        "changed": "string", "entry": "int64",
    },
}  # fmt: skip
"""Columns of the Parquet files: name and Arrow type; lists are JSON."""


def _story_rows() -> Iterator[Row]:
    rows = Story.objects.filter(hidden=False, state=Story.State.READ).select_related("outlet", "byline").order_by("pk")
    for story in rows.iterator(chunk_size=_BATCH):
        yield {
            "story": story.key,
            "url": story.url or "",
            "title": story.title,
            "outlet": story.outlet.name if story.outlet else "",
            "byline": story.byline.name if story.byline else "",
            "published": story.published,
            "language": story.language,
            "added": facts.stamp(story.added),
            "statements": story.statements,
            "checked": story.checked,
            "notes_shown": story.notes_shown,
            "notes": story.notes_all,
            "unnamed": story.unnamed,
            "disputed": story.disputed,
            "single_origin": story.single_origin,
            "page": records.absolute(story.get_absolute_url()),
        }


def _statement_rows() -> Iterator[Row]:
    rows = Statement.objects.filter(current=True, story__hidden=False).select_related("story").order_by("pk")
    for one in rows.prefetch_related("sources").iterator(chunk_size=_BATCH):
        yield {
            "story": one.story.key,
            "statement": one.mark,
            "number": one.number,
            "text": one.text,
            "voice": one.voice,
            "quote": one.quote,
            "act": one.act,
            "naming": one.naming,
            "disputed": one.disputed,
            "checked": one.checked,
            "sources": json.dumps([source.label for source in one.sources.all()], ensure_ascii=False),
        }


def _note_rows() -> Iterator[Row]:
    for note in _all_notes():
        known = records.public_note(note)
        score = getattr(note, "score", None)
        shown = known.standing
        yield {
            "note": known.id,
            "story": known.story,
            "author": known.author,
            "created": known.created,
            "classification": known.classification,
            "reasons": json.dumps(list(known.reasons)),
            "statements": json.dumps(list(known.statements)),
            "text": known.text if shown else "",
            "sources": json.dumps(list(known.sources) if shown else []),
            "verdict": known.rating.name if known.rating and shown else "",
            "withdrawn": known.withdrawn,
            "hidden": known.hidden,
            "removed": known.removed,
            "status": score.status if score else "needs-more-ratings",
            "entry": note.entry,
            **{name: getattr(score, name, None) for name in ("score", "low", "high", "factor", "ratings")},
        }


def _rating_rows() -> Iterator[Row]:
    for rating in _all_ratings():
        yield {
            "note": str(rating.note_id),
            "rater": rating.rater.alias,
            "helpful": rating.level,
            "tags": json.dumps(rating.tags),
            "created": facts.stamp(rating.created),
            "changed": facts.stamp(rating.changed),
            "entry": rating.entry,
        }
