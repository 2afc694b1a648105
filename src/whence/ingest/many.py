"""Many stories: files, folders, globs, archives, feeds and URLs, one after the other."""

from __future__ import annotations

import glob
import gzip
import os
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from whence.errors import FormatError, WhenceError
from whence.ingest.dates import validate
from whence.ingest.decode import MAX_BYTES
from whence.ingest.failure import Failure
from whence.ingest.listing import in_order
from whence.ingest.open import fetch_page, is_url, read_bytes, story_of
from whence.ingest.policy import Policy
from whence.ingest.sniff import kind_of
from whence.records import Story

__all__ = ["load_many"]

_PAGES = frozenset([".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".shtml"])
_LINES = frozenset([".jsonl", ".ndjson"])
_FEEDS = frozenset([".rss", ".atom", ".xml", ".json"])
_MEANT = _PAGES | _LINES | _FEEDS | {".warc"}
_WILD = frozenset("*?[")
_STRICT = Policy()


def load_many(
    sources: Iterable[str | Path],
    *,
    published: str | None = None,
    outlet: str | None = None,
    offline: bool = False,
    policy: Policy = _STRICT,
    apart_from: Collection[str | Path] = (),
) -> Iterator[Story | Failure]:
    """Read many stories, in the order given; memory does not grow with their number.

    Folders are read with all their folders, sorted by name; hidden files, and files that are neither named like a
    story nor hold text, are passed over. JSONL (`.jsonl`, `.ndjson`), WARC (`.warc`), both also with `.gz`, and feeds
    give all their stories.

    Args:
        sources: paths, folders, globs, URLs.
        published: ISO 8601; for the stories that do not say themselves.
        outlet: for the stories that do not say themselves.
        offline: refuse URLs instead of fetching them.
        policy: what may be fetched.
        apart_from: files and folders that are passed over where a folder or a glob holds them (results, say).

    Yields:
        A story, or a `Failure` that names the source and the reason.

    Raises:
        RangeError: `published` is not ISO 8601. Bad sources do not raise: they are yielded as failures.
    """
    day = validate(published)
    return _all(sources, day, outlet, offline, policy, frozenset(os.path.realpath(path) for path in apart_from))


def _all(
    sources: Iterable[str | Path],
    published: str | None,
    outlet: str | None,
    offline: bool,
    policy: Policy,
    apart_from: frozenset[str],
) -> Iterator[Story | Failure]:
    fetcher = None
    for source in sources:
        try:
            if is_url(source):
                if fetcher is None and not offline:
                    from whence.ingest.fetch import Fetcher

                    fetcher = Fetcher(policy)
                page = fetch_page(str(source), fetcher)
                yield from _of(page.body, str(source), published, outlet, url=page.url, charset=page.charset)
                continue
        except WhenceError as e:
            yield Failure(str(source), str(e))
            continue
        if not str(source).strip():
            # The path of an empty name is the folder we are in, which nobody asked for.
            yield Failure(str(source), "an empty name was given: name a file, a URL or a folder")
            continue
        found = False
        for path, named in _files(source, apart_from):
            found = True
            yield from _file(path, named, published, outlet)
        if not found:
            yield Failure(
                str(source),
                f"nothing to read at {source}: give a text, HTML, JSONL, WARC or feed file, or a folder of them",
            )


def _files(source: str | Path, apart_from: frozenset[str]) -> Iterator[tuple[Path, bool]]:
    """The files that a path, folder or glob stands for, and whether each was named by the caller himself."""
    path = Path(source)
    try:
        if path.is_dir():
            yield from _walk(path, apart_from)
        elif not path.exists() and any(c in _WILD for c in str(source)):
            for match in in_order(glob.iglob(str(source), recursive=True)):
                if _is_apart(match, apart_from):
                    continue
                if Path(match).is_dir():
                    yield from _walk(Path(match), apart_from)
                else:
                    yield Path(match), False
        else:
            yield path, True
    except (OSError, ValueError):
        yield path, True


def _is_apart(path: str, apart_from: frozenset[str]) -> bool:
    return bool(apart_from) and os.path.realpath(path) in apart_from


def _walk(folder: Path, apart_from: frozenset[str]) -> Iterator[tuple[Path, bool]]:
    """The files under a folder; a folder that cannot be read comes as if it had been named, so that it is reported.

    First its own files, by name, then its folders, by name; a folder that is a link is not entered.
    """
    try:
        yield from ((path, False) for path in _inside(folder, apart_from, folders=False))
        for inner in _inside(folder, apart_from, folders=True):
            yield from _walk(inner, apart_from)
    except OSError:
        yield folder, True


def _inside(folder: Path, apart_from: frozenset[str], *, folders: bool) -> Iterator[Path]:
    """The folders in a folder, or what else is there, by name; without what is hidden."""
    with os.scandir(folder) as entries:
        names = (e.name for e in entries if not e.name.startswith(".") and e.is_dir(follow_symlinks=False) == folders)
        for name in in_order(names):
            path = Path(folder, name)
            if not _is_apart(str(path), apart_from) and not (not folders and path.is_dir()):
                yield path


def _suffix(path: Path) -> str:
    """The suffix that tells the kind; for `x.jsonl.gz` that is `.jsonl`."""
    name = path.name.lower().removesuffix(".gz")
    return os.path.splitext(name)[1]


def _file(path: Path, named: bool, published: str | None, outlet: str | None) -> Iterator[Story | Failure]:
    suffix = _suffix(path)
    if not named and suffix not in _MEANT and not (suffix == "" and _is_text(path)):
        return
    if named and path.is_dir():
        yield Failure(str(path), "the folder cannot be read: check who may read it")
        return
    if not named and path.exists() and not path.is_file():
        yield Failure(str(path), "it is a pipe, a device or a socket: name it yourself to have it read")
        return
    try:
        if suffix in _LINES:
            from whence.ingest.jsonl import from_jsonl

            yield from from_jsonl(path, outlet=outlet, published=published)
        elif suffix == ".warc" or (named and not suffix and _kind(path) == "warc"):
            from whence.ingest.warc import from_warc

            yield from from_warc(path, outlet=outlet, published=published)
        else:
            data = _unpacked(path) if path.name.lower().endswith(".gz") else read_bytes(path)
            yield from _of(data, str(path), published, outlet, suffix=suffix)
    except WhenceError as e:
        yield Failure(str(path), str(e))


def _of(
    data: bytes,
    name: str,
    published: str | None,
    outlet: str | None,
    *,
    url: str | None = None,
    charset: str | None = None,
    suffix: str = "",
) -> Iterator[Story | Failure]:
    """The story of a page, or the stories of a feed."""
    try:
        if kind_of(data) in ("feed", "jsonfeed"):
            from whence.ingest.feed import from_feed

            yield from from_feed(data, name, outlet=outlet, published=published)
            return
        story = story_of(data, name, url=url, charset=charset, suffix=suffix)
        yield replace(story, outlet=story.outlet or outlet, published=story.published or published)
    except WhenceError as e:
        yield Failure(name, str(e))


def _unpacked(path: Path) -> bytes:
    try:
        with gzip.open(path, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as e:
        raise FormatError(f"{path} cannot be unpacked ({e}): it is damaged or no gzip file") from None
    if len(data) > MAX_BYTES:
        raise FormatError(f"{path} unpacks to more than the {MAX_BYTES} bytes of one story: give its stories as JSONL")
    return data


def _kind(path: Path) -> str:
    try:
        with open(path, "rb") as stream:
            return kind_of(stream.read(4096))
    except OSError:
        return "binary"


def _is_text(path: Path) -> bool:
    return path.is_file() and _kind(path) in ("text", "html", "feed", "jsonl")
