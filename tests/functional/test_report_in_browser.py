"""The HTML report in a real Chromium: keyboard, phone, print, no scripts, no requests, accessibility."""

from __future__ import annotations

import os
import re
import runpy
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from whence.publish import to_html
from whence.records import Reading

pytestmark = pytest.mark.browser

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
READINGS = Path(__file__).parents[1] / "unit/publish"
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM:
        pytest.skip("no Chromium on the path: apt-get install chromium, or set CHROMIUM to its path")
    with playwright.sync_playwright() as p:
        # Playwright makes a fresh user data folder for each launch and deletes it.
        running = p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for name in ("sample", "hostile"):
        reading: Reading = runpy.run_path(str(READINGS / f"{name}.py"))[name]()
        (folder / f"{name}.html").write_text(to_html(reading), encoding="utf-8")
    return folder


class Opened:
    """A page with what it asked for and complained of."""

    def __init__(self, context: Any, url: str) -> None:
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.page = context.new_page()
        self.page.on("pageerror", lambda e: self.errors.append(str(e)))
        self.page.on("console", lambda m: self.errors.append(m.text))
        self.page.on("dialog", lambda d: (self.errors.append(f"dialog {d.message}"), d.dismiss()))
        self.page.on("request", lambda r: self.requests.append(r.url))
        self.page.goto(url)

    def chosen(self) -> list[str]:
        """The ids of the cards that can be seen."""
        found: list[str] = self.page.eval_on_selector_all(
            ".card", "cards => cards.filter(c => c.checkVisibility()).map(c => c.id)"
        )
        return found


@pytest.fixture
def open_report(browser: Any, reports: Path) -> Iterator[Any]:
    contexts = []

    def go(name: str = "sample", fragment: str = "", **options: Any) -> Opened:
        context = browser.new_context(**({"viewport": WIDE, "reduced_motion": "reduce"} | options))
        context.set_default_timeout(5000)
        contexts.append(context)
        return Opened(context, (reports / f"{name}.html").as_uri() + fragment)

    yield go
    for context in contexts:
        context.close()


def test_the_keyboard_goes_through_the_statements(open_report: Any) -> None:
    opened = open_report()
    page = opened.page
    assert opened.chosen() == ["s1"]
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert opened.chosen() == ["s3"]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Statement 3: named source"
    assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "true"
    # Both pieces of a discontinuous statement are framed.
    assert page.locator("#story .s.here").count() == 2
    assert page.locator("#story .c.here").inner_text() == "said"
    page.keyboard.press("ArrowLeft")
    assert opened.chosen() == ["s2"]
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert opened.chosen() == ["s1"]
    for _ in range(15):
        page.keyboard.press("ArrowRight")
    assert opened.chosen() == ["s10"]
    assert page.url.endswith("#s10")
    assert opened.errors == []


def test_enter_opens_the_facts_and_escape_goes_back(open_report: Any) -> None:
    opened = open_report()
    page = opened.page
    page.locator("#w4 > sup > a").focus()
    page.keyboard.press("Enter")
    assert opened.chosen() == ["s4"]
    assert page.evaluate("document.activeElement.id") == "s4"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.n") == "4"
    assert page.evaluate("document.activeElement.closest('#story') !== null")


def test_tab_reaches_every_number_in_the_story(open_report: Any) -> None:
    page = open_report().page
    page.locator("#story").focus()
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.closest('#story') && document.activeElement.dataset.n"))
    assert [n for n in reached if n] == [str(n) for n in range(1, 11)]


def test_a_click_chooses_the_innermost_statement(open_report: Any) -> None:
    opened = open_report()
    opened.page.locator('[data-s="5"] >> text=the cable was').first.click()
    assert opened.chosen() == ["s5"]
    opened.page.locator("#s5 dl a.n", has_text="4").click()
    assert opened.chosen() == ["s4"]


def test_a_finding_leads_to_its_words(open_report: Any) -> None:
    page = open_report().page
    page.locator(".findings a.where", has_text="told Radio Kestrel").click()
    assert "".join(page.locator(".ev.lit").all_inner_texts()) == "a survivor told Radio Kestrel"
    assert page.locator(".ev.lit").first.evaluate(
        "e => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight }"
    )


def test_an_address_can_name_a_statement(open_report: Any) -> None:
    assert open_report(fragment="#s7").chosen() == ["s7"]
    assert open_report(fragment="#s99").chosen() == ["s1"]


def test_a_phone_shows_the_facts_in_a_sheet(open_report: Any) -> None:
    opened = open_report(viewport=PHONE, has_touch=True)
    page = opened.page
    assert opened.chosen() == []
    page.locator('#w4 a[data-n="4"]').first.tap()
    assert opened.chosen() == ["s4"]
    sheet = page.locator("#facts").bounding_box()
    assert sheet["y"] >= PHONE["height"] * 0.3
    words = page.locator("#w4").evaluate("e => e.getClientRects()[0].bottom")
    assert words < sheet["y"]
    page.locator(".close").tap()
    assert opened.chosen() == []
    assert opened.errors == []


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_is_wider_than_the_screen(open_report: Any, width: int, scripts: bool) -> None:
    for name in ("sample", "hostile"):
        page = open_report(name, viewport={"width": width, "height": 700}, java_script_enabled=scripts).page
        session = page.context.new_cdp_session(page)
        assert session.send("Page.getLayoutMetrics")["cssContentSize"]["width"] <= width


def test_without_scripts_every_fact_can_be_seen(open_report: Any) -> None:
    opened = open_report(java_script_enabled=False)
    page = opened.page
    for n in range(1, 11):
        assert page.locator(f"#s{n}").is_visible()
        assert page.locator(f"#s{n} dl").is_visible()
    page.locator('#w4 a[data-n="4"]').click()
    assert page.url.endswith("#s4")


def test_print_shows_every_card(open_report: Any) -> None:
    opened = open_report()
    opened.page.emulate_media(media="print")
    assert opened.chosen() == [f"s{n}" for n in range(1, 11)]
    assert opened.page.pdf()[:4] == b"%PDF"


@pytest.mark.parametrize("name", ["sample", "hostile"])
def test_nothing_is_requested_and_nothing_goes_wrong(open_report: Any, name: str) -> None:
    opened = open_report(name)
    page = opened.page
    for key in ("j", "Enter", "Escape", "k"):
        page.keyboard.press(key)
    page.wait_for_timeout(100)
    assert opened.errors == []
    assert [u for u in opened.requests if not u.startswith("file:")] == []
    assert len(opened.requests) == 1


def test_the_policy_stops_scripts_that_are_not_the_reports(open_report: Any) -> None:
    page = open_report().page
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.broken = 1';"
        "document.body.append(s) }"
    )
    assert page.evaluate("window.broken") is None


@pytest.mark.parametrize(
    ("scheme", "viewport", "scripts"), [("light", WIDE, True), ("dark", PHONE, True), ("dark", WIDE, False)]
)
def test_axe_finds_no_barrier(open_report: Any, scheme: str, viewport: dict[str, int], scripts: bool) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = open_report(viewport=viewport, color_scheme=scheme).page
    if scripts:
        page.keyboard.press("j")
    else:
        # As readers without scripts have it, since axe is one: the cards stand below the story.
        page.evaluate("document.documentElement.classList.remove('js')")
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = axe.Axe().run(page, options=rules).response["violations"]
    assert [(v["id"], node["html"], node["failureSummary"]) for v in found for node in v["nodes"]] == []


def test_voices_differ_without_colour(open_report: Any) -> None:
    page = open_report().page
    lines = {
        kind: page.locator(f"#story .s.{kind}").first.evaluate(
            "e => { const s = getComputedStyle(e); return s.textDecorationLine + ' ' + s.textDecorationStyle }"
        )
        for kind in ("named", "unnamed", "nobody", "own")
    }
    assert len(set(lines.values())) == 4
    marks = {
        page.locator(f"#story .n.{kind}").first.evaluate("e => getComputedStyle(e, '::before').content")
        for kind in ("named", "unnamed", "nobody", "own")
    }
    assert len(marks) == 4
    assert all(re.search(r"[●○◌▪]", mark) for mark in marks)
