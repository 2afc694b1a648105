"""Accounts: invented aliases for newcomers, and closing an account."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from whence.desk.models import User
from whence.desk.services import facts

__all__ = ["close", "suggest_alias"]

_FIRST = (
    "amber", "brisk", "calm", "clear", "copper", "curious", "distant", "early", "even", "gentle", "golden", "green",
    "hazel", "humble", "indigo", "keen", "late", "lively", "mellow", "modest", "northern", "patient", "plain", "quiet",
    "rapid", "russet", "silver", "slow", "southern", "steady", "still", "sunny", "tidy", "upper", "violet", "wide",
)  # fmt: skip
_SECOND = (
    "alder", "anchor", "aspen", "badger", "beacon", "birch", "brook", "canyon", "cedar", "comet", "coral", "crane",
    "delta", "ember", "falcon", "fern", "harbour", "heron", "island", "juniper", "kestrel", "lantern", "larch", "maple",
    "meadow", "otter", "pebble", "plover", "quarry", "reed", "river", "rowan", "sparrow", "summit", "thistle", "willow",
)  # fmt: skip


def suggest_alias(choose: Callable[[tuple[str, ...]], str] = secrets.choice) -> str:
    """Return an invented alias that nobody has: two words, and digits where the words are taken.

    Args:
        choose: picks one of several; at random by default.
    """
    for _ in range(20):
        alias = f"{choose(_FIRST)}-{choose(_SECOND)}"
        if not User.objects.filter(username__iexact=alias).exists():
            return alias
    return f"{alias}-{secrets.randbelow(9000) + 1000}"


@facts.writing()
def close(user: User) -> None:
    """Close an account: address, password, keys and links to other accounts go, and it cannot be signed in to again.

    The alias stays with the notes and ratings that are public under it, in the public log too; nothing is left that
    leads from it to a person. Sessions end, since each names the password's hash.

    Args:
        user: whose account.
    """
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    user.webhooks.all().delete()
    user.email = ""
    user.is_active = False
    user.set_unusable_password()
    user.save()
