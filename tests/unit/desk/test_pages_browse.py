"""Browsing and searching: filters, pages of a list, full-text search, sources, outlets and bylines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.unit.desk.conftest import Desk

PLAIN = "The mill reopens\n\nThe mill reopens on Friday.\n\nIt was shut in May."


def links(desk: Desk, path: str, what: str) -> list[str]:
    """Addresses of a kind on a page, in its order."""
    response = desk.client().get(path)
    assert response.status_code == 200
    return re.findall(rf'href="(/{what}/[^"#?]+/)', response.content.decode())


def test_filters_of_stories(desk: Desk) -> None:
    disputed = desk.story()
    plain = desk.story(PLAIN)
    assert links(desk, "/stories/", "story") == [plain.get_absolute_url(), disputed.get_absolute_url()]
    assert links(desk, "/stories/?only=unnamed", "story") == [disputed.get_absolute_url()]
    assert len(links(desk, "/stories/?only=unchecked", "story")) == 2
    assert links(desk, "/stories/?only=checked", "story") == []
    assert len(links(desk, "/stories/?only=nonsense", "story")) == 2


@pytest.mark.parametrize("only", ["unchecked", "unnamed", "own", "disputed", "single-origin", ""])
def test_filters_of_statements(desk: Desk, only: str) -> None:
    from whence.desk.models import Statement

    desk.story()
    desk.story(PLAIN)
    rows = list(Statement.objects.filter(current=True).select_related("story"))
    wanted = {
        "unchecked": rows,
        "unnamed": [s for s in rows if s.voice == "attributed" and s.naming != "named"],
        "own": [s for s in rows if s.voice == "own"],
        "disputed": [s for s in rows if s.disputed],
        "single-origin": [s for s in rows if s.story.single_origin],
        "": rows,
    }[only]
    page = desk.client().get(f"/statements/?only={only}").content.decode()
    found = re.findall(r'class="whole" href="([^"]+)"', page)
    assert sorted(found) == sorted(s.get_absolute_url() for s in wanted)


def test_a_list_is_gone_through_page_by_page(desk: Desk) -> None:
    from whence.desk.models import Story

    Story.objects.bulk_create(Story(title=f"Story {n}", state="read") for n in range(71))
    seen: list[str] = []
    path = "/stories/"
    for _ in range(5):
        page = desk.client().get(path).content.decode()
        seen += re.findall(r"<bdi>(Story \d+)</bdi>", page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        if following is None:
            break
        path = "/stories/" + following.group(1).replace("&amp;", "&")
    assert seen == [f"Story {n}" for n in reversed(range(71))]


@pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "٣", ""])
def test_a_cursor_that_is_none_is_the_beginning(desk: Desk, after: str) -> None:
    story = desk.story()
    assert links(desk, f"/stories/?after={after}", "story") == [story.get_absolute_url()]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("pier", True),
        ("PIER unsafe", True),
        ('"asked us"', True),
        ('"us asked"', False),
        ("unsaf", True),
        ("unsafe zeppelin", False),
        ("4%_", False),
        ("'; DROP TABLE desk_story; --", False),
        ('"', False),
        ("NOT AND OR NEAR(", False),
        ("the pier's unsafe", False),
    ],
)
def test_search_finds_all_words(desk: Desk, query: str, found: bool) -> None:
    from urllib.parse import quote

    story = desk.story()
    for path in ("/search/", "/stories/", "/statements/"):
        page = desk.client().get(f"{path}?q={quote(query)}")
        assert page.status_code == 200
        assert (story.get_absolute_url() in page.content.decode()) == found, path


def test_search_keeps_up_with_changes(desk: Desk) -> None:
    from whence.desk.models import Note

    note = desk.note(desk.user())
    assert not links(desk, "/notes/?q=minutes", "note"), "it is not shown yet"
    assert links(desk, "/notes/?q=minutes&only=all", "note")
    note.text = "Something else entirely."
    note.save()
    assert not links(desk, "/notes/?q=minutes&only=all", "note")
    assert links(desk, "/notes/?q=entirely&only=all", "note")
    Note.objects.filter(pk=note.pk).delete()
    assert not links(desk, "/notes/?q=entirely&only=all", "note")


def test_a_source_says_what_it_said_and_where(desk: Desk) -> None:
    from whence.desk.models import Source

    story = desk.story()
    source = Source.objects.get(label="Mira Okonjo")
    page = desk.client().get(source.get_absolute_url()).content.decode()
    assert "We have no choice" in page
    assert story.get_absolute_url() in page
    assert "Nobody asked us" not in page
    assert source.get_absolute_url() in desk.client().get("/sources/?only=named").content.decode()
    assert source.get_absolute_url() not in desk.client().get("/sources/?only=unnamed").content.decode()
    assert source.get_absolute_url() in desk.client().get("/search/?q=okonjo").content.decode()
    assert desk.client().get("/source/nobody-of-this-name/").status_code == 404


def test_outlets_and_bylines_are_counted_and_never_scored(desk: Desk) -> None:
    from whence.desk.models import Byline, Outlet

    story = desk.story(PLAIN.replace("\n\n", "\n\nBy Ola Venn\n\n", 1), outlet="The Quay")
    outlet = Outlet.objects.get(name="The Quay")
    byline = Byline.objects.get(name="Ola Venn", outlet=outlet)
    for path in (outlet.get_absolute_url(), byline.get_absolute_url()):
        page = desk.client().get(path).content.decode()
        assert story.get_absolute_url() in page
        assert re.search(r"<dt>stories</dt><dd>1</dd>", page)
        assert re.search(rf"<dt>statements</dt><dd>{story.statements}</dd>", page)
        assert "not a score" in page
    assert outlet.get_absolute_url() in desk.client().get("/outlets/").content.decode()


def test_pages_cost_few_queries(desk: Desk) -> None:
    """A list of thirty must not ask once a row."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for number in range(6):
        desk.note(
            desk.user(f"writer{number}"), desk.story(f"Headline {number}\n\nThe pier {number} is shut, Ann Lee said.")
        )
    for path, most in (
        ("/stories/", 8),
        ("/statements/", 9),
        ("/notes/", 9),
        ("/sources/", 8),
        ("/search/?q=pier", 14),
    ):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.client().get(path).status_code == 200
        assert len(queries) <= most, (path, [q["sql"][:90] for q in queries])


def test_feeds_are_offered_as_a_page_of_everything_or_of_what_is_chosen(desk: Desk) -> None:
    story = desk.story(outlet="The Quay")
    client = desk.client()
    everything = client.get("/feeds/").content.decode()
    for kind in ("all", "statements", "notes", "statuses", "corrections"):
        assert f'href="/feeds/{kind}.atom"' in everything
        assert client.get(f"/feeds/{kind}.json").status_code == 200
    assert 'href="/feeds/"' in client.get("/").content.decode()
    assert story.outlet is not None
    where = f"/feeds/?outlet={story.outlet.slug}"
    assert f'href="{where}"' in client.get(story.outlet.get_absolute_url()).content.decode()
    assert f'href="/feeds/notes.atom?outlet={story.outlet.slug}"' in client.get(where).content.decode()
    assert 'href="/feeds/?topic=pier%20closed"' in client.get("/search/?q=pier closed").content.decode()
    assert 'href="/feeds/statements.json?topic=pier+closed"' in client.get("/feeds/?topic=pier closed").content.decode()
    assert client.get("/feeds/?outlet=nobody").status_code == 404
    assert "<script>" not in client.get("/feeds/?topic=<script>alert(1)</script>").content.decode()


def test_a_topic_is_what_a_headline_or_a_statement_holds(desk: Desk) -> None:
    desk.story("Pier stays shut\n\nThe dredgers have left the basin, the board said.")
    desk.story("Bread is dearer\n\nFlour costs a fifth more, the guild said.")
    client = desk.client()

    def found(topic: str) -> list[str]:
        return [item["title"] for item in client.get("/feeds/statements.json", {"topic": topic}).json()["items"]]

    assert len(found("pier")) == len(found("dredgers basin")) == 1
    assert len(found("BREAD")) == 1
    assert found("pier bread") == found("…") == []
