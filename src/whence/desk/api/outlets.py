"""Outlets: who published the stories."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router

from whence.desk.api.paging import Filter, Page, Words, page_of
from whence.desk.api.schemas import OutletOut, OutletPage, Problem
from whence.desk.api.shapes import outlet_out
from whence.desk.models import Outlet

__all__ = ["router"]

router = Router()
_TOLD = Count("stories", filter=Q(stories__hidden=False))


@router.get("", response={200: OutletPage, 404: Problem, 422: Problem}, summary="Outlets")
def index(request: HttpRequest, page: Query[Page], name: Filter = "") -> dict[str, object]:
    """Outlets, by name."""
    rows = Outlet.objects.annotate(told=_TOLD).filter(told__gt=0)
    if name:
        rows = rows.filter(name__iexact=name)
    return page_of(request, rows, page, outlet_out)


@router.get("/{slug}", response={200: OutletOut, 404: Problem, 422: Problem}, summary="An outlet")
def show(request: HttpRequest, slug: Path[Words]) -> dict[str, Any]:
    """An outlet; its stories are at /stories?outlet=SLUG."""
    return outlet_out(get_object_or_404(Outlet.objects.annotate(told=_TOLD), slug=slug))
