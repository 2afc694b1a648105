"""A log's private keys: made on first use, readable by their owner alone, replaced by rotation."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from whence.errors import FormatError, InputError
from whence.ledger.notes import SignedNote, Signer, Verifier, parse, sign

__all__ = ["load_or_make_key", "next_key", "rotation_note", "trusted_after"]

_PURPOSE = "whence key rotation"


def load_or_make_key(path: Path, name: str) -> Signer:
    """Return the key of a file, which is made where there is none.

    Args:
        path: the file; its folder is made if need be.
        name: the key's name, which is the log's origin.

    Raises:
        InputError: when the file cannot be read or written, or others may read it.
        FormatError: when it holds no key, or the name cannot be a key's.
    """
    made = Signer(name, seed := secrets.token_bytes(32))  # before any file: a name that cannot be one leaves none
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as failure:
        raise InputError(f"the log's key goes to {path}, which cannot be written ({failure.strerror})") from None
    try:
        # O_EXCL: two processes that start at once end up with one key.
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _load(path, name)
    except OSError as failure:
        raise InputError(f"the log's key goes to {path}, which cannot be written ({failure.strerror})") from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(seed.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return made


def next_key(path: Path, name: str) -> Signer:
    """Make the key that follows, beside the present one, which stays until the log has taken the new one in.

    Args:
        path: file of the present key; the new one goes to the same name with ".next".
        name: the key's name.

    Raises:
        InputError, FormatError: as for load_or_make_key.
    """
    return load_or_make_key(path.with_name(path.name + ".next"), name)


def _load(path: Path, name: str) -> Signer:
    try:
        mode = path.stat().st_mode
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise InputError(
                f"a private key is for its owner alone, but {path} has mode {stat.filemode(mode)}: chmod 600 {path}"
            )
        text = path.read_text(encoding="ascii").strip()
        return Signer(name, bytes.fromhex(text))
    except OSError as failure:
        raise InputError(f"the log's key {path} cannot be read ({failure.strerror}): mend its permissions") from None
    except ValueError:
        raise FormatError(f"the log's key {path} must be 64 hexadecimal digits: restore it from a backup") from None


def rotation_note(origin: str, old: Signer, new: Verifier) -> str:
    """Return what goes into an entry of kind "key": the old key's word for the new one.

    Args:
        origin: the log's.
        old: the key that has signed so far.
        new: the key that signs from now on.
    """
    return str(sign(f"{_PURPOSE}\n{origin}\n{new}\n", [old]))


def _named(note: str, origin: str) -> tuple[SignedNote, Verifier]:
    """Read an entry of kind "key".

    Args:
        note: the field "new" of the entry; hostile.
        origin: the log's.

    Returns:
        The note, whose signature is not verified yet, and the key that it names.

    Raises:
        FormatError: when it is no such note, or one of another log.
    """
    found = parse(note.encode())
    lines = found.text[:-1].split("\n")
    if len(lines) != 3 or lines[0] != _PURPOSE or lines[1] != origin:
        raise FormatError(f"a key's rotation names its purpose, the log {origin} and the new key: this note does not")
    return found, Verifier.parse(lines[2])


def trusted_after(trusted: list[Verifier], note: str, origin: str) -> list[Verifier]:
    """Return the keys to trust after a rotation: the new one is added, since old checkpoints keep their signatures.

    Args:
        trusted: keys trusted so far, the latest last.
        note: the field "new" of the entry; hostile.
        origin: the log's.

    Raises:
        FormatError: when the latest trusted key did not sign the rotation.
    """
    found, new = _named(note, origin)
    if not found.signed_by(trusted[-1:]):
        raise FormatError(f"the key {new} was not named by the key before it: do not trust what it signs")
    return [*trusted, new]
