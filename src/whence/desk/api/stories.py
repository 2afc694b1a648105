"""Stories, their versions and their readings."""

from __future__ import annotations

import json
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router

from whence.desk.api.paging import Filter, Page, Words, narrowed, page_of
from whence.desk.api.schemas import Problem, StoryOut, StoryPage, VersionOut
from whence.desk.api.shapes import story_out, version_out
from whence.desk.models import Story
from whence.desk.services.reasons import explained

__all__ = ["router"]

router = Router()
_Key = Path[Words]


def _stories() -> QuerySet[Story]:
    return Story.objects.filter(hidden=False).select_related("outlet", "byline")


@router.get("", response={200: StoryPage, 404: Problem, 422: Problem}, summary="Stories, the latest first")
def index(
    request: HttpRequest,
    page: Query[Page],
    outlet: Filter = "",
    url: Filter = "",
    state: Literal["", "waiting", "read", "failed"] = "",
) -> dict[str, object]:
    """Stories, filtered by outlet (slug), the address of the page, or the state."""
    rows = narrowed(_stories(), outlet__slug=outlet, url=url, state=state)
    return page_of(request, rows, page, story_out)


@router.get("/{key}", response={200: StoryOut, 404: Problem, 422: Problem}, summary="A story")
def show(request: HttpRequest, key: _Key) -> dict[str, Any]:
    """A story with its counts."""
    return story_out(get_object_or_404(_stories(), key=key))


@router.get("/{key}/versions", response={200: list[VersionOut], 404: Problem, 422: Problem}, summary="Its versions")
def versions(request: HttpRequest, key: _Key) -> list[dict[str, Any]]:
    """What stood on the page when, the latest first."""
    story = get_object_or_404(_stories(), key=key)
    return [
        version_out(one) for one in story.versions.defer("text", "reading", "reasons", "snapshot").order_by("-number")
    ]


@router.get("/{key}/reading", response={200: dict[str, Any], 404: Problem, 422: Problem}, summary="Its reading")
def reading(request: HttpRequest, key: _Key, explain: bool = False) -> dict[str, Any]:
    """The latest reading, as `whence read --format json` gives it (version 1); `explain` adds why its labels are so."""
    story = get_object_or_404(_stories().filter(state=Story.State.READ), key=key)
    version = story.versions.order_by("-number").only("reading", "reasons").first()
    if version is None or not version.reading:
        raise Http404
    if explain:
        return explained(version).to_dict(explain=True)
    found: dict[str, Any] = json.loads(version.reading)
    return found
