"""Ratings that are set aside: by administrators alone, in public, and anybody who has the log comes to the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from whence.desk.models import Note, NoteScore, User
from whence.desk.services import exports, facts, moderation, scoring, standing
from whence.errors import InputError, VerificationError
from whence.ledger import Verifier
from whence.verification import verify_log

if TYPE_CHECKING:
    from tests.unit.desk.conftest import Desk

REASON = "A second account of rater01, by its own word."


def _chief(desk: Desk) -> User:
    return desk.user("chief", is_staff=True, is_superuser=True)


def _rated(desk: Desk) -> tuple[Note, list[User]]:
    """A note that ten people find helpful, among others on which they differ."""
    story, raters = desk.story(), desk.users(10)
    shown = desk.note(desk.user("author"), story)
    for rater in raters:
        desk.rate(rater, shown)
    for number in range(4):
        other = desk.note(desk.user(f"author{number}"), story, text=f"Another note, number {number}, on the closure.")
        for place, rater in enumerate(raters):
            desk.rate(rater, other, "helpful" if (place < 5) == bool(number % 2) else "not")
    return shown, raters


def _verify() -> None:
    verify_log(facts.LogStorage().get, Verifier.parse(facts.first_key()), runs="all")


def test_ratings_that_are_set_aside_count_no_more_until_they_are_counted_again(desk: Desk) -> None:
    chief, (shown, raters) = _chief(desk), _rated(desk)
    scoring.score()
    before = NoteScore.objects.get(note=shown)
    assert (before.status, before.ratings) == ("helpful", 10)
    act = moderation.discount(chief, raters[0], REASON)
    body = facts.log().entry(act.entry or 0).body
    assert (body["act"], body["target"], body["reason"]) == ("discount", "contributor:rater01", REASON)
    assert NoteScore.objects.get(note=shown).ratings == 10  # until the next scoring
    scoring.score()
    assert NoteScore.objects.get(note=shown).ratings == 9
    for rater in raters[1:6]:
        moderation.discount(chief, rater, REASON)
    scoring.score()
    after = NoteScore.objects.get(note=shown)
    assert (after.status, after.ratings) == ("needs-more-ratings", 4)
    assert User.objects.get(pk=raters[0].pk).factor is None
    for rater in raters[:6]:
        moderation.recount(chief, User.objects.get(pk=rater.pk), "They have shown who they are.")
    scoring.score()
    again = NoteScore.objects.get(note=shown)
    assert (again.status, again.ratings, again.score) == (before.status, 10, before.score)
    _verify()


def test_the_log_does_not_hold_when_ratings_are_set_aside_in_silence(desk: Desk) -> None:
    shown, raters = _rated(desk)
    scoring.score()
    _verify()
    User.objects.filter(pk__in=[rater.pk for rater in raters[:5]]).update(discounted=True)  # no act, no entry
    scoring.score()
    assert NoteScore.objects.get(note=shown).ratings == 5
    with pytest.raises(VerificationError):
        _verify()


def test_administrators_alone_do_it_and_not_to_themselves(desk: Desk) -> None:
    chief, rater, moderator = _chief(desk), desk.user("eve"), desk.user("mod", is_staff=True)
    for by, person in ((rater, moderator), (moderator, rater), (chief, chief)):
        with pytest.raises(moderation.NotAllowed):
            moderation.discount(by, person, REASON)
    with pytest.raises(InputError, match="count already"):
        moderation.recount(chief, rater, REASON)
    moderation.discount(chief, rater, REASON)
    with pytest.raises(InputError, match="set aside already"):
        moderation.discount(chief, rater, REASON)
    with pytest.raises(moderation.NotAllowed):
        moderation.recount(moderator, rater, REASON)


def test_it_is_public_and_told_to_whom_it_concerns(desk: Desk) -> None:
    rater = desk.user("eve")
    assert standing.why_discounted(rater) == ""
    moderation.discount(_chief(desk), rater, REASON)
    assert standing.why_discounted(User.objects.get(pk=rater.pk)) == REASON
    page = desk.client().get("/moderation/").content.decode()
    assert REASON in page
    assert "eve" in page


def test_ratings_that_are_set_aside_earn_nothing_and_are_not_in_the_bulk_data(desk: Desk) -> None:
    shown, raters = _rated(desk)
    scoring.score()
    earned, _ = standing.impacts()
    late = desk.user("late")
    moderation.discount(_chief(desk), raters[0], REASON)
    assert {row["rater"] for row in exports._rating_rows()} == {rater.alias for rater in raters[1:]}
    after, _ = standing.impacts()
    assert raters[0].pk not in after
    assert {who: n for who, n in earned.items() if who != raters[0].pk} == after
    desk.rate(late, shown)  # and others go on
    # They may still rate and change ratings: nothing tells by that what counts.
    desk.rate(User.objects.get(pk=raters[0].pk), shown, "not")


def test_staff_do_it_on_their_pages(desk: Desk) -> None:
    rater = desk.user("eve")
    for alias, done in (("mod", False), ("chief", True)):
        client = desk.client(desk.user(alias, is_staff=True, is_superuser=done))
        given = {"action": "discount_people", "_selected_action": str(rater.pk)}
        asked = client.post("/staff/desk/user/", given)
        if asked.status_code == 200:
            assert "reason" in asked.content.decode()
        client.post("/staff/desk/user/", given | {"reason": REASON})
        assert User.objects.get(pk=rater.pk).discounted is done
