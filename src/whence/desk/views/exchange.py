"""What other programs take over: Web Annotations of a story, and its ClaimReviews."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from whence.desk import config
from whence.desk.caching import public
from whence.desk.models import Note, Story
from whence.desk.services import facts, records
from whence.publish.datafeed import data_feed
from whence.publish.json import dump
from whence.publish.note_annotation import annotation_collection, annotation_page, note_annotation
from whence.publish.note_review import Publisher, json_ld_script, note_review, rated_notes

__all__ = ["claim_review", "claim_reviews", "collection", "publisher"]

_SIZE = 50
_ANNOTATION = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


def publisher() -> Publisher:
    """Return the desk as the organisation that publishes."""
    settings = config.get()
    return Publisher(settings.name, settings.url)


def _answer(values: dict[str, Any], kind: str) -> HttpResponse:
    response = HttpResponse(dump(values, None) + "\n", content_type=kind)
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@public
def collection(request: HttpRequest, key: str) -> HttpResponse:
    """A story's notes as a W3C annotation collection, or with `?page=` one of its pages."""
    story = get_object_or_404(Story.objects.filter(hidden=False).select_related("outlet"), key=key)
    record = records.story_record(story, evidence=False)
    standing = [note for note in record.notes if note.standing]
    url = records.absolute(request.path)
    given = request.GET.get("page")
    if given is None:
        return _answer(annotation_collection(url, story.title or str(story), len(standing), size=_SIZE), _ANNOTATION)
    if not (given.isascii() and given.isdigit() and len(given) <= 6):
        raise Http404("a page is a number")
    number = int(given)
    items = [note_annotation(record, note) for note in standing[number * _SIZE : (number + 1) * _SIZE]]
    try:
        return _answer(annotation_page(url, number, items, len(standing), size=_SIZE), _ANNOTATION)
    except ValueError as failure:
        raise Http404("there is no such page") from failure


def claim_review(note: Note) -> str:
    """Return the element with a note's ClaimReview for its page's head; "" where it is not shown or has no verdict.

    Args:
        note: any.
    """
    record = records.story_record(note.story, evidence=False)
    for one in rated_notes(record):
        if one.id == str(note.pk):
            return json_ld_script(note_review(record, one, publisher()))
    return ""


@require_safe
def claim_reviews(request: HttpRequest) -> StreamingHttpResponse:
    """All ClaimReviews as a DataFeed of schema.org."""
    stories = (
        Story.objects.filter(hidden=False, notes__score__status="helpful")
        .exclude(notes__verdict="")
        .distinct()
        .select_related("outlet")
        .order_by("pk")
    )
    last = Note.objects.order_by("-score__run__finished").values_list("score__run__finished", flat=True).first()

    found = (records.story_record(story, evidence=False) for story in stories.iterator(chunk_size=200))
    pieces = (piece.encode() for piece in data_feed(found, publisher(), facts.stamp(last)))
    response = StreamingHttpResponse(pieces, content_type="application/ld+json")
    response["Access-Control-Allow-Origin"] = "*"
    return response
