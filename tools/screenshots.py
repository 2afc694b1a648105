"""Remake the pictures of the documentation: docs/images/report.png and report-phone.png.

usage: python tools/screenshots.py [REPORT.html]

Needs Chromium and playwright (`make test` brings both where it may).
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
VIEWS = {"report": (1280, 1060), "report-phone": (390, 780)}
"""Name of each picture: width and height of the window, in CSS pixels."""

CHOSEN = 1
"""Number of the statement whose card is open."""


def main() -> int:
    """Take the pictures of one report."""
    report = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "out/demo.html").resolve()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None or not report.exists():
        print(f"needs chromium and {report}: run `make browser demo` first", file=sys.stderr)
        return 1
    (ROOT / "docs/images").mkdir(parents=True, exist_ok=True)
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, (width, height) in VIEWS.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
            page.goto(report.as_uri())
            for _ in range(CHOSEN):
                page.keyboard.press("j")
            page.wait_for_timeout(300)
            if name == "report":
                page.evaluate("window.scrollTo(0, 0)")  # The findings stand at the top.
                page.wait_for_timeout(300)
            page.screenshot(path=str(ROOT / f"docs/images/{name}.png"))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
