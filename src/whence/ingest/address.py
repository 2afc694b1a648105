"""URLs and host names: what may be asked for, and at which addresses it really is."""

from __future__ import annotations

import re
import socket
import threading
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from whence.errors import RefusedError, UnreachableError
from whence.ingest.policy import Policy, refusal

__all__ = ["Target", "is_address", "resolve", "target"]

_LONGEST = 4096
_BAD = re.compile(r"[\x00-\x20\x7f\\]")
_PORTS = {"http": 80, "https": 443}
_SAFE = "%/:=&?~#+!$,;'@()*[]"
_HOST = re.compile(r"[A-Za-z0-9_.:-]{1,253}")


def is_address(where: str) -> bool:
    """Whether something given is an http(s) address, and not a path."""
    return re.match(r"https?://", where, re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that may be asked for, taken apart once, so that no two parsers can disagree about it."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, without the port where it is the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        """The whole URL, normalised, without a fragment."""
        return self.origin + self.path


def target(url: str, policy: Policy) -> Target:
    """Take a URL apart and check its form.

    Raises:
        RefusedError: it is not http or https, carries a user name, names another port than the policy allows, or is
            malformed.
    """
    shown = url[:100]
    url = url.strip()
    if len(url) > _LONGEST:
        raise RefusedError(f"a URL has at most {_LONGEST} characters; got {len(url)}: {shown}…")
    if _BAD.search(url):
        raise RefusedError(
            f"a URL has no spaces, backslashes or control characters; got {shown!r}: percent-encode them"
        )
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError as e:
        raise RefusedError(f"{shown!r} is not a URL ({e}): check how it is written") from None
    if parts.scheme not in _PORTS:
        raise RefusedError(f"only http and https are fetched; got {shown!r}: save the page and give the file")
    if parts.username is not None or parts.password is not None:
        raise RefusedError("a URL with a user name or password is not fetched: save the page and give the file")
    if not host:
        raise RefusedError(f"{shown!r} names no host: write it like https://example.org/story")
    port = port if port is not None else _PORTS[parts.scheme]
    if port not in policy.ports:
        allowed = ", ".join(map(str, policy.ports))
        raise RefusedError(f"only ports {allowed} are fetched from; got port {port} in {shown!r}")
    path = quote(parts.path or "/", safe=_SAFE)
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return Target(parts.scheme, _ascii(host, shown), port, path + query)


def _ascii(host: str, shown: str) -> str:
    if not host.isascii():
        import idna

        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            raise RefusedError(f"{shown!r} names a host that is no valid international domain name") from None
    if _HOST.fullmatch(host) is None:
        raise RefusedError(f"{shown!r} names no valid host: write it like https://example.org/story")
    return host.rstrip(".").lower()


def resolve(host: str, port: int, policy: Policy, seconds: float) -> tuple[str, ...]:
    """The addresses of a host, every one of them checked.

    One forbidden address among several refuses the host: who answers with both is trying something.

    Args:
        host: a name or an address literal.
        seconds: how long the resolver may take.

    Returns:
        The addresses, in the resolver's order, at least one.

    Raises:
        RefusedError: one of them is not public and not in `policy.allow`.
        UnreachableError: the name has no address, or the resolver did not answer in time.
    """
    found: list[str] = []
    errors: list[Exception] = []

    def ask() -> None:
        try:
            found.extend(str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as e:
            errors.append(e)

    # The resolver knows no time limit. A daemon thread may be left behind with it, and holds up no exit.
    asking = threading.Thread(target=ask, name="whence-dns", daemon=True)
    asking.start()
    asking.join(max(seconds, 0.01))
    if asking.is_alive():
        raise UnreachableError(f"the name {host} was not resolved in time: try again later")
    if errors:
        raise UnreachableError(f"the host {host} was not found ({errors[0]}): check the address and the connection")
    addresses = tuple(dict.fromkeys(found))
    if not addresses:
        raise UnreachableError(f"the host {host} has no address: check how it is written")
    for address in addresses:
        why = refusal(address, policy)
        if why is not None:
            raise RefusedError(
                f"{host} leads to {address}, which is not a public address ({why}): save the page and give the file"
            )
    return addresses
