"""Statements of the latest version of each story."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router

from whence.desk.api.paging import Filter, Page, narrowed, page_of
from whence.desk.api.schemas import Problem, StatementPage
from whence.desk.api.shapes import statement_out
from whence.desk.models import Statement, Story

__all__ = ["router"]

router = Router()


@router.get("", response={200: StatementPage, 404: Problem, 422: Problem}, summary="Statements, filtered")
def index(
    request: HttpRequest,
    page: Query[Page],
    story: Filter = "",
    source: Filter = "",
    outlet: Filter = "",
    voice: Literal["", "own", "attributed"] = "",
    naming: Literal["", "named", "unnamed", "unspecified"] = "",
    disputed: bool | None = None,
    checked: bool | None = None,
) -> dict[str, object]:
    """Statements by story (key), source or outlet (slugs), voice, naming, and whether disputed or checked."""
    rows = Statement.objects.filter(current=True, story__hidden=False, story__state=Story.State.READ)
    rows = narrowed(rows, story__key=story, sources__slug=source, story__outlet__slug=outlet)
    rows = narrowed(rows, voice=voice, naming=naming, disputed=disputed, checked=checked)
    rows = rows.select_related("story").prefetch_related("sources")
    return page_of(request, rows, page, statement_out, ascending=bool(story))
