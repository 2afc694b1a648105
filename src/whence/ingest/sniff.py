"""What kind of thing some bytes are, by what they hold; names and declared types come second."""

from __future__ import annotations

import re
from typing import Literal

from whence.errors import FormatError

__all__ = ["Kind", "kind_of", "refuse_binary"]

Kind = Literal["html", "text", "feed", "jsonfeed", "jsonl", "warc", "gzip", "binary"]

_LOOK = 4096  # bytes at the start that are looked at
_CONTROLS = 0.02  # share of control characters above which bytes are not text

_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF file", "save its text first, for instance with  pdftotext FILE"),
    (b"\x89PNG\r\n", "a PNG image", "give the text that it shows"),
    (b"\xff\xd8\xff", "a JPEG image", "give the text that it shows"),
    (b"GIF87a", "a GIF image", "give the text that it shows"),
    (b"GIF89a", "a GIF image", "give the text that it shows"),
    (b"RIFF", "a media file (RIFF)", "give the text of what is said or shown"),
    (b"PK\x03\x04", "a ZIP archive, or an office or e-book file", "unpack it, or save the document as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as plain text"),
    (b"{\\rtf", "a rich text (RTF) file", "save it as plain text"),
    (b"\x7fELF", "a program", "give a story"),
    (b"MZ\x90", "a program", "give a story"),
    (b"PAR1", "a Parquet file", "export its stories as JSONL"),
    (b"SQLite format 3\x00", "a database", "export its stories as JSONL"),
    (b"OggS", "an audio file", "give a transcript"),
    (b"ID3", "an audio file", "give a transcript"),
    (b"BZh", "a bzip2 archive", "unpack it first"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it first"),
    (b"(\xb5/\xfd", "a Zstandard archive", "unpack it first"),
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(
    rb"(?:<\?xml[^>]{0,200}>|<!--(?:(?!-->).){0,2000}-->|\s){0,20}<(?:!doctype\s{1,20}html|(?:html|head|body|title|meta|link|script|style|base|"
    rb"div|p|article|section|main|header|nav|table|h[1-6]|center|span|ul|ol|blockquote|figure|font|br|a|b|i|em|strong|img|amp-[a-z]+)"
    rb"(?:[\s>/]))",
    re.IGNORECASE | re.DOTALL,
)
_FEED = re.compile(
    rb"(?:<\?[^>]{0,300}\?>|<!--(?:(?!-->).){0,2000}-->|<!doctype\s{1,20}(?!html)[^>]{0,2000}>|\s){0,20}<(?:rss|feed|rdf:rdf|[a-z]+:feed)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_JSON_FEED = re.compile(rb"\s{0,200}\{.{0,2000}https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org(?:\\?/)version", re.DOTALL)


def kind_of(data: bytes) -> Kind:
    """Tell what bytes are.

    Args:
        data: the beginning of a file or all of it; the first 4,096 bytes are looked at.

    Returns:
        The kind; `text` is what is left when nothing else fits.
    """
    head = data[:_LOOK]
    for bom in (b"\xef\xbb\xbf",):
        head = head.removeprefix(bom)
    if head[:2] in _UTF16:
        wide = head[2:].replace(b"\x00", b"")
        return "html" if _HTML.match(wide) else "text"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"WARC/"):
        return "warc"
    if _signature(head) is not None:
        return "binary"
    if _FEED.match(head):
        return "feed"
    if _HTML.match(head):
        return "html"
    if _JSON_FEED.match(head):
        return "jsonfeed"
    if re.match(rb"\s{0,200}\{\s{0,200}\"", head):
        return "jsonl"
    return "binary" if _is_binary(head) else "text"


def refuse_binary(data: bytes, name: str) -> None:
    """Refuse bytes that are no text, and say what they are.

    Args:
        data: the beginning of a file or all of it.
        name: what to call it in the message.

    Raises:
        FormatError: they are an image, a PDF, an archive, a program, or hold too many control characters.
    """
    head = data[:_LOOK]
    known = _signature(head)
    if known is not None:
        raise FormatError(f"{name} is {known[0]}, not text or HTML: {known[1]}")
    if head.startswith(b"\x1f\x8b"):
        raise FormatError(f"{name} is a gzip archive, not text or HTML: unpack it, or name it .jsonl.gz or .warc.gz")
    if _is_binary(head):
        raise FormatError(f"{name} holds binary data, not text or HTML: give a text or HTML file")


def _signature(head: bytes) -> tuple[str, str] | None:
    for magic, what, remedy in _SIGNATURES:
        if head.startswith(magic):
            return what, remedy
    if head[4:8] == b"ftyp":
        return "a video or image file", "give the text of what is said or shown"
    if head[257:262] == b"ustar":
        return "a tar archive", "unpack it first"
    return None


def _is_binary(head: bytes) -> bool:
    if not head or head[:2] in _UTF16 or _wide(head):
        return False
    # ESC, BEL and the line ends occur in text; the rest of C0 does not.
    controls = sum(1 for c in head if c < 9 or 14 <= c < 27 or 28 <= c < 32)
    return controls > _CONTROLS * len(head)


def _wide(head: bytes) -> bool:
    """Whether bytes look like UTF-16 without a mark: every other byte is NUL."""
    even, odd = head[0:_LOOK:2].count(0), head[1:_LOOK:2].count(0)
    half = len(head) // 2
    return half > 3 and max(even, odd) > 0.7 * half and min(even, odd) < 0.1 * half
