"""A story's record verifies at every step of its notes' lives, and after everything that moderators can do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from whence.desk.models import Story
from whence.desk.services import appeals, facts, moderation, notes, records, scoring
from whence.errors import VerificationError
from whence.ledger import Verifier
from whence.publish.record_json import read_record, to_record_json
from whence.verification import verify_record

if TYPE_CHECKING:
    from tests.unit.desk.conftest import Desk


def _verify(story: Story) -> int:
    written = to_record_json(records.story_record(Story.objects.get(pk=story.pk)))
    found = verify_record(read_record(written.encode()), facts.LogStorage().get, Verifier.parse(facts.first_key()))
    return found.proven


def test_a_record_verifies_through_the_life_of_its_notes(desk: Desk) -> None:
    story = desk.story()
    ada, bob, moderator = desk.user("ada"), desk.user("bob"), desk.user("mod", is_staff=True)
    proven = [_verify(story)]
    note, other = desk.note(ada, story), desk.note(bob, story)
    for rater in desk.users(6):
        desk.rate(rater, note)
    scoring.score()
    proven.append(_verify(story))
    desk.rate(bob, note, "not")
    appeal = appeals.appeal(note, name="Mira Okonjo", contact="m@port.example", text="The minutes were corrected.")
    steps: list[Callable[[], object]] = [
        lambda: moderation.hide_note(moderator, note, "It names a private person."),
        lambda: appeals.answer(moderator, appeal, upheld=True, text="You are right; it is hidden."),
        lambda: notes.withdraw(bob, other),
        lambda: moderation.block(moderator, ada, timezone.now() + timedelta(days=1), "Insults."),
        lambda: moderation.remove_note(moderator, note, "Court of Harbourtown, 3 O 17/26"),
        lambda: moderation.remove_story(moderator, story, "Court of Harbourtown, 3 O 18/26"),
    ]
    for step in steps:
        step()
        proven.append(_verify(story))
    assert proven == sorted(proven)
    assert proven[-1] >= proven[0] + len(steps)


def test_a_note_changed_behind_the_logs_back_is_caught(desk: Desk) -> None:
    note = desk.note(desk.user())
    _verify(note.story)
    note.text += " And more."
    note.save()
    with pytest.raises(VerificationError):
        _verify(note.story)


def test_a_status_changed_behind_the_logs_back_is_caught(desk: Desk) -> None:
    note = desk.note(desk.user())
    for rater in desk.users(3):
        desk.rate(rater, note)
    scoring.score()
    _verify(note.story)
    type(note.score).objects.filter(note=note).update(status="helpful")
    with pytest.raises(VerificationError):
        _verify(note.story)
