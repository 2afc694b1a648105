"""What happens before the desk serves: migrations, static files, a first moderator, sample data."""

from __future__ import annotations

import contextlib
import io
import os
import secrets
import sys
from collections.abc import Iterator

from whence.errors import InputError

__all__ = ["check", "migrate", "prepare"]


def prepare(*, demo: bool) -> None:
    """Bring the desk up to date; safe to do at each start.

    Args:
        demo: fill an empty desk with an invented community.

    Raises:
        InputError: when the desk's home cannot be written to, or the database does not answer.
    """
    from django.core.management import call_command
    from django.db import connections

    migrate()
    with _database_in_words():
        call_command("collectstatic", interactive=False, verbosity=0)
        _first_moderator()
        if demo:
            from whence.desk.services.demo import fill

            fill()
    connections.close_all()


def migrate() -> None:
    """Make the database, or bring it up to this release.

    Raises:
        InputError: as prepare.
    """
    from django.core.management import call_command

    _writable()
    with _database_in_words():
        call_command("migrate", interactive=False, verbosity=0)
        from whence.desk.services import keys

        keys.finish()


def check(*, deploy: bool) -> int:
    """Judge settings and database, and audit the whole log.

    Args:
        deploy: judge the settings as those of a public server.

    Returns:
        The number of the log's entries, all of which hold.

    Raises:
        InputError: when a setting or the database cannot be used.
        FormatError: when the log does not hold.
    """
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    from whence.desk.services import backup, facts

    try:
        call_command("check", deploy=deploy, fail_level="WARNING" if deploy else "ERROR", stdout=io.StringIO())
    except SystemCheckError as failure:
        raise InputError(str(failure)) from None
    migrate()
    return backup.check_log(facts.LogStorage().get) if facts.log().checkpoint().size else 0


@contextlib.contextmanager
def _database_in_words() -> Iterator[None]:
    from django.db import DatabaseError

    try:
        yield
    except DatabaseError as failure:
        what = " ".join(str(failure).split())[:200]
        raise InputError(f"the desk's database cannot be used ({what}): see WHENCE_DATABASE") from None


def _writable() -> None:
    """Insist on a home that can be written to, and that is for its owner alone: the log's key is in it."""
    from whence.desk import config
    from whence.desk.services import facts

    home = config.get().home
    try:
        probe = home / f".probe-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as failure:
        raise InputError(f"the desk keeps its files in {home}, which cannot be written ({failure.strerror})") from None
    facts.log()


def _first_moderator() -> None:
    from whence.desk.models import User

    if User.objects.filter(is_superuser=True).exists():
        return
    password = secrets.token_urlsafe(12)
    User.objects.create_superuser("moderator", password=password, may_write=True)
    print(f"whence: first moderator made: sign in as 'moderator' with the password {password}", file=sys.stderr)
