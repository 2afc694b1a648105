"""What changes public pages when it is saved, whoever saves it: services, the staff's pages, a shell."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save

from whence.desk.caching import bump
from whence.desk.models import (
    Appeal,
    Byline,
    Evidence,
    ModerationAct,
    Note,
    NoteScore,
    Outlet,
    ScoringRun,
    Source,
    Statement,
    StatusChange,
    Story,
    User,
    Version,
)

__all__ = ["connect"]


def _changed(sender: Any, instance: Any, **details: Any) -> None:
    if details.get("created") and sender in (Outlet, Byline, Source, User):
        return  # Nothing shows them yet; the story or note that will is saved too.
    if sender is User and set(details.get("update_fields") or ()) <= {"last_login", "language", "password"}:
        return
    if isinstance(instance, Story):
        bump(instance.key)
    elif isinstance(instance, (Note, Version, Statement)):
        bump(instance.story.key)
    elif isinstance(instance, (NoteScore, Evidence, StatusChange)):
        bump(instance.note.story.key)
    else:
        bump()


def connect() -> None:
    """Mark the pages on which a row is shown whenever it is saved or deleted (`bulk_create` and `update` do not)."""
    for model in (
        Appeal, Byline, Evidence, ModerationAct, Note, NoteScore, Outlet, ScoringRun, Source, Statement, StatusChange,
        Story, User, Version,
    ):  # fmt: skip
        post_save.connect(_changed, sender=model, dispatch_uid=f"desk-pages-{model.__name__}")
        post_delete.connect(_changed, sender=model, dispatch_uid=f"desk-pages-gone-{model.__name__}")
