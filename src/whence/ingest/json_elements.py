"""The elements of a JSON list of any length, one after the other, without the whole of it in memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import IO, Any

from whence.errors import FormatError
from whence.ingest.failure import Failure
from whence.ingest.loose_json import MAX_CHARACTERS, loads

__all__ = ["json_elements"]

_CHUNK = 1 << 20
_LISTS = ('"dataFeedElement"', '"itemListElement"', '"claims"')
"""Keys of the outermost object whose list is what matters: a DataFeed's, an ItemList's, the Fact Check Tools API's."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
_QUOTE = re.compile(r'[\[\]{}"]')
_LIST = re.compile(r"\s*:\s*\[")


class _Text:
    """A growing window on a stream of UTF-8."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.buffer = ""
        self.ended = False

    def more(self) -> bool:
        """Read another piece; False at the end."""
        data = self._stream.read(_CHUNK)
        self.ended = not data
        self.buffer += self._decoder.decode(data, final=self.ended)
        return not self.ended

    def drop(self, count: int) -> None:
        self.buffer = self.buffer[count:]


def json_elements(stream: IO[bytes], name: str) -> Iterator[tuple[str, Any, tuple[str, ...]] | Failure]:
    """Read the elements of a JSON list, or of the list in a DataFeed, an ItemList or an answer of Google's API.

    Any other JSON is one element. An element that cannot be read is passed over; the rest go on.

    Args:
        stream: UTF-8, with or without a byte order mark.
        name: what to call it in messages.

    Yields:
        The element's name ("feed.json[3]"), its value and what was mended in it; or a `Failure`.

    Raises:
        FormatError: it is no JSON, or JSON in one piece that is too large.
    """
    text = _Text(stream)
    text.more()
    text.buffer = text.buffer.lstrip("\ufeff \t\r\n")
    start = _list_start(text)
    if start is None:
        if len(text.buffer) > MAX_CHARACTERS:
            raise FormatError(
                f"{name} has JSON in one piece of over {MAX_CHARACTERS} characters: give a list, or one object a line"
            )
        while text.more():
            if len(text.buffer) > MAX_CHARACTERS:
                raise FormatError(f"{name} has more than the {MAX_CHARACTERS} characters of JSON in one piece")
        values, repairs = loads(text.buffer, name)
        for value in values:
            yield name, value, repairs
        return
    text.drop(start)
    number = 0
    while True:
        while not text.buffer.lstrip(" \t\r\n,") and text.more():
            pass
        text.buffer = text.buffer.lstrip(" \t\r\n,")
        if not text.buffer:
            yield Failure(name, f"the list ends within the file, after {number} elements: it is cut off")
            return
        if text.buffer[0] == "]":
            return
        number += 1
        label = f"{name}[{number}]"
        end = _end(text)
        if end is None:
            yield Failure(
                label, f"the element does not end within {MAX_CHARACTERS} characters: it is cut off or too large"
            )
            return
        piece = text.buffer[:end]
        text.drop(end)
        try:
            values, repairs = loads(piece, label)
        except FormatError as e:
            yield Failure(label, str(e))
            continue
        for value in values:
            yield label, value, repairs


def _list_start(text: _Text) -> int | None:
    """Where the list's first element begins; None where the JSON is no such list."""
    if text.buffer[:1] == "[":
        return 1
    depth = at = 0
    while True:
        token = _TOKEN.search(text.buffer, at)
        # A string that the window cuts looks like none, and a bracket behind its quotation mark like a bracket.
        first = _QUOTE.search(text.buffer, at)
        if token is None or first is None or token.start() != first.start():
            if len(text.buffer) > MAX_CHARACTERS or not text.more():
                return None
            continue
        at = token.end()
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        elif depth == 1 and token[0] in _LISTS:
            while len(text.buffer) - at < 1000 and text.more():
                pass
            if found := _LIST.match(text.buffer, at, at + 1000):
                return found.end()


def _end(text: _Text) -> int | None:
    """Where the value at the window's start ends; None where it does not."""
    depth = at = 0
    while True:
        first = _QUOTE.search(text.buffer, at)
        token = _TOKEN.match(text.buffer, first.start()) if first else None
        if token is None:
            if len(text.buffer) > MAX_CHARACTERS or not text.more():
                return None
            continue
        if depth == 0 and token[0] == "]":
            return token.start()  # a plain value, the last of the list
        at = token.end()
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
            if depth <= 0:
                return at
