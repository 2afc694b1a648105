"""Rate before write: what is earned, what it is worth, and what it costs to be found unhelpful."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.desk.conftest import Desk
from whence.desk.models import Note, NoteScore, Rating, ScoringRun, StatusChange, User
from whence.desk.services import standing


def _decide(note: Note, status: str) -> None:
    run = ScoringRun.objects.create(counted=0, scorer="test", finished=timezone.now())
    NoteScore.objects.update_or_create(note=note, defaults={"run": run, "status": status})
    StatusChange.objects.create(note=note, run=run, at=timezone.now(), before="", after=status)


@given(st.integers(-50, 50))
def test_more_helpful_notes_never_cost_and_unhelpful_ones_never_gain(impact: int) -> None:
    assert standing.needed(impact + 1) <= standing.needed(impact)
    assert standing.limit(impact + 1) >= standing.limit(impact)
    assert standing.needed(impact) >= standing.EARNED
    assert 1 <= standing.limit(impact) <= standing.MOST_A_DAY


def test_the_first_members_may_write_and_others_have_to_earn_it(desk: Desk) -> None:
    users = [desk.user(f"member{n}", may_write=False, notes_a_day=0) for n in range(standing.FIRST_MEMBERS + 1)]
    for user in users:
        standing.welcome(user)
    assert [user.may_write for user in users] == [True] * standing.FIRST_MEMBERS + [False]
    with pytest.raises(standing.Refused, match="earned"):
        standing.check_may_write(users[-1])
    standing.check_may_write(users[0])


def test_ratings_that_foretold_outcomes_earn_writing(desk: Desk) -> None:
    author = desk.user("author")
    story = desk.story()
    members = [desk.user(f"member{n}") for n in range(standing.FIRST_MEMBERS)]
    newcomer = desk.user("newcomer", may_write=False)
    right = [desk.note(author, story, text=f"Note {n} that will be found helpful by all.") for n in range(5)]
    wrong = desk.note(author, story, text="A note that will be found unhelpful by all.")
    for note in right:
        desk.rate(newcomer, note, "helpful")
    desk.rate(newcomer, wrong, "somewhat")  # counts neither way
    for note in right:
        _decide(note, "helpful")
    _decide(wrong, "not-helpful")
    desk.rate(members[0], wrong, "not")  # afterwards: foretells nothing
    standing.recompute()
    newcomer.refresh_from_db()
    assert (newcomer.rating_impact, newcomer.may_write) == (5, True)
    members[0].refresh_from_db()
    assert members[0].rating_impact == 0
    author.refresh_from_db()
    assert (author.writing_impact, author.notes_a_day) == (4, 6)


def test_a_rating_against_the_outcome_counts_against(desk: Desk) -> None:
    note, rater = desk.note(desk.user("author")), desk.user("rater")
    desk.rate(rater, note, "not")
    _decide(note, "helpful")
    standing.recompute()
    rater.refresh_from_db()
    assert rater.rating_impact == -1


def test_a_rating_changed_after_the_outcome_foretells_nothing(desk: Desk) -> None:
    note, rater = desk.note(desk.user("author")), desk.user("rater")
    desk.rate(rater, note, "not")
    _decide(note, "helpful")
    desk.rate(rater, note, "helpful")
    standing.recompute()
    rater.refresh_from_db()
    assert rater.rating_impact == 0
    assert Rating.objects.get().level == "helpful"


def test_writing_is_lost_and_can_be_earned_again(desk: Desk) -> None:
    author, story = desk.user("author"), desk.story()
    for n in range(3):
        note = desk.note(author, story, text=f"Note {n} that nobody will find helpful at all.")
        _decide(note, "not-helpful")
    standing.recompute()
    author.refresh_from_db()
    assert (author.writing_impact, author.may_write, author.notes_a_day) == (-3, False, 1)
    assert standing.needed(author.writing_impact) == 10
    standing.recompute()
    assert standing.recompute() == 0


def test_the_days_limit_looks_back_24_hours(desk: Desk) -> None:
    author, story = desk.user("author", notes_a_day=0), desk.story()
    for n in range(standing.NEWCOMER_A_DAY):
        desk.note(author, story, text=f"Note {n} of those that may be written today.")
    with pytest.raises(standing.Refused, match="24 hours"):
        desk.note(author, story, text="One note more than may be written today.")
    Note.objects.update(created=timezone.now() - timedelta(hours=25))
    desk.note(author, story, text="One note more than could be written yesterday.")


def test_staff_may_write_whatever_their_ratings(desk: Desk) -> None:
    for n in range(standing.FIRST_MEMBERS):
        desk.user(f"member{n}")
    staff = desk.user("chief", is_staff=True)
    standing.recompute()
    assert User.objects.get(pk=staff.pk).may_write


def test_a_closed_account_does_nothing(desk: Desk) -> None:
    from whence.desk.services import accounts

    note, user = desk.note(desk.user("author")), desk.user("gone", email="gone@mail.example")
    client = desk.client(user)
    accounts.close(user)
    with pytest.raises(standing.Refused, match="closed"):
        desk.rate(user, note)
    assert client.get("/me/").status_code == 302  # its sessions are over
    user.refresh_from_db()
    assert (user.email, user.has_usable_password(), user.is_active) == ("", False, False)
