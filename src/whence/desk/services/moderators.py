"""Making moderators, from the command line."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from whence.desk.models import User
from whence.errors import InputError

__all__ = ["exists", "make"]


def exists(alias: str) -> bool:
    """Return whether there is an account of this alias."""
    return User.objects.filter(username=alias).exists()


@transaction.atomic
def make(alias: str, password: str | None, *, administrator: bool) -> bool:
    """Make somebody a moderator.

    Args:
        alias: theirs.
        password: of a new account; None where there is one already.
        administrator: whether they may also make moderators.

    Returns:
        Whether they are an administrator now.

    Raises:
        InputError: when alias or password cannot be one.
    """
    person = User.objects.select_for_update().filter(username=alias).first()
    if person is None:
        person = User(username=alias, may_write=True)
        try:
            validate_password(password or "", person)
            person.set_password(password)
            person.full_clean()
        except ValidationError as failure:
            raise InputError(f"{alias[:40]}: {' '.join(failure.messages)}") from None
    person.is_staff = True
    person.is_superuser = person.is_superuser or administrator
    person.save()
    return person.is_superuser
