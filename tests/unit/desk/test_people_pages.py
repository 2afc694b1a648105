"""Pages of contributors: writing, rating, one's record; what is refused, and to whom."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.unit.desk.conftest import Desk
from whence.desk.models import Evidence, Note, Rating, Story


def _parts(desk: Desk, story, **fields):  # type: ignore[no-untyped-def]
    first = story.all_statements.filter(current=True).order_by("number").first()
    return {
        "statements": [str(first.pk)],
        "says": "misleading",
        "reasons": ["misleadingMissingImportantContext"],
        "text": "The board's minutes of 3 May speak of a partial closure, on Mondays only.",
        "sources": "https://minutes.example/3-may",
        "verdict": "",
    } | fields


def test_a_note_is_previewed_written_rated_and_withdrawn(desk: Desk) -> None:
    story = desk.story()
    author, rater = desk.user("author"), desk.user("rater")
    client = desk.client(author)
    address = reverse("note-write", args=[story.key])
    assert client.get(address + "?statement=st1").status_code == 200
    preview = client.post(address, _parts(desk, story) | {"preview": "1"})
    assert preview.status_code == 200
    assert "Preview" in preview.content.decode()
    assert not Note.objects.exists()
    done = client.post(address, _parts(desk, story) | {"write": "1"})
    assert done.status_code == 302, done.content.decode()
    note = Note.objects.get()
    other = desk.client(rater)
    assert note.text.split(" speak")[0].replace("'", "&#x27;") in other.get(reverse("queue")).content.decode()
    assert other.get(reverse("rate", args=[note.pk])).status_code == 200
    assert (
        other.post(reverse("rate", args=[note.pk]), {"level": "helpful", "helpful": ["helpfulClear"]}).status_code
        == 302
    )
    assert Rating.objects.get().tags == ["helpfulClear"]
    assert other.get(reverse("me")).status_code == 200
    assert other.get(reverse("note", args=[note.pk])).status_code == 200
    assert client.post(reverse("note-withdraw", args=[note.pk])).status_code == 302
    note.refresh_from_db()
    assert note.withdrawn


ROUTES = ("note-write", "rate", "unrate", "note-withdraw", "close-account", "queue", "me")


def _address(name: str, note: Note) -> str:
    arguments = {"note-write": [note.story.key], "close-account": [], "queue": [], "me": []}
    return reverse(name, args=arguments.get(name, [note.pk]))


@pytest.mark.parametrize("name", ROUTES)
def test_strangers_are_asked_to_sign_in(desk: Desk, name: str) -> None:
    note = desk.note(desk.user("author"))
    for answer in (desk.client().get(_address(name, note)), desk.client().post(_address(name, note), {"level": "not"})):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))
    assert not Rating.objects.exists()


@pytest.mark.parametrize("name", ["note-write", "rate", "unrate", "note-withdraw", "close-account"])
def test_whatever_changes_something_asks_for_the_token(desk: Desk, name: str) -> None:
    author, rater = desk.user("author"), desk.user("rater")
    note = desk.note(author)
    desk.rate(rater, note)
    user = author if name == "note-withdraw" else rater
    client = desk.client(user, csrf=True)
    given = _parts(desk, note.story) | {"write": "1", "level": "not", "alias": user.alias}
    assert client.post(_address(name, note), given).status_code == 403
    note.refresh_from_db()
    assert note.withdrawn is None
    assert Note.objects.count() == 1
    assert Rating.objects.get().level == "helpful"
    user.refresh_from_db()
    assert user.is_active


@pytest.mark.parametrize("name", ["unrate", "note-withdraw"])
def test_what_changes_something_does_not_do_so_when_it_is_only_looked_at(desk: Desk, name: str) -> None:
    author = desk.user("author")
    note = desk.note(author)
    assert desk.client(author).get(_address(name, note)).status_code == 405


def test_anothers_note_is_not_withdrawn_and_ones_own_is_not_rated(desk: Desk) -> None:
    author, other = desk.user("author"), desk.user("other")
    note = desk.note(author)
    assert desk.client(other).post(_address("note-withdraw", note)).status_code == 403
    assert desk.client(author).post(_address("rate", note), {"level": "helpful"}).status_code == 403
    assert desk.client(author).get(_address("rate", note)).status_code == 403
    note.refresh_from_db()
    assert note.withdrawn is None
    assert not Rating.objects.exists()


def test_anothers_rating_is_not_withdrawn(desk: Desk) -> None:
    note = desk.note(desk.user("author"))
    desk.rate(desk.user("rater"), note)
    desk.client(desk.user("other")).post(_address("unrate", note))
    assert Rating.objects.count() == 1


@pytest.mark.parametrize("name", ["note-write", "rate", "queue"])
def test_the_blocked_read_why_and_until_when(desk: Desk, name: str) -> None:
    note = desk.note(desk.user("author"))
    until = timezone.now() + timedelta(days=2)
    user = desk.user("loud", blocked_until=until, blocked_reason="<b>advertising</b>")
    client = desk.client(user)
    given = _parts(desk, note.story) | {"write": "1", "level": "not"}
    answer = client.get(_address(name, note)) if name == "queue" else client.post(_address(name, note), given)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "&lt;b&gt;advertising" in page
    assert str(until.year) in page
    assert "&lt;b&gt;advertising" in client.get(reverse("me")).content.decode()
    assert not Rating.objects.exists()


def test_who_may_not_write_yet_is_told_what_is_missing(desk: Desk) -> None:
    story = desk.story()
    answer = desk.client(desk.user("newcomer", may_write=False)).get(reverse("note-write", args=[story.key]))
    assert answer.status_code == 403
    assert "earned by rating" in answer.content.decode()


def test_a_form_with_a_mistake_comes_back_with_all_that_was_typed(desk: Desk) -> None:
    story = desk.story()
    client = desk.client(desk.user())
    given = _parts(desk, story, sources="not a link") | {"write": "1"}
    answer = client.post(reverse("note-write", args=[story.key]), given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "begins with http" in page
    assert "minutes of 3 May" in page
    assert f'value="{given["statements"][0]}" checked' in page
    assert not Note.objects.exists()


def test_what_people_write_is_shown_as_text(desk: Desk) -> None:
    evil = '"><script>alert(1)</script> and some more words'
    author = desk.user("author")
    note = desk.note(author, text=evil, verdict="<img src=x onerror=alert(1)>", sources=["https://a.example/?<script>"])
    Evidence.objects.update(title=evil, archived=evil, trouble=evil)
    rater = desk.client(desk.user("rater"))
    for client, name in ((rater, "queue"), (rater, "rate"), (desk.client(author), "me")):
        page = client.get(_address(name, note)).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "<script>alert" not in rater.get(note.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "place", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_nobody_is_sent_elsewhere(desk: Desk, place: str) -> None:
    note = desk.note(desk.user("author"))
    answer = desk.client(desk.user("rater")).post(_address("rate", note), {"level": "helpful", "next": place})
    assert answer["Location"] == reverse("queue")


def test_a_rating_goes_back_to_where_one_was(desk: Desk) -> None:
    note = desk.note(desk.user("author"))
    client = desk.client(desk.user("rater"))
    assert client.post(_address("rate", note), {"level": "not", "next": "/me/"})["Location"] == "/me/"
    page = client.get(_address("rate", note)).content.decode()
    assert "Change your rating" in page
    assert client.post(_address("unrate", note))["Location"] == reverse("me")
    assert not Rating.objects.exists()


def test_tags_that_do_not_go_with_the_rating_are_refused(desk: Desk) -> None:
    note = desk.note(desk.user("author"))
    client = desk.client(desk.user("rater"))
    answer = client.post(_address("rate", note), {"level": "helpful", "unhelpful": ["notHelpfulIncorrect"]})
    assert answer.status_code == 422
    assert "do not go with" in answer.content.decode()
    assert client.post(_address("rate", note), {}).status_code == 422


def test_notes_of_a_hidden_story_are_gone_for_readers(desk: Desk) -> None:
    note = desk.note(desk.user("author"))
    Story.objects.filter(pk=note.story_id).update(hidden=True)
    client = desk.client(desk.user("rater"))
    assert client.get(note.get_absolute_url()).status_code == 404
    assert client.get(_address("rate", note)).status_code == 404
    assert client.get(_address("note-write", note)).status_code == 404


def test_the_notes_page_says_why(desk: Desk) -> None:
    from tests.unit.desk.test_scoring import both_sides_like

    note = desk.note(desk.user("author"))
    assert "Needs more ratings" in desk.client().get(note.get_absolute_url()).content.decode()
    both_sides_like(desk, note)
    page = desk.client().get(note.get_absolute_url()).content.decode()  # the kept page is not shown any more
    assert "Shown: people who disagree found it helpful" in page
    for words in ("one side", "the other side", "Last computed", "whence-small/1", "0.50", "History"):
        assert words in page


def test_an_account_is_closed_when_its_alias_is_typed(desk: Desk) -> None:
    user = desk.user("leaving", email="me@mail.example")
    client = desk.client(user)
    assert client.post(reverse("close-account"), {"alias": "wrong"}).status_code == 422
    user.refresh_from_db()
    assert user.is_active
    assert client.post(reverse("close-account"), {"alias": "leaving"}).status_code == 302
    user.refresh_from_db()
    assert (user.is_active, user.email) == (False, "")
    assert client.get(reverse("me")).status_code == 302


def test_no_answer_is_put_forward_to_those_who_rate(desk: Desk) -> None:
    """A button in another colour asks for the answer that it gives."""
    desk.note(desk.user("ada"))
    page = desk.client(desk.user("bob")).get("/queue/").content.decode()
    buttons = re.findall(r'<button class="([^"]*)" name="level" value="(\w+)"', page)
    assert [value for _, value in buttons] == ["helpful", "somewhat", "not"]
    assert len({looks for looks, _ in buttons}) == 1


def test_the_german_of_signing_in_and_out_is_as_formal_as_the_desk_is(desk: Desk) -> None:
    client = desk.client(desk.user())
    for path in ("/accounts/logout/", "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/"):
        page = client.get(path, headers={"accept-language": "de"}).content.decode()
        assert '<html lang="de"' in page
        assert not re.search(r"\b[Dd](?:u|ich|ir|eine?[mnrs]?)\b", re.sub(r"<[^>]+>", " ", page)), path
