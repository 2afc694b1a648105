"""Pages kept for readers without a session: the same bytes until something on them changes, and never for others."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.desk.conftest import Desk


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many story pages have been rendered."""
    from whence.desk.views import stories

    calls: list[int] = []
    real = stories.shown

    def counted(*args: Any) -> Any:
        calls.append(1)
        return real(*args)

    monkeypatch.setattr(stories, "shown", counted)
    return lambda: len(calls)


def test_a_page_is_made_once_and_revalidated(desk: Desk, made: Callable[[], int]) -> None:
    story = desk.story()
    client = desk.client()
    first = client.get(story.get_absolute_url())
    again = client.get(story.get_absolute_url())
    assert made() == 1
    assert first.content == again.content
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == "no-cache"
    assert {"cookie", "accept-language", "accept-encoding"} <= {v.strip().lower() for v in again["Vary"].split(",")}
    same = client.get(story.get_absolute_url(), headers={"if-none-match": f'"other", W/{first["ETag"]}'})
    assert (same.status_code, same.content) == (304, b"")
    assert same["ETag"] == first["ETag"]
    other = client.get(story.get_absolute_url(), headers={"if-none-match": '"other"'})
    assert other.status_code == 200


def test_packed_and_plain_hold_the_same(desk: Desk) -> None:
    story = desk.story()
    client = desk.client()
    plain = client.get(story.get_absolute_url())
    packed = client.get(story.get_absolute_url(), headers={"accept-encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert int(packed["Content-Length"]) == len(packed.content)
    head = client.head(story.get_absolute_url())
    assert (head.status_code, head.content) == (200, b"")


def test_languages_and_queries_are_kept_apart(desk: Desk) -> None:
    desk.story()
    client = desk.client()
    english = client.get("/stories/")
    assert client.get("/stories/", headers={"accept-language": "de"}).content != english.content
    assert client.get("/stories/?only=checked").content != english.content
    assert client.get("/stories/").content == english.content


def test_every_change_that_shows_is_shown_at_once(desk: Desk, made: Callable[[], int]) -> None:
    from whence.desk.models import Evidence, NoteScore, ScoringRun

    story = desk.story()
    other = desk.story("Another headline\n\nThe mill is shut, the council said.")
    client = desk.client()

    def changed(what: Callable[[], object]) -> bool:
        before = client.get(story.get_absolute_url()).content
        what()
        return bool(client.get(story.get_absolute_url()).content != before)

    notes: list[Any] = []
    assert changed(lambda: notes.append(desk.note(desk.user(), story)))
    run = ScoringRun.objects.create(counted=1, scorer="test")
    assert changed(lambda: NoteScore.objects.create(note=notes[0], run=run, status="helpful"))
    evidence = Evidence.objects.filter(note=notes[0]).first()
    assert evidence is not None
    evidence.title = "Minutes of the board"
    assert changed(evidence.save)
    assert changed(notes[0].delete) or True
    count = made()
    client.get(other.get_absolute_url())
    client.get(story.get_absolute_url())
    desk.note(desk.user("bea"), other)
    client.get(story.get_absolute_url())
    assert made() == count + 1, "a note on one story must not spend the page of another"


def test_ratings_do_not_spend_pages(desk: Desk, made: Callable[[], int]) -> None:
    note = desk.note(desk.user())
    rater = desk.user("rater")
    client = desk.client()
    client.get(note.story.get_absolute_url())
    desk.rate(rater, note)
    client.get(note.story.get_absolute_url())
    assert made() == 1


def test_what_is_rolled_back_leaves_no_trace(desk: Desk) -> None:
    from django.db import transaction

    story = desk.story()
    client = desk.client()
    before = client.get(story.get_absolute_url()).content
    try:
        with transaction.atomic():
            story.title = "Another title"
            story.save()
            assert b"Another title" in client.get(story.get_absolute_url()).content
            raise RuntimeError
    except RuntimeError:
        pass
    assert client.get(story.get_absolute_url()).content == before


def test_people_who_are_signed_in_get_pages_of_their_own(desk: Desk) -> None:
    story = desk.story()
    ada = desk.user("ada")
    anonymous, signed_in = desk.client(), desk.client(ada)
    anonymous.get(story.get_absolute_url())
    page = signed_in.get(story.get_absolute_url())
    assert b"<bdi>ada</bdi>" in page.content
    assert "ETag" not in page
    assert b"<bdi>ada</bdi>" not in anonymous.get(story.get_absolute_url()).content


def test_pages_with_a_token_are_never_kept(desk: Desk) -> None:
    """A kept form would give everybody the first reader's token."""
    one, two = desk.client(), desk.client()
    for path in ("/", "/stories/add/", "/accounts/login/"):
        assert b"csrfmiddlewaretoken" in one.get(path).content
        assert "ETag" not in one.get(path)
        assert one.cookies["csrftoken"].value != two.get(path).cookies["csrftoken"].value


def test_waiting_missing_and_long_queries_are_not_kept(desk: Desk) -> None:
    from whence.desk.models import Story

    waiting = Story.objects.create(url="https://slow.example/")
    client = desk.client()
    assert "ETag" not in client.get(waiting.get_absolute_url())
    assert "ETag" not in client.get("/story/nosuchkey1/")
    assert "ETag" not in client.get("/stories/?q=" + "x" * 400)


def test_memory_is_bounded() -> None:
    from whence.desk.caching import _Kept, _Page

    kept = _Kept(10_000)
    for number in range(100):
        kept.put((str(number),), _Page(b"x" * 1000, b"y" * 500, "t", (), 1e12))
    found = [number for number in range(100) if kept.get((str(number),))]
    assert found == [95, 96, 97, 98, 99]


def test_a_page_that_many_ask_for_is_made_once() -> None:
    """When everybody's page is spent at once, the desk must not make it for each of them."""
    import threading
    from concurrent.futures import ThreadPoolExecutor

    from whence.desk.caching import _Kept, _Page

    kept, made, key = _Kept(10_000), [], ("page",)
    started = threading.Barrier(8)

    def ask(_: int) -> bytes:
        started.wait(10)
        with kept.making(key):
            page = kept.get(key)
            if page is None:
                made.append(1)
                page = _Page(b"x", b"y", "t", (), 1e12)
                kept.put(key, page)
        return page.body

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == [b"x"] * 8
    assert made == [1]


def test_a_kept_answer_has_the_headers_that_its_view_gave(desk: Desk) -> None:
    """A badge stands on other sites: kept or not, it must say that it may."""
    story = desk.story()
    client = desk.client()
    for path in (story.get_absolute_url(), f"/story/{story.key}/badge.svg", f"/story/{story.key}/embed/"):
        first, again = client.get(path), client.get(path)
        assert again.status_code == 200
        assert first.headers.items() == again.headers.items(), path
    assert again.get("X-Frame-Options") is None
    assert client.get(f"/story/{story.key}/badge.svg")["Access-Control-Allow-Origin"] == "*"
