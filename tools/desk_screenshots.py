"""Remake the pictures of the desk in docs/images/desk: every page in light, dark and on a phone.

usage: python tools/desk_screenshots.py [NAME …]

Starts `whence serve --demo` in a folder of its own, so that nothing but invented people and stories is in them. Needs
Chromium and playwright (`make test` brings both where it may). Without names, all pages are taken.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs/images/desk"
LARGEST = 150_000
"""Bytes of a picture."""

PAGES = {
    "front": "/",
    "story": "/story/harbour/#s6",
    "story-notes": "/story/harbour/#note",
    "reasons": "/story/harbour/why/#s4",
    "stories": "/stories/?only=unnamed",
    "statements": "/statements/?only=disputed",
    "sources": "/sources/",
    "source": "/source/costrava/",
    "outlet": "/outlet/the-clarion-relay/",
    "notes": "/notes/",
    "note": "/note/FIRST/",
    "search": "/search/?q=harbour",
    "add": "/stories/add/",
    "about": "/about/",
    "sign-in": "/accounts/login/",
    "sign-up": "/accounts/signup/",
    "queue": "/queue/",
    "rate": "/note/FIRST/rate/",
    "write": "/story/bread/note/?statement=st1",
    "me": "/me/",
    "moderation": "/moderation/",
    "appeal": "/story/bread/appeal/",
    "badge": "/story/harbour/badge/",
    "data": "/data/",
    "feeds": "/feeds/?topic=grain",
    "staff": "/staff/",
}
"""Name of each picture and where it is taken."""

SIGNED_IN = {
    "queue": "contributor",
    "rate": "contributor",
    "write": "contributor",
    "me": "contributor",
    "staff": "moderator",
}
"""Who looks at a page, where not everybody does."""

VIEWS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 930, "height": 600}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 930, "height": 600}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 780}, "color_scheme": "light"},
}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310
                return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(f"nothing answered at {url} within {seconds:.0f} s")


def _sign_in(page: Any, url: str, name: str, password: str) -> None:
    page.goto(url + "/accounts/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda now: "/login" not in now)


def _take(browser: Any, url: str, wanted: dict[str, str], people: dict[str, tuple[str, str]]) -> int:
    too_large = 0
    for view, settings in VIEWS.items():
        for who in ("", *people):
            context = browser.new_context(locale="en-GB", reduced_motion="reduce", **settings)
            page = context.new_page()
            if who:
                _sign_in(page, url, *people[who])
            page.goto(url + "/notes/")
            first = page.locator("article.note .meta a").first.get_attribute("href").split("/")[2]
            for name, path in wanted.items():
                if SIGNED_IN.get(name, "") != who:
                    continue
                where, _, part = path.replace("FIRST", first).partition("#")
                page.goto("about:blank")
                page.goto(url + where + (f"#{part}" if part.startswith("s") else ""))
                if part == "note":
                    page.locator(".beside").first.scroll_into_view_if_needed()
                page.wait_for_timeout(250)
                target = OUT / f"{name}-{view}.png"
                page.screenshot(path=str(target))
                if target.stat().st_size > LARGEST:
                    print(f"{target.name} has {target.stat().st_size:,} bytes", file=sys.stderr)
                    too_large += 1
            context.close()
    return too_large


def main() -> int:
    """Take the pictures."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("needs chromium: run `make browser` first", file=sys.stderr)
        return 1
    wanted = {name: path for name, path in PAGES.items() if name in sys.argv[1:] or not sys.argv[1:]}
    OUT.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as home:
        log = Path(home) / "log"
        with log.open("wb") as file:
            desk = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "whence", "serve", "--demo", "--home", f"{home}/desk", "--port", str(port)],
                env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
                stderr=file,
            )
        try:
            _wait(url + "/about/", 300)
            # The moderator is made first, then the community with a contributor to try.
            found = re.findall(r"sign in as '([^']+)' with the password (\S+)", log.read_text())
            if len(found) != 2:
                print(log.read_text(), file=sys.stderr)
                return 1
            with sync_playwright() as p:
                browser = p.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
                too_large = _take(browser, url, wanted, dict(zip(("moderator", "contributor"), found, strict=True)))
                browser.close()
        finally:
            desk.send_signal(signal.SIGTERM)
            desk.wait(30)
    return 1 if too_large else 0


if __name__ == "__main__":
    sys.exit(main())
