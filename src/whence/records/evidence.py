"""Proof that facts are in a public log: the log's head, entries, and the hashes that lead from one to the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from whence.records.shape import shaped, texts

__all__ = ["Evidence", "ProvenEntry"]


@dataclass(frozen=True, slots=True)
class ProvenEntry:
    """An entry of a log with its proof.

    Args:
        index: its place in the log, 0 or more.
        entry: its bytes as text: canonical JSON.
        proof: RFC 9162's inclusion proof, from the leaf upwards; 64 hexadecimal digits each.
    """

    index: int
    entry: str
    proof: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The entry as a JSON object."""
        return {"index": self.index, "entry": self.entry, "proof": list(self.proof)}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a log says about one record.

    Args:
        log: address under which the log is published, http(s) or "".
        key: the log's first verifier key, NAME+ID+BASE64.
        checkpoint: the signed head to which the proofs lead.
        entries: in the order of the log.
    """

    log: str
    key: str
    checkpoint: str
    entries: tuple[ProvenEntry, ...]

    def to_dict(self) -> dict[str, Any]:
        """The evidence as a JSON object."""
        return {
            "log": self.log,
            "key": self.key,
            "checkpoint": self.checkpoint,
            "entries": [entry.to_dict() for entry in self.entries],
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Evidence:
        """The evidence of a JSON object that `to_dict` made.

        Raises:
            ValueError: When it is not one.
        """
        given = shaped(values, "a record's evidence", log=str, key=str, checkpoint=str, entries=list)
        entries: list[ProvenEntry] = []
        for value in given["entries"]:
            one = shaped(value, "an entry of a record", index=int, entry=str, proof=list)
            if not 0 <= one["index"] < 2**53:
                raise ValueError(f"an entry's index is 0 or more; got {one['index']!r:.40}")
            entries.append(ProvenEntry(one["index"], one["entry"], texts(one["proof"], "a proof's hashes")))
        return cls(given["log"], given["key"], given["checkpoint"], tuple(entries))
