"""Rotating a folder's key: whole, or gone on with after a crash at any step."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from whence.errors import FormatError, InputError
from whence.ledger import Audit, Entry, FolderStorage, Log, load_or_make_key
from whence.ledger import rotation as module
from whence.ledger.rotation import rotate_folder

AT = "2026-03-04T05:06:07Z"
NAME = "example.org/log"


def log(place: Path) -> tuple[FolderStorage, Path]:
    storage, path = FolderStorage(place / "log"), place / "log.key"
    Log(storage, load_or_make_key(path, NAME)).append([Entry("withdrawal", AT, {"note": "n1"})])
    return storage, path


def test_the_new_key_signs_and_the_first_key_still_verifies(tmp_path: Path) -> None:
    storage, path = log(tmp_path)
    first = load_or_make_key(path, NAME)
    new = rotate_folder(storage, path, AT)
    assert load_or_make_key(path, NAME).verifier == new.verifier != first.verifier
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(p.name for p in tmp_path.glob("log.key*")) == ["log.key", "log.key.old"]
    Log(storage, new).append([Entry("withdrawal", AT, {"note": "n2"})])
    again = rotate_folder(storage, path, AT)
    Log(storage, again).append([Entry("withdrawal", AT, {"note": "n3"})])
    kinds = [entry.kind for _, entry in Audit(storage.get, first.verifier).entries()]
    assert kinds == ["withdrawal", "key", "withdrawal", "key", "withdrawal"]


@pytest.mark.parametrize("step", [0, 1, 2])
def test_a_crash_at_any_step_is_gone_on_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    storage, path = log(tmp_path)
    first = load_or_make_key(path, NAME)
    calls = {"rotate": Log.rotate, "replace": os.replace}
    done = []

    def crash(*args: object, **kwargs: object) -> object:
        raise KeyboardInterrupt

    def replace(source: object, target: object) -> None:
        if str(path) in (str(source), str(target)):  # not the log's own files
            done.append(target)
            if len(done) == step:
                raise KeyboardInterrupt
        calls["replace"](source, target)

    if step == 0:
        monkeypatch.setattr(Log, "rotate", crash)
    else:
        monkeypatch.setattr(module.os, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        rotate_folder(storage, path, AT)
    monkeypatch.undo()
    new = rotate_folder(storage, path, AT)
    assert load_or_make_key(path, NAME).verifier == new.verifier
    assert [entry.kind for _, entry in Audit(storage.get, first.verifier).entries()] == ["withdrawal", "key"]


def test_what_cannot_be_rotated_is_named(tmp_path: Path) -> None:
    storage, path = log(tmp_path)
    with pytest.raises(InputError, match="no entry yet"):
        rotate_folder(FolderStorage(tmp_path / "empty"), path)
    with pytest.raises(InputError, match="there is no key"):
        rotate_folder(storage, tmp_path / "absent")
    load_or_make_key(tmp_path / "other", NAME)
    with pytest.raises(FormatError, match="none of the log's known keys signed"):
        rotate_folder(storage, tmp_path / "other", AT)
    path.rename(tmp_path / "log.key.next")
    (tmp_path / "other").replace(tmp_path / "stray.next")
    with pytest.raises(FormatError, match="is not the key of the log"):
        rotate_folder(storage, tmp_path / "stray")
