"""The whole life of a note, in a real browser: from a pasted story to an appeal, on SQLite and on PostgreSQL.

A reader pastes a story. People join, and divide over four partisan notes. One of them writes a note that says what is
so; both sides rate it; it is shown to everybody; whoever looks sees why, and can compute it again from the log. Then
somebody whom it speaks of appeals, and a moderator answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.functional.desk.conftest import PASSWORD, Desk, Member, whence

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.browser

STORY = """Ferry company hid cracks in hull, inspectors say

The operator of the Grey Sound ferry knew of cracks in its hull for two years, inspectors said on Friday.

“We were told to look elsewhere,” said Ruth Calder, who inspected the ship until 2024.

The company, Sound Lines, denied that anything had been hidden. “Every report went to the ministry,” said Aron Velt.

Some 400 people cross the sound each day. The ministry did not answer questions."""
NOTE = "The ministry published all five inspection reports on 9 May: the cracks are in the report of 2022, on page 4."


@pytest.fixture
def browser(chromium: str) -> Iterator[Browser]:
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


class Visitor:
    """Somebody at a browser of their own, whose console has to stay empty."""

    def __init__(self, browser: Browser, desk: Desk) -> None:
        self.page = browser.new_context(base_url=desk.url).new_page()
        self.page.set_default_timeout(30_000)
        self.heard: list[str] = []
        self.page.on("console", lambda m: self.heard.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda failure: self.heard.append(str(failure)))
        self.page.on("requestfailed", self._failed)
        self.page.on(
            "request", lambda r: self.heard.append(r.url) if not r.url.startswith((desk.url, "data:")) else None
        )

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # somebody who goes on before a page is there
            self.heard.append(request.url)


def _join(visitor: Visitor) -> str:
    """Join under the alias that the form suggests."""
    page = visitor.page
    page.goto("/")
    page.get_by_role("link", name="Join").first.click()
    alias: str = page.get_by_label("Alias").input_value()
    assert re.fullmatch(r"[a-z]+-[a-z]+", alias)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    page.get_by_role("heading", name="Needs your rating").wait_for()
    return alias


def _divide(desk: Desk, key: str, marks: list[str], members: list[Member]) -> list[int]:
    """Have members write partisan notes, and rate them by side."""
    written = []
    for number in range(4):
        page = members[number // 2].page(f"/story/{key}/note/")
        statement = re.findall(r'name="statements" value="(\d+)"', page)[number % len(marks)]
        shown = members[number // 2].send(
            f"/story/{key}/note/",
            statements=[statement],
            says="misleading",
            reasons=["misleadingOther"],
            text=f"Partisan note {number}: everybody on our side of the sound knows what to think of this.",
            sources="https://partisans.example/sound",
            write="1",
        )
        found = re.search(r"/note/(\d+)/", shown)
        assert found, shown
        written.append(int(found[1]))
    for place, member in enumerate(members):
        for number, note in enumerate(written):
            if number // 2 != place:
                member.rate(note, "helpful" if (number + place) % 2 else "not")
    return written


def test_the_life_of_a_note(desk: Desk, browser: Browser) -> None:
    reader, author = Visitor(browser, desk), Visitor(browser, desk)

    # A reader without an account pastes a story; the worker reads it.
    reader.page.goto("/")
    reader.page.get_by_label("Address or text of a story").fill(STORY)
    reader.page.get_by_role("button", name="Read it").click()
    reader.page.locator("#st1, #s1").first.wait_for(state="attached")
    key = re.search(r"/story/([^/]+)/", reader.page.url)
    assert key
    assert "No one has checked" in reader.page.content()

    # People join: one at a browser, the others with plain forms. They divide over four notes.
    alias = _join(author)
    members = [Member(desk, f"member-{word}") for word in "one two three four five six seven eight nine".split()]
    marks = sorted(set(re.findall(r'id="(st\d+)"', reader.page.content()))) or ["st1"]
    partisan = _divide(desk, key[1], marks, members)

    # The author rates one of them, with a reason, from the queue …
    author.page.goto("/queue/")
    author.page.get_by_role("link", name="With reasons").first.click()
    author.page.get_by_label("Yes, helpful").check()
    author.page.get_by_label("Cites good sources").check()
    author.page.get_by_role("button", name="Rate").click()
    author.page.get_by_text("Your rating is counted").wait_for()
    for number, note in enumerate(partisan):  # … and the others with the side of those at even places
        author.page.goto(f"/note/{note}/rate/")
        author.page.get_by_label("Yes, helpful" if number % 2 else "No, not helpful").check()
        for tag in author.page.locator("input[type=checkbox]:checked").all():
            tag.uncheck()
        author.page.get_by_role("button", name="Rate").or_(
            author.page.get_by_role("button", name="Change your rating")
        ).first.click()

    # … then writes a note on a statement of the story, after a look at the preview.
    author.page.goto(f"/story/{key[1]}/note/?statement=st1")
    assert author.page.locator("input[name=statements]:checked").count() == 1
    author.page.get_by_role("button", name="Write the note").click()
    author.page.get_by_text("Nothing is written yet").first.wait_for()
    assert [line for line in author.heard if "422" not in line] == []
    author.heard.clear()
    author.page.get_by_label("Needs context", exact=True).check()
    author.page.get_by_label("Important context is missing").check()
    author.page.get_by_label("Your note").fill(NOTE)
    author.page.get_by_label("Links that bear it out").fill(f"{desk.url}/healthz")
    author.page.get_by_role("button", name="Preview").click()
    author.page.get_by_role("heading", name="Preview").wait_for()
    author.page.get_by_role("button", name="Write the note").click()
    author.page.get_by_text("Your note is written").wait_for()
    found = re.search(r"/note/(\d+)/", author.page.url)
    assert found
    note = int(found[1])

    # It is rated by both sides: two at browsers, one of each side, the others with plain forms.
    for member in members[:2]:
        rater = Visitor(browser, desk)
        rater.page.goto("/accounts/login/")
        rater.page.get_by_label("Alias or email address").fill(member.alias)
        rater.page.get_by_label("Password", exact=True).fill(PASSWORD)
        rater.page.get_by_role("button", name="Sign in", exact=True).click()
        rater.page.goto("/queue/")
        card = rater.page.locator("div.card", has_text=NOTE[:60])
        card.get_by_role("button", name="Yes, helpful").click()
        rater.page.get_by_text("Your rating is counted").wait_for()
        assert rater.page.locator("div.card", has_text=NOTE[:60]).count() == 0
        assert rater.heard == []
    for member in members[2:]:
        member.rate(note, "helpful")
    reader.page.goto(f"/note/{note}/")
    assert "Needs more ratings" in reader.page.content()

    # All ratings are scored, and it is shown to everybody, with the reason why.
    scored = whence("desk", "score", **desk.settings)
    assert "divided" in scored.stdout, scored.stderr
    reader.page.goto(f"/story/{key[1]}/")
    reader.page.locator("article.note.helpful", has_text=NOTE[:60]).first.wait_for()
    reader.page.goto(f"/note/{note}/")
    for words in ("Shown: people who disagree found it helpful", "one side", "the other side", "Last computed", alias):
        reader.page.get_by_text(words).first.wait_for()
    # What it rests on lies on this machine, and whence fetches nothing from there.
    assert "Nothing could be kept" in reader.page.content()
    reader.page.goto(f"/note/{partisan[0]}/")
    assert "Shown: people who disagree" not in reader.page.content()

    # Anybody can compute that again from the log.
    verifier = whence("desk", "key", **desk.settings).stdout.strip().splitlines()[-1]
    verified = whence("verify", "--log", f"{desk.url}/log", "--key", verifier, "--allow-private")
    assert verified.returncode == 0, verified.stdout + verified.stderr

    # Somebody whom it speaks of appeals; a moderator answers; both stand on the note's page.
    reader.page.goto(f"/note/{note}/")
    reader.page.get_by_role("link", name="Appeal or correct").click()
    reader.page.get_by_label("Who you are").fill("Aron Velt, Sound Lines")
    reader.page.get_by_label("E-mail address for the answer").fill("velt@sound-lines.example")
    reader.page.get_by_label("What is wrong, and what shows it").fill("Page 4 speaks of scratches in the paint alone.")
    reader.page.get_by_role("button", name="Send").click()
    reader.page.goto(f"/note/{note}/")
    assert "scratches in the paint" not in reader.page.content()
    moderator = Visitor(browser, desk)
    moderator.page.goto("/accounts/login/")
    moderator.page.get_by_label("Alias or email address").fill("moderator")
    moderator.page.get_by_label("Password", exact=True).fill(desk.password_of("moderator"))
    moderator.page.get_by_role("button", name="Sign in", exact=True).click()
    moderator.page.get_by_role("heading", name="Needs your rating").wait_for()
    moderator.page.goto("/staff/desk/appeal/")
    moderator.page.locator("input.action-select").check()
    moderator.page.locator("select[name=action]").select_option("decline_appeals")
    moderator.page.locator("button[name=index]").click()
    moderator.page.locator("[name=reason]").fill("Page 4 has the word crack three times: see the third paragraph.")
    moderator.page.locator("input[type=submit]").last.click()
    moderator.page.get_by_text("Done: 1").wait_for()
    reader.page.goto(f"/note/{note}/")
    reader.page.get_by_text("scratches in the paint").wait_for()
    reader.page.get_by_text("has the word crack three times").wait_for()

    # Its author withdraws it; the record stays.
    author.page.goto("/me/")
    author.page.get_by_role("button", name="Withdraw this note").first.click()
    author.page.get_by_text("Your note is withdrawn").wait_for()
    reader.page.goto(f"/story/{key[1]}/")
    assert reader.page.locator("article.note.helpful", has_text=NOTE[:60]).count() == 0
    assert reader.heard == author.heard == []
