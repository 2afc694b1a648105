"""From a badge, an embed or a page to the record behind it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

from whence.errors import FormatError, InputError, VerificationError
from whence.ingest import Policy, local_policy
from whence.ingest.address import is_address
from whence.ingest.fetch import Fetcher
from whence.publish.badge import RECORD_TYPE
from whence.publish.record_json import MOST_BYTES, read_record
from whence.records.story_record import StoryRecord

__all__ = ["Found", "find_record"]

_HOPS = 4  # a page, its embed, the badge, the record


@dataclass(frozen=True)
class Found:
    """A record, where it was found in the end, and the line of the badge that led to it ("" where none did)."""

    record: StoryRecord
    where: str
    line: str


def find_record(where: str, *, private: bool = False, offline: bool = False) -> Found:
    """Find a story's record from whatever a reader has.

    Args:
        where: a file or an http(s) address of a record, of a badge (JSON, SVG or HTML), or of a page that names its
            record with a link or carries one badge.
        private: addresses may be on this machine or a private network.
        offline: fetch nothing: `where` is then a record's own file.

    Returns:
        The record.

    Raises:
        InputError: there is no such file, or nothing in it leads to a record.
        FormatError: the record cannot be read.
        FetchError: an address could not be fetched.
        VerificationError: the badge says something else than its record.
    """
    at, line = where, ""
    for _ in range(_HOPS):
        data = _fetched(at, private) if is_address(at) else _read(at)
        value = _json(data)
        if value is not None and value.get("type") != "whence-badge":
            record = read_record(data)
            if line and line != record.badge().line:
                raise VerificationError(
                    f"the badge says “{line[:120]}”, and its record “{record.badge().line}”: the badge is older than "
                    "the record, or was changed"
                )
            return Found(record, at, line)
        if value is not None:
            following, said = str(value.get("record", "")), str(value.get("line", ""))
        else:
            following, said = _Page.read(data)
        line = line or said
        if not following:
            raise InputError(
                f"{where[:200]} is no record and names none: give a badge, a record, or a page with one of them"
            )
        following = urljoin(at, following) if is_address(at) else following
        if offline:
            raise InputError(f"{at[:200]} is no record but names one, {following[:200]}: save that to a file")
        if not is_address(following):
            raise InputError(f"{at[:200]} names the record {following[:200]!r}, which is no http(s) address")
        at = following
    raise InputError(f"{where[:200]} leads on and on, to no record: give the record itself")


def _fetched(url: str, private: bool) -> bytes:
    return Fetcher(local_policy(url) if private else Policy()).fetch(url).body


def _read(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as failure:
        why = getattr(failure, "strerror", None) or failure
        raise InputError(f"{path[:200]} cannot be read ({why}): name a record, a badge or a page") from None


def _json(data: bytes) -> dict[str, object] | None:
    if data.lstrip()[:1] != b"{":
        return None
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise FormatError("a record or badge is JSON in UTF-8: this begins like one and is not") from None
    return found if isinstance(found, dict) else None


class _Page(HTMLParser):
    """Reads the record's address, and the badge's line, out of HTML or SVG."""

    def __init__(self) -> None:
        super().__init__()
        self.linked = ""
        self.badges: set[str] = set()
        self.line = ""
        self._inside = ""

    @classmethod
    def read(cls, data: bytes) -> tuple[str, str]:
        """Return address and line; "" for what is not there."""
        page = cls()
        page.feed(data[:MOST_BYTES].decode("utf-8", "replace"))
        page.close()
        if page.linked:
            return page.linked, ""
        if len(page.badges) > 1:
            raise InputError("the page carries the badges of several stories: give the address of one badge")
        return next(iter(page.badges), ""), " ".join(page.line.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given.get("type") == RECORD_TYPE and "alternate" in given.get("rel", "").split():
            self.linked = self.linked or given.get("href", "")
        if "data-record" in given:
            self.badges.add(given["data-record"])
            self._inside = tag
        if tag == "text" and self._inside == "svg":
            self._inside = "text"

    def handle_data(self, data: str) -> None:
        # A badge's line is the text of the link, or of the image's one text element.
        if self._inside in ("a", "text") and len(self.line) < 500:
            self.line += data

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""
