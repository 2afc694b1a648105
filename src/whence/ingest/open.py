"""One story from wherever it is: a path, a URL, or bytes."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from whence.errors import FormatError, InputError, RefusedError
from whence.ingest.dates import validate
from whence.ingest.decode import MAX_BYTES, decode
from whence.ingest.plain import from_text
from whence.ingest.policy import Policy
from whence.ingest.sniff import kind_of
from whence.records import Story

if TYPE_CHECKING:
    from whence.ingest.fetch import Fetched, Fetcher

__all__ = ["fetch_page", "is_url", "load", "read_bytes", "story_of"]

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,30}://")
_HTML_NAMES = (".html", ".htm", ".xhtml", ".shtml")
_MANY = {"feed": "a feed", "jsonfeed": "a feed", "warc": "a web archive"}
_NAME = 120  # characters of a path that a message repeats; what is longer is most likely a story's text
_STRICT = Policy()


def load(
    source: str | Path | bytes,
    *,
    published: str | None = None,
    outlet: str | None = None,
    offline: bool = False,
    policy: Policy = _STRICT,
    id: str | None = None,
) -> Story:
    """Read one story.

    Whether it is HTML or plain text its content decides, not its name.

    Args:
        source: a path, an http(s) URL, or the bytes of a file (standard input).
        published: ISO 8601; goes before what the story says itself.
        outlet: goes before what the story says itself.
        offline: refuse URLs instead of fetching them.
        policy: what may be fetched.
        id: a name for messages; by default the path or URL, and "-" for bytes.

    Returns:
        The story, which has some text.

    Raises:
        InputError: there is no such file, or no text in it.
        FormatError: it is not text or HTML, too large, or holds many stories.
        RangeError: `published` is not ISO 8601.
        RefusedError: the URL must not be fetched, or `offline` is set.
        UnreachableError: the URL could not be fetched.
    """
    day = validate(published)
    if isinstance(source, bytes):
        return story_of(source, id or "-", outlet=outlet, published=day)
    if is_url(source):
        from whence.ingest.fetch import Fetcher

        page = fetch_page(str(source), None if offline else Fetcher(policy))
        return story_of(page.body, id or str(source), outlet=outlet, published=day, url=page.url, charset=page.charset)
    if not str(source).strip():
        raise InputError("a story is a file, a URL or the bytes of one, and an empty name was given: name a file")
    path = Path(source)
    return story_of(read_bytes(path), id or str(source), outlet=outlet, published=day, suffix=path.suffix)


def is_url(source: str | Path) -> bool:
    """Whether a source is a URL and not a path."""
    return isinstance(source, str) and _URL.match(source.strip()) is not None


def fetch_page(url: str, fetcher: Fetcher | None) -> Fetched:
    """Fetch a page; no fetcher means offline.

    Raises:
        RefusedError: there is no fetcher, or the page must not be fetched.
        UnreachableError: the network or the server failed.
    """
    if fetcher is None:
        raise RefusedError(f"{url[:200]} is not fetched: --offline is set; save the page and give the file")
    return fetcher.fetch(url)


def read_bytes(path: Path) -> bytes:
    """The bytes of one story's file.

    Raises:
        InputError: it does not exist, is a folder or device, or cannot be read.
        FormatError: it has more than `MAX_BYTES` bytes.
    """
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise InputError(f"{path} is a folder: read it as a batch, with --format jsonl or whence.read_many")
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise InputError(f"{path} is no file but a device or socket: give a text or HTML file")
        with open(path, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as e:
        reason = getattr(e, "strerror", None) or str(e)
        name = " ".join(str(path).split())
        if len(name) > _NAME or "\n" in str(path):
            raise InputError(
                f"no file is called {name[:_NAME]!r} … ({reason}): whence.read_text reads text, and - standard input"
            ) from None
        raise InputError(f"{path} cannot be read ({reason}): check the path") from None
    if len(data) > MAX_BYTES:
        raise FormatError(
            f"{path} has more than the {MAX_BYTES} bytes of one story: give its stories one by one, or as JSONL"
        )
    return data


def story_of(
    data: bytes,
    name: str,
    *,
    outlet: str | None = None,
    published: str | None = None,
    url: str | None = None,
    charset: str | None = None,
    suffix: str = "",
) -> Story:
    """Make a story of a file's or page's bytes.

    Args:
        data: all of them.
        name: the story's id, and what to call it in messages.
        charset: as the server declares it.
        suffix: the file name's; it decides only where the content does not.

    Raises:
        InputError: there is no text in it.
        FormatError: it is not text or HTML, or holds many stories.
    """
    kind = kind_of(data)
    if kind in _MANY:
        raise FormatError(
            f"{name} is {_MANY[kind]}, which holds many stories: read it as a batch, or give one of its pages"
        )
    if kind == "jsonl" and (one := _record(data, name, outlet, published)) is not None:
        return one
    is_html = kind == "html" or (kind != "binary" and suffix.lower() in _HTML_NAMES)
    got = decode(data, name, declared=charset, html=is_html)
    if is_html:
        from whence.ingest.html import from_html

        story = from_html(got.text, id=name, outlet=outlet, published=published, url=url)
    else:
        story = from_text(got.text, id=name, outlet=outlet, published=published, url=url)
    if got.warnings:
        story = replace(story, warnings=(*got.warnings, *story.warnings))
    return story


def _record(data: bytes, name: str, outlet: str | None, published: str | None) -> Story | None:
    """The story of a file that holds one JSON record; None where it is no JSON after all."""
    import json

    from whence.ingest.record import from_record

    try:
        record = json.loads(data)
    except (ValueError, RecursionError):
        try:
            first = json.loads(data.lstrip().split(b"\n", 1)[0])
        except (ValueError, RecursionError):
            return None
        if isinstance(first, dict):
            raise FormatError(f"{name} is JSONL, which holds many stories: read it as a batch") from None
        return None
    if not isinstance(record, dict):
        return None
    if published is not None:
        record = {**record, "published": published}
    if outlet is not None:
        record = {**record, "outlet": outlet}
    return from_record(record, id=name)
