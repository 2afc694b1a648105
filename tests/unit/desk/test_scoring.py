"""Scoring: what follows from the ratings, once, in the open, and the same for whoever computes it again."""

from __future__ import annotations

import json
import random
import threading
from typing import Any

import pytest

from tests.unit.desk.conftest import Desk
from whence.desk.models import LogFile, Note, NoteScore, Rating, ScoringRun, StatusChange, Story, User
from whence.desk.services import facts, locks, notes, ratings, records, scoring
from whence.ledger import Verifier
from whence.publish.record_json import read_record, to_record_json
from whence.verification import VerifiedLog, verify_log, verify_record


def both_sides_like(desk: Desk, note: Note) -> ScoringRun:
    """Have a note rated, and four others that divide the raters, so that it is shown."""
    author = desk.user("divider")
    others = [desk.note(author, note.story, text=f"Note {n} on which people divide in two sides.") for n in range(4)]
    for number, rater in enumerate(desk.users(10, "voter")):
        for place, other in enumerate(others):
            desk.rate(rater, other, "helpful" if (number + place) % 2 else "not")
        desk.rate(rater, note, "helpful")
    run = scoring.score()
    assert run is not None
    return run


def verified(runs: Any = "all") -> VerifiedLog:
    """Verify the log as anybody would, and compute its statuses again."""
    return verify_log(facts.LogStorage().get, Verifier.parse(facts.first_key()), runs=runs)


def test_a_note_that_both_sides_find_helpful_is_shown(desk: Desk) -> None:
    note = desk.note(desk.user("author"))
    run = both_sides_like(desk, note)
    score = NoteScore.objects.get(note=note)
    assert run.divided
    assert score.status == "helpful"
    assert score.low is not None
    assert score.low >= scoring.THRESHOLD
    assert [side["helpful"] for side in score.sides] == [5, 5]
    note.story.refresh_from_db()
    assert (note.story.notes_shown, note.story.checked, note.story.notes_all) == (1, 1, 5)
    change = StatusChange.objects.get(note=note)
    assert (change.before, change.after) == ("", "helpful")


def test_partisan_notes_need_more_ratings(desk: Desk) -> None:
    both_sides_like(desk, desk.note(desk.user("author")))
    partisan = NoteScore.objects.exclude(status="helpful")
    assert partisan.count() == 4
    assert {score.status for score in partisan} == {"needs-more-ratings"}


def test_the_log_verifies_and_recomputes_every_run(desk: Desk) -> None:
    note = desk.note(desk.user("author"))
    both_sides_like(desk, note)
    for rating in Rating.objects.filter(note=note)[:5]:
        ratings.rate(rating.rater, note, "not")
    ratings.withdraw(Rating.objects.filter(note=note).latest("pk").rater, note)
    run = scoring.score()
    assert run is not None
    assert NoteScore.objects.get(note=note).status == "needs-more-ratings"
    found = verified()
    assert found.runs == 2
    assert found.kinds["run"] == 2
    # Statuses go into the log when they are new or have changed, and only then.
    assert found.kinds["status"] == 5 + 1


def test_scoring_again_changes_nothing(desk: Desk) -> None:
    run = both_sides_like(desk, desk.note(desk.user("author")))
    size = facts.log().checkpoint().size
    assert scoring.score() == run
    assert facts.log().checkpoint().size == size
    assert ScoringRun.objects.count() == 1


def test_the_same_ratings_in_another_order_give_the_same_scores(desk: Desk) -> None:
    note = desk.note(desk.user("author"))
    both_sides_like(desk, note)

    def scores() -> list[Any]:
        fields = ("note_id", "status", "reason", "score", "low", "high", "factor", "sides")
        return list(NoteScore.objects.order_by("note_id").values_list(*fields))

    first = json.dumps(scores())
    kept = [(r.rater, r.note, r.level) for r in Rating.objects.order_by("pk").select_related("rater", "note")]
    for rater, rated, _ in kept:
        ratings.withdraw(rater, rated)
    for rater, rated, level in reversed(kept):
        ratings.rate(rater, rated, level)
    run = scoring.score(force=True)
    assert run is not None
    assert json.dumps(scores()) == first
    assert verified().runs == 2


def test_a_desk_without_ratings_has_only_notes_that_need_them(desk: Desk) -> None:
    note = desk.note(desk.user("author"))
    run = scoring.score()
    assert run is not None
    assert not run.divided
    score = NoteScore.objects.get(note=note)
    assert (score.status, score.ratings, score.score, score.sides) == ("needs-more-ratings", 0, None, [])
    assert not StatusChange.objects.exists()
    assert verified().recomputed >= 1


def test_viewpoints_are_kept_and_go_with_the_divide(desk: Desk) -> None:
    both_sides_like(desk, desk.note(desk.user("author")))
    factors = User.objects.filter(ratings__level="helpful").values_list("factor", flat=True)
    assert {factor > 0 for factor in factors if factor} == {True, False}
    for rating in Rating.objects.select_related("rater", "note"):
        ratings.withdraw(rating.rater, rating.note)
    scoring.score()
    assert not Rating.objects.exists()
    assert not User.objects.filter(factor__isnull=False).exists()


def test_nobody_scores_while_somebody_does(real_desk: Desk) -> None:
    real_desk.note(real_desk.user("author"))
    release = locks.hold("score")
    assert release is not None
    try:
        assert scoring.score() is None
    finally:
        release()
    assert scoring.score() is not None


def test_ratings_made_while_a_run_computes_wait_for_the_next(real_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    note = real_desk.note(real_desk.user("author"))
    late = real_desk.user("late")
    fit = scoring._fit
    caught: list[BaseException] = []

    def rate() -> None:
        from django.db import connection

        try:
            ratings.rate(late, note, "helpful")
        except BaseException as failure:
            caught.append(failure)
        finally:
            connection.close()

    def slowly(seen: Any) -> Any:
        thread = threading.Thread(target=rate)
        thread.start()
        thread.join(30)
        return fit(seen)

    monkeypatch.setattr(scoring, "_fit", slowly)
    run = scoring.score()
    monkeypatch.undo()
    assert not caught
    assert run is not None
    assert run.ratings == 0
    entry = Rating.objects.get().entry
    assert entry is not None
    assert entry >= run.counted
    verified()
    again = scoring.score()
    assert again is not None
    assert again.ratings == 1
    assert LogFile.objects.exists()


def _holds(story: Story) -> None:
    """Verify a story's record as whoever has its badge would."""
    record = read_record(to_record_json(records.story_record(story)).encode())
    verify_record(record, facts.LogStorage().get, Verifier.parse(facts.first_key()))


def test_a_storys_record_holds_with_a_divide_and_after_a_withdrawal(desk: Desk) -> None:
    note = desk.note(desk.user("author"), verdict="Missing context")
    both_sides_like(desk, note)
    _holds(note.story)
    notes.withdraw(note.author, note)
    _holds(note.story)
    scoring.score(force=True)
    _holds(note.story)


def test_a_storys_record_holds_without_a_divide(desk: Desk) -> None:
    author, story = desk.user("author"), desk.story()
    rated = [desk.note(author, story, text=f"Note {n} on which people differ, but not by side.") for n in range(5)]
    unheard = desk.note(author, story, text="Another note, which nobody has rated at all so far.")
    chance = random.Random(3)
    for rater in desk.users(9):
        for note in rated:
            desk.rate(rater, note, "helpful" if chance.random() < 0.6 else "not")
    run = scoring.score()
    assert run is not None
    assert not run.divided
    assert {bool(score.sides) for score in NoteScore.objects.all()} == {False}
    assert NoteScore.objects.get(note=unheard).ratings == 0
    _holds(story)
    assert verified().recomputed == 6
