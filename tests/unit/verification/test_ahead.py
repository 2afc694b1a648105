"""Fetching ahead gives the same files, and no more than an audit needs."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

import pytest

from tests.unit.verification.honest import Files
from whence.errors import UnreachableError
from whence.ledger import Audit, Entry, Log, Signer
from whence.verification.ahead import Ahead

SIGNER = Signer("example.org/log", bytes(range(32)))


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    made = Files()
    Log(made, SIGNER).append(Entry("withdrawal", "2026-03-04T05:06:07Z", {"note": f"n{n}"}) for n in range(5000))
    return made.files


def counting(files: dict[str, bytes], asked: Counter[str]) -> Callable[[], Callable[[str], bytes | None]]:
    lock = threading.Lock()

    def get(path: str) -> bytes | None:
        with lock:
            asked[path] += 1
        return files.get(path)

    return lambda: get


def test_an_audit_finds_every_file_once(files: dict[str, bytes]) -> None:
    asked: Counter[str] = Counter()
    found = list(Audit(Ahead(counting(files, asked)), SIGNER.verifier).entries())
    assert len(found) == 5000
    assert set(files) <= set(asked)
    assert max(asked.values()) == 1
    assert len(set(asked) - set(files)) <= 24  # asked for in vain: what would follow the last full bundle


def test_one_bundle_is_not_taken_for_an_audit(files: dict[str, bytes]) -> None:
    asked: Counter[str] = Counter()
    get = Ahead(counting(files, asked))
    assert get("tile/entries/007") == files["tile/entries/007"]
    assert get("tile/0/003") == files["tile/0/003"]
    assert get("tile/0/999") is None
    assert sum(asked.values()) == 3


def test_what_the_network_raises_is_raised(files: dict[str, bytes]) -> None:
    def get(path: str) -> bytes | None:
        if path == "tile/entries/009":
            raise UnreachableError("the server is gone")
        return files.get(path)

    with pytest.raises(UnreachableError, match="the server is gone"):
        list(Audit(Ahead(lambda: get), SIGNER.verifier).entries())
