"""The entries that a record brings along, once their proofs and the signature above them hold."""

from __future__ import annotations

from dataclasses import dataclass

from whence.errors import FormatError, VerificationError
from whence.ledger import Checkpoint, Entry, Verifier, holds, read_checkpoint
from whence.ledger.keys import trusted_after
from whence.records.evidence import Evidence, ProvenEntry

__all__ = ["Proven", "proven"]


@dataclass(frozen=True)
class Proven:
    """What a record's evidence proves.

    Attributes:
        key: the log's first key.
        checkpoint: the head to which the proofs lead.
        entries: places and entries, in the order of the log.
    """

    key: Verifier
    checkpoint: Checkpoint
    entries: tuple[tuple[int, Entry], ...]


def proven(evidence: Evidence, key: Verifier | None = None) -> Proven:
    """Check the proof of every entry, and the signature of the checkpoint.

    Args:
        evidence: of a record; hostile.
        key: the log's first key as the verifier knows it; None to go by the one that the record names.

    Returns:
        The entries.

    Raises:
        VerificationError: names the entry, or the signature, that does not hold.
    """
    try:
        named = Verifier.parse(evidence.key)
        if key is not None and named != key:
            raise VerificationError(f"the record names the key {named}, and the log's key is {key}")
        trusted = [named]
        entries: list[tuple[int, Entry]] = []
        for one in evidence.entries:
            if entries and one.index <= entries[-1][0]:
                raise VerificationError(f"the record's entries are not in the order of the log: see entry {one.index}")
            entry = _entry(one)
            entries.append((one.index, entry))
            if entry.kind == "key":
                trusted = trusted_after(trusted, str(entry.body["new"]), named.name)
        checkpoint = read_checkpoint(evidence.checkpoint.encode(), trusted[-1:], named.name)
        for one in evidence.entries:
            proof = [_hash(word, one.index) for word in one.proof]
            if not holds(checkpoint.root, checkpoint.size, one.entry.encode(), one.index, proof):
                raise VerificationError(
                    f"entry {one.index} is not in the log: its proof does not lead to the root of the checkpoint's "
                    f"{checkpoint.size} entries"
                )
    except (FormatError, UnicodeEncodeError) as failure:
        raise VerificationError(f"the record's evidence: {failure}") from None
    return Proven(named, checkpoint, tuple(entries))


def _entry(one: ProvenEntry) -> Entry:
    try:
        return Entry.decode(one.entry.encode())
    except (FormatError, UnicodeEncodeError) as failure:
        raise VerificationError(f"entry {one.index} of the record: {failure}") from None


def _hash(word: str, index: int) -> bytes:
    try:
        return bytes.fromhex(word)
    except ValueError:
        raise VerificationError(f"entry {index}: a proof is made of hexadecimal hashes, not of {word[:40]!r}") from None
