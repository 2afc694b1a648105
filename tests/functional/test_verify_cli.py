"""`whence verify --log` through the front door: a folder, a web server, and what it says of tampering."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.functional.conftest import Run
from whence.ledger import Entry, FolderStorage, Log, Signer

SIGNER = Signer("desk.example/log", bytes(range(32)))
KEY = str(SIGNER.verifier)


def rating(index: int) -> Entry:
    return Entry("rating", "2026-03-04T05:06:07Z", {"note": "n1", "rater": f"r{index}", "helpful": "helpful"})


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Tests read stderr; a server's chatter has no place there."""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    folder = tmp_path / "log"
    Log(FolderStorage(folder), SIGNER).append(rating(index) for index in range(300))
    return folder


@pytest.fixture
def served(log: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(log.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/log"
        server.shutdown()


def test_a_log_holds_and_its_checkpoint_is_kept(whence: Run, log: Path, tmp_path: Path) -> None:
    first = whence("verify", "--log", log, "--key", KEY, "--keep", tmp_path / "kept")
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout == "desk.example/log holds: 300 entries (300 rating)\n"
    assert (tmp_path / "kept").read_bytes() == (log / "checkpoint").read_bytes()
    Log(FolderStorage(log), SIGNER).append([rating(300)])
    (tmp_path / "key").write_text(KEY + "\n")
    second = whence("verify", "--log", log, "--key", tmp_path / "key", "--kept", tmp_path / "kept")
    assert second.stdout == "desk.example/log holds: 301 entries (301 rating); it begins with the 300 entries kept\n"


def test_a_published_log_is_fetched(whence: Run, served: str) -> None:
    found = whence("verify", "--log", served, "--key", KEY, "--allow-private", "--format", "json")
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["size"] == 300
    refused = whence("verify", "--log", served, "--key", KEY)
    assert refused.returncode == 4
    assert refused.stderr.count("\n") == 1


def test_tampering_is_one_line_and_code_6(whence: Run, log: Path, served: str) -> None:
    bundle = log / "tile/entries/000"
    bundle.write_bytes(bundle.read_bytes().replace(b'"rater":"r7"', b'"rater":"r8"'))
    for where in (str(log), served):
        found = whence("verify", "--log", where, "--key", KEY, "--allow-private")
        assert found.returncode == 6
        assert found.stderr == "whence: entry 7 is not the one that tile/0/000 has the hash of: it was changed\n"
        assert found.stdout == ""


def test_a_missing_file_of_a_published_log_is_named(whence: Run, log: Path, served: str) -> None:
    (log / "tile/0/001.p/44").unlink()
    found = whence("verify", "--log", served, "--key", KEY, "--allow-private")
    assert (found.returncode, found.stderr.count("\n")) == (6, 1)
    assert "lacks tile/0/001.p/44" in found.stderr


def test_a_bad_key_or_checkpoint_is_named(whence: Run, log: Path, tmp_path: Path) -> None:
    for words, says in (
        (("--key", "nonsense"), "--key is a verifier key"),
        (("--key", KEY.replace("desk", "disk")), "id is the hash of the key"),
        (("--key", KEY, "--kept", tmp_path / "absent"), "cannot be read"),
        (("--key", KEY, "--kept", log / "tile/0/000"), "signed note"),
    ):
        found = whence("verify", "--log", log, *words)
        assert found.returncode == 2
        assert says in found.stderr
        assert found.stderr.count("\n") == 1
