"""Signed notes and the keys that sign them: C2SP signed-note, Ed25519 (signature type 0x01)."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from whence.errors import FormatError

__all__ = ["Signature", "SignedNote", "Signer", "Verifier", "parse", "sign"]

_ED25519 = b"\x01"
_ID_BYTES, _KEY_BYTES, _SIGNATURE_BYTES = 4, 32, 64
_DASH = "\u2014 "
_MOST_SIGNATURES = 64
_MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class Signature:
    """One signature line: the key's name, its id of four bytes, and the signature's bytes."""

    name: str
    key_id: bytes
    value: bytes


@dataclass(frozen=True)
class SignedNote:
    """A text, which ends in a newline, and the signatures under it."""

    text: str
    signatures: tuple[Signature, ...]

    def signed_by(self, keys: Iterable[Verifier]) -> tuple[Verifier, ...]:
        """Return which of some keys signed the note.

        Args:
            keys: keys that the caller trusts; signatures of others are passed over, as the specification asks.

        Returns:
            The keys whose signatures hold, in the order given; empty where none signed.

        Raises:
            FormatError: when a signature of a given key does not hold: the note is then not to be used at all.
        """
        found: list[Verifier] = []
        for key in keys:
            for line in self.signatures:
                if (line.name, line.key_id) != (key.name, key.key_id):
                    continue
                if not key.verifies(self.text, line.value):
                    raise FormatError(f"the signature of {key.name} does not hold: the note was changed or forged")
                if key not in found:
                    found.append(key)
        return tuple(found)

    def __str__(self) -> str:
        lines = (
            f"{_DASH}{one.name} {base64.b64encode(one.key_id + one.value).decode('ascii')}\n" for one in self.signatures
        )
        return f"{self.text}\n{''.join(lines)}"


@dataclass(frozen=True)
class Verifier:
    """A public key under its name.

    Args:
        name: the key's name, for instance example.org/log; no space and no plus sign.
        public: the Ed25519 public key, 32 bytes (RFC 8032).

    Raises:
        FormatError: when the name or the key cannot be one.
    """

    name: str
    public: bytes

    def __post_init__(self) -> None:
        _check_name(self.name)
        if len(self.public) != _KEY_BYTES:
            raise FormatError(f"an Ed25519 public key has {_KEY_BYTES} bytes, not {len(self.public)}")

    @classmethod
    def parse(cls, text: str) -> Verifier:
        """Read a key in the form NAME+ID+BASE64, as logs publish it.

        Args:
            text: one line; space around it is ignored.

        Raises:
            FormatError: when it has another form, another algorithm, or an id that is not the key's.
        """
        name, first, rest = text.strip().partition("+")
        key_id, second, encoded = rest.partition("+")
        if not first or not second:
            raise FormatError(f"a verifier key has the form NAME+ID+BASE64, not {text.strip()[:80]!r}")
        key = _base64(encoded, "a verifier key")
        if key[:1] != _ED25519:
            raise FormatError("a verifier key must be an Ed25519 key (its first byte 1): use the log's Ed25519 key")
        found = cls(name, key[1:])
        if key_id != found.key_id.hex():
            raise FormatError(f"a verifier key's id is the hash of the key, {found.key_id.hex()}, not {key_id[:20]!r}")
        return found

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name || newline || 0x01 || key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:_ID_BYTES]

    def verifies(self, text: str, signature: bytes) -> bool:
        """Return whether a signature over a text is this key's.

        Args:
            text: the note's text with its last newline.
            signature: 64 bytes; any other length is refused.
        """
        if len(signature) != _SIGNATURE_BYTES:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except (InvalidSignature, ValueError):  # ValueError: 32 bytes that are no point of the curve
            return False
        return True

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(_ED25519 + self.public).decode('ascii')}"


class Signer:
    """A private key under its name.

    Args:
        name: the key's name; no space and no plus sign.
        seed: the Ed25519 private key, 32 bytes (RFC 8032).

    Raises:
        FormatError: when the name or the key cannot be one.
    """

    def __init__(self, name: str, seed: bytes) -> None:
        if len(seed) != _KEY_BYTES:
            raise FormatError(f"an Ed25519 private key has {_KEY_BYTES} bytes, not {len(seed)}")
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = Verifier(name, self._key.public_key().public_bytes_raw())

    def signature(self, text: str) -> Signature:
        """Return this key's signature over a text.

        Args:
            text: the note's text with its last newline.
        """
        return Signature(self.verifier.name, self.verifier.key_id, self._key.sign(text.encode()))


def sign(text: str, signers: Iterable[Signer]) -> SignedNote:
    """Sign a text.

    Args:
        text: ends in a newline; no control characters besides newlines.
        signers: one or more.

    Raises:
        FormatError: when the text cannot be a note's.
    """
    _check_text(text)
    return SignedNote(text, tuple(signer.signature(text) for signer in signers))


def parse(data: bytes) -> SignedNote:
    """Read a signed note; nothing is verified yet.

    Args:
        data: the note as fetched; hostile.

    Raises:
        FormatError: when it is not a signed note of at most a megabyte and 64 signatures.
    """
    if len(data) > _MOST_BYTES:
        raise FormatError(f"a signed note has at most {_MOST_BYTES} bytes, this one {len(data)}")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError:
        raise FormatError("a signed note must be UTF-8") from None
    text, blank, below = whole.rpartition("\n\n")
    if not blank or not below.endswith("\n"):
        raise FormatError("a signed note is a text, an empty line and signature lines: this has no such end")
    text += "\n"
    _check_text(text)
    lines = below[:-1].split("\n")
    if len(lines) > _MOST_SIGNATURES:
        raise FormatError(f"a signed note has at most {_MOST_SIGNATURES} signatures, this one {len(lines)}")
    return SignedNote(text, tuple(_signature(line) for line in lines))


def _signature(line: str) -> Signature:
    parts = line.removeprefix(_DASH).split(" ")
    if not line.startswith(_DASH) or len(parts) != 2:
        raise FormatError(f"a signature line is an em dash, a name and base64, not {line[:80]!r}")
    _check_name(parts[0])
    value = _base64(parts[1], "a signature")
    if len(value) <= _ID_BYTES:
        raise FormatError("a signature holds four bytes of key id and the signature: this one is too short")
    return Signature(parts[0], value[:_ID_BYTES], value[_ID_BYTES:])


def _check_text(text: str) -> None:
    if not text.endswith("\n") or any(sign < " " and sign != "\n" for sign in text):
        raise FormatError("a note's text ends in a newline and has no other control characters")


def _check_name(name: str) -> None:
    if not name or "+" in name or any(sign.isspace() for sign in name):
        raise FormatError(f"a key's name is not empty and has no space and no plus sign, unlike {name[:80]!r}")


def _base64(text: str, what: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise FormatError(f"{what} must be base64: {text[:40]!r} is not") from None
