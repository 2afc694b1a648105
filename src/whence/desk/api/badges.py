"""What stories' badges say."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Router

from whence.desk.api.paging import Words
from whence.desk.api.schemas import BadgeOut, Problem
from whence.desk.models import Story
from whence.desk.services import records

__all__ = ["router"]

router = Router()


@router.get("/{key}", response={200: BadgeOut, 404: Problem, 422: Problem}, summary="A story's badge")
def show(request: HttpRequest, key: Path[Words]) -> dict[str, Any]:
    """What the badge says, and the record that it stands on; it stays when the story is removed."""
    story = get_object_or_404(Story.objects.select_related("outlet"), key=key)
    return records.story_record(story, evidence=False).badge().to_dict()
