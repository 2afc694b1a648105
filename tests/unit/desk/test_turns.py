"""SQLite's writers take turns: nobody is refused, nobody keeps a turn that has ended."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.db.backends.sqlite3 import base as sqlite_base

from whence.desk.models import Tally
from whence.desk.sqlite import base

pytestmark = pytest.mark.usefixtures("real_db")


def _in_thread(work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def _write(key: str) -> None:
    with transaction.atomic():
        Tally.objects.create(key=key, ends="2030-01-01T00:00:00Z")


def _is_free() -> bool:
    free = base._turns.lock.acquire(timeout=1)
    if free:
        base._turns.lock.release()
    return free


def _outside() -> sqlite3.Connection:
    """A writer in the way, as another process is."""
    found = sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None, check_same_thread=False)
    found.execute("BEGIN IMMEDIATE")
    return found


def test_who_comes_second_waits_and_writes() -> None:
    inside, go_on = threading.Event(), threading.Event()

    def first() -> None:
        with transaction.atomic():
            inside.set()
            go_on.wait(10)
            Tally.objects.create(key="first", ends="2030-01-01T00:00:00Z")

    one = _in_thread(first)
    assert inside.wait(10)
    many = [_in_thread(lambda n=n: _write(f"other {n}")) for n in range(6)]  # type: ignore[misc]
    assert list(Tally.objects.all()) == []  # and readers do not wait
    go_on.set()
    for thread in (one, *many):
        thread.join(20)
    assert Tally.objects.count() == 7
    assert _is_free()


def test_a_writer_of_another_process_is_waited_for() -> None:
    other = _outside()
    waiting = _in_thread(lambda: _write("patient"))
    waiting.join(0.2)
    assert waiting.is_alive()
    other.execute("COMMIT")
    other.close()
    waiting.join(10)
    assert Tally.objects.filter(key="patient").exists()


def test_one_that_does_not_end_is_said_and_the_turn_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    other = _outside()
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.2)
    with pytest.raises(OperationalError, match="locked"):
        _write("late")
    assert _is_free()
    other.execute("COMMIT")
    other.close()
    _write("later")
    assert list(Tally.objects.values_list("key", flat=True)) == ["later"]


@pytest.mark.parametrize("how", ["rolled back", "failed commit", "closed"])
def test_a_turn_ends_with_its_transaction(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise OperationalError("disk I/O error")

    if how == "failed commit":
        monkeypatch.setattr(sqlite_base.DatabaseWrapper, "_commit", fail)
        with pytest.raises(OperationalError):
            _write("lost")
        monkeypatch.undo()
    elif how == "closed":
        with transaction.atomic():
            connection.close()
    else:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            raise ZeroDivisionError
    assert _is_free()
    _write("next")
    assert list(Tally.objects.values_list("key", flat=True)) == ["next"]
