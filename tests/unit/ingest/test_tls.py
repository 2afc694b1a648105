"""HTTPS to a pinned address: name indication and certificate go by the host's name."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from whence.errors import UnreachableError
from whence.ingest import exchange as module
from whence.ingest.fetch import Fetcher
from whence.ingest.policy import Policy

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\nConnection: close\r\n\r\nstory"

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificates")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of its own authority for paper.example, with its key, in one file."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=paper.example "
        "-addext subjectAltName=DNS:paper.example -keyout key.pem -out cert.pem".split(),
        cwd=folder,
        check=True,
        capture_output=True,
    )
    (folder / "both.pem").write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    return folder


@pytest.fixture
def server(certificate: Path) -> Iterator[tuple[int, list[str | None]]]:
    """A TLS server on loopback; it notes the names that are asked for, and answers every request with one page."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "both.pem")
    names: list[str | None] = []
    context.sni_callback = lambda sock, name, ctx: names.append(name)
    listening = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def serve() -> None:
        while not stop.is_set():
            try:
                raw, _ = listening.accept()
            except OSError:
                return
            with raw:
                try:
                    with context.wrap_socket(raw, server_side=True) as tls:
                        tls.recv(65_536)
                        tls.sendall(PAGE)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listening.getsockname()[1], names
    stop.set()
    with socket.create_connection(listening.getsockname()):
        pass
    thread.join()
    listening.close()


def fetcher(port: int, monkeypatch: pytest.MonkeyPatch, trusted: Path | None) -> Fetcher:
    real = socket.getaddrinfo

    def fake(host: str, *args: Any, **kwargs: Any) -> list[Any]:
        return real("127.0.0.1" if host.endswith(".example") else host, *args, **kwargs)

    monkeypatch.setattr("whence.ingest.address.socket.getaddrinfo", fake)
    if trusted is not None:
        context = ssl.create_default_context(cafile=str(trusted))
        monkeypatch.setattr(module, "_tls", lambda: context)
    return Fetcher(Policy(allow=("127.0.0.0/8",), ports=(port,), max_seconds=5))


def test_the_hosts_own_certificate_is_accepted(
    server: tuple[int, list[str | None]], certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, names = server
    page = fetcher(port, monkeypatch, certificate / "cert.pem").fetch(f"https://paper.example:{port}/story")
    assert page.body == b"story"
    assert set(names) == {"paper.example"}


def test_another_hosts_certificate_is_not(
    server: tuple[int, list[str | None]], certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, _ = server
    with pytest.raises(UnreachableError, match=r"other\.example shows no valid certificate"):
        fetcher(port, monkeypatch, certificate / "cert.pem").fetch(f"https://other.example:{port}/story")


def test_nobodys_certificate_is_not(server: tuple[int, list[str | None]], monkeypatch: pytest.MonkeyPatch) -> None:
    port, _ = server
    with pytest.raises(UnreachableError, match="no valid certificate"):
        fetcher(port, monkeypatch, None).fetch(f"https://paper.example:{port}/story")
