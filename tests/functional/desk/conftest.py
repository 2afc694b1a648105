"""A desk that serves, on SQLite or on a PostgreSQL of its own, and people who use it without JavaScript."""

from __future__ import annotations

import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.desk.postgres import Cluster

ROOT = Path(__file__).parents[3]
PASSWORD = "seven otters walk home"


def environment(**more: str) -> dict[str, str]:
    """The environment of a process of ours: nobody's settings, and this tree's code."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WHENCE_", "DJANGO_"))}
    return kept | {"PYTHONPATH": str(ROOT / "src")} | more


def whence(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `whence` with some arguments."""
    return subprocess.run(
        [sys.executable, "-m", "whence", *words],
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


class Desk:
    """A desk that serves in processes of its own."""

    def __init__(self, home: Path, database: str, *options: str, **settings: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.home, self.url = home, f"http://127.0.0.1:{port}"
        self.settings = {"WHENCE_DESK_HOME": str(home), "WHENCE_DATABASE": database, "WHENCE_URL": self.url}
        self.settings |= {"WHENCE_SCORE_MINUTES": "1440"} | settings  # tests say when
        self._log = home.with_suffix(".log")
        command = [sys.executable, "-m", "whence", "serve", "--port", str(port), "--workers", "1", *options]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, env=environment(**self.settings), stderr=log, stdout=log)
        until = time.monotonic() + 120
        while "the desk is at" not in self.said or not self._answers():
            if time.monotonic() > until or self._process.poll() is not None:
                self.end()
                raise RuntimeError(f"the desk did not start: {self.said}")
            time.sleep(0.2)

    @property
    def said(self) -> str:
        """What it printed."""
        return self._log.read_text(encoding="utf-8")

    def password_of(self, alias: str) -> str:
        """The password that it printed for somebody."""
        found = re.search(rf"sign in as '{alias}' with the password (\S+)", self.said)
        assert found, self.said
        return found[1]

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url + "/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def end(self) -> None:
        """Stop it, as Ctrl-C does; whatever does not stop is killed."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(40)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Member:
    """Somebody who joins, writes and rates with a browser that knows forms and nothing else."""

    def __init__(self, desk: Desk, alias: str) -> None:
        self.desk, self.alias = desk, alias
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())).open
        self._token = ""
        self.send("/accounts/signup/", username=alias, password1=PASSWORD)
        self._token = self._token_of("/queue/")

    def page(self, path: str) -> str:
        """What stands on a page."""
        with self._open(self.desk.url + path, timeout=60) as answer:
            return str(answer.read().decode())

    def send(self, path: str, **fields: str | list[str]) -> str:
        """Send the form of a page; the page that follows comes back."""
        token = self._token or self._token_of(path)
        given = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}, doseq=True).encode()
        request = urllib.request.Request(self.desk.url + path, given, {"Referer": self.desk.url + path})
        with self._open(request, timeout=60) as answer:
            assert answer.status in (200, 202)  # 202: a story that waits to be read
            return str(answer.read().decode())

    def _token_of(self, path: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page(path))
        return found[1] if found else self._token_of("/")

    def rate(self, note: int, level: str) -> None:
        """Rate a note."""
        self.send(f"/note/{note}/rate/", level=level)


@pytest.fixture
def postgres(cluster: Cluster) -> str:
    """The URL of an empty database."""
    return cluster.url()


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A desk on either database."""
    pytest.importorskip("django", reason="the extra `desk` is not installed")
    url = request.getfixturevalue("postgres") if request.param == "postgresql" else ""
    served = Desk(tmp_path / "home", url)
    try:
        yield served
    finally:
        served.end()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Debian's Chromium is."""
    pytest.importorskip("playwright", reason="playwright is not installed")
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium is installed")
    return found
