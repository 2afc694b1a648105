"""Looking at pages again: news are corrected, and notes have to follow.

A young page is looked at often, an old one seldom, and one that nobody has written on not at all after a while; whoever
gives the address of a story again has it looked at too.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from whence.desk.models import Story
from whence.desk.services import facts

__all__ = ["AGES", "ask", "asked_for", "due"]

AGES = (
    (timedelta(days=1), timedelta(hours=1)),
    (timedelta(days=14), timedelta(days=1)),
    (timedelta(days=365), timedelta(days=7)),
)
"""Up to which age a story's page is looked at how often; the last only where somebody has written a note on it."""

_ON_REQUEST = timedelta(minutes=10)


def due(now: datetime) -> QuerySet[Story]:
    """Return the stories whose page is to be looked at, the one not looked at for longest first.

    Args:
        now: with a time zone.
    """
    wanted = Q()
    younger = now + timedelta(days=1)
    for place, (age, pause) in enumerate(AGES):
        these = Q(added__gt=now - age, added__lte=younger, looked__lt=now - pause)
        wanted |= these & Q(notes_all__gt=0) if place == len(AGES) - 1 else these
        younger = now - age
    return Story.objects.filter(wanted, state=Story.State.READ, hidden=False, url__isnull=False).order_by("looked")


@transaction.atomic
def ask(most: int = 20) -> int:
    """Queue stories whose page is to be looked at.

    Args:
        most: at a time; 1 or more.

    Returns:
        How many.
    """
    now = timezone.now()
    stories = list(due(now)[:most])
    for story in stories:
        _queue(story, now)
    return len(stories)


def asked_for(story: Story) -> bool:
    """Have a page looked at because somebody gave its address again; one that could not be read is tried again.

    Args:
        story: which is on the desk already.

    Returns:
        Whether it is: a page was not looked at just now, and is there to be read.
    """
    now = timezone.now()
    lately = story.looked is not None and story.looked > now - _ON_REQUEST
    if lately or not story.url or story.hidden or story.state not in (Story.State.READ, Story.State.FAILED):
        return False
    with facts.writing():
        if story.state == Story.State.FAILED:
            story.state, story.trouble = Story.State.WAITING, ""
            story.save(update_fields=["state", "trouble", "changed"])
        _queue(story, now)
    return True


def _queue(story: Story, now: datetime) -> None:
    """Queue the reading; it counts as looked at from now on, so that it is not queued twice."""
    from whence.desk import tasks

    Story.objects.filter(pk=story.pk).update(looked=now)
    tasks.read_story.enqueue(story.pk)
