"""Every route of the desk, asked by those it must refuse: without a token, blocked, or after another's things."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import models
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from whence.desk.models import Note, Rating, Report, Story, User, Webhook
from whence.desk.services import moderation
from whence.desk.services.limits import RULES

if TYPE_CHECKING:
    from tests.unit.desk.conftest import Desk

# What a blocked person may still do (middleware.py): leave, keep the account in order, appeal.
OPEN_TO_BLOCKED = ("account_", "mfa_", "appeal-", "close-account", "language", "openid_connect")
SAMPLES = {
    "slug": "harbour", "path": "checkpoint", "str": "notes-00000.zip", "int": "1", "code": "de", "key": "KEY",
    "pk": "1", "form": "json", "kind": "notes", "uidb36": "1", "provider_id": "organisation", "name": "notes-00000.zip",
    "object_id": "1", "app_label": "desk", "content_type_id": "1", "url": "x",
}  # fmt: skip


def _routes(resolver: Any = None, prefix: str = "", names: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Name and path of every route, its parameters filled with samples."""
    for one in (resolver or get_resolver()).url_patterns:
        path = prefix + str(one.pattern)
        if isinstance(one, URLPattern):
            yield ":".join((*names, one.name or "")), "/" + _filled(path)
        else:
            yield from _routes(one, path, (*names, one.namespace) if one.namespace else names)


def _filled(path: str) -> str:
    path = re.sub(r"\(\?P<form>[^)]*\)", "json", path)
    path = re.sub(r"<(?:(\w+):)?(\w+)>", lambda m: SAMPLES.get(m[2], SAMPLES.get(m[1] or "", "1")), path)
    path = re.sub(r"\(\?P([a-z]+|\w+|KEY|1)?\(?[^)]*\)", "1", path)
    return path.replace("^", "").replace("\\Z", "").replace("\\.", ".").replace("$", "").replace("(?:", "").rstrip(")")


ROUTES = sorted(set(_routes()))


def _url(route: str, story: Story, note: Note) -> str:
    return route.replace("KEY", story.key).replace("/note/1/", f"/note/{note.pk}/")


def _rows() -> dict[str, list[dict[str, Any]]]:
    """Everything that people said, as it is in the tables."""
    kept: tuple[type[models.Model], ...] = (Story, Note, Rating, Report, Webhook)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in kept}  # type: ignore[attr-defined]


FORM = {
    "story": "A headline\n\nA text, said the mayor.", "level": "helpful", "tags": "helpfulClear", "reason": "abuse",
    "name": "Mira Okonjo", "contact": "m@port.example", "text": "The minutes of 3 May say otherwise, on page 4.",
    "says": "misleading", "reasons": "misleadingOther", "sources": "https://minutes.example/", "url": "https://x.example/",
    "events": "note", "statements": "1", "s": "1", "send": "1", "action": "hide_notes", "_selected_action": "1",
}  # fmt: skip


def test_the_routes_are_all_there() -> None:
    names = {name for name, _ in ROUTES}
    assert {"story-add", "note-write", "rate", "unrate", "note-withdraw", "close-account", "webhook-delete"} <= names
    assert {"report-note", "appeal-story", "account_login", "mfa_add_webauthn", "admin:desk_note_changelist"} <= names
    assert not [path for _, path in ROUTES if "(" in path or "?P" in path]


@pytest.mark.parametrize("who", ["visitor", "contributor", "moderator"])
def test_nothing_changes_without_a_token(desk: Desk, who: str) -> None:
    note = desk.note(desk.user())
    desk.rate(desk.user("bo"), note)
    person = {"visitor": None, "contributor": note.author, "moderator": desk.user("mod", is_staff=True)}[who]
    client = desk.client(person, csrf=True)
    before = _rows()
    wrong = []
    for name, route in ROUTES:
        answer = client.post(_url(route, note.story, note), FORM)
        if answer.status_code not in (403, 404, 405):
            wrong.append((name, route, answer.status_code))
    assert wrong == []
    assert _rows() == before
    assert person is None or User.objects.filter(pk=person.pk, is_active=True).exists()


def test_a_blocked_person_changes_nothing(desk: Desk) -> None:
    note = desk.note(desk.user())
    person = desk.user("eve")
    desk.rate(person, note, "not")
    moderation.block(desk.user("mod", is_staff=True), person, timezone.now() + timedelta(days=1), "Insults.")
    client = desk.client(User.objects.get(pk=person.pk))
    before = _rows()
    for name, route in ROUTES:
        if name.startswith(OPEN_TO_BLOCKED):
            continue
        answer = client.post(_url(route, note.story, note), FORM)
        sent_away = answer.status_code == 302 and "/login/" in answer["Location"]
        assert sent_away or answer.status_code in (403, 404, 405), (name, route)
    assert _rows() == before


def test_nobody_changes_anothers_things(desk: Desk) -> None:
    note, rater = desk.note(desk.user()), desk.user("bo")
    desk.rate(rater, note, "not")
    Webhook.objects.create(owner=rater, url="https://newsroom.example/", events=["note"])
    eve = desk.user("eve")
    client = desk.client(eve)
    before = _rows()
    for name, route in ROUTES:
        if name in ("note-withdraw", "unrate", "webhook-delete") or name.startswith(
            ("admin:", "mfa_remove", "mfa_edit")
        ):
            path = _url(route, note.story, note).replace("/webhooks/1/", f"/webhooks/{Webhook.objects.get().pk}/")
            assert client.post(path, FORM).status_code in (302, 403, 404, 405), (name, path)
    assert _rows() == before
    desk.rate(eve, note, "helpful")
    assert {(one.rater.alias, one.level) for one in Rating.objects.all()} == {("bo", "not"), ("eve", "helpful")}


def test_reading_changes_nothing_and_nothing_fails(desk: Desk) -> None:
    note = desk.note(desk.user())
    before = _rows()
    for client in (desk.client(), desk.client(desk.user("mod", is_staff=True)), desk.client(note.author)):
        for name, route in ROUTES:
            answer = client.get(_url(route, note.story, note))
            assert answer.status_code < 500, (name, route)
    assert _rows() == before


def test_a_session_begins_anew_with_the_sign_in(desk: Desk) -> None:
    desk.user("hal")
    client = desk.client()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted or ""
    answer = client.post("/accounts/login/", {"login": "hal", "password": "correct horse battery"})
    assert answer.status_code == 302
    assert client.cookies["sessionid"].value != planted
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_passwords_cannot_be_tried_for_ever(desk: Desk) -> None:
    desk.user("hal")
    client = desk.client()
    statuses = [
        client.post("/accounts/login/", {"login": "hal", "password": f"guess {number}"}).status_code
        for number in range(30)
    ]
    assert 429 in statuses
    assert statuses[-1] == 429
    right = client.post("/accounts/login/", {"login": "hal", "password": "correct horse battery"})
    assert right.status_code == 429


@pytest.mark.parametrize(
    ("path", "rule", "given"),
    [
        ("/stories/add/", "story-add", {"story": ""}),
        ("/accounts/signup/", "account_signup", {"username": "x"}),
        ("/note/{pk}/appeal/", "appeal-note", {}),
        ("/note/{pk}/report/", "report-note", {}),
        ("/note/{pk}/rate/", "rate", {"level": "helpful"}),
    ],
)
def test_what_anybody_can_do_often_has_a_limit(desk: Desk, path: str, rule: str, given: dict[str, str]) -> None:
    note = desk.note(desk.user())
    client = desk.client(desk.user("bo") if rule == "rate" else None)
    most = min(one.count for one in RULES[rule])
    statuses = [client.post(path.format(pk=note.pk), given).status_code for _ in range(most + 1)]
    assert 429 not in statuses[:most]
    assert statuses[most] == 429


def test_two_addresses_have_limits_of_their_own_and_a_household_one(desk: Desk) -> None:
    client, given = desk.client(), {"story": ""}
    for number in range(11):
        last = client.post("/stories/add/", given, REMOTE_ADDR=f"2001:db8::{number + 1:x}")
    assert last.status_code == 429
    assert client.post("/stories/add/", given, REMOTE_ADDR="2001:db8:1::1").status_code != 429
    forged = client.post("/stories/add/", given, REMOTE_ADDR="2001:db8::99", headers={"X-Forwarded-For": "192.0.2.1"})
    assert forged.status_code == 429


def test_every_page_has_its_headers(desk: Desk) -> None:
    note = desk.note(desk.user())
    for client in (desk.client(), desk.client(note.author)):
        for path in (
            "/",
            f"/story/{note.story.key}/",
            f"/note/{note.pk}/",
            "/search/?q=x",
            "/accounts/login/",
            "/nowhere",
        ):
            answer = client.get(path)
            policy = answer["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["Referrer-Policy"] == "same-origin"


def test_nobody_is_sent_elsewhere(desk: Desk) -> None:
    client = desk.client()
    for path in ("/language/de/", "/accounts/login/"):
        for target in ("https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"):
            answer = client.get(path, {"next": target})
            assert "evil.example" not in answer.get("Location", "")
            assert not answer.get("Location", "").startswith("javascript")
    desk.user("hal")
    answer = client.post("/accounts/login/?next=//evil.example/", {"login": "hal", "password": "correct horse battery"})
    assert "evil.example" not in answer.get("Location", "")


def test_django_finds_nothing_wrong_for_a_public_server(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("WHENCE_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "whence.desk.manage", "check", "--deploy", "--fail-level", "WARNING"],
        env=environment | {"WHENCE_DESK_HOME": str(tmp_path), "WHENCE_URL": "https://desk.example"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.parametrize(
    "path", ["/search/?q=a%00b", "/story/%00/", "/feeds/notes.atom?topic=%00", "/data/%00", "/log/%00"]
)
def test_a_character_that_postgresql_cannot_hold_is_refused(desk: Desk, path: str) -> None:
    """NUL: SQLite takes it, so a test on SQLite would not notice otherwise."""
    assert desk.client().get(path).status_code == 400


def test_a_pasted_text_loses_it(desk: Desk) -> None:
    story = desk.story("A\0 headline\n\nThe pier is closed\0, said the mayor.")
    assert "\0" not in story.title + story.given + story.versions.get().text
