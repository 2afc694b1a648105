"""What notes rest on is kept, by a fetcher that goes nowhere it must not; known fact-checks are suggested."""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.unit.desk.conftest import Desk
from whence.desk import config, tasks
from whence.desk.models import Evidence, Statement
from whence.desk.services import evidence, known_checks, snapshots
from whence.ingest import Policy

PAGE = b"""<!doctype html><html><head><title>Minutes</title></head><body><article><h1>Minutes of 3 May</h1>
<p>The board resolved to close the harbour on Mondays only, from June, and to repair the pier by then.</p>
<p>Two members voted against. The minutes were approved on 10 May, and put on this page on the same day.</p>
</article></body></html>"""


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        known = {"/minutes": (200, "text/html", PAGE), "/film": (200, "video/mp4", b"\0\1\2" * 999)}
        status, kind, body = known.get(self.path, (404, "text/plain", b"none"))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: Any) -> None:
        """Nobody reads it."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A site inside the organisation, from which the operator lets pages be fetched."""
    server = HTTPServer(("127.0.0.1", 0), _Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    allowed = replace(Policy(), allow=("127.0.0.0/8",), ports=(server.server_port,))
    monkeypatch.setattr(snapshots, "policy", lambda: allowed)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _rest_on(desk: Desk, *sources: str) -> Evidence:
    note = desk.note(desk.user("author"), sources=list(sources))
    return note.evidence.get()


def test_the_worker_keeps_the_text_of_a_page(desk: Desk, site: str) -> None:
    kept = _rest_on(desk, f"{site}/minutes")
    desk.settle()
    kept.refresh_from_db()
    assert "close the harbour on Mondays only" in kept.archived
    assert kept.title == "Minutes of 3 May"
    assert kept.hash == hashlib.sha256(PAGE).hexdigest()
    assert kept.archived_at is not None
    assert kept.trouble == ""


def test_what_is_kept_stays_as_it_was(desk: Desk, site: str) -> None:
    kept = _rest_on(desk, f"{site}/minutes")
    assert evidence.archive(kept.pk)
    Evidence.objects.filter(pk=kept.pk).update(archived="as it was then")
    assert evidence.archive(kept.pk)
    kept.refresh_from_db()
    assert kept.archived == "as it was then"


@pytest.mark.parametrize("path", ["/missing", "/film"])
def test_what_cannot_be_kept_says_why(desk: Desk, site: str, path: str) -> None:
    kept = _rest_on(desk, site + path)
    assert not evidence.archive(kept.pk)
    kept.refresh_from_db()
    assert kept.archived == ""
    assert kept.trouble


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://10.0.0.7/secret", "http://[::1]/", "http://169.254.169.254/latest/meta-data/",
     "http://2130706433/", "https://localhost/"],
)  # fmt: skip
def test_nothing_is_fetched_from_inside(desk: Desk, address: str) -> None:
    kept = _rest_on(desk, address)
    assert not evidence.archive(kept.pk)
    kept.refresh_from_db()
    assert (kept.hash, kept.archived, kept.archived_at) == ("", "", None)
    assert kept.trouble


def test_a_link_whose_note_is_gone_is_no_trouble(desk: Desk) -> None:
    assert not evidence.archive(10**9)
    tasks.archive_evidence.call(10**9)


def test_without_a_store_nothing_is_suggested(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_checks, "default_store", lambda: Path("/absent"))
    story = desk.story()
    assert known_checks.match_story(story.pk) == 0
    page = desk.client(desk.user()).get(f"/story/{story.key}/note/?statement=st1").content.decode()
    assert "no store of published fact-checks" in page


def test_a_store_that_cannot_be_read_is_said_in_the_log(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store = config.get().home / "factchecks.sqlite"
    store.write_bytes(b"this is no database")
    try:
        assert known_checks.match_story(desk.story().pk) == 0
    finally:
        store.unlink()
    assert "are not used" in caplog.text


def test_fact_checks_of_the_desks_store_are_suggested(desk: Desk, tmp_path: Path) -> None:
    from whence.factchecks import gather
    from whence.match.store import Store

    table = tmp_path / "checks.csv"
    table.write_text(
        "claim,url,publisher,rating\n"
        "The harbour will close on Monday,https://checks.example/harbour,Pierside Check,Half & half\n",
        encoding="utf-8",
    )
    store = config.get().home / "factchecks.sqlite"
    try:
        with Store(store, create=True) as opened:
            assert gather(opened, [table]).new == 1
        story = desk.story()
        desk.settle()
        statement = Statement.objects.get(story=story, text__contains="close on Monday")
        assert statement.checked
        assert statement.fact_checks[0]["factcheck"]["publisher"] == "Pierside Check"
        page = desk.client(desk.user()).get(f"/story/{story.key}/note/?statement={statement.mark}").content.decode()
        assert "Pierside Check" in page
        assert "Half &amp; half" in page
        assert "Pierside Check" in desk.client().get(story.get_absolute_url()).content.decode()
    finally:
        known_checks._matcher.cache_clear()
        for path in store.parent.glob("factchecks.sqlite*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
