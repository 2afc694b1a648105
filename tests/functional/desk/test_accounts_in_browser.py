"""Contributors' pages in a real Chromium: accessible, without scripts, with passkeys and codes."""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.functional.desk.conftest import PASSWORD, Desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STRANGERS = ("/accounts/signup/", "/accounts/login/", "/accounts/password/reset/")
MEMBERS = (
    "/queue/",
    "/me/",
    "/me/close/",
    "/story/bread/note/?statement=st1",
    "/note/15/rate/",
    "/accounts/password/change/",
    "/accounts/email/",
    "/accounts/logout/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with the sample community, under a name: passkeys are bound to one, and numbers are none."""
    pytest.importorskip("django", reason="the extra `desk` is not installed")
    served = Desk(tmp_path_factory.mktemp("demo") / "home", "", "--demo")
    served.url = served.url.replace("127.0.0.1", "localhost")
    yield served
    served.end()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


def _page(browser: Browser, demo: Desk, **settings: Any) -> Page:
    page: Page = browser.new_context(base_url=demo.url, **settings).new_page()
    page.set_default_timeout(30_000)
    return page


def _join(page: Page) -> str:
    page.goto("/accounts/signup/")
    alias: str = page.get_by_label("Alias").input_value()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    page.get_by_role("heading", name="Needs your rating").wait_for()
    return alias


def _sign_in(page: Page, alias: str, password: str = PASSWORD) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Alias or email address").fill(alias)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def _confirm(page: Page, path: str) -> None:
    """Go to a page that asks for the password again."""
    page.goto(path)
    if "reauthenticate" in page.url:
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name=re.compile("Confirm")).click()
        page.wait_for_url(f"**{path}")


def _member(demo: Desk) -> tuple[str, str]:
    found: list[tuple[str, str]] = re.findall(r"sign in as '([^']+)' with the password (\S+)", demo.said)
    return next(one for one in found if one[0] != "moderator")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_contributors_pages_are_accessible_and_fit(browser: Browser, demo: Desk, width: int, scheme: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = _page(browser, demo, viewport={"width": width, "height": 800}, color_scheme=scheme)
    alias, password = _member(demo)

    def check(path: str) -> None:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        found = axe.run(page, options={"runOnly": RULES}).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    for path in STRANGERS:
        check(path)
    _sign_in(page, alias, password)
    page.get_by_role("heading", name="Needs your rating").wait_for()
    for path in MEMBERS:
        check(path)


def test_everything_works_without_scripts(browser: Browser, demo: Desk) -> None:
    page = _page(browser, demo, java_script_enabled=False)
    alias, password = _member(demo)
    _sign_in(page, alias, password)
    page.goto("/story/bread/note/?statement=st1")
    page.get_by_label("Misleading", exact=True).check()
    page.get_by_label("A factual error").check()
    page.get_by_label("Your note").fill("The guild's price list of January has a rise of six per cent, no fifth.")
    page.get_by_label("Links that bear it out").fill("https://guild.example/prices")
    page.get_by_role("button", name="Preview").click()
    assert "Nothing is written yet" in page.content()
    page.get_by_role("button", name="Write the note").click()
    assert "Your note is written" in page.content()
    page.goto("/queue/")
    before = page.locator("div.card").count()
    page.get_by_role("button", name="Somewhat").first.click()
    assert "Your rating is counted" in page.content()
    assert page.locator("div.card").count() == before - 1


def test_a_passkey_is_added_and_signs_in(browser: Browser, demo: Desk) -> None:
    page = _page(browser, demo)
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    alias = _join(page)
    _confirm(page, "/accounts/2fa/webauthn/add/")
    page.get_by_label("Name").fill("this machine")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    # Only once it is kept: the address of the form itself has "webauthn" in it too.
    page.wait_for_url("**/2fa/recovery-codes/**")
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="Needs your rating").wait_for()
    page.goto("/me/")
    page.get_by_role("heading", name=alias).wait_for()
    assert heard == []


def test_codes_of_an_app_are_asked_for_at_sign_in(browser: Browser, demo: Desk) -> None:
    page = _page(browser, demo)
    alias = _join(page)
    _confirm(page, "/accounts/2fa/totp/activate/")
    secret = page.get_by_label("Authenticator secret").input_value()
    assert page.locator("img.code").get_attribute("src").startswith("data:image/svg+xml")  # type: ignore[union-attr]
    page.get_by_label("Authenticator code").fill(_code(secret))
    page.get_by_role("button", name="Activate").click()
    page.get_by_text("Recovery").first.wait_for()
    page.goto("/accounts/2fa/recovery-codes/")
    spare = page.locator("textarea").input_value().split()[0]
    page.context.clear_cookies()
    _sign_in(page, alias)
    page.wait_for_url("**/2fa/authenticate/**")
    page.get_by_label("Code").fill(spare)
    page.get_by_role("button", name="Sign In").first.click()
    page.get_by_role("heading", name="Needs your rating").wait_for()


def _code(secret: str) -> str:
    """The code of this moment (RFC 6238: HMAC-SHA-1, 30 seconds, 6 digits)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), "sha1").digest()
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4]) & 0x7FFFFFFF) % 10**6:06}"
