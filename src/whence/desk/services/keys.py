"""Rotation of the key that signs the public log."""

from __future__ import annotations

import os

from django.db import transaction

from whence.desk import config
from whence.desk.models import LogSubject
from whence.desk.services import facts, locks
from whence.errors import InputError
from whence.ledger import next_key

__all__ = ["finish", "rotate"]


def rotate() -> str:
    """Let a new key sign the log from now on; the old one signs its name, and is kept beside it.

    The desk must be stopped: a process that runs on would sign with the old key.

    Returns:
        The new verifier key. Verifiers start from the first one all the same.

    Raises:
        InputError: when the desk is serving.
    """
    if locks.is_held("running"):
        raise InputError("the desk is serving, and would go on with the old key: stop it first")
    settings = config.get()
    path = settings.home / "log.key"
    first = settings.home / "log.first.pub"
    if not first.exists():
        first.write_text(facts.first_key() + "\n", encoding="ascii")
    new = next_key(path, facts.origin())
    with transaction.atomic():
        place = facts.log().rotate(new, facts.stamp()).first
        LogSubject.objects.create(place=place, subject="key")
    finish()
    return str(new.verifier)


def finish() -> None:
    """Put the next key in the place of the present one, where the log has taken it in (a crash may lie in between)."""
    settings = config.get()
    path = settings.home / "log.key"
    coming = path.with_name(path.name + ".next")
    if not coming.exists():
        return
    latest = LogSubject.objects.filter(subject="key").order_by("-place").first()
    new = next_key(path, facts.origin())
    if latest is None or str(new.verifier) not in str(facts.log().entry(latest.place).body["new"]):
        return  # A rotation that was never logged: the next one uses this key.
    os.replace(path, path.with_name(f"log.key.{latest.place}"))
    os.replace(coming, path)
    facts.forget_key()
