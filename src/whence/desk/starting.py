"""What happens before the desk serves: migrations, static files, a first moderator, sample data."""

from __future__ import annotations

import secrets
import sys

__all__ = ["prepare"]


def prepare(*, demo: bool) -> None:
    """Bring the desk up to date; safe to do at each start.

    Args:
        demo: fill an empty desk with an invented community.
    """
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    _first_moderator()
    if demo:
        from whence.desk.services.demo import fill

        fill()


def _first_moderator() -> None:
    from whence.desk.models import User

    if User.objects.filter(is_superuser=True).exists():
        return
    password = secrets.token_urlsafe(12)
    User.objects.create_superuser("moderator", password=password, may_write=True)
    print(f"whence: first moderator made: sign in as 'moderator' with the password {password}", file=sys.stderr)
