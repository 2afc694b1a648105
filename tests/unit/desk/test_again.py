"""Pages are looked at again: often while they are young, on request, and not when they were removed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.unit.desk.conftest import TEXT, Desk
from whence.desk.models import Story
from whence.desk.services import again, stories

URL = "https://paper.example/harbour"


def _story(desk: Desk, age: timedelta = timedelta(hours=5), looked: timedelta = timedelta(hours=2)) -> Story:
    story = desk.story()
    DBTaskResult.objects.all().delete()
    now = timezone.now()
    Story.objects.filter(pk=story.pk).update(url=URL, given="", added=now - age, looked=now - looked)
    story.refresh_from_db()
    return story


def _queued() -> int:
    return DBTaskResult.objects.ready().filter(task_path__endswith=".read_story").count()


@pytest.mark.parametrize(
    ("age", "looked", "is_due"),
    [
        (timedelta(hours=5), timedelta(hours=2), True),
        (timedelta(hours=5), timedelta(minutes=30), False),
        (timedelta(days=5), timedelta(hours=2), False),
        (timedelta(days=5), timedelta(hours=25), True),
        (timedelta(days=50), timedelta(days=20), False),
    ],
)
def test_young_pages_are_looked_at_often(desk: Desk, age: timedelta, looked: timedelta, is_due: bool) -> None:
    _story(desk, age, looked)
    assert again.ask() == _queued() == int(is_due)
    assert again.ask() == 0  # it is on its way


def test_old_pages_are_looked_at_where_somebody_wrote_a_note(desk: Desk) -> None:
    story = _story(desk, timedelta(days=50), timedelta(days=20))
    desk.note(desk.user(), story)
    assert again.ask() == 1


@pytest.mark.parametrize("fields", [{"hidden": True}, {"state": "removed"}, {"state": "waiting"}, {"url": None}])
def test_pages_that_are_not_there_to_be_read_are_left_alone(desk: Desk, fields: dict[str, object]) -> None:
    story = _story(desk)
    Story.objects.filter(pk=story.pk).update(**fields)
    story.refresh_from_db()
    assert again.ask() == 0
    assert not again.asked_for(story)


def test_whoever_gives_the_address_again_has_it_looked_at_once(desk: Desk) -> None:
    story = _story(desk)
    assert stories.add_url(URL) == story
    assert stories.add_url(URL) == story
    assert _queued() == 1


def test_a_page_that_could_not_be_read_is_tried_again(desk: Desk) -> None:
    story = _story(desk)
    Story.objects.filter(pk=story.pk).update(state=Story.State.FAILED, trouble="the server did not answer")
    again_added = stories.add_url(URL)
    again_added.refresh_from_db()
    assert (again_added.state, again_added.trouble) == (Story.State.WAITING, "")
    assert _queued() == 1


def test_a_removed_story_is_not_read_again(desk: Desk) -> None:
    story = desk.story()
    Story.objects.filter(pk=story.pk).update(state=Story.State.REMOVED, given=TEXT + "\n\nMore.")
    assert stories.read_story(story.pk) is None
    assert story.versions.count() == 1


def test_a_story_and_its_reading_are_queued_as_one(desk: Desk) -> None:
    story = stories.add_url("https://paper.example/new")
    task = DBTaskResult.objects.ready().get(task_path__endswith=".read_story")
    assert task.args_kwargs["args"] == [story.pk]
