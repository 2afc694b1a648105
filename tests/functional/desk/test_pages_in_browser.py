"""The desk's public pages in a real Chromium: accessibility, keyboard, phone, no scripts, no requests to others."""

from __future__ import annotations

import os
import re
import shutil
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.functional.desk.conftest import Desk

pytestmark = pytest.mark.browser

pytest.importorskip("django", reason="the extra `desk` is not installed")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STORY = "/story/harbour/"
PAGES = [
    "/",
    STORY,
    STORY + "why/",
    "/stories/",
    "/stories/?only=unnamed",
    "/stories/add/",
    "/statements/",
    "/notes/",
    "/notes/?only=all",
    "/sources/",
    "/source/costrava/",
    "/outlets/",
    "/outlet/the-clarion-relay/",
    "/byline/dorian-falk/",
    "/search/?q=harbour",
    "/search/?q=nothingatall",
    "/about/",
    "/note/NOTE/",
    "/story/toll/",
    "/story/toll/?version=1",
    STORY + "badge/",
    STORY + "appeal/",
    STORY + "report/",
    "/note/NOTE/report/",
    "/moderation/",
    "/data/",
    "/feeds/",
    "/feeds/?topic=grain",
    "/no-such-page/",
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a desk with its invented community."""
    served = Desk(tmp_path_factory.mktemp("desk") / "home", "", "--demo")
    try:
        yield served.url
    finally:
        served.end()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM:
        pytest.skip("no Chromium on the path: apt-get install chromium, or set CHROMIUM to its path")
    with playwright.sync_playwright() as p:
        running = p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


class Opened:
    """A page with what it asked for and complained of."""

    def __init__(self, browser: Any, desk: str, **settings: Any) -> None:
        self.context = browser.new_context(
            **{"viewport": WIDE, "locale": "en-GB", "reduced_motion": "reduce", **settings}
        )
        self.page = self.context.new_page()
        self.desk = desk
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._said)
        self.page.on("request", lambda r: None if r.url.startswith(desk) else self.elsewhere.append(r.url))

    def _said(self, message: Any) -> None:
        if message.type in ("error", "warning") and "status of 404" not in message.text:
            self.errors.append(message.text)

    def go(self, path: str) -> Any:
        return self.page.goto(self.desk + path)


@pytest.fixture
def opened(browser: Any, desk: str) -> Iterator[Any]:
    made: list[Opened] = []

    def make(**settings: Any) -> Opened:
        made.append(Opened(browser, desk, **settings))
        return made[-1]

    yield make
    for one in made:
        assert one.errors == []
        assert one.elsewhere == []
        one.context.close()


@pytest.fixture(scope="module")
def note(desk: str) -> str:
    """The number of a note that is shown."""
    with urllib.request.urlopen(desk + "/notes/") as page:
        found = re.search(r'href="/note/(\d+)/"', page.read().decode())
    assert found is not None
    return found.group(1)


@pytest.mark.parametrize(("scheme", "size"), [("light", WIDE), ("dark", PHONE)], ids=["wide-light", "phone-dark"])
def test_every_page_is_accessible_and_fits(opened: Any, note: str, scheme: str, size: dict[str, int]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    view = opened(color_scheme=scheme, viewport=size)
    for path in PAGES:
        answer = view.go(path.replace("NOTE", note))
        assert answer.status == (404 if path == "/no-such-page/" else 200), path
        found = axe.run(view.page, options={"runOnly": RULES}).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], path
        wide = view.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"], f"{path} is {wide} pixels wide"


def test_german_pages_are_accessible_too(opened: Any, note: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    view = opened(locale="de-DE", viewport=PHONE)
    for path in ("/", STORY, f"/note/{note}/", "/search/?q=harbour"):
        view.go(path)
        assert view.page.evaluate("document.documentElement.lang") == "de"
        found = axe.run(view.page, options={"runOnly": RULES}).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], path
        assert view.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path


def test_pages_run_from_right_to_left(opened: Any) -> None:
    """Everything is placed by logical properties: turned round, nothing hangs out on either side."""
    view = opened(viewport=PHONE)
    for path in ("/", STORY, "/notes/", "/statements/"):
        view.go(path)
        view.page.evaluate("document.documentElement.dir = 'rtl'")
        out = view.page.evaluate(
            """() => [...document.querySelectorAll('main *')].filter(e => {
                 const box = e.getBoundingClientRect();
                 return box.width > 2 && (box.left < -1 || box.right > innerWidth + 1);
               }).map(e => e.outerHTML.slice(0, 80)).slice(0, 3)"""
        )
        assert out == [], path


def test_the_keyboard_reaches_everything(opened: Any) -> None:
    view = opened()
    view.go(STORY)
    page = view.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    seen = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        now = page.evaluate(
            """() => {
                 const e = document.activeElement, style = getComputedStyle(e);
                 const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
                 return [e.outerHTML.slice(0, 120), seen];
               }"""
        )
        if now[0].startswith("<body"):
            break
        assert now[1], f"no visible focus on {now[0]}"
        seen.add(now[0])
    else:
        pytest.fail("the keyboard never leaves the page")
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('main a[href], main button, main summary')]
              .filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert set(wanted) <= seen


def test_statements_are_walked_with_j_and_k(opened: Any) -> None:
    view = opened()
    view.go(STORY)
    page = view.page
    page.keyboard.press("j")
    assert page.locator(".panel .card.here").get_attribute("id") == "s1", "letters act in the story alone (WCAG 2.1.4)"
    page.locator("#story .legend").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator(".panel .card.here").get_attribute("id") == "s3"
    assert page.evaluate("document.activeElement.dataset.n") == "3"
    assert page.url.endswith("#s3")
    page.keyboard.press("k")
    assert page.locator(".panel .card:visible").count() == 1
    assert page.locator(".panel .card.here").get_attribute("id") == "s2"
    page.locator("#w6").click()
    assert page.locator(".panel .card.here").get_attribute("id") == "s6"


def test_on_a_phone_the_facts_come_up_from_below(opened: Any) -> None:
    view = opened(viewport=PHONE, has_touch=True)
    view.go(STORY)
    page = view.page
    assert page.locator(".panel").is_hidden()
    page.locator('#w6 a[data-n="6"]').tap()
    assert page.locator("#s6").is_visible()
    words = page.locator("#w6").bounding_box()
    panel = page.locator(".panel").bounding_box()
    assert words["y"] >= 0
    assert words["y"] + 20 < panel["y"], "the words of the statement must stay in sight"
    page.locator(".close").tap()
    assert page.locator(".panel").is_hidden()
    assert page.evaluate("document.activeElement.dataset.n") == "6"


def test_all_can_be_read_without_scripts(opened: Any) -> None:
    view = opened(java_script_enabled=False)
    view.go(STORY)
    page = view.page
    assert page.locator(".panel .card").count() >= 20
    assert all(card.is_visible() for card in page.locator(".panel .card").all())
    page.locator('#w6 a[data-n="6"]').click()
    assert page.url.endswith("#s6")
    assert page.locator(".beside .note.helpful").first.is_visible()
    view.go("/")
    page.fill("#story", "A quiet headline\n\nThe ferry was late again, the company said.")
    page.get_by_role("button", name="Read it").click()
    page.wait_for_selector("#s1", timeout=60_000)  # The page asks again by itself until the worker has read it.
    assert "The ferry was late again" in page.locator("#story").inner_text()


def test_a_pasted_story_appears_as_soon_as_it_is_read(opened: Any) -> None:
    view = opened()
    view.go("/")
    page = view.page
    page.fill("#story", "A loud headline\n\n“The mill is shut,” said Ada Venn. The council denied that.")
    page.get_by_role("button", name="Read it").click()
    page.wait_for_selector("#s1", timeout=60_000)
    assert page.title().startswith("A loud headline")
    assert page.locator("#s1 .words").inner_text().strip("“”") == "The mill is shut,"
    assert page.locator(".state.none").first.inner_text().strip() != ""
    view.go("/stories/")
    assert page.get_by_role("link", name="A loud headline").is_visible()


def test_every_state_of_a_note_is_said_in_words(opened: Any) -> None:
    view = opened()
    words = set()
    for story in ("harbour", "wells", "turbines", "toll", "milk", "statue", "bread"):
        view.go(f"/story/{story}/")
        words |= set(view.page.locator(".panel .checked-by > .state").all_text_contents())
    assert words == {
        "Shown: people who disagree found it helpful",
        "Not shown",
        "Needs more ratings",
        "No one has checked",
    }


def test_the_note_of_a_statement_is_one_step_away(opened: Any) -> None:
    view = opened()
    view.go(STORY + "#s6")
    page = view.page
    page.locator("#s6 .jump a").first.click()
    assert "#note-" in page.url
    note = page.locator(page.url[page.url.index("#") :])
    assert note.is_visible()
    note.get_by_role("link", name="Why this state?").click()
    page.locator("figure.interval svg").wait_for()
    assert page.locator("table.table tbody tr").count() == 2


def test_languages_change_by_a_link(opened: Any) -> None:
    view = opened()
    view.go(STORY)
    view.page.get_by_role("link", name="Deutsch").click()
    view.page.wait_for_selector("html[lang=de]")
    assert view.page.url.endswith(STORY)
    assert view.page.get_by_role("link", name="Quellen", exact=True).is_visible()
    assert view.page.locator("#findings").inner_text() == "Befunde"
