"""Where communities' records are found: a desk on the web, or a folder of record files."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from whence.client import DeskClient
from whence.errors import InputError
from whence.ingest.address import is_address
from whence.publish.record_json import read_record
from whence.records.story_record import StoryRecord
from whence.verification import find_record

__all__ = ["RecordSource"]

_MOST = 5
"""Records of one story: the same page can be on a desk more than once."""


class RecordSource:
    """Finds the records of stories.

    Args:
        desk: address of a desk, or "".
        folder: a folder with record files (*.json), or None.
        private: the desk may be on this machine or a private network.

    Raises:
        InputError: neither is given, or one of them cannot be one.
    """

    def __init__(self, desk: str = "", folder: Path | None = None, *, private: bool = False) -> None:
        if not desk and folder is None:
            raise InputError("records come from a desk or a folder: name one")
        if desk and not is_address(desk):
            raise InputError(f"a desk is an http(s) address, not {desk[:100]!r}")
        if folder is not None and not folder.is_dir():
            raise InputError(f"{folder} is no folder of records: check the spelling")
        self._desk = desk.rstrip("/")
        self._folder = folder
        self._private = private

    def of(self, story: str) -> list[StoryRecord]:
        """Return the records of a story; none where neither desk nor folder has it.

        Args:
            story: address of the story, or of its badge or record on the desk.

        Raises:
            InputError: it is no http(s) address, or a record in the folder cannot be read.
            FormatError: the desk answers with something else than records.
            FetchError: the desk cannot be reached.
            VerificationError: a badge says something else than its record.
        """
        if not is_address(story):
            raise InputError(f"a story is named by its http(s) address, not by {story[:100]!r}")
        found = self._in_folder(story) if self._folder is not None else []
        if self._desk:
            found += self._on_desk(story)
        return found[:_MOST]

    def _in_folder(self, story: str) -> list[StoryRecord]:
        assert self._folder is not None
        found = []
        for path in sorted(self._folder.glob("*.json")):
            record = read_record(path.read_bytes())
            if _same(story) in (_same(record.story_url), _same(record.url)):
                found.append(record)
        return found

    def _on_desk(self, story: str) -> list[StoryRecord]:
        if urlsplit(story).netloc == urlsplit(self._desk).netloc:
            return [find_record(story, private=self._private).record]
        # An assistant that waits gives up before a busy desk's minute is over.
        found = DeskClient(self._desk, private=self._private, patient=False).all("stories", url=story)
        return [find_record(str(item.get("record", "")), private=self._private).record for item in islice(found, _MOST)]


def _same(url: str) -> str:
    """An address without what does not change the page."""
    parts = urlsplit(url)
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}?{parts.query}" if parts.netloc else ""
