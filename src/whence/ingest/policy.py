"""What may be fetched: which addresses, ports and sizes. Strict unless the caller's own code says otherwise."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from whence.errors import InputError, RangeError

__all__ = ["Policy", "local_policy", "refusal"]

_LOCAL = ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")

IP = ipaddress.IPv4Address | ipaddress.IPv6Address

# IANA special-purpose registries (RFC 6890 and its successors), as of 2025. Written out, and not left to
# `ipaddress.is_global`, whose answer differs between versions of Python.
_REFUSED: tuple[tuple[str, str], ...] = (
    ("0.0.0.0/8", "this host"),
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "shared address space of a carrier"),
    ("127.0.0.0/8", "loopback"),
    ("169.254.0.0/16", "link-local, where clouds keep their metadata"),
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "protocol assignments"),
    ("192.0.2.0/24", "documentation"),
    ("192.31.196.0/24", "AS112"),
    ("192.52.193.0/24", "AMT"),
    ("192.88.99.0/24", "6to4 relay"),
    ("192.168.0.0/16", "private"),
    ("192.175.48.0/24", "AS112"),
    ("198.18.0.0/15", "benchmarking"),
    ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved or broadcast"),
    ("168.63.129.16/32", "a cloud's metadata"),
    ("::/128", "unspecified"),
    ("::1/128", "loopback"),
    ("::ffff:0:0/96", "IPv4-mapped"),
    ("::/96", "IPv4-compatible"),
    ("64:ff9b::/96", "NAT64"),
    ("64:ff9b:1::/48", "NAT64"),
    ("100::/64", "discard"),
    ("2001::/23", "protocol assignments, Teredo among them"),
    ("2001:db8::/32", "documentation"),
    ("2002::/16", "6to4"),
    ("3fff::/20", "documentation"),
    ("fc00::/7", "private"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "site-local"),
    ("ff00::/8", "multicast"),
)
_TABLE = tuple((ipaddress.ip_network(network), what) for network, what in _REFUSED)
_GLOBAL_V6 = ipaddress.ip_network("2000::/3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What may be fetched.

    Args:
        ports: TCP ports that may be reached.
        allow: networks (CIDR) that may be reached although they are not public, such as an archive inside a
            newsroom; empty by default, and set by nothing but the calling code.
        max_bytes: of a page as sent, and of it unpacked, at most; 1 to 100,000,000.
        max_header_bytes: of a response's header, at most.
        max_seconds: for one page in all: names, redirects, robots.txt and the body; above 0, at most 600.
        max_redirects: followed, at most; 0 to 20.
        max_delay: seconds of a site's Crawl-delay that are honoured between its pages; a longer one is cut to this.

    Raises:
        RangeError: a value is out of range.
    """

    ports: tuple[int, ...] = (80, 443)
    allow: tuple[str, ...] = ()
    max_bytes: int = 10_000_000
    max_header_bytes: int = 65_536
    max_seconds: float = 30.0
    max_redirects: int = 5
    max_delay: float = 10.0

    def __post_init__(self) -> None:
        checks = (
            ("max_bytes", self.max_bytes, 1, 100_000_000),
            ("max_header_bytes", self.max_header_bytes, 256, 10_000_000),
            ("max_seconds", self.max_seconds, 0.01, 600),
            ("max_redirects", self.max_redirects, 0, 20),
            ("max_delay", self.max_delay, 0, 600),
        )
        for name, value, low, high in checks:
            if not low <= value <= high:
                raise RangeError(f"Policy.{name} lies in {low}..{high}; got {value}")
        for port in self.ports:
            if not 0 < port < 65_536:
                raise RangeError(f"Policy.ports are 1..65535; got {port}")
        for network in self.allow:
            try:
                ipaddress.ip_network(network)
            except ValueError:
                raise RangeError(f"Policy.allow holds networks like 10.1.0.0/16; got {network!r}") from None


def local_policy(url: str) -> Policy:
    """Return the policy for what is on this machine or inside an organisation's network.

    Args:
        url: its address; its port is allowed, whichever it is.

    Raises:
        InputError: when its port is none.
    """
    try:
        port = urlsplit(url).port
    except ValueError:
        raise InputError(f"the port of {url[:200]} lies in 1..65535: mend the address") from None
    return Policy(ports=tuple({80, 443, port or 443}), allow=_LOCAL)


def refusal(address: str, policy: Policy) -> str | None:
    """Why an address must not be reached, or None where it may.

    Args:
        address: an IPv4 or IPv6 address as the resolver gives it, with or without a zone.
        policy: whose allowed networks are excepted.
    """
    try:
        ip: IP = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return "not an IP address"
    if any(_in(ip, ipaddress.ip_network(network)) for network in policy.allow):
        return None
    for network, what in _TABLE:
        if _in(ip, network):
            return what
    if ip.version == 6 and not _in(ip, _GLOBAL_V6):
        return "not global unicast"
    return None


def _in(ip: IP, network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool:
    return ip.version == network.version and ip in network
