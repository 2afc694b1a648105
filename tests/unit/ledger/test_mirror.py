"""A log is published as static files: only what is new is copied, and a crash leaves a log that holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from whence.errors import FormatError
from whence.ledger import Audit, Entry, FolderStorage, Log, Signer, mirror

SIGNER = Signer("example.org/log", bytes(range(32)))


def entries(first: int, count: int) -> list[Entry]:
    return [Entry("withdrawal", "2026-03-04T05:06:07Z", {"note": f"n{n}"}) for n in range(first, first + count)]


def test_a_mirror_grows_with_its_log(tmp_path: Path) -> None:
    source, folder = FolderStorage(tmp_path / "log"), FolderStorage(tmp_path / "public")
    log = Log(source, SIGNER)
    assert mirror(source.get, folder) is None
    size = 0
    for count in (1, 254, 1, 1, 600, 70_000):
        log.append(entries(size, count))
        size += count
        asked: list[str] = []

        def get(path: str, asked: list[str] = asked) -> bytes | None:
            asked.append(path)
            return source.get(path)

        found = mirror(get, folder)
        assert found == log.checkpoint()
        if count < 1000:
            assert len(list(Audit(folder.get, SIGNER.verifier).entries())) == size
            assert len(asked) <= 3 + 2 * (count // 256 + 2)
    assert sum(1 for _ in Audit(folder.get, SIGNER.verifier).entries()) == 70_857


def test_a_crash_leaves_the_old_log(tmp_path: Path) -> None:
    source, folder = FolderStorage(tmp_path / "log"), FolderStorage(tmp_path / "public")
    log = Log(source, SIGNER)
    log.append(entries(0, 300))
    mirror(source.get, folder)
    log.append(entries(300, 700))
    asked = []

    def dying(path: str) -> bytes | None:
        asked.append(path)
        if len(asked) == 5:
            raise KeyboardInterrupt
        return source.get(path)

    with pytest.raises(KeyboardInterrupt):
        mirror(dying, folder)
    assert len(list(Audit(folder.get, SIGNER.verifier).entries())) == 300
    mirror(source.get, folder)
    assert len(list(Audit(folder.get, SIGNER.verifier).entries())) == 1000


def test_another_log_or_a_damaged_one_is_refused(tmp_path: Path) -> None:
    source, folder = FolderStorage(tmp_path / "log"), FolderStorage(tmp_path / "public")
    Log(source, SIGNER).append(entries(0, 3))
    Log(folder, SIGNER).append(entries(0, 4))
    with pytest.raises(FormatError, match=r"holds 4 entries of example.org/log, and this log is .* with 3"):
        mirror(source.get, folder)
    other = FolderStorage(tmp_path / "other")
    Log(other, Signer("rival.example/log", bytes(32))).append(entries(0, 1))
    with pytest.raises(FormatError, match="name another folder"):
        mirror(source.get, other)
    (tmp_path / "log/tile/0/000.p/3").unlink()
    with pytest.raises(FormatError, match=r"lacks tile/0/000.p/3"):
        mirror(source.get, FolderStorage(tmp_path / "new"))
