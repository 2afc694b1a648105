"""Published XSS payloads in every field that a person or a fetched page can fill: none becomes part of a page."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.utils import timezone
from lxml import etree
from lxml import html as lxml_html

import whence
from tests.unit.desk.payloads import EVERYTHING, PAYLOADS
from whence.desk.models import Note, NoteScore, Outlet, ScoringRun, Story, User
from whence.desk.services import appeals, moderation, stories
from whence.ingest.open import story_of

if TYPE_CHECKING:
    from django.test import Client

    from tests.unit.desk.conftest import Desk

ADDRESSES = (
    "javascript:alert(1)//x",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "https://x.example/'\"><b data-xss>",
)


def _check(body: bytes, where: str) -> None:
    """Fail where a page holds anything that a payload made."""
    document = lxml_html.fromstring(body)
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue
        names = [str(name).lower() for name in element.attrib]
        assert "data-xss" not in names, (where, etree.tostring(element)[:200])
        assert not [name for name in names if name.startswith("on")], (where, etree.tostring(element)[:200])
        assert "style" not in names or where.endswith(".html"), (where, etree.tostring(element)[:200])
        if element.tag == "script":
            assert str(element.get("src", "")).startswith("/static/") or element.get("type") in (
                "application/ld+json",
                "application/json",
            ), where
        assert element.tag not in ("style", "iframe", "object", "embed", "base") or where.endswith("embed/"), where
        for name in ("href", "src", "action", "formaction", "data", "srcdoc", "poster"):
            value = str(element.get(name, "")).strip().lower()
            assert not value.startswith(("javascript:", "vbscript:", "data:text")), (where, value[:80])
            assert "//evil.example" not in value, (where, value[:80])
    assert b"15838" not in body, where


def _filled(desk: Desk) -> tuple[Note, User]:
    """A desk on which every field holds every payload."""
    page = "".join(
        f"<p>“{html.escape(payload)}” said the mayor of {html.escape(payload)}, who denied it.</p>"
        for payload in PAYLOADS
    )
    body = (
        f"<html><head><title>{html.escape(EVERYTHING)}</title>"
        f"<meta property='og:site_name' content='{html.escape(EVERYTHING)}'>"
        f"<meta name='author' content='{html.escape(EVERYTHING[:150])}'></head>"
        f"<body><article><h1>{html.escape(EVERYTHING[:400])}</h1>{page}</article></body></html>"
    )
    story = Story.objects.create(url="https://lantern.example/story?x='\"><b data-xss>")
    parsed = story_of(body.encode(), story.url or "", url=story.url, charset="utf-8")
    stories.store(story, whence.read(parsed), b"snapshot")
    story.refresh_from_db()
    if story.outlet is None:
        story.outlet = Outlet.objects.create(name=EVERYTHING[:200], slug="outlet")
        story.save()
    author = desk.user()
    first = story.all_statements.filter(current=True).order_by("number").first()
    assert first is not None
    note = desk.note(author, story, text=EVERYTHING[:1900], verdict="<b data-xss>x</b>", statements=[first.pk])
    note.evidence.update(
        title=EVERYTHING[:500], archived=EVERYTHING, archived_at=timezone.now(), trouble="<b data-xss>"
    )
    run = ScoringRun.objects.create(counted=1, finished=timezone.now(), scorer="<b data-xss>")
    NoteScore.objects.create(note=note, run=run, status="helpful", reason="<b data-xss>x</b>", ratings=5, score=0.9)
    moderator = desk.user("mod", is_staff=True)
    moderation.report(author, note, "abuse", EVERYTHING[:2000])
    appeal = appeals.appeal(note, name=EVERYTHING[:200], contact="m@port.example", text=EVERYTHING)
    appeals.answer(moderator, appeal, upheld=True, text=EVERYTHING)
    appeals.appeal(story, name=EVERYTHING[:200], contact="m@port.example", text=EVERYTHING)
    moderation.hide_note(moderator, note, EVERYTHING[:480])
    moderation.show_note(moderator, note, EVERYTHING[:480])
    moderation.block(moderator, desk.user("eve"), timezone.now() + timedelta(days=1), EVERYTHING[:480])
    return note, moderator


def _paths(note: Note) -> list[str]:
    story, source = note.story, note.story.all_statements.filter(sources__isnull=False).first()
    own = [f"/story/{story.key}/", f"/note/{note.pk}/", "/", "/stories/", "/statements/", "/notes/", "/outlets/",
           "/sources/",
           f"/story/{story.key}/badge/", f"/story/{story.key}/embed/", f"/story/{story.key}/badge.html", "/moderation/",
           f"/note/{note.pk}/report/", f"/note/{note.pk}/appeal/", f"/story/{story.key}/appeal/", "/data/"]  # fmt: skip
    own += [one.get_absolute_url() for one in (story.outlet, story.byline, source and source.sources.first()) if one]
    return own


def test_what_is_stored_stays_text_on_every_page(desk: Desk) -> None:
    note, moderator = _filled(desk)
    assert "<script" in note.story.title
    for client in (desk.client(), desk.client(note.author), desk.client(User.objects.get(pk=moderator.pk))):
        for path in _paths(note):
            answer = client.get(path)
            assert answer.status_code == 200, path
            _check(answer.content, path)
    mine = desk.client(User.objects.get(username="eve")).post("/stories/add/", {"story": "x"})
    assert mine.status_code == 403
    _check(mine.content, "blocked")


def test_what_is_stored_stays_text_for_staff(desk: Desk) -> None:
    note, moderator = _filled(desk)
    client = desk.client(User.objects.get(pk=moderator.pk))
    for name in ("report", "appeal", "note", "story", "user", "moderationact"):
        _check_staff(client, f"/staff/desk/{name}/")
    for path in (f"/staff/desk/note/{note.pk}/change/", f"/staff/desk/story/{note.story.pk}/change/"):
        _check_staff(client, path)
    asked = client.post("/staff/desk/note/", {"action": "hide_notes", "_selected_action": str(note.pk)})
    assert b"data-xss" in asked.content
    assert not lxml_html.fromstring(asked.content).xpath("//*[@data-xss]")


def _check_staff(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert not lxml_html.fromstring(answer.content).xpath("//*[@data-xss]"), path


def test_other_formats_hold_it_as_data(desk: Desk) -> None:
    note, _ = _filled(desk)
    client, key = desk.client(), note.story.key
    for path in ("/feed.atom", f"/story/{key}/badge.svg"):
        tree = etree.fromstring(client.get(path).content)
        assert not tree.xpath("//*[@data-xss] | //*[local-name()='script'] | //@*[starts-with(name(), 'on')]"), path
    for path in (f"/story/{key}/record.json", f"/story/{key}/badge.json", f"/api/v1/stories/{key}", "/feeds/all.json"):
        answer = client.get(path)
        assert answer["Content-Type"].split(";")[0].endswith("json"), path
        assert answer["X-Content-Type-Options"] == "nosniff"
        answer.json()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_sent_back_stays_text(desk: Desk, payload: str) -> None:
    note = desk.note(desk.user())
    client = desk.client(note.author)
    sent: list[tuple[str, Any]] = [
        ("/accounts/login/", {"login": payload, "password": payload}),
        ("/accounts/signup/", {"username": payload, "email": payload, "password1": payload}),
        ("/stories/add/", {"story": payload, "outlet": payload, "published": payload}),
        (f"/note/{note.pk}/appeal/", {"name": payload, "contact": payload, "text": payload[:15], "website": payload}),
        (f"/note/{note.pk}/report/", {"reason": payload, "text": payload}),
        (f"/note/{note.pk}/rate/", {"level": payload, "tags": payload}),
        (
            f"/story/{note.story.key}/note/",
            {
                "statements": payload,
                "says": payload,
                "reasons": payload,
                "text": payload,
                "sources": payload,
                "verdict": payload,
                "preview": "1",
            },
        ),
        ("/me/webhooks/", {"url": payload, "events": payload}),
    ]
    for path, given in sent:
        who = desk.client() if path.startswith("/accounts/") else client
        answer = who.post(path, given)
        assert answer.status_code < 500, path
        if answer.content:
            _check(answer.content, path)
    asked = quote(payload, safe="")
    for path in (f"/search/?q={asked}", f"/stories/?outlet={asked}&q={asked}", f"/statements/?voice={asked}",
                 f"/notes/?state={asked}", f"/{asked}", f"/story/{asked}/", f"/accounts/login/?next={asked}",
                 f"/moderation/?page={asked}", f"/data/{asked}", f"/language/de/?next={asked}",
                 f"/story/{note.story.key}/?version={asked}"):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code < 500, path
        if answer.content and answer["Content-Type"].startswith("text/html"):
            _check(answer.content, path)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_acts_is_no_link(desk: Desk, address: str) -> None:
    from whence.errors import InputError

    story = desk.story()
    for given in ([address],):
        try:
            note = desk.note(desk.user(), story, sources=given)
        except InputError:
            continue
        _check(desk.client().get(f"/note/{note.pk}/").content, "note")
    answer = desk.client().post("/stories/add/", {"story": address})
    assert answer.status_code < 500
    for one in Story.objects.exclude(pk=story.pk):
        assert one.url is None or one.url.startswith("https://")


# Where a fetch must never go, in the many ways of writing it.
INSIDE = (
    "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/", "http://0/", "http://127.1/",
    "http://2130706433/", "http://0x7f000001/", "http://017700000001/", "http://[::ffff:127.0.0.1]/", "http://10.0.0.1/",
    "http://192.168.1.1/", "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[fd00::1]/",
    "http://[fe80::1]/", "http://100.64.0.1/", "http://127.0.0.1:6379/", "http://user@127.0.0.1/", "http://[64:ff9b::7f00:1]/",
    "https://localhost:5432/", "http://metadata.google.internal/", "file:///etc/passwd", "gopher://127.0.0.1/", "ftp://x.example/",
)  # fmt: skip


@pytest.mark.parametrize("url", INSIDE)
def test_no_address_field_reaches_inside(desk: Desk, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    from whence.desk.services import evidence, posting, webhooks
    from whence.errors import WhenceError

    connected: list[Any] = []
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and self.type == socket.SOCK_STREAM:
            connected.append(address)
            raise OSError("the test forbids it")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    story = desk.story()
    try:
        added = stories.add_url(url)
        stories.read_story(added.pk)
        added.refresh_from_db()
        assert added.state == Story.State.FAILED
    except WhenceError:
        pass
    try:
        note = desk.note(desk.user(), story, sources=[url])
        for one in note.evidence.all():
            evidence.archive(one.pk)
            one.refresh_from_db()
            assert one.archived == ""
    except WhenceError:
        pass
    with pytest.raises(WhenceError):
        webhooks.add(desk.user("hal"), url, ["note"])
    with pytest.raises(WhenceError):
        posting.post(url, b"{}", {})
    assert connected == []
