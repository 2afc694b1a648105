"""`whence keys` through the front door."""

from __future__ import annotations

import stat
from pathlib import Path

from tests.functional.conftest import Run
from whence.ledger import Entry, FolderStorage, Log, load_or_make_key


def test_the_life_of_a_key(whence: Run, tmp_path: Path) -> None:
    key, log = tmp_path / "keys" / "log.key", tmp_path / "log"
    made = whence("keys", "new", key, "--name", "desk.example/log")
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.startswith("desk.example/log+")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert whence("keys", "show", key, "--name", "desk.example/log").stdout == made.stdout
    entry = Entry("withdrawal", "2026-03-04T05:06:07Z", {"note": "n1"})
    Log(FolderStorage(log), load_or_make_key(key, "desk.example/log")).append([entry])
    rotated = whence("keys", "rotate", key, "--log", log)
    assert rotated.returncode == 0, rotated.stderr
    new = rotated.stdout.splitlines()[0]
    assert whence("keys", "show", key, "--name", "desk.example/log").stdout == new + "\n" != made.stdout
    Log(FolderStorage(log), load_or_make_key(key, "desk.example/log")).append([entry])
    held = whence("verify", "--log", log, "--key", made.stdout.strip())
    assert held.stdout == "desk.example/log holds: 3 entries (1 key, 2 withdrawal)\n"


def test_what_cannot_be_done_is_named(whence: Run, tmp_path: Path) -> None:
    key = tmp_path / "log.key"
    key.write_text("00" * 32)
    (tmp_path / "log").mkdir()
    for words, says in (
        (("new", key, "--name", "desk.example/log"), "a key is never replaced"),
        (("show", key, "--name", "desk.example/log"), "chmod 600"),
        (("show", tmp_path / "absent", "--name", "x"), "whence keys new"),
        (("new", tmp_path / "new", "--name", "a b"), "no space"),
        (("rotate", key, "--log", tmp_path / "log"), "has no entry yet"),
    ):
        found = whence("keys", *words)
        assert (found.returncode, found.stdout, found.stderr.count("\n")) == (2, "", 1), found.stderr
        assert says in found.stderr
    assert not (tmp_path / "new").exists()
