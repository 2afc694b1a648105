"""Evidence for a record: entries of a log with their proofs."""

from __future__ import annotations

from collections.abc import Iterable

from whence.ledger.log import Log
from whence.records.evidence import Evidence, ProvenEntry

__all__ = ["evidence_of"]


def evidence_of(log: Log, places: Iterable[int], *, url: str, key: str) -> Evidence:
    """Return entries of a log with the proof that they are in it.

    Args:
        log: the log.
        places: of the entries; doubles count once.
        url: address under which the log is published, or "".
        key: the log's first verifier key, NAME+ID+BASE64: not the present one, after a rotation.

    Raises:
        InputError: when the log has no such place.
        FormatError: when the stored log is damaged.
    """
    checkpoint, note = log.head()
    tree = log.tree(checkpoint.size)
    proven = tuple(
        ProvenEntry(place, log.entry(place).encode().decode(), tuple(one.hex() for one in tree.inclusion(place)))
        for place in sorted(set(places))
    )
    return Evidence(url, key, note, proven)
