"""Notes as W3C Web Annotations, and collections of annotations page by page (https://www.w3.org/TR/annotation-model/)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from whence.publish.annotation import CONTEXT
from whence.publish.safe import safe_url
from whence.records.anchor import Anchor
from whence.records.note import PublicNote
from whence.records.note_status import NoteStatus
from whence.records.story_record import StoryRecord

__all__ = ["annotation_collection", "annotation_page", "note_annotation"]

# "assessing" says that the body judges its target, as a note does; one that adds context comments.
_MOTIVATIONS = {"misleading": "assessing", "not-misleading": "assessing", "needs-context": "commenting"}


def note_annotation(record: StoryRecord, note: PublicNote) -> dict[str, Any]:
    """A note as an annotation of its story: what it says, its tags, its sources; where its statements stand.

    An orphaned note, whose statements are gone from the page, has the whole story for its target.

    Args:
        record: the note's story.
        note: one that stands.

    Returns:
        JSON-ready values, without a context of their own: a collection's page has it.

    Raises:
        ValueError: the note does not stand: what is withdrawn, hidden or removed is not published.
    """
    if not note.standing:
        raise ValueError(f"only notes that stand are published as annotations: note {note.id} does not")
    source = safe_url(record.story_url) or _urn(record.id, "story")
    status = record.status(note.id)
    bodies: list[dict[str, Any]] = [
        {
            "type": "TextualBody",
            "value": note.text,
            "format": "text/plain",
            "purpose": _MOTIVATIONS[note.classification],
        }
    ]
    if note.language:
        bodies[0]["language"] = note.language
    bodies += [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in _tags(note, status)]
    bodies += [
        {"type": "SpecificResource", "source": url, "purpose": "linking"} for url in map(safe_url, note.sources) if url
    ]
    targets = [_target(source, anchor) for anchor in note.anchors if not note.orphaned]
    found: dict[str, Any] = {
        "id": safe_url(note.url) or _urn(record.id, f"note {note.id}"),
        "type": "Annotation",
        "motivation": _MOTIVATIONS[note.classification],
        "created": note.created,
        "creator": {"type": "Person", "nickname": note.author},
        "body": bodies,
        "target": source if not targets else targets[0] if len(targets) == 1 else targets,
    }
    if status.computed:
        found["modified"] = max(status.computed, note.created)
    return found


def annotation_collection(url: str, label: str, total: int, *, size: int) -> dict[str, Any]:
    """A collection of annotations, which are on pages of their own at `url?page=0` and so on.

    Args:
        url: the collection's address, without a query.
        label: its name.
        total: how many annotations there are, 0 or more.
        size: how many are on a page, 1 or more.

    Raises:
        ValueError: the address is not http or https, or a number is out of range.
    """
    if safe_url(url) is None or total < 0 or size < 1:
        raise ValueError(f"a collection has an address, a total of 0 or more, a size of 1 or more; got {url!r:.80}")
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "id": url,
        "type": "AnnotationCollection",
        "label": label,
        "total": total,
    }
    if total:
        found["first"] = f"{url}?page=0"
        found["last"] = f"{url}?page={(total - 1) // size}"
    return found


def annotation_page(url: str, number: int, items: Sequence[dict[str, Any]], total: int, *, size: int) -> dict[str, Any]:
    """A page of a collection.

    Args:
        url: the collection's address.
        number: of the page, 0 or more.
        items: its annotations: `size` of them, fewer on the last page.
        total: annotations in the whole collection.
        size: annotations a page, 1 or more.

    Raises:
        ValueError: there is no such page, or it holds another number of annotations.
    """
    expected = max(0, min(size, total - number * size))
    if size < 1 or number < 0 or len(items) != expected or (number and not expected):
        raise ValueError(f"page {number} of {total} annotations, {size} a page, holds {expected}; got {len(items)}")
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "id": f"{url}?page={number}",
        "type": "AnnotationPage",
        "partOf": {"id": url, "total": total},
        "startIndex": number * size,
        "items": list(items),
    }
    if number:
        found["prev"] = f"{url}?page={number - 1}"
    if (number + 1) * size < total:
        found["next"] = f"{url}?page={number + 1}"
    return found


def _target(source: str, anchor: Anchor) -> dict[str, Any]:
    return {
        "type": "SpecificResource",
        "source": source,
        "selector": [
            {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end},
            {
                "type": "TextQuoteSelector",
                "exact": anchor.exact,
                "prefix": anchor.prefix,
                "suffix": anchor.suffix,
            },
        ],
    }


def _tags(note: PublicNote, status: NoteStatus) -> list[str]:
    return [note.classification, *note.reasons, f"status: {status.status}"]


def _urn(story: str, part: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{story}\n{part}").urn
