"""Structured documents from wherever they are: pages, data feeds, tables, sitemaps and feeds of pages."""

from __future__ import annotations

import glob
import gzip
import json
import os
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import urlsplit

from whence.errors import FormatError, InputError, RangeError, WhenceError
from whence.ingest.failure import Failure
from whence.ingest.fetch import Fetched, Fetcher
from whence.ingest.gzipped import unpacked
from whence.ingest.json_elements import json_elements
from whence.ingest.open import fetch_page, is_url
from whence.ingest.policy import Policy
from whence.ingest.sitemap import from_sitemap, is_sitemap
from whence.ingest.sniff import kind_of, refuse_binary
from whence.ingest.structured import PageData, page_data

__all__ = ["MAX_PAGES", "Document", "load_documents"]

MAX_PAGES = 10_000
"""Pages that one call may fetch, whatever the caller's limit."""

_HEAD = 65_536  # bytes by which a file's kind is told
_NESTED = 3  # sitemaps inside one another
_LINE = 4_000_000  # bytes of one line of JSON
_BULK = Policy(max_bytes=100_000_000, max_seconds=600)
_NOWHERE = PageData(())
_TABLES = (".csv", ".tsv")
_LINES = (".jsonl", ".ndjson")

Wanted = Callable[[str, str | None], bool]
Pages = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON value or a row of a table, and where it was found.

    Args:
        value: an object, a list of them, or whatever else was there.
        name: for messages ("page.html", "feed.json[12]", "checks.csv:3").
        page: what is known of the page it stands on; its `documents` are not filled.
        repairs: what was mended in reading it.
        is_page: whether it is all the structured data of one page.
    """

    value: Any
    name: str
    page: PageData = _NOWHERE
    repairs: tuple[str, ...] = ()
    is_page: bool = False


def load_documents(
    sources: Iterable[str],
    *,
    offline: bool = False,
    policy: Policy = _BULK,
    pages: int = 500,
    pause: float = 0.5,
    wanted: Wanted | None = None,
    progress: Pages | None = None,
) -> Iterator[Document | Failure]:
    """Read structured documents, in the order of the sources.

    What a source is its content decides: an HTML page; JSON (a list, a DataFeed, one object); JSON lines; a table with
    a header (CSV, TSV); a sitemap or a feed, whose pages are then fetched. Files may be gzipped; folders and globs
    give their files.

    Args:
        sources: paths, folders, globs, http(s) URLs.
        offline: refuse URLs instead of fetching them.
        policy: what may be fetched.
        pages: pages of sitemaps and feeds that are fetched at most, all in all; 0 to `MAX_PAGES`.
        pause: seconds between two pages of one site, beside what its robots.txt asks for.
        wanted: asked, with a page's URL and the date of its last change if the sitemap or feed gives one, whether to
            fetch it; by default all are.
        progress: told, before a page is fetched, how many were, how many are due at most, and the URL.

    Yields:
        A document, or a `Failure` that names the source and the reason.

    Raises:
        RangeError: `pages` is out of range. Bad sources do not raise.
    """
    if not 0 <= pages <= MAX_PAGES:
        raise RangeError(f"pages fetched at most lie in 0..{MAX_PAGES}; got {pages}")
    collector = _Collector(None if offline else Fetcher(policy), pages, pause, wanted, progress)
    return collector.all(sources)


class _Collector:
    """One call's fetching: its limit on pages and its pauses hold for all sources together."""

    def __init__(
        self, fetcher: Fetcher | None, pages: int, pause: float, wanted: Wanted | None, progress: Pages | None
    ) -> None:
        self._fetcher = fetcher
        self._pages = pages
        self._fetched = 0
        self._pause = pause
        self._wanted = wanted or (lambda url, changed: True)
        self._progress = progress
        self._last: dict[str, float] = {}
        self._seen: set[str] = set()

    def all(self, sources: Iterable[str]) -> Iterator[Document | Failure]:
        for source in sources:
            try:
                if is_url(source):
                    yield from self._url(source)
                    continue
                for path in _files(source):
                    try:
                        yield from self._path(path)
                    except (WhenceError, OSError, EOFError, zlib.error) as e:
                        yield Failure(str(path), _said(e))
            except (WhenceError, OSError, EOFError, zlib.error) as e:
                yield Failure(source, _said(e))

    def _url(self, url: str) -> Iterator[Document | Failure]:
        got = fetch_page(url, self._fetcher)
        yield from self._bytes(got.body, got.url, got, _suffix(urlsplit(got.url).path))

    def _path(self, path: Path) -> Iterator[Document | Failure]:
        if path.is_dir() or not path.exists():
            raise InputError(f"{path} is no file: check the path")
        with _opened(path) as stream:
            head = stream.read(_HEAD)
            if _streams(head, _suffix(path.name)):
                stream.seek(0)
                yield from _values(stream, head, str(path), _suffix(path.name))
                return
            data = head + stream.read(_BULK.max_bytes)
        yield from self._bytes(data, str(path), None, _suffix(path.name))

    def _bytes(self, data: bytes, name: str, got: Fetched | None, suffix: str) -> Iterator[Document | Failure]:
        if is_sitemap(data):
            yield from self._listed(self._of_sitemap(data, name, got.url if got else None, 1), name)
            return
        if data.startswith(b"\x1f\x8b"):
            data = _unpacked(data, name)
        kind = kind_of(data)
        if kind == "feed":
            yield from self._listed(_of_feed(data, name), name)
        elif _streams(data[:_HEAD], suffix):
            yield from _values(BytesIO(data), data[:_HEAD], name, suffix)
        else:
            refuse_binary(data, name)
            yield from _of_page(data, name, got)

    def _of_sitemap(self, data: bytes, name: str, url: str | None, depth: int) -> Iterator[tuple[str, str | None]]:
        for entry in from_sitemap(data, name, url=url):
            if not entry.sitemap:
                yield entry.url, entry.changed
            elif depth < _NESTED and self._fetched < self._pages:
                got = self._fetch(entry.url)
                yield from self._of_sitemap(got.body, entry.url, got.url, depth + 1)

    def _listed(self, addresses: Iterator[tuple[str, str | None]], name: str) -> Iterator[Document | Failure]:
        """The pages that a sitemap or a feed lists, one after the other, until the limit."""
        while True:
            try:
                url, changed = next(addresses)
            except StopIteration:
                return
            except WhenceError as e:
                yield Failure(name, str(e))
                return
            if url in self._seen or not self._wanted(url, changed):
                continue
            self._seen.add(url)
            if self._fetched >= self._pages:
                yield Failure(
                    name, f"it lists more pages than the {self._pages} that are fetched at most: the rest were left"
                )
                return
            try:
                got = self._fetch(url)
                if kind_of(got.body) == "html":
                    yield from _of_page(got.body, got.url, got)
                else:
                    yield Failure(url, "it is no HTML page")
            except WhenceError as e:
                yield Failure(url, str(e))
                if self._fetcher is None:
                    return

    def _fetch(self, url: str) -> Fetched:
        if self._progress is not None:
            self._progress(self._fetched, self._pages, url)
        host = urlsplit(url).netloc
        wait = self._last.get(host, -self._pause) + self._pause - time.monotonic()
        if wait > 0 and host in self._last:
            time.sleep(min(wait, self._pause))
        self._fetched += 1
        try:
            return fetch_page(url, self._fetcher)
        finally:
            self._last[host] = time.monotonic()


def _of_page(data: bytes, name: str, got: Fetched | None) -> Iterator[Document | Failure]:
    page = page_data(data, name, url=got.url if got else None, charset=got.charset if got else None)
    for reason in page.refused:
        yield Failure(name, reason)
    about = PageData((), page.url, page.language, page.outlet, page.headline, page.published)
    # All documents of a page are one: an object of one script may refer to one of another by its @id.
    if page.documents or not page.refused:
        yield Document(list(page.documents), name, about, page.repairs, is_page=True)


def _of_feed(data: bytes, name: str) -> Iterator[tuple[str, str | None]]:
    from whence.ingest.feed import from_feed

    for item in from_feed(data, name):
        url = item.id if isinstance(item, Failure) else item.url
        if url and is_url(url):
            yield url, None if isinstance(item, Failure) else item.published


def _streams(head: bytes, suffix: str) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return start in (b"{", b"[") or suffix in (*_TABLES, *_LINES)


def _values(stream: IO[bytes], head: bytes, name: str, suffix: str) -> Iterator[Document | Failure]:
    if suffix in _TABLES:
        from whence.ingest.tables import table_rows

        for row in table_rows(stream, head, name):
            yield row if isinstance(row, Failure) else Document(row[1], row[0])
        return
    if suffix in _LINES or _is_lines(head):
        yield from _lines(stream, name)
        return
    for found in json_elements(stream, name):
        yield found if isinstance(found, Failure) else Document(found[1], found[0], repairs=found[2])


def _is_lines(head: bytes) -> bool:
    first, _, rest = head.removeprefix(b"\xef\xbb\xbf").strip().partition(b"\n")
    if not rest.strip():
        return False
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return True


def _lines(stream: IO[bytes], name: str) -> Iterator[Document | Failure]:
    from whence.ingest.loose_json import loads

    number = 0
    while line := stream.readline(_LINE + 1):
        number += 1
        label = f"{name}:{number}"
        if len(line) > _LINE:
            while (more := stream.readline(1 << 20)) and not more.endswith(b"\n"):
                pass
            yield Failure(label, f"the line is longer than {_LINE} bytes")
            continue
        if not line.strip():
            continue
        try:
            values, repairs = loads(line.decode("utf-8-sig", "replace"), label)
        except FormatError as e:
            yield Failure(label, str(e))
            continue
        for value in values:
            yield Document(value, label, repairs=repairs)


def _opened(path: Path) -> IO[bytes]:
    try:
        stream = gzip.open(path, "rb") if path.name.lower().endswith(".gz") else open(path, "rb")  # noqa: SIM115
    except OSError as e:
        raise InputError(f"{path} cannot be read ({e.strerror}): check the path") from None
    return cast("IO[bytes]", stream)


def _unpacked(data: bytes, name: str) -> bytes:
    limit = _BULK.max_bytes
    out = unpacked(data, name, limit)
    if len(out) > limit:
        raise FormatError(f"{name} unpacks to more than {limit} bytes: unpack it and give the file")
    return out


def _suffix(name: str) -> str:
    name = name.lower().removesuffix(".gz")
    return name[name.rfind(".") :] if "." in name else ""


def _files(source: str) -> Iterator[Path]:
    """The files that a path, a folder or a glob stands for, by name; hidden ones are passed over."""
    path = Path(source)
    if path.is_dir():
        for at, folders, files in os.walk(path):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            yield from (Path(at, f) for f in sorted(files) if not f.startswith("."))
    elif not path.exists() and any(c in "*?[" for c in source):
        found = sorted(glob.glob(source, recursive=True))
        if not found:
            raise InputError(f"no file matches {source}: check the pattern")
        yield from (Path(name) for name in found if Path(name).is_file())
    else:
        yield path


def _said(e: Exception) -> str:
    return str(e) if isinstance(e, WhenceError) else f"it cannot be read ({getattr(e, 'strerror', None) or e})"
