"""Why a story's labels are what they are: a page of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import whence

if TYPE_CHECKING:
    from tests.unit.desk.conftest import Desk


def test_each_statement_leads_to_the_reasons_of_its_labels(desk: Desk) -> None:
    story = desk.story()
    client = desk.client()
    page = client.get(story.get_absolute_url()).content.decode()
    where = f"{story.get_absolute_url()}why/"
    count = story.all_statements.filter(current=True).count()
    assert [f'href="{where}#s{n}"' in page for n in range(1, count + 1)] == [True] * count
    reasons = client.get(where).content.decode()
    assert all(f'id="s{n}"' in reasons for n in range(1, count + 1))
    reading = whence.read_text(story.versions.get().text)
    assert reading.explanations
    for one in reading.explanations:
        assert (
            one.label.split("=")[0] in ("figures", "times", "finding")
            or one.rule.replace("'", "&#x27;").replace('"', "&quot;") in reasons
        ), one


def test_reasons_of_an_earlier_version_are_its_own(desk: Desk) -> None:
    from whence.desk.services import stories

    story = desk.story("Pier stays shut\n\nThe pier is closed, the board said.")
    stories.Story.objects.filter(pk=story.pk).update(given="Pier stays shut\n\nThe pier is open, Mira Okonjo denied.")
    stories.read_story(story.pk)
    client = desk.client()
    where = story.get_absolute_url()
    latest, first = (client.get(f"{where}why/{query}").content.decode() for query in ("", "?version=1"))
    assert "Mira Okonjo" in latest
    assert "Mira Okonjo" not in first
    assert f'href="{where}?version=1#s1"' in first
    assert f'href="{where}why/?version=1#s1"' in client.get(f"{where}?version=1").content.decode()
    assert client.get(f"{where}why/?version=3").status_code == 404
    assert client.get(f"{where}why/?version=x").status_code == 404


def test_a_reading_without_reasons_says_so(desk: Desk) -> None:
    story = desk.story()
    story.versions.update(reasons=b"")
    assert "were not kept" in desk.client().get(f"{story.get_absolute_url()}why/").content.decode()


def test_what_the_story_says_cannot_act_among_the_reasons(desk: Desk) -> None:
    bad = "<script>alert(1)</script>"
    story = desk.story(f"A headline\n\n“No {bad} here,” said Mira {bad} Okonjo. About 40 <b>boats</b> left on Monday.")
    page = desk.client().get(f"{story.get_absolute_url()}why/").content.decode()
    assert "alert(1)" in page
    assert not re.search(r"<script>|<b>boats", page)


def test_the_reasons_go_with_the_story(desk: Desk) -> None:
    from whence.desk.services import moderation

    story = desk.story()
    assert story.versions.get().reasons
    moderation.remove_story(desk.user("mod", is_staff=True), story, "a court's order of 3 May")
    assert bytes(story.versions.get().reasons) == b""
    assert desk.client().get(f"{story.get_absolute_url()}why/").status_code == 404


def test_programs_get_the_reasons_with_the_reading(desk: Desk) -> None:
    story = desk.story()
    where = f"/api/v1/stories/{story.key}/reading"
    client = desk.client()
    plain, whole = client.get(where).json(), client.get(where, {"explain": "true"}).json()
    assert "explanations" not in plain
    assert whole.pop("explanations")
    assert whole == plain
