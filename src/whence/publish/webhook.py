"""Signing what a desk sends to subscribers: Standard Webhooks, symmetric (https://www.standardwebhooks.com)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping

from whence.errors import InputError, VerificationError

__all__ = ["check_webhook", "new_webhook_secret", "webhook_headers"]

_PREFIX = "whsec_"
_TOLERANCE = 300
"""Seconds by which clocks may differ; an older message could be one that somebody kept and sends again."""


def new_webhook_secret() -> str:
    """Return a subscriber's secret: "whsec_" and base64 of 32 random bytes."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode("ascii")


def webhook_headers(secret: str, id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers to send with a message.

    Args:
        secret: the subscriber's.
        id: of the message, the same at every try; no full stop.
        timestamp: of this try, in seconds since 1970.
        body: exactly as sent.

    Raises:
        InputError: the secret is none, or the id is empty or holds a full stop.
    """
    return {
        "webhook-id": id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{_signature(secret, id, timestamp, body)}",
    }


def check_webhook(secret: str, headers: Mapping[str, str], body: bytes, now: int) -> None:
    """Check a message that was received.

    Args:
        secret: the subscriber's.
        headers: of the request, names in lower case.
        body: exactly as received.
        now: the receiver's clock, in seconds since 1970.

    Raises:
        VerificationError: a header is missing, the message is older or newer than five minutes, or no signature is
            the secret's.
        InputError: the secret is none.
    """
    try:
        id, stamp, given = (headers[f"webhook-{name}"] for name in ("id", "timestamp", "signature"))
    except KeyError as missing:
        raise VerificationError(f"a signed message has the header {missing.args[0]}: this one lacks it") from None
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12) or abs(now - int(stamp)) > _TOLERANCE:
        raise VerificationError(f"a message is at most {_TOLERANCE} s old: this one's time is {stamp[:20]!r}")
    if not id or "." in id:
        raise VerificationError("a message's id is not empty and has no full stop: this one's is not so")
    expected = _signature(secret, id, int(stamp), body)
    for one in given.split(" ")[:16]:  # several while a secret is exchanged
        version, _, signature = one.partition(",")
        if version == "v1" and hmac.compare_digest(signature.encode(), expected.encode()):
            return
    raise VerificationError("no signature of the message is made with this secret: it was changed, or sent by others")


def _signature(secret: str, id: str, timestamp: int, body: bytes) -> str:
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith(_PREFIX) or not 24 <= len(key) <= 64:
        raise InputError("a webhook's secret is whsec_ and base64 of 24 to 64 bytes: make one with new_webhook_secret")
    if not id or "." in id:
        raise InputError(f"a message's id is not empty and has no full stop; got {id[:40]!r}")
    signed = f"{id}.{timestamp}.".encode() + body
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode("ascii")
