"""Counts of stories and statements, so that lists and pages need no joins."""

from __future__ import annotations

from collections.abc import Iterable

from whence.desk.models import Anchor, Note, Statement, Story
from whence.desk.models.scoring import Status
from whence.desk.services import facts

__all__ = ["recount"]


@facts.writing()
def recount(stories: Iterable[int]) -> None:
    """Count the notes of stories and what they speak to; may be done at any time.

    A statement counts as checked when a note on it is shown, or a published fact-check speaks to it. A shown note whose
    statements are all gone from the page is not counted as shown.

    Args:
        stories: their keys.
    """
    for story in Story.objects.select_for_update(of=("self",)).filter(pk__in=set(stories)).order_by("pk"):
        standing = Note.objects.filter(story=story, hidden=False, withdrawn=None)
        shown = Anchor.objects.filter(
            note__in=standing.filter(score__status=Status.HELPFUL), orphaned=False, statement__current=True
        )
        checked = set(shown.values_list("statement_id", flat=True))
        statements = list(Statement.objects.filter(story=story, current=True).only("pk", "checked", "fact_checks"))
        turned = []
        for statement in statements:
            now = statement.pk in checked or bool(statement.fact_checks)
            if statement.checked != now:
                statement.checked = now
                turned.append(statement)
        Statement.objects.bulk_update(turned, ["checked"])
        counted = (
            len(statements),
            sum(s.checked for s in statements),
            shown.values("note_id").distinct().count(),
            standing.count(),
        )
        if counted != (story.statements, story.checked, story.notes_shown, story.notes_all):
            story.statements, story.checked, story.notes_shown, story.notes_all = counted
            story.save(update_fields=["statements", "checked", "notes_shown", "notes_all", "changed"])
