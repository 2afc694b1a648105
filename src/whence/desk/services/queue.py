"""The queue's housekeeping: work that a killed worker left is taken up again, scoring comes round, old results go."""

from __future__ import annotations

import contextlib
import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from whence.desk import config, shared
from whence.desk.models import Story, Tally
from whence.desk.services import again, locks

__all__ = ["forget", "lock_of", "schedule", "take_up_again"]

_log = logging.getLogger("whence.desk.queue")
_TRIES = 6  # of a task whose worker dies: without an end it would kill workers for ever
_EXPORTS = timedelta(hours=24)
_KEPT = timedelta(days=7)  # results of finished tasks


def lock_of(worker: str) -> str:
    """Return the name of the lock that a worker holds while it lives."""
    return f"worker-{worker}"


def take_up_again() -> int:
    """Put tasks back whose worker has gone; one that has cost six workers is given up.

    Returns:
        How many were put back.
    """
    back = 0
    for task in DBTaskResult.objects.filter(status="RUNNING").order_by("enqueued_at"):
        worker = task.worker_ids[-1] if task.worker_ids else ""
        if worker and locks.is_held(lock_of(worker)):
            continue
        _tidy(worker)
        running = DBTaskResult.objects.filter(pk=task.pk, status="RUNNING", worker_ids=task.worker_ids)
        if len(task.worker_ids) < _TRIES:
            back += running.update(status="READY", started_at=None)
        elif running.update(
            status="FAILED", finished_at=timezone.now(), traceback=f"given up: {_TRIES} workers ended while doing it"
        ):
            _log.error("task %s %s was given up: %s workers ended while doing it", task.task_path, task.pk, _TRIES)
            if task.task_path.endswith(".read_story"):
                Story.objects.filter(pk__in=task.args_kwargs["args"][:1], state=Story.State.WAITING).update(
                    state=Story.State.FAILED, trouble="reading it took more memory or time than there is"
                )
    if back:
        _log.warning("%s tasks of workers that have gone were put back", back)
    return back


def _tidy(worker: str) -> None:
    if worker and "/" not in worker:
        with contextlib.suppress(OSError):
            (config.get().home / "locks" / lock_of(worker)).unlink()


def schedule() -> bool:
    """Ask for a scoring, and daily for the bulk data, where the last was asked for long enough ago and none is waiting.

    Returns:
        Whether a scoring was asked for.
    """
    from whence.desk import tasks, tasks_exchange

    with locks.exclusive("clock") as ours:
        if not ours:
            return False
        asked = _ask(tasks.score, timedelta(minutes=config.get().score_minutes))
        _ask(tasks_exchange.publish_data, _EXPORTS)
        again.ask()
    return asked


@transaction.atomic
def _ask(task: Task[..., None], pause: timedelta) -> bool:
    """Queue a task that comes round, unless it waits, runs, or was asked for lately."""
    asked = DBTaskResult.objects.filter(task_path=task.module_path)
    if asked.filter(status__in=["READY", "RUNNING"]).exists():
        return False
    if asked.filter(enqueued_at__gt=timezone.now() - pause).exists():
        return False
    task.enqueue()
    return True


def forget() -> None:
    """Delete results of tasks that ended a week ago, and counts whose window is over."""
    now = timezone.now()
    DBTaskResult.objects.filter(status__in=["SUCCESSFUL", "FAILED"], finished_at__lt=now - _KEPT).delete()
    Tally.objects.filter(ends__lt=now).delete()
    shared.forget()
