"""The queue after a worker's death, the clock, locks between processes, and a database that cannot be written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from whence.desk.models import Rating, ScoringRun, Story
from whence.desk.services import locks, queue, scoring, stories

if TYPE_CHECKING:
    from tests.unit.desk.conftest import Desk


def _running(desk: Desk, *workers: str) -> Any:
    """A task that a worker has begun."""
    stories.add_text("A headline\n\nThe pier is closed, said the mayor.")
    from whence.desk import tasks

    if not DBTaskResult.objects.exists():
        tasks.read_story.enqueue(Story.objects.get().pk)
    task = DBTaskResult.objects.get()
    task.status, task.started_at, task.worker_ids = "RUNNING", timezone.now(), list(workers)
    task.save()
    return task


def test_what_a_killed_worker_left_is_taken_up_again(desk: Desk) -> None:
    task = _running(desk, "gone-1")
    assert queue.take_up_again() == 1
    task.refresh_from_db()
    assert (task.status, task.started_at) == ("READY", None)
    assert desk.settle() >= 1
    assert Story.objects.get().state == "read"


def test_what_a_living_worker_does_is_left_to_it(desk: Desk) -> None:
    release = locks.hold(queue.lock_of("alive-1"))
    assert release is not None
    try:
        _running(desk, "alive-1")
        assert queue.take_up_again() == 0
    finally:
        release()
    assert queue.take_up_again() == 1


def test_a_task_that_kills_its_workers_is_given_up(desk: Desk) -> None:
    task = _running(desk, *(f"gone-{number}" for number in range(6)))
    assert queue.take_up_again() == 0
    task.refresh_from_db()
    assert task.status == "FAILED"
    story = Story.objects.get()
    assert (story.state, "memory" in story.trouble) == ("failed", True)


def test_scoring_comes_round_and_is_asked_for_once(desk: Desk) -> None:
    assert queue.schedule()
    assert not queue.schedule()
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=timezone.now())
    assert not queue.schedule()
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=6))
    assert queue.schedule()
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=timezone.now() - timedelta(days=8))
    queue.forget()
    assert not DBTaskResult.objects.exists()


@pytest.fixture
def somebody_else(desk: Desk) -> Iterator[None]:
    """Another process of this desk that is scoring."""
    code = (
        "import django; django.setup()\n"
        "from whence.desk.services import locks\n"
        "with locks.exclusive('score'):\n print('now', flush=True); input()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], env=dict(os.environ), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "now\n"
    yield
    process.kill()
    process.communicate()


def test_two_never_score_at_once_and_a_killed_one_holds_nobody_up(desk: Desk, somebody_else: Iterator[None]) -> None:
    desk.rate(desk.user("bo"), desk.note(desk.user()))
    assert scoring.score() is None
    assert not ScoringRun.objects.exists()


def test_after_a_killed_one_scoring_goes_on(desk: Desk) -> None:
    desk.rate(desk.user("bo"), desk.note(desk.user()))
    assert scoring.score() is not None


def test_locks_can_be_shared_and_then_nobody_has_them_alone(desk: Desk) -> None:
    one, other = locks.hold("shared", shared=True), locks.hold("shared", shared=True)
    assert one is not None
    assert other is not None
    assert locks.hold("shared") is None
    one()
    other()
    assert not locks.is_held("shared")


@pytest.mark.parametrize(
    ("makes", "mends"),
    [
        (
            "PRAGMA max_page_count = 1",
            "PRAGMA max_page_count = 1073741823",
        ),  # SQLite takes the present size as the least
        ("PRAGMA query_only = 1", "PRAGMA query_only = 0"),
    ],
)
def test_a_full_disk_and_a_read_only_one_are_said_and_lose_nothing(real_desk: Desk, makes: str, mends: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("these are SQLite's ways to say it")
    note = real_desk.note(real_desk.user())
    rater = real_desk.user("bo")
    client = Client(raise_request_exception=False)
    client.force_login(rater, backend="django.contrib.auth.backends.ModelBackend")
    path = "/stories/add/"
    text = {"story": "A long story\n\n" + "The pier is closed, said the mayor. " * 4000}
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # pages that earlier tests left free would take the story in
        cursor.execute(makes)
    try:
        answer = client.post(path, text)
        assert answer.status_code == 503
        assert answer["Retry-After"] == "60"
        assert "nothing of what you sent was kept" in answer.content.decode()
        assert client.get(f"/story/{note.story.key}/").status_code == 200
    finally:
        with connection.cursor() as cursor:
            cursor.execute(mends)
    assert Story.objects.count() == 1
    assert client.post(path, text).status_code == 302
    assert client.post(f"/note/{note.pk}/rate/", {"level": "helpful"}).status_code == 302
    assert Rating.objects.count() == 1
