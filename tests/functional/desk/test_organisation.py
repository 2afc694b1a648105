"""An organisation's own sign-in (OpenID Connect), in a browser: it vouches for somebody, and never names them."""

from __future__ import annotations

import json
import re
import sqlite3
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.functional.desk.conftest import Desk

jwt = pytest.importorskip("jwt", reason="PyJWT is not installed")
rsa = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.rsa")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.browser

PERSON = {"sub": "person-7", "name": "Maria Realname", "email": "maria@organisation.example", "email_verified": True}


class _Provider(BaseHTTPRequestHandler):
    """Signs everybody in as one person, without asking."""

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def do_GET(self) -> None:
        here = self._here()
        path, _, query = self.path.partition("?")
        if path == "/.well-known/openid-configuration":
            found = {
                "issuer": here,
                "authorization_endpoint": f"{here}/authorize",
                "token_endpoint": f"{here}/token",
                "userinfo_endpoint": f"{here}/userinfo",
                "jwks_uri": f"{here}/keys",
            }
            return self._answer(found)
        if path == "/authorize":
            asked = urllib.parse.parse_qs(query)
            back = urllib.parse.urlencode({"code": "one", "state": asked["state"][0]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri'][0]}?{back}")
            self.end_headers()
            return None
        return self._answer(PERSON if path == "/userinfo" else {"keys": []})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        now = int(time.time())
        here = self._here()
        claims = PERSON | {"iss": here, "aud": "desk", "iat": now, "exp": now + 300}
        token = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})
        self._answer({"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": token})

    def _here(self) -> str:
        assert isinstance(self.server, HTTPServer)
        return f"http://127.0.0.1:{self.server.server_port}"

    def _answer(self, found: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(found).encode())

    def log_message(self, *words: Any) -> None:
        """Nobody reads it."""


@pytest.fixture
def closed_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk that only an organisation's people may join."""
    pytest.importorskip("django", reason="the extra `desk` is not installed")
    provider = ThreadingHTTPServer(("127.0.0.1", 0), _Provider)
    threading.Thread(target=provider.serve_forever, daemon=True).start()
    issuer = f"http://127.0.0.1:{provider.server_port}"
    settings = {"WHENCE_OIDC_ISSUER": issuer, "WHENCE_OIDC_CLIENT": "desk", "WHENCE_OIDC_SECRET": "secret"}
    served = Desk(tmp_path / "home", "", WHENCE_OPEN="no", WHENCE_NAME="The Pierside", **settings)
    yield served
    served.end()
    provider.shutdown()
    provider.server_close()


def test_an_organisation_vouches_and_does_not_name(chromium: str, closed_desk: Desk) -> None:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(base_url=closed_desk.url).new_page()
        page.set_default_timeout(30_000)
        page.goto("/accounts/signup/")
        assert page.get_by_label("Password").count() == 0  # strangers cannot join
        page.goto("/accounts/login/")
        page.get_by_role("link", name="The Pierside").last.click()
        alias = page.get_by_label("Alias").input_value()
        assert re.fullmatch(r"[a-z]+-[a-z]+", alias)
        assert "Maria" not in page.content()
        assert "maria" not in page.content()
        page.locator("main button[type=submit]").first.click()
        page.get_by_role("heading", name="Needs your rating").wait_for()
        # The second time the alias is known, and nothing is asked.
        page.context.clear_cookies()
        page.goto("/accounts/login/")
        page.get_by_role("link", name="The Pierside").last.click()
        page.get_by_role("heading", name="Needs your rating").wait_for()
        page.goto("/me/")
        page.get_by_role("heading", name=alias).wait_for()
        browser.close()
    with closing(sqlite3.connect(closed_desk.home / "desk.sqlite3")) as database:
        everything = "\n".join(database.iterdump())
    assert alias in everything
    assert "person-7" in everything
    assert "Realname" not in everything
    assert "maria@" not in everything
