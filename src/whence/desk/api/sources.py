"""Sources: whoever statements are attributed to, across stories."""

from __future__ import annotations

from typing import Any, Literal

from django.db.models import Count, Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router

from whence.desk.api.paging import Filter, Page, Words, narrowed, page_of
from whence.desk.api.schemas import Problem, SourceOut, SourcePage
from whence.desk.api.shapes import source_out
from whence.desk.models import Source

__all__ = ["router"]

router = Router()
_SAID = Count("statements", filter=Q(statements__current=True, statements__story__hidden=False))


@router.get("", response={200: SourcePage, 404: Problem, 422: Problem}, summary="Sources")
def index(
    request: HttpRequest,
    page: Query[Page],
    label: Filter = "",
    naming: Literal["", "named", "unnamed", "unspecified"] = "",
) -> dict[str, object]:
    """Sources, by label or naming."""
    rows = narrowed(Source.objects.annotate(said=_SAID).filter(said__gt=0), label__iexact=label, naming=naming)
    return page_of(request, rows, page, source_out)


@router.get("/{slug}", response={200: SourceOut, 404: Problem, 422: Problem}, summary="A source")
def show(request: HttpRequest, slug: Path[Words]) -> dict[str, Any]:
    """A source; its statements are at /statements?source=SLUG."""
    return source_out(get_object_or_404(Source.objects.annotate(said=_SAID), slug=slug))
