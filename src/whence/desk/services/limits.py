"""How often one person or address may do something: who was counted is a keyed hash, and no address is kept."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.db import DatabaseError, transaction
from django.utils import timezone

from whence.desk import config, shared
from whence.desk.models import Tally
from whence.errors import InputError

__all__ = ["RULES", "Limited", "Rule", "check", "take"]

_log = logging.getLogger("whence.desk.limits")


@dataclass(frozen=True, slots=True)
class Rule:
    """So many times in a window.

    Args:
        count: how often, 1 or more.
        seconds: length of the window.
        per: whom is counted: the person who is signed in (else the address), or the address always.
        kept: whether the count outlives whatever happens, in the desk's database, at the price of a transaction;
            otherwise it is shared by all processes (shared.py), and a count that fails refuses nobody.
        reading: whether GET counts too.
    """

    count: int
    seconds: int
    per: Literal["person", "address"] = "person"
    kept: bool = True
    reading: bool = False


_HOUR = 3600
_SIGNING = (Rule(20, 300, "address"), Rule(100, _HOUR, "address"))
_SENDING = (Rule(10, _HOUR, "address"),)
_SAYING = (Rule(6, _HOUR, "address"), Rule(20, 24 * _HOUR, "address"))
_RATING = (Rule(60, 60, kept=False),)

RULES: dict[str, tuple[Rule, ...]] = {
    "account_login": _SIGNING,
    "account_signup": (Rule(20, _HOUR, "address"),),
    "account_signup_by_passkey": (Rule(20, _HOUR, "address"),),
    "account_reset_password": _SENDING,
    "account_email": _SENDING,
    "account_request_login_code": _SENDING,
    "account_reauthenticate": _SIGNING,
    "mfa_authenticate": _SIGNING,
    "mfa_reauthenticate": _SIGNING,
    "mfa_login_webauthn": _SIGNING,
    "story-add": (Rule(10, 60), Rule(100, _HOUR)),
    "note-write": (Rule(10, 60), Rule(60, _HOUR)),
    "note-withdraw": (Rule(30, _HOUR),),
    "rate": _RATING,
    "unrate": _RATING,
    "appeal-note": _SAYING,
    "appeal-story": _SAYING,
    "report-note": (Rule(20, _HOUR),),
    "report-story": (Rule(20, _HOUR),),
    "webhooks": (Rule(20, _HOUR),),
    "search": (Rule(120, 60, "address", kept=False, reading=True),),
    "oembed": (Rule(300, 60, "address", kept=False, reading=True),),
    "api": (Rule(600, 60, "address", kept=False, reading=True),),
    "data-file": (Rule(20, 60, "address", kept=False, reading=True),),
}
"""By the name of the address (urls.py); names within the API count as one."""


class Limited(InputError):
    """Somebody did something too often.

    Attributes:
        seconds: after how many it may be tried again.
    """

    def __init__(self, seconds: int) -> None:
        self.seconds = max(1, seconds)
        super().__init__(f"this was done too often from here: try again in {self.seconds} seconds")


def check(name: str, person: int | None, address: str, *, reading: bool) -> None:
    """Count a request against the rules of its name.

    Args:
        name: of the address that is asked for.
        person: primary key of who is signed in, or None.
        address: the visitor's.
        reading: whether the request only reads.

    Raises:
        Limited: when a rule is exceeded.
    """
    for number, rule in enumerate(RULES.get(name, ())):
        if reading and not rule.reading:
            continue
        who = f"person {person}" if rule.per == "person" and person is not None else f"address {_network(address)}"
        take(f"{name} {number} {who}", rule)


def take(what: str, rule: Rule) -> None:
    """Count once.

    Args:
        what: what is counted, of whom; only its keyed hash is kept.
        rule: the limit.

    Raises:
        Limited: when it was done too often.
    """
    key = hmac.new(config.get().secret.encode(), f"limit {what}".encode(), hashlib.sha256).hexdigest()
    if rule.kept:
        _take_kept(key, rule)
    else:
        _take_shared(key, rule)


def _take_kept(key: str, rule: Rule) -> None:
    now = timezone.now()
    with transaction.atomic():
        tally, _ = Tally.objects.select_for_update().get_or_create(
            key=key, defaults={"ends": now + timedelta(seconds=rule.seconds)}
        )
        if tally.ends <= now:
            tally.count, tally.ends = 0, now + timedelta(seconds=rule.seconds)
        if tally.count >= rule.count:
            raise Limited(int((tally.ends - now).total_seconds()) + 1)
        tally.count += 1
        tally.save()


def _take_shared(key: str, rule: Rule) -> None:
    try:
        count, left = shared.count(key, rule.seconds)
    except DatabaseError as failure:
        _log.warning("a limit could not be counted, and is not kept now: %s", failure)
        return
    if count > rule.count:
        raise Limited(int(left) + 1)


def _network(address: str) -> str:
    """Return an address, or for IPv6 its /64, which is one household's."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
