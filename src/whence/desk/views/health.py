"""For those who run the desk: is it alive, is it ready, how is it doing."""

from __future__ import annotations

import os
import time
from bisect import bisect_left
from threading import Lock

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from whence._version import __version__

__all__ = ["count", "live", "metrics", "ready"]

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
_lock = Lock()
_statuses: dict[int, int] = {}
_buckets = [0] * (len(_BOUNDS) + 1)
_seconds = 0.0
_started = time.time()


def count(status: int, seconds: float) -> None:
    """Count a request of this process.

    Args:
        status: of its answer.
        seconds: that it took.
    """
    global _seconds  # noqa: PLW0603 (a process's counter)
    with _lock:
        _statuses[status] = _statuses.get(status, 0) + 1
        _buckets[bisect_left(_BOUNDS, seconds)] += 1
        _seconds += seconds


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process can: a service manager restarts one that does not."""
    return JsonResponse({"status": "ok", "version": __version__})


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 where the database answers and its tables are there, 503 otherwise: a proxy then sends nobody."""
    from whence.desk.models import LogFile

    try:
        LogFile.objects.filter(path="checkpoint").exists()
    except DatabaseError as failure:
        return JsonResponse({"status": "unavailable", "why": type(failure).__name__}, status=503)
    return JsonResponse({"status": "ok", "database": connection.vendor})


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer in Prometheus' text format; counters of requests are this process's, told apart by their pid."""
    lines = [*_of_this_process(), *_of_the_desk()]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def _of_this_process() -> list[str]:
    pid = os.getpid()
    with _lock:
        statuses, buckets, seconds = dict(_statuses), list(_buckets), _seconds
    lines = [
        "# TYPE whence_build_info gauge",
        f'whence_build_info{{version="{__version__}"}} 1',
        "# TYPE process_start_time_seconds gauge",
        f'process_start_time_seconds{{pid="{pid}"}} {_started:.0f}',
        "# HELP whence_requests_total Requests answered.",
        "# TYPE whence_requests_total counter",
    ]
    lines += [f'whence_requests_total{{pid="{pid}",status="{one}"}} {n}' for one, n in sorted(statuses.items())]
    lines += ["# HELP whence_request_seconds Time that requests took.", "# TYPE whence_request_seconds histogram"]
    total = 0
    for bound, number in zip((*map(str, _BOUNDS), "+Inf"), buckets, strict=True):
        total += number
        lines.append(f'whence_request_seconds_bucket{{pid="{pid}",le="{bound}"}} {total}')
    lines += [
        f'whence_request_seconds_sum{{pid="{pid}"}} {seconds:.6f}',
        f'whence_request_seconds_count{{pid="{pid}"}} {total}',
    ]
    return lines


def _of_the_desk() -> list[str]:
    from django_tasks_db.models import DBTaskResult

    from whence.desk.models import Appeal, Note, Rating, Report, ScoringRun, Story, User
    from whence.desk.services import facts

    waiting = DBTaskResult.objects.filter(status="READY")
    oldest = waiting.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    run = ScoringRun.objects.filter(finished__isnull=False).first()
    now = timezone.now()
    gauges: list[tuple[str, str, float]] = [
        ("whence_stories", "Stories.", Story.objects.count()),
        ("whence_notes", "Notes.", Note.objects.count()),
        ("whence_ratings", "Ratings in force.", Rating.objects.filter(rater__discounted=False).count()),
        ("whence_contributors", "Contributors.", User.objects.count()),
        ("whence_log_entries", "Entries of the public log.", facts.log().checkpoint().size),
        ("whence_reports_open", "Reports that no moderator has settled.", Report.objects.filter(settled=None).count()),
        ("whence_appeals_open", "Appeals without an answer.", Appeal.objects.filter(state="open").count()),
        ("whence_tasks_waiting", "Tasks in the queue.", waiting.count()),
        ("whence_tasks_failed", "Failed tasks of the last week.", DBTaskResult.objects.filter(status="FAILED").count()),
        (
            "whence_task_oldest_seconds",
            "Age of the task that has waited longest.",
            (now - oldest).total_seconds() if oldest else 0,
        ),
    ]
    if run is not None and run.finished is not None:
        gauges.append(("whence_scored_seconds", "Time since the last scoring.", (now - run.finished).total_seconds()))
    lines = []
    for name, text, value in gauges:
        lines += [f"# HELP {name} {text}", f"# TYPE {name} gauge", f"{name} {value:g}"]
    return lines
