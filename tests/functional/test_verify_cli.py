"""`whence verify` through the front door: logs and badges, in a folder, on a web server, tampered with."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.functional.conftest import Run
from tests.unit.verification.community import community, page
from whence.ledger import Entry, FolderStorage, Log, Signer
from whence.publish.badge import badge_html, to_badge
from whence.publish.badge_svg import badge_svg
from whence.publish.record_json import to_record_json

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


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A web server with a community's log, a record, and its badge in every form."""
    from dataclasses import replace

    folder = tmp_path / "desk"
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        home = f"http://127.0.0.1:{server.server_address[1]}"
        _, record = community(FolderStorage(folder / "log"))
        assert record.evidence is not None
        record = replace(record, url=f"{home}/crane.json", evidence=replace(record.evidence, log=f"{home}/log"))
        (folder / "crane.json").write_text(to_record_json(record))
        (folder / "badge.json").write_text(json.dumps(to_badge(record.badge())))
        (folder / "badge.svg").write_text(badge_svg(record.badge(), "dark"))
        (folder / "page.html").write_text(f"<h1>The crane</h1>{badge_html(record.badge(), 'text')}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield home, folder
        server.shutdown()


def test_a_badge_s_address_is_enough(whence: Run, desk: tuple[str, Path], tmp_path: Path) -> None:
    home, folder = desk
    line = (
        "2 of 5 statements checked, 2 notes shown: holds; 20 entries are in the log desk.example/log of 143 entries; "
        "6 statuses follow from its 119 ratings"
    )
    for name in ("badge.svg", "badge.json", "page.html", "crane.json"):
        found = whence("verify", f"{home}/{name}", "--key", KEY, "--allow-private")
        assert (found.returncode, found.stderr, found.stdout) == (0, "", line + "\n"), name
    kept = tmp_path / "kept"
    found = whence("verify", folder / "badge.svg", "--allow-private", "--keep", kept)
    assert found.stdout == line + "; by the key that the record names\n"
    assert kept.read_bytes() == (folder / "log/checkpoint").read_bytes()
    refused = whence("verify", f"{home}/badge.svg")
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (4, "", 1)


def test_a_record_s_file_is_enough_without_a_network(whence: Run, desk: tuple[str, Path]) -> None:
    _, folder = desk
    found = whence("verify", "--offline", folder / "crane.json", "--key", KEY, "--format", "json")
    assert json.loads(found.stdout) | {"record": ""} == {
        "badge": "2 of 5 statements checked, 2 notes shown",
        "record": "",
        "origin": "desk.example/log",
        "entries": 20,
        "size": 143,
        "head": None,
        "statuses": 0,
        "ratings": 0,
        "newer": 0,
        "key": "given",
    }
    found = whence("verify", folder / "crane.json", "--log", folder / "log", "--key", KEY)
    assert found.returncode == 0, found.stderr


def test_a_tampered_badge_is_one_line_and_code_6(whence: Run, desk: tuple[str, Path]) -> None:
    home, folder = desk
    text = (folder / "crane.json").read_text()
    for old, new, says in (
        (
            '"author": "heron"',
            '"author": "wren"',
            "note n0: the record gives its author as wren, and entry 2 has heron",
        ),
        ("source 3.", "source 33.", "text, sources or verdict of note n3 are not those that entry 5 commits to"),
        ("courier.example", "rival.example", "the record was made to speak of another page"),
    ):
        (folder / "crane.json").write_text(text.replace(old, new))
        found = whence("verify", f"{home}/badge.svg", "--allow-private")
        assert (found.returncode, found.stdout, found.stderr.count("\n")) == (6, "", 1)
        assert says in found.stderr
    (folder / "crane.json").write_text(text)
    svg = (folder / "badge.svg").read_text()
    (folder / "badge.svg").write_text(svg.replace("2 notes shown", "5 notes shown"))
    found = whence("verify", f"{home}/badge.svg", "--allow-private")
    assert found.returncode == 6
    assert "the badge says “2 of 5 statements checked, 5 notes shown”" in found.stderr


def test_what_cannot_be_verified_is_named(whence: Run, desk: tuple[str, Path], tmp_path: Path) -> None:
    home, folder = desk
    (tmp_path / "bare.json").write_text(to_record_json(page()))
    for words, says, code in (
        ((), "give a badge or a record, or a log with --log", 2),
        (("--log", folder / "log"), "give --key", 2),
        (("--offline", f"{home}/crane.json"), "save the record to a file", 2),
        (("--offline", folder / "badge.svg"), "save that to a file", 2),
        (("--offline", folder / "crane.json", "--log", "x"), "leave out --log", 2),
        ((tmp_path / "absent",), "cannot be read", 2),
        ((folder / "log/tile/0/000.p/143",), "is no record and names none", 2),
        ((tmp_path / "bare.json",), "the record has no evidence", 6),
        ((folder / "crane.json", "--key", str(Signer("desk.example/log", bytes(32)).verifier)), "the log's key is", 6),
    ):
        found = whence("verify", *words, "--allow-private")
        assert (found.returncode, found.stdout, found.stderr.count("\n")) == (code, "", 1), found.stderr
        assert says in found.stderr
