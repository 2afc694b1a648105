"""One HTTP exchange with one checked address, within limits on time and size."""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException
from types import TracebackType

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

from whence.errors import FormatError, RefusedError, UnreachableError
from whence.ingest.address import Target
from whence.ingest.policy import Policy

__all__ = ["USER_AGENT", "Answer", "exchange"]

USER_AGENT = "Mozilla/5.0 (compatible; whence/1; reads one story for a person)"
"""Names us, so that a site can tell us apart and turn us away."""

_CHUNK = 65_536
_ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate")
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: its status, where it redirects to, the type and the unpacked body."""

    status: int
    location: str | None
    content_type: str
    body: bytes


class _Watch:
    """Ends an exchange at its deadline, by shutting its socket down from outside.

    Time limits of sockets are for one read; a server that sends a byte now and then never meets them.
    """

    def __init__(self, sock: socket.socket, seconds: float) -> None:
        # A second handle of the same connection: shutting it down is safe while the first is being read, TLS or not.
        self._handle = socket.socket(fileno=os.dup(sock.fileno()))
        self._timer = threading.Timer(max(seconds, 0.01), self._end)
        self._timer.daemon = True
        self.fired = False

    def _end(self) -> None:
        self.fired = True
        with contextlib.suppress(OSError):
            self._handle.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> _Watch:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._timer.join()
        self._handle.close()


@cache
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def exchange(to: Target, address: str, policy: Policy, deadline: float, *, max_bytes: int | None = None) -> Answer:
    """Ask one address for one page.

    The connection goes to `address` and nowhere else; Host header, server name indication and the check of the
    certificate use the host's name. Proxies of the environment are not used: behind one, no address could be checked.

    Args:
        to: what to ask for.
        address: a checked address of its host.
        deadline: on the monotonic clock, in seconds.
        max_bytes: instead of the policy's.

    Returns:
        The answer, whatever its status; the body is read for status 200 only.

    Raises:
        RefusedError: the body or header is larger than allowed, or packed in a way that was not asked for.
        UnreachableError: no connection, no valid certificate, no valid HTTP, or the deadline passed.
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise _late(to, policy)
    # Where this address is dead, the host's next one must still have its chance.
    patience = min(10.0, left)
    connection: HTTPConnection
    if to.scheme == "https":
        connection = HTTPSConnection(
            address,
            to.port,
            timeout=patience,
            ssl_context=_tls(),
            cert_reqs="CERT_REQUIRED",
            server_hostname=to.host,
        )
    else:
        connection = HTTPConnection(address, to.port, timeout=patience)
    try:
        connection.connect()
        connection.timeout = left
        sock = connection.sock
        sock.settimeout(max(deadline - time.monotonic(), 0.01))
        with _Watch(sock, deadline - time.monotonic()) as watch:
            try:
                got = _ask(connection, to, policy, deadline, policy.max_bytes if max_bytes is None else max_bytes)
            except (OSError, HTTPError, HTTPException, ValueError, AttributeError) as e:
                if watch.fired or isinstance(e, TimeoutError):
                    raise _late(to, policy) from None
                raise UnreachableError(
                    f"{to.url} did not answer in valid HTTP ({_short(e)}): try again later"
                ) from None
            # A connection that the watch has shut down can look like one that the server closed in good order.
            if watch.fired:
                raise _late(to, policy)
            return got
    except ssl.SSLCertVerificationError as e:
        raise UnreachableError(
            f"{to.host} shows no valid certificate ({e.verify_message}): the page is not to be trusted"
        ) from None
    except (OSError, HTTPError, HTTPException) as e:
        if time.monotonic() >= deadline:
            raise _late(to, policy) from None
        raise UnreachableError(
            f"{to.origin} cannot be reached ({_short(e)}): check the address and the connection"
        ) from None
    finally:
        connection.close()


def _ask(connection: HTTPConnection, to: Target, policy: Policy, deadline: float, limit: int) -> Answer:
    connection.request(
        "GET",
        to.path,
        headers={
            "Host": to.origin.partition("://")[2],
            "User-Agent": USER_AGENT,
            "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
            "Accept-Language": "en",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        },
        preload_content=False,
        decode_content=False,
    )
    response = connection.getresponse()
    try:
        size = sum(len(k) + len(v) + 4 for k, v in response.headers.items())
        if size > policy.max_header_bytes:
            raise RefusedError(
                f"{to.url} sends a header of {size} bytes, more than {policy.max_header_bytes}: save the page by hand"
            )
        kind = response.headers.get("content-type", "")
        if response.status in _REDIRECTS:
            return Answer(response.status, response.headers.get("location"), kind, b"")
        if response.status != 200:
            return Answer(response.status, None, kind, b"")
        return Answer(200, None, kind, _body(response, to, deadline, limit))
    finally:
        response.close()


def _body(response: HTTPResponse, to: Target, deadline: float, limit: int) -> bytes:
    """The body, unpacked piece by piece: never more of it is in memory than the limit and one piece."""
    packed = response.headers.get("content-encoding", "").strip().lower()
    if packed not in _ENCODINGS:
        raise FormatError(
            f"{to.url} is packed as {packed[:40]!r}, which was not asked for: save the page and give the file"
        )
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and len(declared) < 20 and int(declared) > limit:
        raise _large(to, int(declared), limit)
    parts, size = [], 0
    for part in response.stream(_CHUNK, decode_content=packed not in ("", "identity")):
        size += len(part)
        if size > limit or response.tell() > limit:
            raise _large(to, size, limit)
        if time.monotonic() > deadline:
            raise TimeoutError
        parts.append(part)
    return b"".join(parts)


def _large(to: Target, size: int, limit: int) -> RefusedError:
    return RefusedError(
        f"{to.url} has {size} bytes or more, unpacked, above the {limit} allowed: save the story's text and give that"
    )


def _late(to: Target, policy: Policy) -> UnreachableError:
    return UnreachableError(
        f"{to.url} took longer than {policy.max_seconds:g} seconds: try again later, or save the page"
    )


def _short(e: BaseException) -> str:
    return " ".join(str(getattr(e, "reason", None) or e).split())[:120] or type(e).__name__
