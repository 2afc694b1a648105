"""Checkpoints: what a log commits itself to, in three lines (C2SP tlog-checkpoint)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass

from whence.errors import FormatError
from whence.ledger.hashing import HASH_BYTES
from whence.ledger.notes import SignedNote, Verifier, parse

__all__ = ["Checkpoint", "read_checkpoint"]


@dataclass(frozen=True)
class Checkpoint:
    """The head of a tree: whose log, how many entries, which root.

    Args:
        origin: the log's name, one line.
        size: number of entries, 0 or more.
        root: 32 bytes.

    Raises:
        FormatError: when a part cannot be one.
    """

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if not self.origin or "\n" in self.origin:
            raise FormatError("a log's origin is one line that is not empty")
        if self.size < 0 or len(self.root) != HASH_BYTES:
            raise FormatError(f"a checkpoint has a size of 0 or more and a root of {HASH_BYTES} bytes")

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode('ascii')}\n"

    @classmethod
    def of(cls, note: SignedNote) -> Checkpoint:
        """Read a checkpoint from a note's text; extension lines are passed over.

        Args:
            note: its signatures are not looked at.

        Raises:
            FormatError: when the text is no checkpoint.
        """
        lines = note.text[:-1].split("\n")
        if len(lines) < 3 or not all(lines):
            raise FormatError("a checkpoint has three lines: origin, size, root")
        origin, size, root = lines[:3]
        if not (size.isascii() and size.isdigit() and len(size) <= 18) or (size[0] == "0" and size != "0"):
            raise FormatError(f"a checkpoint's size is a decimal number without leading zeros, not {size[:40]!r}")
        try:
            decoded = base64.b64decode(root, validate=True)
        except (binascii.Error, ValueError):
            raise FormatError(f"a checkpoint's root is base64: {root[:60]!r} is not") from None
        return cls(origin, int(size), decoded)


def read_checkpoint(data: bytes, keys: Iterable[Verifier], origin: str | None = None) -> Checkpoint:
    """Return a checkpoint that one of the given keys signed.

    Args:
        data: the signed note; hostile.
        keys: keys that may sign for this log.
        origin: the origin it must have; None for any.

    Raises:
        FormatError: when it is no checkpoint, is of another log, or bears no signature of these keys that holds.
    """
    note = parse(data)
    checkpoint = Checkpoint.of(note)
    if origin is not None and checkpoint.origin != origin:
        raise FormatError(f"the checkpoint is of the log {checkpoint.origin[:80]!r}, not of {origin!r}")
    if not note.signed_by(keys):
        raise FormatError("none of the log's known keys signed the checkpoint: name the log's verifier key")
    return checkpoint
