"""Notes across stories."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from whence.desk.caching import public
from whence.desk.models import Note, Story
from whence.desk.paging import newest_first
from whence.desk.search import matching
from whence.desk.views.lists import narrowed

__all__ = ["FILTERS", "index", "standing"]

FILTERS = {
    "shown": (Q(score__status="helpful"), _("shown")),
    "needs-ratings": (~Q(score__status__in=("helpful", "not-helpful")), _("needs more ratings")),
    "not-shown": (Q(score__status="not-helpful"), _("not shown")),
    "all": (Q(), _("all")),
}


def standing() -> Any:
    """Return the notes that are neither withdrawn nor hidden, on stories that everybody may see."""
    return (
        Note.objects.filter(withdrawn=None, hidden=False, story__hidden=False, story__state=Story.State.READ)
        .select_related("author", "score", "story")
        .prefetch_related("evidence", "anchors__statement")
    )


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """Notes, filtered and searched: those that are shown unless others are asked for."""
    rows, context = narrowed(
        standing(), request, FILTERS, lambda query: Q(pk__in=matching("note", query)), otherwise="shown"
    )
    return render(request, "desk/notes.html", context | {"page": newest_first(rows, request, 20)})
