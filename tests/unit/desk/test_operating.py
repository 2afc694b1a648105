"""Settings, health, metrics, logs, addresses behind proxies, moderators and keys from the command line."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import RequestFactory

from whence.desk import config
from whence.desk.logs import JsonFormatter
from whence.desk.middleware import client_address
from whence.desk.models import LogSubject, User
from whence.desk.services import backup, facts, keys, locks, moderators
from whence.errors import InputError
from whence.ledger import Verifier
from whence.verification import verify_log

if TYPE_CHECKING:
    from tests.unit.desk.conftest import Desk


def test_settings_have_sensible_defaults(tmp_path: Path) -> None:
    found = config.from_environment({"WHENCE_DESK_HOME": str(tmp_path / "desk")})
    assert found.database == f"sqlite:///{tmp_path}/desk/desk.sqlite3"
    assert (found.open, found.proxies, found.score_minutes, found.secure) == (True, 0, 5, False)
    assert len(found.secret) >= 32
    assert found == config.from_environment({"WHENCE_DESK_HOME": str(tmp_path / "desk")})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WHENCE_URL", "desk.example"),
        ("WHENCE_URL", "https://desk.example/path"),
        ("WHENCE_SECRET", "x" * 31),
        ("WHENCE_OPEN", "maybe"),
        ("WHENCE_PROXIES", "6"),
        ("WHENCE_PROXIES", "-1"),
        ("WHENCE_SCORE_MINUTES", "0"),
        ("WHENCE_NETWORK", "10.0.0.1/8"),
        ("WHENCE_DATABASE", "mysql://x/y"),
    ],
)
def test_a_setting_out_of_its_bounds_is_refused(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(InputError, match=name):
        config.from_environment({"WHENCE_DESK_HOME": str(tmp_path), name: value})


def test_health_is_said(desk: Desk) -> None:
    desk.rate(desk.user("bo"), desk.note(desk.user()))
    client = desk.client()
    assert client.get("/healthz").json()["status"] == "ok"
    assert client.get("/readyz").json() == {"status": "ok", "database": "sqlite"}
    said = client.get("/metrics").content.decode()
    for line in said.splitlines():
        assert re.fullmatch(r'# (HELP|TYPE) .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [-\d.e+]+', line), line
    values = dict(line.rsplit(" ", 1) for line in said.splitlines() if not line.startswith("#"))
    assert (values["whence_ratings"], values["whence_notes"], values["whence_contributors"]) == ("1", "1", "2")
    buckets = [int(value) for name, value in values.items() if name.startswith("whence_request_seconds_bucket")]
    assert buckets == sorted(buckets)
    assert buckets[-1] >= 2


def test_a_log_line_is_json_with_its_fields() -> None:
    record = logging.LogRecord("whence.desk.requests", logging.INFO, __file__, 1, "%s", ("a line\nof two",), None)
    record.fields = {"status": 200, "path": "/"}
    line = JsonFormatter().format(record)
    assert "\n" not in line
    found = json.loads(line)
    assert (found["level"], found["message"], found["status"]) == ("info", "a line\nof two", 200)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "192.0.2.9", "198.51.100.1"),
        (1, "192.0.2.9", "192.0.2.9"),
        (1, "203.0.113.5, 192.0.2.9", "192.0.2.9"),
        (2, "203.0.113.5, 192.0.2.9", "203.0.113.5"),
        (2, "192.0.2.9", "198.51.100.1"),
        (1, "", "198.51.100.1"),
    ],
)
def test_only_our_own_proxies_say_where_somebody_is(
    monkeypatch: pytest.MonkeyPatch, proxies: int, forwarded: str, address: str
) -> None:
    settings = replace(config.get(), proxies=proxies)
    monkeypatch.setattr(config, "get", lambda: settings)
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory(headers=headers).get("/", REMOTE_ADDR="198.51.100.1")
    assert client_address(request) == address


def test_moderators_are_made_with_a_good_password(desk: Desk) -> None:
    assert moderators.make("bea", "seven otters walk home", administrator=False) is False
    assert moderators.make("bea", None, administrator=True) is True
    bea = User.objects.get(username="bea")
    assert (bea.is_staff, bea.is_superuser, bea.check_password("seven otters walk home")) == (True, True, True)
    for alias, password in (("cato", "short"), ("cato", "1234567890123"), ("not an alias!", "seven otters walk home")):
        with pytest.raises(InputError):
            moderators.make(alias, password, administrator=False)
    assert not moderators.exists("cato")


def test_a_rotated_key_goes_on_and_verifiers_start_from_the_first(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(config.get(), home=tmp_path)
    monkeypatch.setattr(config, "get", lambda: settings)
    facts.forget_key()
    try:
        note = desk.note(desk.user())
        first = facts.first_key()
        second = keys.rotate()
        desk.rate(desk.user("bo"), note)
        assert first != second
        assert facts.first_key() == first
        assert LogSubject.objects.filter(subject="key").count() == 1
        assert verify_log(facts.LogStorage().get, Verifier.parse(first)).kinds["key"] == 1
        assert backup.check_log(facts.LogStorage().get) == facts.log().checkpoint().size
        release = locks.hold("running", shared=True)
        assert release is not None
        with pytest.raises(InputError, match="stop it first"):
            keys.rotate()
        release()
    finally:
        facts.forget_key()


def test_a_rotation_that_was_cut_off_is_finished_at_the_next_start(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(config.get(), home=tmp_path)
    monkeypatch.setattr(config, "get", lambda: settings)
    facts.forget_key()
    try:
        desk.note(desk.user())
        monkeypatch.setattr(keys, "finish", lambda: None)
        second = keys.rotate()
        monkeypatch.undo()
        monkeypatch.setattr(config, "get", lambda: settings)
        assert (tmp_path / "log.key.next").exists()
        keys.finish()
        assert not (tmp_path / "log.key.next").exists()
        assert str(facts._signer().verifier) == second
    finally:
        facts.forget_key()
