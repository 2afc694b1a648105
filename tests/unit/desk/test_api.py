"""The read API: what it answers, page by page, and that nothing makes it fail."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from whence.client import LISTS
from whence.desk.services import moderation, notes, scoring

if TYPE_CHECKING:
    from django.test import Client

    from tests.unit.desk.conftest import Desk

ROOT = "/api/v1"


def _get(client: Client, path: str, **query: Any) -> Any:
    response = client.get(f"{ROOT}{path}", query)
    assert response.status_code == 200, response.content
    return response.json()


def test_a_story_its_reading_statements_and_sources(desk: Desk) -> None:
    story, client = desk.story(outlet="The Harbour Lantern"), desk.client()
    shown = _get(client, f"/stories/{story.key}")
    assert (shown["title"], shown["outlet"], shown["counts"]["statements"]) == (
        "Harbour board weighs a closure",
        "The Harbour Lantern",
        story.statements,
    )
    reading = _get(client, f"/stories/{story.key}/reading")
    assert len(reading["statements"]) == story.statements
    attributed = _get(client, "/statements", story=story.key, voice="attributed")["items"]
    assert attributed
    assert {one["id"] for one in attributed} <= {one["id"] for one in reading["statements"]}
    sources = _get(client, "/sources")["items"]
    mira = next(one for one in sources if "Okonjo" in one["label"])
    assert mira["statements"] == len(_get(client, "/statements", source=mira["slug"])["items"]) >= 1
    assert _get(client, "/outlets")["items"][0]["stories"] == 1
    (version,) = _get(client, f"/stories/{story.key}/versions")
    assert version["snapshot"].startswith("sha256:")
    assert version["entry"] == 0


def test_a_note_its_status_and_history(desk: Desk) -> None:
    note, client = desk.note(desk.user()), desk.client()
    for rater in desk.users(3):
        desk.rate(rater, note)
    scoring.score()
    assert _get(client, f"/notes/{note.pk}")["author"] == "ada"
    status = _get(client, f"/notes/{note.pk}/status")
    assert status["words"] == "Needs more ratings"
    assert status["ratings"] == 3
    assert _get(client, f"/notes/{note.pk}/history") == []
    assert [one["id"] for one in _get(client, "/notes", status="needs-more-ratings")["items"]] == [str(note.pk)]
    badge = _get(client, f"/badges/{note.story.key}")
    assert badge["line"] == f"1 of {note.story.statements} statements checked, 0 notes shown"
    assert _get(client, "/log")["size"] >= 6


def test_what_does_not_stand_has_no_text(desk: Desk) -> None:
    hidden, withdrawn = desk.note(desk.user()), desk.note(desk.user("bo"))
    moderation.hide_note(desk.user("mod", is_staff=True), hidden, "It insults somebody.")
    notes.withdraw(withdrawn.author, withdrawn)
    client = desk.client()
    for note in (hidden, withdrawn):
        shown = _get(client, f"/notes/{note.pk}")
        assert (shown["text"], shown["sources"]) == ("", [])
    assert _get(client, f"/notes/{hidden.pk}")["hidden"] == "It insults somebody."
    moderation.hide_story(moderation_user(), hidden.story, "The same again.")
    assert client.get(f"{ROOT}/stories/{hidden.story.key}").status_code == 404
    assert _get(client, f"/badges/{hidden.story.key}")["statements"] == hidden.story.statements


def moderation_user() -> Any:
    from whence.desk.models import User

    return User.objects.get(username="mod")


def test_pages_hold_every_row_once_though_new_ones_come_in_between(desk: Desk) -> None:
    story, author, client = desk.story(), desk.user(), desk.client()
    written = [str(desk.note(author, story, text=f"The minutes of {n} May say otherwise.").pk) for n in range(1, 8)]
    seen: list[str] = []
    url: str | None = f"{ROOT}/notes?limit=3&author=ada"
    while url:
        page = client.get(url.removeprefix("http://desk.example")).json()
        seen += [one["id"] for one in page["items"]]
        desk.note(author, story, text=f"A new one, number {len(seen)}, comes in between.")
        url = page["next"]
    assert seen == written[::-1]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/stories/nothere", 404),
        ("/nowhere", 404),
        ("/notes/99999999999999999999999", 422),
        ("/notes?limit=0", 422),
        ("/notes?cursor=abc", 404),
        ("/notes?cursor=%FF", 422),
        ("/statements?voice=loud", 422),
        ("/stories?outlet=%00", 422),
    ],
)
def test_what_is_wrong_is_said_in_problem_json(desk: Desk, path: str, status: int) -> None:
    response = desk.client().get(ROOT + path)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == status
    assert response["Access-Control-Allow-Origin"] == "*"


def test_it_only_reads_and_other_sites_may_read_it(desk: Desk) -> None:
    client = desk.client()
    for method in ("post", "put", "patch", "delete"):
        response = getattr(client, method)(f"{ROOT}/stories")
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, OPTIONS"
    asked = client.options(f"{ROOT}/stories")
    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (204, "*")
    assert client.head(f"{ROOT}/stories").status_code == 200


def test_an_unchanged_answer_is_not_sent_again(desk: Desk) -> None:
    story, client = desk.story(), desk.client()
    first = client.get(f"{ROOT}/stories/{story.key}")
    again = client.get(f"{ROOT}/stories/{story.key}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    desk.note(desk.user(), story)
    changed = client.get(f"{ROOT}/stories/{story.key}", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_too_many_requests_are_told_when_to_come_back(desk: Desk) -> None:
    client = desk.client()
    for _ in range(600):
        response = client.get(f"{ROOT}/log")
        if response.status_code == 429:
            pytest.fail("the limit is 600 a minute")
    refused = client.get(f"{ROOT}/log")
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["Content-Type"] == "application/problem+json"


def test_the_description_is_openapi_31_and_valid(desk: Desk) -> None:
    document = json.loads(desk.client().get(f"{ROOT}/openapi.json").content)
    assert document["openapi"].startswith("3.1")
    assert len(document["paths"]) >= 14
    for path in document["paths"].values():
        for operation in path.values():
            assert operation["summary"]


def test_the_client_knows_every_list_and_filter(desk: Desk) -> None:
    paths = desk.client().get(f"{ROOT}/openapi.json").json()["paths"]
    lists = {}
    for path, operations in paths.items():
        names = [one["name"] for one in operations["get"].get("parameters", [])]
        if "cursor" in names:
            lists[path.removeprefix(f"{ROOT}/")] = tuple(name for name in names if name not in ("cursor", "limit"))
    assert lists == LISTS
