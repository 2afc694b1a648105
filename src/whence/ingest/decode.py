"""Bytes to text: byte order marks, declared encodings, UTF-8, and only then a guess."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from whence.errors import FormatError
from whence.ingest.sniff import refuse_binary

__all__ = ["MAX_BYTES", "Decoded", "decode"]

MAX_BYTES = 20_000_000
"""Bytes of one story's file or page, at most."""

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"<meta[^>]{0,300}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{2,40})|<\?xml[^>]{0,100}encoding\s{0,5}=\s{0,5}[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_META_WITHIN = 8192  # bytes at the start in which a page declares its encoding
_SAMPLE = 64_000  # bytes on which an encoding is guessed
_WESTERN = 0.15  # share of bytes beyond ASCII up to which a text is taken for Western European
_LATIN = frozenset(["ascii", "iso8859-1", "latin-1", "iso-8859-1", "us-ascii", "cp819"])
# Text encodings only: Python's codecs registry also holds "zlib", "hex", "rot13" and such.
_NOT_TEXT = frozenset(
    [
        "base64",
        "bz2",
        "hex",
        "quopri",
        "rot13",
        "uu",
        "zlib",
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
        "mbcs",
        "oem",
        "utf-7",
    ]
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it came in, and what was doubtful about it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, name: str, *, declared: str | None = None, html: bool = False) -> Decoded:
    """Turn a file's or page's bytes into text.

    A byte order mark decides; else UTF-8, if the bytes are that; else the declared encoding, if they can be read in
    it; else a guess, with a warning. UTF-8 comes before what is declared because bytes that are valid UTF-8 by
    accident are rare, and wrong declarations are not. As browsers do, Latin-1 is read as windows-1252.

    Args:
        data: all the bytes.
        name: what to call them in messages.
        declared: the encoding that the transport declares, if any.
        html: also believe the encoding that a page declares in its head; NUL characters of a page are dropped.

    Returns:
        The text; of its bytes nothing is changed but the byte order mark, which is not text.

    Raises:
        FormatError: there are too many bytes, or they are not text.
    """
    if len(data) > MAX_BYTES:
        raise FormatError(f"{name} has {len(data)} bytes, more than the {MAX_BYTES} of one story: give the story alone")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with(data[len(mark) :], encoding, name, html)
    refuse_binary(data, name)
    if data[:400].count(0) and (wide := _wide(data)):
        return _with(data, wide, name, html)
    if not html and b"\x00" in data:
        raise FormatError(f"{name} holds NUL bytes and is no text file: give a text or HTML file")
    try:
        return Decoded(_clean(data.decode("utf-8"), html), "utf-8")
    except UnicodeDecodeError:
        pass
    candidates = [declared]
    if html and (meta := _META.search(data[:_META_WITHIN])):
        candidates.append((meta[1] or meta[2]).decode("ascii"))
    for candidate in candidates:
        codec = _codec(candidate)
        if codec is None or codec.startswith("utf"):
            continue
        try:
            return Decoded(_clean(data.decode(codec), html), codec)
        except (UnicodeError, ValueError):
            continue
    return _guess(data, name, html)


def _with(data: bytes, encoding: str, name: str, html: bool) -> Decoded:
    try:
        return Decoded(_clean(data.decode(encoding), html), encoding)
    except UnicodeDecodeError:
        warning = f"{name} says it is {encoding} and is not: unreadable characters stand as U+FFFD"
        return Decoded(_clean(data.decode(encoding, errors="replace"), html), encoding, (warning,))


def _guess(data: bytes, name: str, html: bool) -> Decoded:
    # A few bad bytes in UTF-8 (a cut, a pasted byte) are likelier than a whole text that is UTF-8 but for them.
    loose = data.decode("utf-8", errors="replace")
    bad = loose.count("\ufffd")
    good = sum(1 for c in loose[:_SAMPLE] if ord(c) > 127 and c != "\ufffd")
    if bad <= good:
        return Decoded(
            _clean(loose, html), "utf-8", (f"{name} is damaged UTF-8: {bad} unreadable bytes stand as U+FFFD",)
        )
    sample = data[:_SAMPLE]
    attempts = ["cp1252"]
    if sum(1 for c in sample if c > 127) > _WESTERN * len(sample):
        from charset_normalizer import from_bytes

        best = from_bytes(sample).best()
        attempts.insert(0, _codec(best.encoding if best else None) or "cp1252")
    for attempt in attempts:
        try:
            text = data.decode(attempt)
        except (UnicodeError, ValueError):
            continue
        return Decoded(_clean(text, html), attempt, (f"{name} does not say its encoding: read as {attempt}",))
    return Decoded(
        _clean(loose, html), "utf-8", (f"{name} has no encoding that fits: unreadable bytes stand as U+FFFD",)
    )


def _codec(name: str | None) -> str | None:
    if not name:
        return None
    try:
        found = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        return None
    if found.replace("-", "_") in _NOT_TEXT or found in _NOT_TEXT:
        return None
    return "cp1252" if found in _LATIN else found


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark, told by where its NULs stand."""
    head = data[:4000]
    half = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if half > 3 and odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if half > 3 and even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _clean(text: str, html: bool) -> str:
    return text.replace("\x00", "") if html else text
