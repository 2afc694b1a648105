"""Bytes to text, and bytes that are no text."""

from __future__ import annotations

import codecs

import pytest

from whence.errors import FormatError
from whence.ingest import decode as module
from whence.ingest.decode import decode
from whence.ingest.sniff import kind_of, refuse_binary

TEXT = "The café “by the bay” was closed – for good, it said."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    found = decode(data, "x")
    assert (found.text, found.encoding) == (TEXT, encoding)


def test_a_declared_encoding_is_believed_where_it_can_be_read() -> None:
    russian = "Мост закрыли в четверг"
    assert decode(russian.encode("koi8-r"), "x", declared="koi8-r").text == russian
    assert decode(russian.encode(), "x", declared="koi8-r").text == russian
    page = f'<meta charset="koi8-r"><p>{russian}'
    assert russian in decode(page.encode("koi8-r"), "x", html=True).text
    assert decode(TEXT.encode("cp1252"), "x", declared="iso-8859-1").text == TEXT
    assert decode(TEXT.encode("cp1252"), "x", declared="zlib").text == TEXT


def test_what_is_doubtful_is_said() -> None:
    damaged = decode(("café " * 20).encode() + b"\xff bay", "x")
    assert damaged.text.count("\ufffd") == 1
    assert "1 unreadable" in damaged.warnings[0]
    guessed = decode("Le café fermé est à moi".encode("cp1252"), "x")
    assert guessed.text == "Le café fermé est à moi"
    assert "does not say its encoding" in guessed.warnings[0]
    cut = decode(codecs.BOM_UTF16_LE + "bay".encode("utf-16-le") + b"x", "x")
    assert cut.text == "bay\ufffd"
    assert cut.warnings


def test_line_ends_and_controls_of_a_text_stay() -> None:
    assert decode(b"a\r\nb\rc\x0c\x1b[0m d" * 20, "x").text == "a\r\nb\rc\x0c\x1b[0m d" * 20


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.4 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x7fELF\x02", "program"),
        (b"....ftypisom", "video"),
        (b"x" * 257 + b"ustar", "tar"),
        (bytes(range(32)) * 20, "binary"),
        (b"text with \x00 one NUL in it" + b" and more words" * 20, "NUL"),
    ],
)
def test_binary_files_are_named_with_a_remedy(data: bytes, what: str) -> None:
    with pytest.raises(FormatError, match=rf"x (?:is|holds) .*{what}.*: "):
        decode(data, "x")


def test_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 10)
    with pytest.raises(FormatError, match="11 bytes, more than the 10"):
        decode(b"a" * 11, "x")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<!DOCTYPE html><html>", "html"),
        (b"\xef\xbb\xbf  <!-- note -->\n<HTML lang=en>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>', "html"),
        (b'<?xml version="1.0"?><rss version="2.0">', "feed"),
        (b'<?xml version="1.0"?><!-- x --><feed xmlns="http://www.w3.org/2005/Atom">', "feed"),
        (b'<?xml-stylesheet href="x"?><rdf:RDF>', "feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "jsonfeed"),
        (b'{"text": "x"}', "jsonl"),
        (b"WARC/1.0\r\n", "warc"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"%PDF-", "binary"),
        (b"Bridge closed\n\nThe <b>bridge</b> was closed.", "text"),
        (b"<3 is what they wrote", "text"),
        (b"{he said}", "text"),
        (b"", "text"),
    ],
)
def test_kinds(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


def test_text_is_not_refused() -> None:
    refuse_binary(b"plain words", "x")
