"""Work that the worker does: each task calls one service, and may be done twice without harm."""

from __future__ import annotations

from django_tasks import task

__all__ = ["read_story"]


@task()
def read_story(pk: int) -> None:
    """Fetch and read a story."""
    from whence.desk.services import stories

    stories.read_story(pk)
