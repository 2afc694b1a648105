"""Moderators' acts: their reasons are public, the log has them, and what the law wants removed is gone but its hash."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from whence.desk.models import Appeal, ModerationAct, Note, Report, Story, User
from whence.desk.services import appeals, facts, moderation, records
from whence.errors import InputError

if TYPE_CHECKING:
    from tests.unit.desk.conftest import Desk


def _moderator(desk: Desk) -> User:
    return desk.user("mod", is_staff=True)


def _entry(act: ModerationAct) -> dict[str, Any]:
    assert act.entry is not None
    return dict(facts.log().entry(act.entry).body)


def test_hiding_a_note_is_logged_with_its_public_reason(desk: Desk) -> None:
    moderator, note = _moderator(desk), desk.note(desk.user())
    act = moderation.hide_note(moderator, note, "It names a private person.")
    assert _entry(act) == {
        "target": f"note:{note.pk}",
        "act": "hide",
        "reason": "It names a private person.",
        "moderator": "mod",
    }
    hidden = records.public_note(Note.objects.get(pk=note.pk))
    assert hidden.hidden == "It names a private person."
    assert not hidden.standing
    assert "It names a private person." in desk.client().get("/moderation/").content.decode()


def test_a_hidden_note_can_be_shown_again(desk: Desk) -> None:
    moderator, note = _moderator(desk), desk.note(desk.user())
    moderation.hide_note(moderator, note, "Too quick.")
    act = moderation.show_note(moderator, note, "It was too quick.")
    assert _entry(act)["act"] == "restore"
    assert not Note.objects.get(pk=note.pk).hidden


@pytest.mark.parametrize("reason", ["", "  a ", "x" * 501])
def test_an_act_needs_a_reason_for_everybody(desk: Desk, reason: str) -> None:
    with pytest.raises(InputError, match="public reason"):
        moderation.hide_note(_moderator(desk), desk.note(desk.user()), reason)


def test_only_moderators_act_and_not_on_one_another(desk: Desk) -> None:
    author = desk.user()
    note, moderator, other = desk.note(author), _moderator(desk), desk.user("mod2", is_staff=True)
    later = timezone.now() + timedelta(days=1)
    with pytest.raises(moderation.NotAllowed):
        moderation.hide_note(author, note, "I do not like it.")
    for person in (moderator, other):
        with pytest.raises(moderation.NotAllowed):
            moderation.block(moderator, person, later, "Because.")
    assert not ModerationAct.objects.exists()


def test_a_block_keeps_from_changing_anything_until_it_ends(desk: Desk) -> None:
    person, moderator = desk.user("eve"), _moderator(desk)
    act = moderation.block(moderator, person, timezone.now() + timedelta(days=3), "Insults, again.")
    assert _entry(act)["target"] == "contributor:eve"
    client = desk.client(User.objects.get(pk=person.pk))
    refused = client.post("/stories/add/", {"story": "A headline\n\nA text."})
    assert refused.status_code == 403
    assert "Insults, again." in refused.content.decode()
    assert not Story.objects.exists()
    moderation.unblock(moderator, person, "Served.")
    assert not User.objects.get(pk=person.pk).blocked


def test_removing_a_note_leaves_its_hash_and_nothing_to_guess_it_from(desk: Desk) -> None:
    note = desk.note(desk.user())
    assert note.entry is not None
    committed = facts.log().entry(note.entry).body["content"]
    act = moderation.remove_note(_moderator(desk), note, "Court of Harbourtown, 3 O 17/26")
    gone = Note.objects.get(pk=note.pk)
    assert (gone.text, bytes(gone.salt), gone.evidence.count()) == ("", b"", 0)
    entry = facts.log().entry(act.entry or 0)
    assert entry.kind == "removal"
    assert entry.body["target"] == note.entry
    assert facts.log().entry(note.entry).body["content"] == committed
    record = records.public_note(gone)
    assert record.removed
    assert record.salt == ""
    assert not record.standing
    with pytest.raises(InputError, match="removed"):
        moderation.show_note(_moderator_again(), note, "Back again.")


def _moderator_again() -> User:
    return User.objects.get(username="mod")


def test_removing_a_story_leaves_its_record(desk: Desk) -> None:
    note = desk.note(desk.user())
    story = note.story
    before = records.story_record(story)
    moderation.remove_story(_moderator(desk), story, "Court of Harbourtown, 3 O 18/26")
    story = Story.objects.get(pk=story.pk)
    after = records.story_record(story)
    assert after.gone
    assert after.title == ""
    assert after.salt == ""
    assert (after.snapshot, after.reading, after.statements) == (before.snapshot, before.reading, before.statements)
    kept = repr((list(story.versions.values()), list(story.all_statements.values()), list(note.anchors.values())))
    assert "harbour" not in kept.casefold()


def test_an_appeal_is_public_with_its_answer_and_committed_to(desk: Desk) -> None:
    note = desk.note(desk.user())
    client = desk.client()
    url = f"/note/{note.pk}/appeal/"
    given = {
        "name": "Mira Okonjo",
        "contact": "mira@port.example",
        "text": "The minutes were corrected on 5 May, see below.",
    }
    assert client.post(url, given).status_code == 302
    appeal = Appeal.objects.get()
    assert "corrected on 5 May" not in client.get("/moderation/").content.decode()
    appeals.answer(_moderator(desk), appeal, upheld=True, text="You are right, and the note is hidden.")
    appeal.refresh_from_db()
    assert appeal.state == Appeal.State.UPHELD
    assert facts.log().entry(appeal.entry or 0).kind == "correction"
    held = b"".join(facts.log().entry(at).encode() for at in range(facts.log().checkpoint().size))
    for private in (b"Okonjo", b"port.example", b"5 May", b"You are right"):
        assert private not in held
    page = client.get("/moderation/").content.decode()
    assert "corrected on 5 May" in page
    assert "You are right" in page
    assert "mira@port.example" not in page
    with pytest.raises(InputError, match="answered before"):
        appeals.answer(_moderator_again(), appeal, upheld=False, text="On second thoughts, no.")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "M"},
        {"contact": "nowhere"},
        {"text": "short"},
        {"text": "x" * 4001},
        {"website": "https://spam.example"},
    ],
)
def test_a_wrong_appeal_is_shown_again_and_not_kept(desk: Desk, wrong: dict[str, str]) -> None:
    story = desk.story()
    given = {
        "name": "Mira Okonjo",
        "contact": "mira@port.example",
        "text": "The minutes were corrected on 5 May.",
    } | wrong
    response = desk.client().post(f"/story/{story.key}/appeal/", given)
    assert response.status_code == 422
    assert not Appeal.objects.exists()


def test_reports_reach_moderators_once_a_person(desk: Desk) -> None:
    note, reader = desk.note(desk.user()), desk.user("bo")
    for text in ("first", "second"):
        assert (
            desk.client(reader).post(f"/note/{note.pk}/report/", {"reason": "abuse", "text": text}).status_code == 302
        )
    assert [report.text for report in Report.objects.all()] == ["second"]
    moderator = _moderator(desk)
    page = desk.client(moderator).get("/staff/desk/report/")
    assert page.status_code == 200
    assert "second" in page.content.decode()


def test_the_staffs_pages_act_through_the_services(desk: Desk) -> None:
    note, moderator = desk.note(desk.user()), _moderator(desk)
    client = desk.client(moderator)
    chosen = {"action": "hide_notes", "_selected_action": str(note.pk)}
    asked = client.post("/staff/desk/note/", chosen)
    assert asked.status_code == 200
    assert "which never forgets" in asked.content.decode()
    assert not ModerationAct.objects.exists()
    assert client.post("/staff/desk/note/", chosen | {"reason": "It insults somebody."}).status_code == 302
    act = ModerationAct.objects.get()
    assert (act.act, act.by, act.reason) == ("hide-note", moderator, "It insults somebody.")


@pytest.mark.parametrize(
    "page", ["report", "appeal", "note", "story", "user", "moderationact", "scoringrun", "webhook"]
)
def test_every_page_of_the_staff_opens_and_none_edits_what_the_log_speaks_of(desk: Desk, page: str) -> None:
    note = desk.note(desk.user())
    moderation.report(None, note, "abuse")
    client = desk.client(_moderator(desk))
    assert client.get(f"/staff/desk/{page}/").status_code == 200
    assert client.get(f"/staff/desk/{page}/add/").status_code == 403
    for row in (
        (note,) if page == "note" else (note.story,) if page == "story" else (note.author,) if page == "user" else ()
    ):
        assert client.get(f"/staff/desk/{page}/{row.pk}/change/").status_code == 200
        assert client.post(f"/staff/desk/{page}/{row.pk}/change/", {"text": "else"}).status_code == 403
        assert client.post(f"/staff/desk/{page}/{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_contributors_do_not_see_the_staffs_pages(desk: Desk) -> None:
    assert desk.client(desk.user()).get("/staff/desk/note/").status_code in (302, 403)


def test_what_waits_for_a_moderator_stands_first_and_whole(desk: Desk) -> None:
    from whence.desk.services import appeals, moderation

    story = desk.story()
    client = desk.client(desk.user("mod", is_staff=True, is_superuser=True))
    assert "Nothing waits for a moderator." in client.get("/staff/").content.decode()
    moderation.report(None, story, "spam")
    text = "The minutes were corrected on 4 May. " * 10 + "See https://quay.example/minutes"
    appeal = appeals.appeal(story, name="The Quay", contact="desk@quay.example", text=text)
    first = client.get("/staff/").content.decode()
    assert "open report" in first
    assert "open appeal" in first
    assert "It advertises, or has nothing to do with the story" in client.get("/staff/desk/report/").content.decode()
    asked = client.post("/staff/desk/appeal/", {"action": "uphold_appeals", "_selected_action": str(appeal.pk)})
    assert 'href="https://quay.example/minutes"' in asked.content.decode()


def test_an_appeal_against_a_story_is_shown_with_it_once_it_is_answered(desk: Desk) -> None:
    from whence.desk.services import appeals

    story = desk.story()
    appeal = appeals.appeal(
        story, name="The Quay", contact="desk@quay.example", text="The minutes were corrected on 4 May."
    )
    client = desk.client()
    assert "corrected on 4 May" not in client.get(story.get_absolute_url()).content.decode()
    appeals.answer(desk.user("mod", is_staff=True), appeal, upheld=True, text="That is so: thank you.")
    page = client.get(story.get_absolute_url()).content.decode()
    assert "corrected on 4 May" in page
    assert "That is so: thank you." in page
    assert "desk@quay.example" not in page
