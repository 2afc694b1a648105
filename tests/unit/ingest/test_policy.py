"""Which addresses and URLs may be asked, before anything is sent."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from whence.errors import RangeError, RefusedError, UnreachableError
from whence.ingest.address import resolve, target
from whence.ingest.policy import Policy, refusal

STRICT = Policy()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.0.3", "loopback"),
        ("10.2.3.4", "private"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.168.1.1", "private"),
        ("169.254.169.254", "metadata"),
        ("168.63.129.16", "metadata"),
        ("100.64.0.1", "carrier"),
        ("0.0.0.0", "this host"),
        ("224.0.0.1", "multicast"),
        ("239.255.255.250", "multicast"),
        ("255.255.255.255", "broadcast"),
        ("198.18.0.1", "benchmarking"),
        ("203.0.113.7", "documentation"),
        ("192.0.0.170", "protocol"),
        ("::1", "loopback"),
        ("::", "unspecified"),
        ("::ffff:127.0.0.1", "IPv4-mapped"),
        ("::ffff:93.184.215.14", "IPv4-mapped"),
        ("::7f00:1", "IPv4-compatible"),
        ("64:ff9b::7f00:1", "NAT64"),
        ("64:ff9b:1::1", "NAT64"),
        ("2002:7f00:1::", "6to4"),
        ("2001:0:4136:e378::1", "Teredo"),
        ("2001:db8::1", "documentation"),
        ("fc00::1", "private"),
        ("fd12:3456::1", "private"),
        ("fe80::1%eth0", "link-local"),
        ("fec0::1", "site-local"),
        ("ff02::1", "multicast"),
        ("4000::1", "not global unicast"),
        ("nonsense", "not an IP address"),
    ],
)
def test_addresses_that_are_not_public(address: str, why: str) -> None:
    reason = refusal(address, STRICT)
    assert reason is not None
    assert why in reason


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:2800:21f::1", "8.8.8.8"]
)
def test_public_addresses(address: str) -> None:
    assert refusal(address, STRICT) is None


def test_an_allowed_network_is_excepted_and_nothing_else() -> None:
    policy = Policy(allow=("10.1.0.0/16", "::1/128"))
    assert refusal("10.1.2.3", policy) is None
    assert refusal("::1", policy) is None
    assert refusal("10.2.2.3", policy) == "private"
    assert refusal("::ffff:10.1.2.3", policy) == "IPv4-mapped"


@pytest.mark.parametrize(
    "options",
    [
        {"max_bytes": 0},
        {"max_bytes": 10**9},
        {"max_seconds": 0},
        {"max_redirects": 50},
        {"max_header_bytes": 1},
        {"max_delay": -1},
        {"ports": (0,)},
        {"ports": (70_000,)},
        {"allow": ("everything",)},
    ],
)
def test_a_policy_checks_its_values(options: dict[str, Any]) -> None:
    with pytest.raises(RangeError, match="got"):
        Policy(**options)


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("https://Example.ORG", "https://example.org/"),
        ("http://example.org:80/a b".replace(" ", "%20"), "http://example.org/a%20b"),
        ("https://example.org/ä?q=ü#part", "https://example.org/%C3%A4?q=%C3%BC"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://example.org./x", "https://example.org/x"),
        ("http://[2606:2800::1]/x", "http://[2606:2800::1]/x"),
    ],
)
def test_urls_are_taken_apart_once(url: str, normal: str) -> None:
    assert target(url, STRICT).url == normal


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://example.org/", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("gopher://example.org/", "only http and https"),
        ("https://user@example.org/", "user name or password"),
        ("https://example.org@10.0.0.1/", "user name or password"),
        ("https://:pw@example.org/", "user name or password"),
        ("https://example.org:22/", "only ports 80, 443"),
        ("https://example.org:99999/", "not a URL"),
        ("https:///path", "names no host"),
        ("https://exa mple.org/", "no spaces"),
        ("https://example.org\\@10.0.0.1/", "backslashes"),
        ("https://example.org/\r\nHost: x", "control characters"),
        ("https://[::1", "not a URL"),
        ("https://exa%6dple.org/", "no valid host"),
        ("https://" + "ä" * 300 + ".example/", "host"),
        ("https://example.org/" + "a" * 5000, "at most 4096"),
    ],
)
def test_urls_that_are_refused(url: str, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        target(url, STRICT)


def test_every_address_of_a_host_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = ["93.184.215.14", "93.184.215.15", "93.184.215.14"]

    def fake(host: str, port: int, **kwargs: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in answers]

    monkeypatch.setattr("whence.ingest.address.socket.getaddrinfo", fake)
    assert resolve("example.org", 443, STRICT, 5) == ("93.184.215.14", "93.184.215.15")
    answers.append("169.254.169.254")
    with pytest.raises(RefusedError, match=r"169\.254\.169\.254, which is not a public address"):
        resolve("example.org", 443, STRICT, 5)
    answers.clear()
    with pytest.raises(UnreachableError, match="has no address"):
        resolve("example.org", 443, STRICT, 5)
