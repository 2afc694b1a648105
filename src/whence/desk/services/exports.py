"""The bulk data: Community Notes' public files, tables as Parquet, and the public log as static files.

`whence score --small` on the files gives the desk's own statuses.
"""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from whence.desk import config
from whence.desk.models import Note, Rating, Statement, Story, User
from whence.desk.services import facts, records
from whence.ledger import FolderStorage, mirror
from whence.publish.bulk import Cell, enrollment_rows, history_rows, note_rows, rating_rows
from whence.publish.bulk_tsv import FILES as TSV_FILES
from whence.publish.bulk_tsv import tsv_lines
from whence.records.note import PublicNote
from whence.records.note_history import Contributor, NoteHistory, history_of
from whence.records.note_status import NoteStatus
from whence.records.rating import Level
from whence.records.rating import Rating as RatingRecord

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

_LEVELS: dict[str, Level] = {"helpful": "helpful", "somewhat": "somewhat-helpful", "not": "not-helpful"}
_BATCH = 5000
_EPOCH = (1980, 1, 1, 0, 0, 0)  # of the members of a zip: equal data, equal bytes

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
    _tsv(out, "notes", note_rows(map(_exported, _all_notes())))
    _tsv(out, "ratings", rating_rows(map(_rating, _all_ratings()), _Stories()))
    _tsv(out, "noteStatusHistory", history_rows(map(_history, _all_notes())))
    _tsv(out, "userEnrollment", enrollment_rows(map(_contributor, User.objects.order_by("pk").iterator(_BATCH))))
    _parquet(out / "stories.parquet", _story_rows())
    _parquet(out / "statements.parquet", _statement_rows())
    _parquet(out / "notes.parquet", _note_rows())
    _parquet(out / "ratings.parquet", _rating_rows())


def _tsv(out: Path, table: str, rows: Iterable[tuple[Cell, ...]]) -> None:
    name = TSV_FILES[table]
    with zipfile.ZipFile(out / name.replace(".tsv", ".zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        member = zipfile.ZipInfo(name, _EPOCH)
        member.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(member, "w", force_zip64=True) as raw:
            for line in tsv_lines(table, rows):
                raw.write(line.encode())


def _all_notes() -> Iterator[Note]:
    rows = Note.objects.order_by("pk").select_related("author", "story", "score__run")
    return rows.prefetch_related(*records.NOTE_PARTS, "history").iterator(chunk_size=_BATCH)


def _all_ratings() -> Iterator[Rating]:
    """Those that count: `whence score` on the export then gives the desk's statuses."""
    found = Rating.objects.filter(rater__discounted=False).order_by("pk")
    return found.select_related("rater", "note__story").iterator(chunk_size=_BATCH)


def _exported(note: Note) -> PublicNote:
    """A note as anybody may copy it: one that does not stand is there without its text."""
    known = records.public_note(note)
    return known if known.standing else replace(known, text="", sources=(), anchors=(), rating=None, removed=True)


def _rating(rating: Rating) -> RatingRecord:
    return RatingRecord(
        str(rating.note_id),
        rating.rater.alias,
        _LEVELS[rating.level],
        int(rating.created.timestamp() * 1000),
        frozenset(rating.tags),
    )


class _Stories(dict[str, str]):
    """Key of each note's story, looked up when it is asked for."""

    def __missing__(self, note: str) -> str:
        self[note] = Note.objects.values_list("story__key", flat=True).get(pk=int(note))
        return self[note]

    def get(self, note: str, default: Any = None) -> Any:
        """Return the key of a note's story."""
        return self[note]


def _history(note: Note) -> NoteHistory:
    changes = sorted(note.history.all(), key=lambda change: change.pk)
    statuses = [
        NoteStatus(str(note.pk), records.status_word(one.after), computed=facts.stamp(one.at)) for one in changes
    ]
    if not statuses and hasattr(note, "score"):
        statuses = [records.note_status(note.score)]
    return history_of(_exported(note), statuses)


def _contributor(person: User) -> Contributor:
    return Contributor(person.alias, person.may_write, facts.stamp(person.date_joined))


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
