"""Webhooks are signed as Standard Webhooks says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.errors import InputError, VerificationError
from whence.publish.webhook import check_webhook, new_webhook_secret, webhook_headers

# The vector of the specification's reference libraries (standard-webhooks/libraries, tests).
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID, AT, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_published_vector() -> None:
    assert webhook_headers(SECRET, ID, AT, BODY) == {
        "webhook-id": ID,
        "webhook-timestamp": str(AT),
        "webhook-signature": SIGNATURE,
    }


@given(body=st.binary(), at=st.integers(0, 2**33), late=st.integers(-300, 300))
def test_what_was_signed_is_accepted(body: bytes, at: int, late: int) -> None:
    secret = new_webhook_secret()
    headers = webhook_headers(secret, "msg_1", at, body)
    check_webhook(secret, headers, body, at + late)
    other = headers["webhook-signature"]
    check_webhook(secret, headers | {"webhook-signature": f"v1a,xx v1,AAAA {other}"}, body, at)


@pytest.mark.parametrize(
    ("changed", "body", "now", "says"),
    [
        ({"webhook-signature": SIGNATURE.replace("g0", "g1")}, BODY, AT, "no signature"),
        ({"webhook-signature": SIGNATURE.replace("v1", "v2")}, BODY, AT, "no signature"),
        ({"webhook-signature": "é"}, BODY, AT, "no signature"),
        ({"webhook-id": "msg_2"}, BODY, AT, "no signature"),
        ({"webhook-id": "msg.2"}, BODY, AT, "full stop"),
        ({"webhook-timestamp": str(AT + 1)}, BODY, AT, "no signature"),
        ({"webhook-timestamp": "soon"}, BODY, AT, "at most 300 s old: this one's time is 'soon'"),
        ({}, BODY + b" ", AT, "no signature"),
        ({}, BODY, AT + 301, "at most 300 s old"),
        ({}, BODY, AT - 301, "at most 300 s old"),
    ],
)
def test_what_was_changed_is_refused(changed: dict[str, str], body: bytes, now: int, says: str) -> None:
    headers = webhook_headers(SECRET, ID, AT, BODY) | changed
    with pytest.raises(VerificationError, match=says):
        check_webhook(SECRET, headers, body, now)


def test_what_is_missing_or_no_secret_is_named() -> None:
    with pytest.raises(VerificationError, match="lacks it"):
        check_webhook(SECRET, {}, BODY, AT)
    for secret in ("", "whsec_", "whsec_???", "whsec_AAAA", SECRET.removeprefix("whsec_")):
        with pytest.raises(InputError, match="whsec_"):
            webhook_headers(secret, ID, AT, BODY)
    with pytest.raises(InputError, match="full stop"):
        webhook_headers(SECRET, "a.b", AT, BODY)
