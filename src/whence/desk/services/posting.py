"""Sending a message to somebody's address, under the same guard as fetching: never into a private network."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from http.client import HTTPException

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from whence.desk.services import snapshots
from whence.errors import UnreachableError
from whence.ingest.address import Target, resolve, target

__all__ = ["check", "post"]

_SECONDS = 10.0


def check(url: str) -> None:
    """Refuse an address that nothing would be sent to.

    Raises:
        RefusedError: it is no http(s) address, or leads into a private network that the operator did not name.
        UnreachableError: its name is not found.
    """
    policy = snapshots.policy()
    to = target(url, policy)
    resolve(to.host, to.port, policy, _SECONDS)


def post(url: str, data: bytes, headers: Mapping[str, str]) -> None:
    """Send a message; a redirect is not followed.

    Args:
        url: http or https.
        data: the body.
        headers: beside Host and Content-Length.

    Raises:
        RefusedError: as check.
        UnreachableError: the address did not answer in ten seconds, or not with a status of 200 to 299.
    """
    policy = snapshots.policy()
    to = target(url, policy)
    # Looked up again at each message, and the connection goes to the address that was checked and nowhere else.
    (address, *_) = resolve(to.host, to.port, policy, _SECONDS)
    connection = _connection(to, address)
    try:
        connection.request(
            "POST",
            to.path,
            body=data,
            headers={
                "Host": to.origin.partition("://")[2],
                "User-Agent": "whence-desk/1",
                "Connection": "close",
                **headers,
            },
            preload_content=False,
        )
        status = connection.getresponse().status
    except (OSError, HTTPError, HTTPException, ValueError) as failure:
        raise UnreachableError(f"{to.origin} did not take the message ({type(failure).__name__})") from None
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise UnreachableError(f"{to.origin} answered with status {status}", status)


def _connection(to: Target, address: str) -> HTTPConnection:
    if to.scheme == "http":
        return HTTPConnection(address, to.port, timeout=_SECONDS)
    return HTTPSConnection(
        address,
        to.port,
        timeout=_SECONDS,
        ssl_context=ssl.create_default_context(),
        cert_reqs="CERT_REQUIRED",
        server_hostname=to.host,
    )
