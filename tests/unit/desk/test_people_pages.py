"""Pages of contributors: signing up and in, writing, rating, one's record; what is refused, and to whom."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.unit.desk.conftest import Desk
from whence.desk.models import Note, Rating, User
from whence.desk.services import notes


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


def test_the_sign_up_form_suggests_an_alias_and_newcomers_begin_with_the_queue(desk: Desk) -> None:
    client = desk.client()
    page = client.get(reverse("account_signup"))
    assert page.status_code == 200
    suggested = re.search(
        r'name="username"[^>]*value="([a-z]+-[a-z]+)"|value="([a-z]+-[a-z]+)"[^>]*name="username"',
        page.content.decode(),
    )
    assert suggested
    alias = suggested.group(1) or suggested.group(2)
    done = client.post(reverse("account_signup"), {"username": alias, "password1": "seven otters walk"})
    assert done.status_code == 302, done.content.decode()
    assert done["Location"] == reverse("queue")
    user = User.objects.get(username=alias)
    assert user.may_write
    assert user.email == ""
    assert client.get(reverse("queue")).status_code == 200


def test_everything_of_allauth_has_the_desks_dress(desk: Desk) -> None:
    client = desk.client()
    for name in ("account_login", "account_signup", "account_reset_password", "account_reset_password_done"):
        page = client.get(reverse(name))
        assert page.status_code == 200, name
        assert 'class="mast"' in page.content.decode()
    client = desk.client(desk.user())
    for name in ("account_logout", "account_change_password", "account_email", "mfa_index"):
        page = client.get(reverse(name))
        assert page.status_code == 200, name
        assert 'class="mast"' in page.content.decode()


def test_a_note_is_previewed_written_rated_and_withdrawn(desk: Desk) -> None:
    story = desk.story()
    author, rater = desk.user("author"), desk.user("rater")
    client = desk.client(author)
    address = reverse("note-write", args=[story.key])
    assert client.get(address + "?statement=" + story.all_statements.first().mark).status_code == 200
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
