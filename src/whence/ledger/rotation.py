"""Replacing the key of a log in a folder, in steps of which each can be the last before a crash."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from whence.errors import FormatError, InputError
from whence.ledger.checkpoints import Checkpoint
from whence.ledger.keys import load_or_make_key, next_key
from whence.ledger.log import Log
from whence.ledger.notes import Signer, parse
from whence.ledger.paths import CHECKPOINT
from whence.ledger.storage import FolderStorage

__all__ = ["rotate_folder"]


def rotate_folder(storage: FolderStorage, path: Path, at: str | None = None) -> Signer:
    """Have a log's key name the next one, and put that one into the key's file.

    A new key is made beside the present one (".next"); the log takes it in; then the present key's file becomes ".old"
    and the new one takes its name. Called again after a crash it goes on from where it was.

    Args:
        storage: the log.
        path: file of the present key.
        at: when, ISO 8601 in UTC, ending in Z; None for now.

    Returns:
        The new key.

    Raises:
        InputError: the log is empty, a key's file is missing or cannot be written, or others may read it.
        FormatError: the key is not the log's.
    """
    note = storage.get(CHECKPOINT)
    if note is None:
        raise InputError(f"the log {storage.folder} has no entry yet: a key is rotated once the log is signed by it")
    signed = parse(note)
    name = Checkpoint.of(signed).origin
    following = path.with_name(path.name + ".next")
    if not path.is_file() and not following.is_file():
        raise InputError(f"there is no key {path}: name the file of the key that signs the log")
    new = next_key(path, name)
    if not path.is_file():  # a crash came between the two renames
        if not signed.signed_by([new.verifier]):
            raise FormatError(f"{following} is not the key of the log {name}: restore {path} from a backup")
    else:
        old = load_or_make_key(path, name)
        if not signed.signed_by([new.verifier]):
            Log(storage, old).rotate(new, at or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        os.replace(path, path.with_name(path.name + ".old"))
    os.replace(following, path)
    return new
