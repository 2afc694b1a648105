"""The public pages of stories: what they show, in which state, and what they never let through."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

import whence

if TYPE_CHECKING:
    from django.test import Client

    from tests.unit.desk.conftest import Desk
    from whence.desk.models import Note


def text(client: Client, path: str, status: int = 200) -> str:
    """What a page holds, once it answered as it should."""
    response = client.get(path)
    assert response.status_code == status, response.content[:500]
    return str(response.content.decode())


def score(note: Note, status: str) -> None:
    """Give a note a status, as a scoring does."""
    from whence.desk.models import NoteScore, ScoringRun

    run = ScoringRun.objects.create(counted=1, scorer="test")
    NoteScore.objects.update_or_create(note=note, defaults={"run": run, "status": status, "score": 0.7})


def test_front_page_offers_to_read_and_lists_what_was_read(desk: Desk) -> None:
    story = desk.story()
    page = text(desk.client(), "/")
    assert 'action="/stories/add/"' in page
    assert "csrfmiddlewaretoken" in page
    assert story.get_absolute_url() in page
    assert "No one has checked" in page


def test_story_page_is_the_reading(desk: Desk) -> None:
    story = desk.story(outlet="The Quay", published="2026-03-01")
    page = text(desk.client(), story.get_absolute_url())
    reading = json.loads(story.versions.get().reading)
    for number, statement in enumerate(reading["statements"], 1):
        assert f'id="s{number}"' in page
        assert f'id="w{number}"' in page
        start, end = statement["content"][0]
        assert reading["story"]["text"][start:end][:20].strip("“”\"'’").split("'")[0] in page
    assert "Mira Okonjo" in page
    assert "1 March 2026" in page
    assert "The Quay" in page
    assert story.versions.get().snapshot_hash in page
    assert "No one has checked" in page


def test_a_pasted_text_waits_and_then_is_read(desk: Desk) -> None:
    client = desk.client()
    given = "A headline\n\nThe pier is closed, the board said.\n\nNobody answered."
    response = client.post("/stories/add/", {"story": given, "outlet": "The Quay", "published": "2026-03-01"})
    assert response.status_code == 302
    where = response["Location"]
    waiting = client.get(where)
    assert waiting.status_code == 202
    assert 'http-equiv="refresh"' in waiting.content.decode()
    assert json.loads(text(client, where + "state/")) == {"state": "waiting"}
    desk.settle()
    assert json.loads(text(client, where + "state/")) == {"state": "read"}
    assert "The pier is closed" in text(client, where)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("", "there is nothing to read"),
        ("   ", "there is nothing to read"),
        ("x" * 400_001, "at most 400,000 characters"),
        ("http://" + "a" * 2000 + ".example", "at most 2,000 characters"),
    ],
)
def test_what_cannot_be_a_story_is_refused_and_given_back(desk: Desk, given: str, says: str) -> None:
    response = desk.client().post("/stories/add/", {"story": given})
    assert response.status_code == 422
    page = response.content.decode()
    assert says in page.lower() or says.capitalize() in page
    assert 'aria-invalid="true"' in page


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("https://quay.example/pier", "https://quay.example/pier"),
        ("HTTP://quay.example/pier#top", "http://quay.example/pier"),
        ("quay.example/pier?page=2", "https://quay.example/pier?page=2"),
        ("www.quay.example", "https://www.quay.example"),
    ],
)
def test_an_address_is_one_with_or_without_its_scheme(desk: Desk, given: str, url: str) -> None:
    from whence.desk.models import Story

    assert desk.client().post("/stories/add/", {"story": given}).status_code == 302
    assert Story.objects.get().url == url


@pytest.mark.parametrize("given", ["ftp://quay.example/pier", "javascript://quay.example/%0aalert(1)", "https://"])
def test_an_address_that_is_not_fetched_is_no_text_of_a_story_either(desk: Desk, given: str) -> None:
    from whence.desk.models import Story

    assert desk.client().post("/stories/add/", {"story": given}).status_code == 422
    assert not Story.objects.exists()


def test_a_text_that_begins_with_an_address_is_a_text(desk: Desk) -> None:
    from whence.desk.models import Story

    desk.client().post("/stories/add/", {"story": "quay.example said so.\n\nThe pier is closed."})
    assert Story.objects.get().url is None


def test_a_story_that_cannot_be_read_says_why(desk: Desk) -> None:
    from whence.desk.models import Story

    story = Story.objects.create(url="https://gone.example/", state=Story.State.FAILED, trouble="the host <b> is gone")
    page = text(desk.client(), story.get_absolute_url())
    assert "The host &lt;b&gt; is gone" in page


@pytest.mark.parametrize(
    ("status", "words", "beside"),
    [
        ("helpful", "Shown: people who disagree found it helpful", True),
        ("not-helpful", "Not shown", False),
        ("needs-more-ratings", "Needs more ratings", False),
    ],
)
def test_each_state_of_a_note(desk: Desk, status: str, words: str, beside: bool) -> None:
    note = desk.note(desk.user())
    score(note, status)
    page = text(desk.client(), note.story.get_absolute_url())
    card = page.split('id="s1"')[1].split("</article>")[0]
    assert words in card
    assert ('class="beside"' in page) == beside
    assert page.count(f'id="note-{note.pk}"') == 1
    assert page.index(note.text.split("'")[0]) < page.index('id="facts"') if beside else True


def test_a_note_stands_after_the_paragraph_of_its_statement(desk: Desk) -> None:
    story = desk.story()
    statement = story.all_statements.order_by("number").last()
    assert statement is not None
    note = desk.note(desk.user(), story, statements=[statement.pk])
    score(note, "helpful")
    page = text(desk.client(), story.get_absolute_url())
    assert page.index(f'id="w{statement.number}"') < page.index(f'id="note-{note.pk}"') < page.index('id="facts"')
    assert page.index(f'id="w{statement.number - 1}"') < page.index(f'id="note-{note.pk}"')


def test_hidden_and_withdrawn_notes_show_nothing(desk: Desk) -> None:
    from whence.desk.models import Note

    note = desk.note(desk.user())
    score(note, "helpful")
    path = note.story.get_absolute_url()
    note.hidden = True
    note.save()
    page = text(desk.client(), path)
    assert "partial closure" not in page
    assert "No one has checked" in page
    Note.objects.filter(pk=note.pk).update(hidden=False, withdrawn="2026-03-01T00:00:00Z")
    assert "partial closure" not in text(desk.client(), path)


def test_a_hidden_story_is_gone_and_its_reason_stays(desk: Desk) -> None:
    from whence.desk.models import ModerationAct

    story = desk.story()
    moderator = desk.user("mod", is_staff=True)
    ModerationAct.objects.create(act="hide-story", by=moderator, story=story, reason="it names a <child>")
    story.hidden = True
    story.save()
    page = text(desk.client(), story.get_absolute_url(), 410)
    assert "it names a &lt;child&gt;" in page
    assert "Okonjo" not in page
    assert story.title not in text(desk.client(), "/stories/")
    assert "Okonjo" not in text(desk.client(), "/statements/")
    assert "Okonjo" not in text(desk.client(), "/sources/")
    assert "Brandt" not in text(desk.client(), "/search/?q=Teo")


def test_earlier_versions_stay_readable(desk: Desk) -> None:
    from whence.desk.services import snapshots, stories

    story = desk.story()
    parsed, snapshot = snapshots.of_text(
        "Harbour board weighs a closure\n\nThe harbour stays open, the board said.",
        outlet=None,
        published=None,
        url=None,
    )
    stories.store(story, whence.read(parsed), snapshot)
    client = desk.client()
    now = text(client, story.get_absolute_url())
    assert "stays open" in now
    assert "will close on Monday" not in now
    assert "?version=1" in now
    then = text(client, story.get_absolute_url() + "?version=1")
    assert "will close on Monday" in then
    assert "This is version 1 of the page" in then
    assert "Write a note" in now
    assert "Write a note" not in then, "notes are written on what the page says now"
    assert text(client, story.get_absolute_url() + "?version=3", 404)
    assert text(client, story.get_absolute_url() + "?version=x", 404)
    assert text(client, story.get_absolute_url() + "?version=99999999999999999999", 404)


def test_a_note_whose_words_are_gone_is_kept_apart(desk: Desk) -> None:
    """It is never set beside a lookalike; shown ones stand apart, the others are folded away."""
    from whence.desk.services import snapshots, stories

    author = desk.user()
    story = desk.story()
    shown, waiting = (
        desk.note(author, story),
        desk.note(author, story, text="Another text on the same words, as yet unrated."),
    )
    score(shown, "helpful")
    parsed, snapshot = snapshots.of_text(
        "Harbour board votes\n\nThe harbour stays open, the board said.", outlet=None, published=None, url=None
    )
    stories.store(story, whence.read(parsed), snapshot)
    page = text(desk.client(), story.get_absolute_url())
    assert "Harbour board votes</h1>" in page
    lost = page.split('id="lost"')[1].split("</section>")[0]
    assert f'id="note-{shown.pk}"' in lost.split("<details")[0]
    assert f'id="note-{waiting.pk}"' in lost.split("<details")[1]
    assert 'class="beside"' not in page
    then = text(desk.client(), story.get_absolute_url() + "?version=1")
    assert "Harbour board weighs a closure</h1>" in then
    assert 'class="beside"' in then
    assert 'id="lost"' not in then


def test_no_script_style_or_handler_stands_in_a_page(desk: Desk) -> None:
    """The content security policy forbids them: a page that held some would be broken."""
    note = desk.note(desk.user())
    score(note, "helpful")
    client = desk.client()
    for path in (
        "/",
        note.story.get_absolute_url(),
        "/stories/",
        "/notes/",
        "/about/",
        "/search/?q=pier",
        note.get_absolute_url(),
    ):
        page = text(client, path)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", page), path
        assert not re.search(r'(?:src|href)="(?:https?:)?//(?!minutes\.example|desk\.example)', page), path


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}{% load x %}"]
)
def test_what_people_type_is_shown_and_never_acts(desk: Desk, payload: str) -> None:
    from django.utils.html import escape

    story = desk.story(
        f"{payload} weighs\n\nThe board said: “{payload} is open,” said Mira {payload} Okonjo.", outlet=payload
    )
    client = desk.client()
    assert story.outlet is not None
    for path in (
        "/",
        story.get_absolute_url(),
        "/stories/",
        "/statements/",
        "/outlets/",
        story.outlet.get_absolute_url(),
    ):
        page = text(client, path)
        assert payload not in page or payload.startswith("{{"), path
    assert escape(payload) in text(client, story.outlet.get_absolute_url())
    found = text(client, "/search/?q=" + payload.replace("%", "%25"))
    assert payload not in found or payload.startswith("{{")


def test_languages_follow_the_reader(desk: Desk) -> None:
    client = desk.client()
    german = client.get("/about/", headers={"accept-language": "de-AT,de;q=0.9"})
    assert '<html lang="de" dir="ltr">' in german.content.decode()
    assert '<html lang="en"' in client.get("/about/", headers={"accept-language": "fr"}).content.decode()
    answer = client.get("/language/de/?next=/about/")
    assert answer["Location"] == "/about/"
    assert '<html lang="de"' in client.get("/about/").content.decode()
    assert client.get("/language/de/?next=https://elsewhere.example/")["Location"] == "/"
    assert client.get("/language/de/?next=//elsewhere.example/")["Location"] == "/"
    assert client.get("/language/xx/").status_code == 404


@pytest.mark.parametrize(
    ("iso", "english", "german"),
    [
        ("2018-02-10", "10 February 2018", "10. Februar 2018"),
        ("2018-02-10T15:00:00Z", "10 February 2018, 15:00", "10. Februar 2018, 15:00"),
        ("2018-02", "February 2018", "Februar 2018"),
        ("2018", "2018", "2018"),
        ("2018-W05", "week 5 of 2018", "Woche 5 von 2018"),
        ("2018-02-15/2018-02-17", "15 February 2018 to 17 February 2018", "15. Februar 2018 bis 17. Februar 2018"),
        ("2016-22", "2016-22", "2016-22"),
        ("some day", "some day", "some day"),
    ],
)
def test_times_are_written_as_the_language_does(db: None, iso: str, english: str, german: str) -> None:
    from django.utils import translation

    from whence.desk.words import when

    with translation.override("en"):
        assert when(iso) == english
    with translation.override("de"):
        assert when(iso) == german
