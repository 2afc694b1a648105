"""WARC: the pages in a web archive."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import IO, Any, cast

from whence.errors import InputError, WhenceError
from whence.ingest.decode import MAX_BYTES, decode
from whence.ingest.failure import Failure
from whence.ingest.html import from_html
from whence.ingest.plain import from_text
from whence.ingest.walk import http_url
from whence.records import Story

__all__ = ["from_warc"]

_HTML = frozenset(["text/html", "application/xhtml+xml"])
_TEXT = frozenset(["text/plain"])
_HEADER = 4_000_000  # bytes of one record's headers, at most
_CHUNK = 65_536
_RECORDS = frozenset(["response", "resource"])


def from_warc(
    path: str | Path, *, outlet: str | None = None, published: str | None = None
) -> Iterator[Story | Failure]:
    """Read a WARC file, plain or gzipped, record by record; memory does not grow with it.

    Read are responses with status 200, and resources, that are HTML or plain text; other records are passed over.

    Args:
        path: the file.
        outlet, published: used for the pages that do not say.

    Yields:
        A story for each such record, or a `Failure` that names its URL and the reason; a `Failure`, too, for an
        archive without any.

    Raises:
        InputError: the file cannot be opened.
    """
    from warcio.archiveiterator import ArchiveIterator

    try:
        with open(path, "rb") as start:
            packed = start.read(2) == b"\x1f\x8b"
        # Closed by the `with` below, which cannot stand here: opening has its own error to tell.
        stream = cast(IO[bytes], gzip.open(path, "rb") if packed else open(path, "rb"))  # noqa: SIM115
    except OSError as e:
        raise InputError(f"{path} cannot be opened ({e.strerror}): check the path") from None
    with stream:
        source = _Metered(stream)
        records = iter(ArchiveIterator(source))
        record: Any = None
        number = 0
        pages = False
        while True:
            number += 1
            try:
                # What is left of the last record is read past here, so that the next header can have its limit.
                source.left = None
                while record is not None and record.raw_stream.read(_CHUNK):
                    pass
                source.left = _HEADER
                # warcio writes its doubts to standard error; what cannot be read is a `Failure` here.
                with redirect_stderr(StringIO()):
                    record = next(records, None)
                source.left = None
            except Exception as e:  # warcio raises many kinds on damaged archives; one Failure says where it ends.
                yield Failure(
                    f"{path}#{number}", f"the archive cannot be read further ({_short(e)}): it is damaged or no WARC"
                )
                return
            if record is None:
                if number == 1:
                    yield Failure(str(path), "no record was found in it: it is damaged or no WARC")
                elif not pages:
                    yield Failure(str(path), "no page of HTML or text was found in it: it is damaged, or holds none")
                return
            if record.format != "warc":
                # warcio reads anything that does not begin like a WARC as the older ARC.
                yield Failure(str(path), "it does not begin like a WARC: it is damaged, or an ARC or another file")
                return
            made = _story(record, f"{path}#{number}", outlet, published)
            if made is not None:
                pages = True
                yield made


class _Metered:
    """A stream that gives no more than `left` bytes, where that is set: warcio sets no limit to a header's lines."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.left: int | None = None

    def read(self, size: int = -1) -> bytes:
        if self.left is not None:
            if self.left <= 0:
                raise ValueError(f"a header is longer than {_HEADER} bytes")
            size = min(size, self.left) if size >= 0 else self.left
        data = self._stream.read(size)
        if self.left is not None:
            self.left -= len(data)
        return data

    def tell(self) -> int:
        return self._stream.tell()


def _story(record: Any, name: str, outlet: str | None, published: str | None) -> Story | Failure | None:
    if record.rec_type not in _RECORDS:
        return None
    url = http_url(record.rec_headers.get_header("WARC-Target-URI"), None)
    headers = record.http_headers
    if headers is not None and headers.get_statuscode() != "200":
        return None
    declared = (headers or record.rec_headers).get_header("Content-Type") or ""
    kind, _, rest = declared.lower().partition(";")
    if kind.strip() not in _HTML | _TEXT:
        return None
    label = url or name
    charset = rest.partition("charset=")[2].split(";")[0].strip(" \"'") or None
    try:
        stream = record.content_stream()
        data = _read(stream)
        if len(data) > MAX_BYTES:
            return Failure(label, f"the page has more than {MAX_BYTES} bytes: save its text and give that")
        is_html = kind.strip() in _HTML
        got = decode(data, label, declared=charset, html=is_html)
        make = from_html if is_html else from_text
        story = make(got.text, id=label, outlet=outlet, url=url)
        story = replace(story, warnings=(*got.warnings, *story.warnings))
    except WhenceError as e:
        return Failure(label, str(e))
    except Exception as e:  # As above: a damaged record of many kinds.
        return Failure(label, f"the record cannot be read ({_short(e)}): it is damaged")
    if story.published is None and published is not None:
        story = replace(story, published=published)
    return story


def _read(stream: Any) -> bytes:
    parts, size = [], 0
    while size <= MAX_BYTES and (part := stream.read(_CHUNK)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _short(e: BaseException) -> str:
    return " ".join(str(e).split())[:100] or type(e).__name__
