"""Payloads that would open a dialog, put into the desk through its own forms: in Chromium none opens one."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.functional.desk.conftest import Desk, Member
from tests.unit.desk.payloads import EVERYTHING, PAYLOADS

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
pytestmark = pytest.mark.browser


def _fill(desk: Desk) -> list[str]:
    """Fill the forms of a desk with payloads; return the pages that show them."""
    member = Member(desk, "hal")
    lines = "\n\n".join(f"“{payload}” said the mayor of {payload}, who denied it." for payload in PAYLOADS)
    member.send("/stories/add/", story=f"{EVERYTHING[:300]}\n\n{lines}", outlet=EVERYTHING[:150])
    until = time.monotonic() + 60
    while not (found := re.search(r'name="statements" value="(\d+)"', _write_page(member))):
        assert time.monotonic() < until
        time.sleep(0.5)
    story = _story(member)
    shown = member.send(
        f"/story/{story}/note/", statements=found[1], says="misleading", reasons="misleadingOther",
        text=EVERYTHING[:1900], sources="https://minutes.invalid/'\"><b/data-xss>x", verdict="<b data-xss>x</b>",
        write="1",
    )  # fmt: skip
    shown = shown if "/note/" in shown else member.page("/notes/?only=all")
    note = re.search(r"/note/(\d+)/", shown)
    assert note, shown[:500]
    member.send(f"/note/{note[1]}/appeal/", name=EVERYTHING[:200], contact="m@port.example", text=EVERYTHING)
    asked = [f"/search/?q={quote(payload, safe='')}" for payload in PAYLOADS]
    own = [f"/story/{story}/{page}" for page in ("", "badge/", "embed/", "badge.html", "badge.svg", "appeal/")]
    return [
        "/",
        "/stories/",
        "/statements/",
        "/notes/?only=all",
        f"/note/{note[1]}/",
        f"/note/{note[1]}/report/",
        *own,
        *asked,
    ]


def _story(member: Member) -> str:
    found = re.search(r"/story/([a-z0-9]{10})/", member.page("/stories/"))
    return found[1] if found else ""


def _write_page(member: Member) -> str:
    story = _story(member)
    return member.page(f"/story/{story}/note/") if story else ""


def test_no_payload_opens_a_dialog(tmp_path: Path, chromium: str) -> None:
    desk = Desk(tmp_path / "home", "")
    dialogs: list[str] = []
    elsewhere: list[str] = []

    def opened(dialog: Any) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    try:
        pages = _fill(desk)
        with playwright.sync_playwright() as running:
            browser = running.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page()
            page.on("dialog", opened)
            page.on("request", lambda r: elsewhere.append(r.url) if not r.url.startswith((desk.url, "data:")) else None)
            for path in pages:
                answer = page.goto(desk.url + path)
                assert answer is not None
                assert answer.status == 200, path
                assert page.locator("[data-xss]").count() == 0, path
                for area in page.locator("details").all()[:5]:
                    area.evaluate("one => { one.open = true }")
                page.keyboard.press("Tab")
            browser.close()
    finally:
        desk.end()
    assert dialogs == []
    assert elsewhere == []
