"""Outlets and bylines: what they published, in counts and never in scores."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from whence.desk.caching import public
from whence.desk.models import Byline, Outlet, Story
from whence.desk.paging import by_label, newest_first
from whence.desk.views.statements import told
from whence.desk.views.stories import readable

__all__ = ["byline", "index", "outlet"]

_SHOWN = Q(stories__hidden=False, stories__state=Story.State.READ)


def _counts(rows: Any, statements: Any) -> dict[str, int]:
    """Count what stories hold.

    Args:
        rows: stories.
        statements: of these stories.
    """
    found = rows.aggregate(
        stories=Count("pk"),
        statements=Sum("statements", default=0),
        checked=Sum("checked", default=0),
        notes_shown=Sum("notes_shown", default=0),
        single_origin=Count("pk", filter=Q(single_origin=True)),
        disputed=Count("pk", filter=Q(disputed__gt=0)),
    )
    found |= statements.aggregate(
        named=Count("pk", filter=Q(voice="attributed", naming="named")),
        unnamed=Count("pk", filter=Q(voice="attributed") & ~Q(naming="named")),
        own=Count("pk", filter=Q(voice="own")),
    )
    return dict(found)


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """All outlets."""
    page = by_label(Outlet.objects.filter(Exists(readable().filter(outlet=OuterRef("pk")))), request, "name")
    counts = Outlet.objects.filter(pk__in=[outlet.pk for outlet in page.items]).annotate(
        count=Count("stories", filter=_SHOWN)
    )
    by_key = {outlet.pk: outlet for outlet in counts}
    return render(request, "desk/outlets.html", {"page": page, "outlets": [by_key[outlet.pk] for outlet in page.items]})


@require_safe
@public
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    """An outlet's stories."""
    found = get_object_or_404(Outlet, slug=slug)
    rows = readable().filter(outlet=found)
    context = {
        "outlet": found,
        "counts": _counts(rows, told().filter(story__outlet=found)),
        "page": newest_first(rows.select_related("outlet", "byline"), request),
        "bylines": found.bylines.annotate(count=Count("stories", filter=_SHOWN)).filter(count__gt=0)[:100],
    }
    return render(request, "desk/outlet.html", context)


@require_safe
@public
def byline(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories that one name has signed."""
    found = get_object_or_404(Byline.objects.select_related("outlet"), slug=slug)
    rows = readable().filter(byline=found)
    context = {
        "byline": found,
        "counts": _counts(rows, told().filter(story__byline=found)),
        "page": newest_first(rows.select_related("outlet", "byline"), request),
    }
    return render(request, "desk/byline.html", context)
