"""Notes, their statuses and how those came about."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import Field

from whence.desk.api.paging import Filter, Page, narrowed, page_of
from whence.desk.api.schemas import ChangeOut, NoteOut, NotePage, Problem, StatusOut
from whence.desk.api.shapes import note_out
from whence.desk.models import Note
from whence.desk.services import facts, records
from whence.records.note_status import NoteStatus

__all__ = ["router"]

router = Router()
_Number = Path[Annotated[int, Field(ge=1, lt=2**63)]]


def _notes() -> QuerySet[Note]:
    rows = Note.objects.filter(story__hidden=False).select_related("author", "story", "score__run")
    return rows.prefetch_related(*records.NOTE_PARTS)


@router.get("", response={200: NotePage, 404: Problem, 422: Problem}, summary="Notes, the latest first")
def index(
    request: HttpRequest,
    page: Query[Page],
    story: Filter = "",
    author: Filter = "",
    status: Literal["", "helpful", "not-helpful", "needs-more-ratings"] = "",
) -> dict[str, object]:
    """Notes, by story (key), author (alias) or status; those withdrawn or hidden say so and hold no text."""
    rows = narrowed(_notes(), story__key=story, author__username=author)
    if status == "needs-more-ratings":
        rows = rows.exclude(score__status__in=["helpful", "not-helpful"])
    elif status:
        rows = rows.filter(score__status=status)
    return page_of(request, rows, page, note_out)


@router.get("/{pk}", response={200: NoteOut, 404: Problem, 422: Problem}, summary="A note")
def show(request: HttpRequest, pk: _Number) -> dict[str, Any]:
    """A note."""
    return note_out(get_object_or_404(_notes(), pk=pk))


@router.get("/{pk}/status", response={200: StatusOut, 404: Problem, 422: Problem}, summary="Its status, and why")
def status(request: HttpRequest, pk: _Number) -> dict[str, Any]:
    """A note's status with what it rests on: ratings from either side, the interval, the run that computed it."""
    note = get_object_or_404(_notes(), pk=pk)
    found = records.note_status(note.score) if hasattr(note, "score") else NoteStatus(str(pk), "needs-more-ratings")
    return {**found.to_dict(), "words": found.words}


@router.get("/{pk}/history", response={200: list[ChangeOut], 404: Problem, 422: Problem}, summary="Its statuses so far")
def history(request: HttpRequest, pk: _Number) -> list[dict[str, Any]]:
    """Changes of a note's status, the earliest first."""
    note = get_object_or_404(_notes(), pk=pk)
    rows = note.history.order_by("pk")
    return [{"at": facts.stamp(one.at), "before": one.before, "after": one.after} for one in rows]
