"""Rows as the API shows them."""

from __future__ import annotations

from typing import Any

from whence.desk.models import Note, Outlet, Source, Statement, Story, Version
from whence.desk.services import facts, records
from whence.desk.services.records import absolute

__all__ = ["note_out", "outlet_out", "source_out", "statement_out", "story_out", "version_out"]


def story_out(story: Story) -> dict[str, Any]:
    """A story; outlet and byline are read with it."""
    return {
        "key": story.key,
        "page": absolute(story.get_absolute_url()),
        "record": records.record_url(story),
        "url": story.url,
        "title": story.title,
        "outlet": story.outlet.name if story.outlet else None,
        "byline": story.byline.name if story.byline else None,
        "published": story.published,
        "language": story.language,
        "state": story.state,
        "added": facts.stamp(story.added),
        "counts": {
            "statements": story.statements,
            "checked": story.checked,
            "notes": story.notes_all,
            "notes_shown": story.notes_shown,
            "unnamed": story.unnamed,
            "disputed": story.disputed,
            "single_origin": story.single_origin,
        },
    }


def version_out(version: Version) -> dict[str, Any]:
    """A version of a story."""
    return {
        "number": version.number,
        "fetched": facts.stamp(version.fetched),
        "reader": version.reader,
        "snapshot": version.snapshot_commitment,
        "reading": version.reading_commitment,
        "entry": version.entry,
    }


def statement_out(statement: Statement) -> dict[str, Any]:
    """A statement; its story and sources are read with it."""
    return {
        "id": statement.mark,
        "story": statement.story.key,
        "page": absolute(statement.get_absolute_url()),
        "number": statement.number,
        "text": statement.text,
        "voice": statement.voice,
        "quote": statement.quote,
        "act": statement.act,
        "naming": statement.naming,
        "disputed": statement.disputed,
        "checked": statement.checked,
        "sources": [source.label for source in statement.sources.all()],
        "fact_checks": statement.fact_checks,
    }


def source_out(source: Any) -> dict[str, Any]:
    """A source, annotated with `said`, the number of its statements."""
    known: Source = source
    return {
        "slug": known.slug,
        "page": absolute(known.get_absolute_url()),
        "label": known.label,
        "kind": known.kind,
        "naming": known.naming,
        "statements": source.said,
    }


def outlet_out(outlet: Any) -> dict[str, Any]:
    """An outlet, annotated with `told`, the number of its stories."""
    known: Outlet = outlet
    return {
        "slug": known.slug,
        "page": absolute(known.get_absolute_url()),
        "name": known.name,
        "stories": outlet.told,
    }


def note_out(note: Note) -> dict[str, Any]:
    """A note; author, story, score and records.NOTE_PARTS are read with it."""
    known = records.public_note(note)
    shown = known.standing
    return {
        "id": known.id,
        "story": known.story,
        "page": known.url,
        "statements": list(known.statements),
        "classification": known.classification,
        "reasons": list(known.reasons),
        "text": known.text if shown else "",
        "sources": list(known.sources) if shown else [],
        "verdict": known.rating.name if known.rating and shown else "",
        "author": known.author,
        "created": known.created,
        "withdrawn": known.withdrawn,
        "hidden": known.hidden,
        "removed": known.removed,
        "orphaned": known.orphaned,
        "status": note.score.status if hasattr(note, "score") else "needs-more-ratings",
        "entry": note.entry,
    }
