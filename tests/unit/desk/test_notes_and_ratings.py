"""Notes and ratings through their services: what may be written and rated, by whom, and what the log has of it."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.unit.desk.conftest import Desk
from whence.desk.models import Note, Rating
from whence.desk.services import facts, notes, ratings, records
from whence.desk.services.standing import Refused
from whence.errors import InputError
from whence.ledger import Audit, Entry, Verifier
from whence.ledger.facts import note_fact


def _logged() -> int:
    return facts.log().checkpoint().size


def _entries() -> list[tuple[int, Entry]]:
    audit = Audit(facts.LogStorage().get, Verifier.parse(facts.first_key()))
    return list(audit.entries())


def test_a_note_commits_to_what_it_says_in_the_log(desk: Desk) -> None:
    note = desk.note(desk.user("author"), verdict="Missing context")
    fresh = Note.objects.get(pk=note.pk)
    fact = note_fact(records.public_note(fresh))
    assert note.entry == _logged() - 1
    assert fact.body["author"] == "author"
    assert fact.body["statements"] == [note.anchors.get().mark]
    (place, entry), *rest = [one for one in _entries() if one[1].kind == "note"]
    assert (place, entry.encode(), rest) == (note.entry, fact.encode(), [])
    note.story.refresh_from_db()
    assert note.story.notes_all == 1


def test_the_claimant_is_a_named_source_or_nobody(desk: Desk) -> None:
    story = desk.story()
    author = desk.user()
    named = story.all_statements.get(text__contains="Nobody asked us")
    unnamed = story.all_statements.get(text__contains="four million crowns")
    assert desk.note(author, story, statements=[named.pk]).claimant == "Teo Brandt"
    assert desk.note(author, story, statements=[unnamed.pk]).claimant == ""


def test_a_form_sent_twice_writes_one_note(desk: Desk) -> None:
    author, story = desk.user(), desk.story()
    first = desk.note(author, story)
    size = _logged()
    assert desk.note(author, story) == first
    assert Note.objects.count() == 1
    assert _logged() == size


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"text": "Too short."}, "20 to 2,000"),
        ({"text": "x" * 2001}, "20 to 2,000"),
        ({"text": "A note with a bell \x07 in the middle of it."}, "control"),
        ({"says": "false"}, "choose one"),
        ({"reasons": []}, "reason"),
        ({"reasons": ["notMisleadingFactuallyCorrect"]}, "reason"),
        ({"says": "not-misleading"}, "reason"),
        ({"sources": []}, "at least one link"),
        ({"sources": ["javascript:alert(1)"]}, "http"),
        ({"sources": ["https://user@evil.example/"]}, "http"),
        ({"sources": ["https://a.example:port/"]}, "http"),
        ({"sources": [f"https://a.example/{n}" for n in range(11)]}, "at most 10"),
        ({"statements": []}, "1 to 10"),
        ({"statements": [10**9]}, "changed since"),
        ({"verdict": "v" * 81}, "80"),
    ],
)
def test_what_cannot_be_a_note_is_refused_with_the_rule(desk: Desk, wrong: dict[str, Any], words: str) -> None:
    author, story = desk.user(), desk.story()
    with pytest.raises(InputError, match=words.replace(",", ",?")):
        desk.note(author, story, **wrong)
    assert not Note.objects.exists()


def test_statements_of_another_story_are_refused(desk: Desk) -> None:
    author, story, other = desk.user(), desk.story(), desk.story("Other\n\n“It rains,” said Ana Reis.")
    foreign = other.all_statements.first()
    assert foreign is not None
    with pytest.raises(InputError, match="changed since"):
        desk.note(author, story, statements=[foreign.pk])


def test_hidden_stories_take_no_notes(desk: Desk) -> None:
    story = desk.story()
    story.hidden = True
    story.save()
    with pytest.raises(Refused):
        desk.note(desk.user(), story)


def test_a_note_is_withdrawn_once_and_by_its_author_alone(desk: Desk) -> None:
    author = desk.user("author")
    note = desk.note(author)
    with pytest.raises(Refused):
        notes.withdraw(desk.user("other"), note)
    notes.withdraw(author, note)
    size = _logged()
    notes.withdraw(author, note)
    assert _logged() == size
    note.refresh_from_db()
    assert note.withdrawn is not None
    assert note.withdrawal_entry == size - 1
    note.story.refresh_from_db()
    assert note.story.notes_all == 0


def test_a_rating_is_one_changed_and_withdrawn(desk: Desk) -> None:
    note, rater = desk.note(desk.user("author")), desk.user("rater")
    size = _logged()
    first = ratings.rate(rater, note, "helpful", ["helpfulClear"])
    assert (first.entry, _logged()) == (size, size + 1)
    assert ratings.rate(rater, note, "helpful", ["helpfulClear"]).pk == first.pk
    assert _logged() == size + 1
    assert ratings.rate(rater, note, "somewhat").pk == first.pk
    assert Rating.objects.get().level == "somewhat"
    assert ratings.withdraw(rater, note)
    assert not ratings.withdraw(rater, note)
    assert not Rating.objects.exists()
    assert _logged() == size + 3


def test_nobody_rates_their_own_note(desk: Desk) -> None:
    author = desk.user("author")
    with pytest.raises(Refused, match="own"):
        ratings.rate(author, desk.note(author), "helpful")


@pytest.mark.parametrize("how", ["withdrawn", "hidden", "story"])
def test_notes_that_are_gone_are_not_rated(desk: Desk, how: str) -> None:
    author, rater = desk.user("author"), desk.user("rater")
    note = desk.note(author)
    if how == "withdrawn":
        notes.withdraw(author, note)
    elif how == "hidden":
        Note.objects.filter(pk=note.pk).update(hidden=True)
    else:
        note.story.hidden = True
        note.story.save()
    with pytest.raises(Refused):
        ratings.rate(rater, note, "helpful")


@pytest.mark.parametrize(
    ("level", "tags"),
    [("very", []), ("helpful", ["notHelpfulIncorrect"]), ("not", ["helpfulClear"]), ("somewhat", ["made-up"])],
)
def test_levels_and_tags_are_those_of_the_vocabulary(desk: Desk, level: str, tags: list[str]) -> None:
    note, rater = desk.note(desk.user("author")), desk.user("rater")
    with pytest.raises(InputError):
        ratings.rate(rater, note, level, tags)
    assert not Rating.objects.exists()


def test_the_blocked_are_told_why(desk: Desk) -> None:
    note, rater = desk.note(desk.user("author")), desk.user("rater")
    rater.blocked_until = timezone.now() + timedelta(days=3)
    rater.blocked_reason = "advertising"
    rater.save()
    for act in (lambda: ratings.rate(rater, note, "helpful"), lambda: desk.note(rater, note.story)):
        with pytest.raises(Refused, match="advertising"):
            act()
    rater.blocked_until = timezone.now() - timedelta(days=1)
    rater.save()
    ratings.rate(rater, note, "helpful")


def test_the_database_itself_refuses_a_second_rating(desk: Desk) -> None:
    note, rater = desk.note(desk.user("author")), desk.user("rater")
    ratings.rate(rater, note, "helpful")
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(note=note, rater=rater, level="not")


def test_a_rating_and_its_entry_are_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    note, rater = desk.note(desk.user("author")), desk.user("rater")
    size = _logged()

    def broken(entries: Any) -> int:
        raise OSError("no space left on device")

    monkeypatch.setattr(facts, "append", broken)
    with pytest.raises(OSError, match="space"):
        ratings.rate(rater, note, "helpful")
    assert not Rating.objects.exists()
    assert _logged() == size


def test_two_requests_at_once_make_one_rating(real_desk: Desk) -> None:
    note, rater = real_desk.note(real_desk.user("author")), real_desk.user("rater")
    trouble: list[BaseException] = []

    def rate(level: str) -> None:
        try:
            ratings.rate(rater, note, level)
        except BaseException as failure:
            trouble.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=rate, args=[level]) for level in ("helpful", "not", "somewhat", "helpful")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not trouble
    rating = Rating.objects.get()
    assert rating.entry == _logged() - 1  # the row holds what the log has last


def test_two_requests_at_once_do_not_pass_the_days_limit(real_desk: Desk) -> None:
    author, story = real_desk.user("author", notes_a_day=0), real_desk.story()
    author.writing_impact = -1  # one note a day
    author.save()
    refused: list[BaseException] = []

    def write(number: int) -> None:
        try:
            real_desk.note(author, story, text=f"Note {number} of those that are written at the same moment.")
        except Refused as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[number]) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert Note.objects.count() == 1
    assert len(refused) == 2
