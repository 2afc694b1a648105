"""The sample community: invented, the same each time, and nothing in it that the services would not allow."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.unit.desk.conftest import Desk
from tests.unit.desk.test_scoring import verified
from whence.desk.models import Anchor, Evidence, Note, NoteScore, Rating, StatusChange, Story, User
from whence.desk.services import demo


def _as_made() -> list[object]:
    notes = Note.objects.order_by("pk").values_list("story__key", "author__username", "text", "score__status")
    ratings = Rating.objects.order_by("note_id", "rater_id").values_list("note_id", "rater__username", "level")
    return [*notes, *ratings]


def test_it_shows_each_state_and_its_log_verifies(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert demo.fill()
    assert "sign in as '" in capsys.readouterr().err
    statuses = Counter(NoteScore.objects.values_list("status", flat=True))
    assert set(statuses) == {"helpful", "not-helpful", "needs-more-ratings"}
    assert Story.objects.filter(notes_all=0).exists()  # nobody has checked
    assert Anchor.objects.filter(orphaned=True).exists()
    assert "the sides differ" in NoteScore.objects.values_list("reason", flat=True)
    assert User.objects.filter(is_staff=False).count() == demo.PEOPLE
    assert not Evidence.objects.filter(archived="").exists()
    assert StatusChange.objects.exists()
    factors = User.objects.values_list("factor", flat=True)
    assert {factor > 0 for factor in factors if factor is not None} == {True, False}
    assert verified().runs == 2
    # What waits for the worker needs no network: the sources are invented.
    from django_tasks_db.models import DBTaskResult

    assert set(DBTaskResult.objects.ready().values_list("task_path", flat=True)) <= {"whence.desk.tasks.match_story"}
    assert not demo.fill()  # a desk that has stories is left as it is


def test_both_sides_have_as_many_partisan_notes() -> None:
    slants = [note["slant"] for sample in demo._samples() for note in sample.get("notes", [])]
    assert sum(slant > 0.5 for slant in slants) == sum(slant < -0.5 for slant in slants) > 1


def test_the_same_seed_makes_the_same_community(real_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.management import call_command

    monkeypatch.setattr(demo, "PEOPLE", 16)  # quicker, and as good
    monkeypatch.setattr(demo, "_EARLY", 15)
    assert demo.fill(seed=7)
    first = _as_made()
    call_command("flush", interactive=False, verbosity=0)
    assert demo.fill(seed=7)
    assert _as_made() == first
