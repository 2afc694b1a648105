"""What leaves the desk: badges, embeds, feeds, annotations, ClaimReview, webhooks, bulk files."""

from __future__ import annotations

import html
import json
import re
import time
from typing import TYPE_CHECKING, Any

import feedparser
import pytest

from whence.desk.models import Note, NoteScore, ScoringRun, Source, Story, Webhook
from whence.desk.services import appeals, exports, moderation, posting, scoring, webhooks
from whence.errors import InputError, RefusedError, UnreachableError
from whence.publish.webhook import check_webhook

if TYPE_CHECKING:
    from tests.unit.desk.conftest import Desk


def _shown(desk: Desk, **fields: Any) -> Note:
    """A note that is shown."""
    note = desk.note(desk.user(), **fields)
    run = ScoringRun.objects.create(counted=1, scorer="whence-small/1", parameters={"level": 0.9})
    NoteScore.objects.create(note=note, run=run, status="helpful")
    return note


def _badge(desk: Desk, story: Story, form: str, theme: str = "light") -> Any:
    return desk.client().get(f"/story/{story.key}/badge.{form}?theme={theme}")


@pytest.mark.parametrize("theme", ["light", "dark", "text"])
def test_a_badge_says_the_same_in_each_form(desk: Desk, theme: str) -> None:
    story = _shown(desk).story
    line = f"1 of {story.statements} statements checked, 1 note shown"
    for form in ("svg", "html", "json"):
        answer = _badge(desk, story, form, theme)
        assert line in answer.content.decode()
        assert answer["Access-Control-Allow-Origin"] == "*"
    assert json.loads(_badge(desk, story, "json").content)["record"].endswith(f"/story/{story.key}/record.json")
    offer = desk.client().get(f"/story/{story.key}/badge/").content.decode()
    assert line in offer
    assert f"badge.svg?theme={theme}" in offer


def test_a_badge_survives_its_story(desk: Desk) -> None:
    story = _shown(desk).story
    before = json.loads(_badge(desk, story, "json").content)
    moderation.remove_story(desk.user("mod", is_staff=True), story, "Court of Harbourtown, 3 O 18/26")
    after = json.loads(_badge(desk, story, "json").content)
    assert after["statements"] == before["statements"]
    assert after["title"] == ""
    assert _badge(desk, story, "svg").status_code == 200
    assert _badge(desk, story, "gif").status_code == 404
    assert _badge(desk, story, "svg", "pink").status_code == 404


def test_only_the_embed_may_stand_in_others_frames(desk: Desk) -> None:
    note = _shown(desk)
    embed = desk.client().get(f"/story/{note.story.key}/embed/")
    assert "frame-ancestors *" in embed["Content-Security-Policy"]
    assert "X-Frame-Options" not in embed
    assert "<script" not in embed.content.decode()
    assert note.text in html.unescape(embed.content.decode())
    for path in ("/", f"/story/{note.story.key}/", "/accounts/login/", f"/story/{note.story.key}/badge/"):
        answer = desk.client().get(path)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"


def test_oembed_answers_for_stories_of_this_desk_alone(desk: Desk) -> None:
    story, client = desk.story(), desk.client()
    page = f"http://desk.example/story/{story.key}/"
    answer = client.get("/oembed", {"url": page, "maxwidth": "200"})
    assert answer.json()["type"] == "rich"
    assert answer.json()["width"] == 200
    assert page.removesuffix("/") in client.get(f"/story/{story.key}/").content.decode()
    wrong = [{"url": "http://evil.example/story/x/"}, {"url": f"{page}../../"}, {"url": page, "maxwidth": "-1"}, {}]
    assert [client.get("/oembed", one).status_code for one in wrong] == [404, 404, 400, 404]
    assert client.get("/oembed", {"url": page, "format": "xml"}).status_code == 501


def test_feeds_tell_what_is_new_to_those_who_want_it(desk: Desk) -> None:
    story = desk.story(outlet="The Harbour Lantern")
    note = desk.note(desk.user(), story)
    for rater in desk.users(3):
        desk.rate(rater, note)
    scoring.score()
    appeal = appeals.appeal(note, name="Mira Okonjo", contact="m@port.example", text="The minutes were corrected.")
    appeals.answer(desk.user("mod", is_staff=True), appeal, upheld=False, text="The note speaks of the first minutes.")
    client = desk.client()
    everything = feedparser.parse(client.get("/feed.atom").content)
    assert not everything.bozo
    kinds = {entry.tags[0].term for entry in everything.entries}
    assert kinds == {"statement", "note", "correction"}
    assert len({entry.id for entry in everything.entries}) == len(everything.entries)
    notes = client.get("/feeds/notes.json").json()
    assert [item["authors"][0]["name"] for item in notes["items"]] == ["ada"]
    outlet = story.outlet
    assert outlet is not None
    assert len(client.get("/feeds/notes.json", {"outlet": outlet.slug}).json()["items"]) == 1
    assert client.get("/feeds/notes.json", {"outlet": "other"}).json()["items"] == []
    source = Source.objects.filter(label__contains="Okonjo").distinct().get()
    said = client.get("/feeds/statements.json", {"source": source.slug}).json()["items"]
    assert said
    assert all("Okonjo" in item["title"] for item in said)
    assert client.get("/feeds/statements.json", {"topic": "lighthouse"}).json()["items"] == []
    assert client.get("/feeds/notes.json", {"before": "2020-01-01T00:00:00Z"}).json()["items"] == []
    assert [
        client.get(f"/feeds/{path}").status_code for path in ("rumours.atom", "notes.rss", "notes.atom?before=x")
    ] == [404] * 3


def test_annotations_point_at_the_statements(desk: Desk) -> None:
    note = desk.note(desk.user())
    client = desk.client()
    url = f"/story/{note.story.key}/annotations.jsonld"
    assert client.get(url).json()["total"] == 1
    (item,) = client.get(url, {"page": 0}).json()["items"]
    exact = item["target"]["selector"][1]["exact"]
    assert exact in note.story.versions.get().text
    assert [client.get(url, {"page": page}).status_code for page in ("1", "-1", "x", "9" * 9)] == [404] * 4


def test_a_shown_note_with_a_verdict_is_a_claim_review_on_its_own_page(desk: Desk) -> None:
    note = _shown(desk, verdict="Missing context", text="It says </script><script>alert(1)</script> in the minutes.")
    page = desk.client().get(f"/note/{note.pk}/").content.decode()
    (written,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    review = json.loads(written)
    assert (review["@type"], review["reviewRating"]["alternateName"]) == ("ClaimReview", "Missing context")
    feed = json.loads(desk.client().get("/claimreviews.jsonld").getvalue())
    assert [item["item"][0]["url"] for item in feed["dataFeedElement"]] == [f"http://desk.example/note/{note.pk}/"]
    moderation.hide_note(desk.user("mod", is_staff=True), note, "It insults somebody.")
    assert "ld+json" not in desk.client().get(f"/note/{note.pk}/").content.decode()


def test_bulk_files_are_served_once_they_are_written(desk: Desk) -> None:
    client = desk.client()
    desk.note(desk.user())
    assert client.get("/data/").status_code == 200
    exports.write()
    assert "ratings-00000.zip" in client.get("/data/").content.decode()
    served = client.get("/data/notes-00000.zip").getvalue()
    assert served == (exports.folder() / "notes-00000.zip").read_bytes()
    assert [client.get(f"/data/{name}").status_code for name in ("log.key", "..%2flog.key", "none.zip")] == [404] * 3


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bytes, dict[str, str]]]:
    """Messages that would have been sent; names are not looked up."""
    found: list[tuple[str, bytes, dict[str, str]]] = []
    monkeypatch.setattr(posting, "check", lambda url: None)
    monkeypatch.setattr(posting, "post", lambda url, data, headers: found.append((url, data, dict(headers))))
    return found


def test_webhooks_are_told_with_a_signature(desk: Desk, sent: list[tuple[str, bytes, dict[str, str]]]) -> None:
    client = desk.client(desk.user("hal"))
    given = {"url": "https://newsroom.example/hook", "events": ["note"]}
    assert client.post("/me/webhooks/", given).status_code == 302
    note = desk.note(desk.user())
    desk.settle()
    ((url, data, headers),) = sent
    assert url == given["url"]
    check_webhook(Webhook.objects.get().secret, headers, data, int(time.time()))
    message = json.loads(data)
    assert (message["type"], message["data"]["text"]) == ("note.new", note.text)


def test_a_webhook_that_fails_is_tried_again_for_a_day(desk: Desk, sent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django_tasks_db.models import DBTaskResult

    def down(url: str, data: bytes, headers: dict[str, str]) -> None:
        raise UnreachableError("newsroom.example answered with status 503", 503)

    monkeypatch.setattr(posting, "post", down)
    webhooks.add(desk.user("hal"), "https://newsroom.example/hook", ["note"])
    desk.note(desk.user())
    tries = 0
    while task := DBTaskResult.objects.filter(status="READY", task_path__endswith="send_webhook").first():
        DBTaskResult.objects.filter(pk=task.pk).update(status="SUCCESSFUL")
        task.task.call(*task.args_kwargs["args"], **task.args_kwargs["kwargs"])
        tries += 1
    hook = Webhook.objects.get()
    assert (tries, hook.failures) == (7, 7)
    assert "503" in hook.last_trouble


@pytest.mark.parametrize(
    "url",
    [
        "http://newsroom.example/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://10.1.2.3/",
        "https://user@x.example/",
    ],
)
def test_a_webhook_into_a_private_network_is_refused(desk: Desk, url: str) -> None:
    with pytest.raises((InputError, RefusedError)):
        webhooks.add(desk.user(), url, ["note"])
    with pytest.raises((RefusedError, UnreachableError)):
        posting.post(url.replace("http://newsroom.example", "http://127.0.0.1"), b"{}", {})


def test_nobody_deletes_anothers_webhook(desk: Desk, sent: Any) -> None:
    hook = webhooks.add(desk.user("hal"), "https://newsroom.example/hook", ["note"])
    assert desk.client(desk.user("eve")).post(f"/me/webhooks/{hook.pk}/delete/").status_code == 404
    assert Webhook.objects.exists()
    assert desk.client(hook.owner).post(f"/me/webhooks/{hook.pk}/delete/").status_code == 302
    assert not Webhook.objects.exists()
