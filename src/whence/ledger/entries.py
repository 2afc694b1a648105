"""What the log holds: one public fact an entry, as canonical JSON (RFC 8785).

Texts do not go into the log, since it can never forget: an entry holds a *commitment*, the hash of a random salt and
the text. Where the law demands a deletion, salt and text go, and what is left tells nothing about them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import rfc8785

from whence.errors import FormatError
from whence.ledger.bundles import MOST_BYTES

__all__ = ["KINDS", "Entry", "canonical", "commitment"]

SALT_BYTES = 16

# For each kind of fact the fields that it must have; more may be added. docs/reference/publish.md says what they hold.
KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "story": ("story", "page", "snapshot"),
        "reading": ("story", "reading", "reader", "statements"),
        "note": ("note", "story", "author", "statements", "classification", "content"),
        "withdrawal": ("note",),
        "rating": ("note", "rater", "helpful"),
        "status": ("note", "status", "scorer", "parameters", "ratings"),
        "run": ("scorer", "parameters", "ratings", "statuses"),
        "moderation": ("target", "act", "reason"),
        "correction": ("target", "by", "content"),
        "removal": ("target", "ground"),
        "key": ("new",),
    }
)


@dataclass(frozen=True)
class Entry:
    """One fact.

    Args:
        kind: one of KINDS.
        at: when it became a fact, ISO 8601 in UTC, ending in Z.
        body: JSON values; strings, numbers (integers up to 2**53), booleans, null, lists and mappings of them.

    Raises:
        FormatError: when the kind is unknown or a field that it needs is missing.
    """

    kind: str
    at: str
    body: Mapping[str, Any]

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise FormatError(f"an entry's kind is one of {', '.join(KINDS)}, not {self.kind[:40]!r}")
        if missing := [field for field in KINDS[self.kind] if field not in self.body]:
            raise FormatError(f"an entry of kind {self.kind} needs the field {missing[0]!r}: it is missing")
        if not self.at.endswith("Z"):
            raise FormatError(f"an entry's time is in UTC and ends in Z, unlike {self.at[:40]!r}")

    def encode(self) -> bytes:
        """Return the entry's bytes: the same for the same fact, always.

        Raises:
            FormatError: when a value has no canonical form, or the entry is longer than 65,535 bytes.
        """
        try:
            encoded = rfc8785.dumps({"at": self.at, "body": dict(self.body), "kind": self.kind, "v": 1})
        except rfc8785.CanonicalizationError as failure:
            raise FormatError(f"an entry must have a canonical form (RFC 8785): {failure}") from None
        if len(encoded) > MOST_BYTES:
            raise FormatError(f"an entry has at most {MOST_BYTES} bytes, this one {len(encoded)}: commit to its text")
        return encoded

    @classmethod
    def decode(cls, data: bytes) -> Entry:
        """Read an entry, and insist on its canonical form: two ways to write one fact would be two facts.

        Args:
            data: bytes from a log; hostile.

        Raises:
            FormatError: when they are no canonical entry of this version.
        """
        try:
            found = json.loads(data)
        except (ValueError, RecursionError):
            raise FormatError("an entry of the log is not JSON") from None
        if not isinstance(found, dict) or set(found) != {"at", "body", "kind", "v"} or found["v"] != 1:
            raise FormatError("an entry of the log has the fields at, body, kind and v, and v is 1: this one differs")
        if not (isinstance(found["at"], str) and isinstance(found["kind"], str) and isinstance(found["body"], dict)):
            raise FormatError("an entry's at and kind are strings and its body is an object: one of them is not")
        entry = cls(found["kind"], found["at"], found["body"])
        if entry.encode() != data:
            raise FormatError("an entry of the log is not in canonical form (RFC 8785)")
        return entry


def canonical(value: object) -> bytes:
    """Return a JSON value's one canonical form (RFC 8785), in UTF-8.

    Args:
        value: strings, numbers (integers up to 2**53), booleans, null, lists and mappings of them.

    Raises:
        FormatError: when it has no canonical form: a number that is none, or half of a surrogate pair.
    """
    try:
        return rfc8785.dumps(value)  # type: ignore[arg-type]
    except rfc8785.CanonicalizationError as failure:
        raise FormatError(f"a value must have a canonical form (RFC 8785): {failure}") from None


def commitment(salt: bytes, text: bytes) -> str:
    """Return the commitment to a text that an entry holds in its place.

    Args:
        salt: 16 random bytes, kept beside the text and deleted with it: without them a short text could be guessed.
        text: any bytes.

    Returns:
        "sha256:" and 64 hexadecimal digits of SHA-256(salt || text).

    Raises:
        ValueError: when the salt has another length.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return f"sha256:{hashlib.sha256(salt + text).hexdigest()}"
