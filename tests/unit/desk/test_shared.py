"""What all processes remember together: limits and used codes hold whichever process is asked."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import textwrap
import time

import pytest
from django.core.cache import cache
from django.db import DatabaseError

from tests.unit.desk.conftest import Desk
from whence.desk import shared
from whence.desk.services import limits


def _elsewhere(program: str) -> object:
    """Run a program in another process of the same desk; it prints JSON."""
    begin = "import json, django\ndjango.setup()\n"
    done = subprocess.run(
        [sys.executable, "-c", begin + textwrap.dedent(program)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("kept", [True, False])
def test_a_limit_holds_across_processes(real_desk: Desk, kept: bool) -> None:
    rule = limits.Rule(5, 60, kept=kept)
    for _ in range(3):
        limits.take("something", rule)
    said = _elsewhere(
        f"""
        from whence.desk.services import limits
        said = []
        for _ in range(4):
            try:
                limits.take("something", limits.Rule(5, 60, kept={kept}))
            except limits.Limited as failure:
                said.append(failure.seconds)
        print(json.dumps(said))
        """
    )
    assert isinstance(said, list)
    assert len(said) == 2
    assert all(50 <= seconds <= 61 for seconds in said)
    with pytest.raises(limits.Limited):
        limits.take("something", rule)


def test_allauths_limits_and_used_codes_hold_across_processes(desk: Desk) -> None:
    from allauth.mfa.totp.internal.auth import (
        TOTP,
        format_hotp_value,
        generate_totp_secret,
        hotp_value,
    )
    from django.test import RequestFactory

    secret = generate_totp_secret()
    authenticator = TOTP.activate(desk.user("ada"), secret)
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    key = f"allauth.mfa.totp.used?user={authenticator.instance.user_id}&code={code}"
    assert _elsewhere(f"from django.core.cache import cache; print(json.dumps(cache.add({key!r}, 'y', 30)))") is True
    assert authenticator.validate_code(code) is False  # somebody was let in with it, by another process

    from allauth.core.internal import ratelimit

    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    request.user = desk.user("bo")
    rates = [ratelimit.Rate(2, 60, "ip")]
    used = """
        from allauth.core.internal import ratelimit
        from django.test import RequestFactory
        request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
        found = ratelimit._consume_single_rate(request, app="account", action="login",
            rate=ratelimit.Rate(2, 60, "ip"))
        print(json.dumps(found is not None))
        """
    assert [_elsewhere(used), _elsewhere(used), _elsewhere(used)] == [True, True, False]
    assert (
        ratelimit._consume_single_rate(request, app="account", action="login", rate=rates[0]) is None
    )  # nor do we let them


@pytest.mark.usefixtures("db")
def test_a_used_code_is_remembered_for_as_long_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    assert cache.add("allauth.mfa.totp.used?user=1&code=123456", "y", timeout=30)
    monkeypatch.setattr(time, "time", lambda: now + 80)
    assert not cache.add("allauth.mfa.totp.used?user=1&code=123456", "y", timeout=30)
    monkeypatch.setattr(time, "time", lambda: now + 120)
    assert cache.add("allauth.mfa.totp.used?user=1&code=123456", "y", timeout=30)


@pytest.mark.usefixtures("db")
def test_it_is_a_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache.get("a", "nothing") == "nothing"
    assert cache.add("a", [1.5, "x"], 10)
    assert not cache.add("a", "other", 10)
    assert cache.get("a") == [1.5, "x"]
    cache.set("n", 3, None)
    assert cache.incr("n", 4) == 7
    assert cache.touch("a", 100)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 50)
    assert cache.get("a") == [1.5, "x"]
    assert cache.delete("a")
    assert not cache.delete("a")
    with pytest.raises(ValueError, match="nothing is kept"):
        cache.incr("a")
    cache.set("b", 1, 5)
    monkeypatch.setattr(time, "time", lambda: now + 60)
    assert cache.get("b") is None
    assert not cache.touch("b")
    cache.clear()
    assert cache.get("n") is None


def test_no_address_is_kept(desk: Desk) -> None:
    shared.forget()
    desk.client().get("/search/?q=harbour", REMOTE_ADDR="192.0.2.77")
    desk.client().post("/accounts/login/", {"login": "ada", "password": "guess"}, REMOTE_ADDR="192.0.2.77")
    database = sqlite3.connect(desk.home / "shared.sqlite3")
    rows = str(database.execute("SELECT * FROM desk_shared").fetchall())
    database.close()
    assert rows != "[]"
    assert "192.0.2.77" not in rows
    assert "ada" not in rows


def test_a_count_that_fails_refuses_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(shared, "count", fail)
    assert desk.client().get("/search/?q=harbour").status_code == 200


@pytest.mark.usefixtures("db")
def test_what_has_ended_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.set("short", 1, 5)
    cache.set("long", 1, 500)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 50)
    shared.forget()
    monkeypatch.setattr(time, "time", lambda: now)
    assert (cache.get("short"), cache.get("long")) == (None, 1)
