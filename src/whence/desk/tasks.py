"""Work that the worker does: each task calls one service, and may be done twice without harm."""

from __future__ import annotations

from django_tasks import task

__all__ = ["archive_evidence", "match_story", "read_story", "score"]


@task()
def read_story(pk: int) -> None:
    """Fetch and read a story."""
    from whence.desk.services import stories

    stories.read_story(pk)


@task()
def match_story(pk: int) -> None:
    """Look for published fact-checks of a story's statements."""
    from whence.desk.services import known_checks

    known_checks.match_story(pk)


@task()
def archive_evidence(pk: int) -> None:
    """Keep the text of a page on which a note rests."""
    from whence.desk.services import evidence

    evidence.archive(pk)


@task(queue_name="scoring")
def score() -> None:
    """Score all ratings."""
    from whence.desk.services import scoring

    scoring.score()
