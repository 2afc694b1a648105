"""A client of a desk's read API: lists page by page, single things by their path, every address checked."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from whence.errors import FormatError, InputError, UnreachableError
from whence.ingest import Policy, local_policy
from whence.ingest.address import is_address
from whence.ingest.fetch import Fetcher

__all__ = ["LISTS", "DeskClient"]

LISTS: dict[str, tuple[str, ...]] = {
    "stories": ("outlet", "url", "state"),
    "statements": ("story", "source", "outlet", "voice", "naming", "disputed", "checked"),
    "sources": ("label", "naming"),
    "outlets": ("name",),
    "notes": ("story", "author", "status"),
}
"""The lists of the API, version 1, and what each can be filtered by."""

_PAGE = 200
"""Items a page: as many as the API gives at once."""
_PATH = re.compile(r"[\w.~-]+(/[\w.~:%-]+){0,3}")
_BUSY = (5, 15, 45)
"""Seconds to wait when the desk says that it was asked too much: its limits are by the minute."""


class DeskClient:
    """Reads what a desk has found.

    Args:
        desk: the desk's http(s) address.
        private: the desk may be on this machine or a private network.
        patient: where the desk says that it was asked too much, wait and ask again, for a minute in all.

    Raises:
        InputError: it is no such address.
    """

    def __init__(self, desk: str, *, private: bool = False, patient: bool = True) -> None:
        if not is_address(desk) or not urlsplit(desk).netloc:
            raise InputError(f"a desk is an http(s) address, such as https://desk.example, not {desk[:100]!r}")
        self._waits = (*_BUSY, None) if patient else (None,)
        self._base = f"{desk.rstrip('/')}/api/v1/"
        self._fetcher = Fetcher(local_policy(desk) if private else Policy())

    def all(self, what: str, /, **where: str | bool) -> Iterator[dict[str, Any]]:
        """Every item of a list, the latest first; pages are fetched as they are needed.

        Args:
            what: a key of `LISTS`.
            where: filters, by the names in `LISTS`; docs/reference/desk.md says what each takes.

        Yields:
            The items, as the API describes them (`/api/v1/openapi.json`).

        Raises:
            InputError: there is no such list or filter.
            FetchError: the desk cannot be reached, or refuses.
            FormatError: it answers with something else than a page of a list.
        """
        if what not in LISTS:
            raise InputError(f"the lists of a desk are {', '.join(LISTS)}; there is no {what[:60]!r}")
        for name in where:
            if name not in LISTS[what]:
                raise InputError(f"{what} are filtered by {', '.join(LISTS[what])}; there is no {name[:60]!r}")
        given = {name: str(value).lower() if isinstance(value, bool) else value for name, value in where.items()}
        return self._pages(what, urlencode({**given, "limit": _PAGE}))

    def one(self, path: str) -> Any:
        """A single thing: `notes/12`, `notes/12/status`, `stories/KEY/reading`, `sources/SLUG`, `log`.

        Args:
            path: below `/api/v1/`.

        Returns:
            What the API answers, as JSON's types.

        Raises:
            InputError: it is no path.
            FetchError: the desk cannot be reached, or has no such thing.
            FormatError: it answers with something that is not JSON.
        """
        if not _PATH.fullmatch(path) or ".." in path:
            raise InputError(f"a path is like notes/12/status, not {path[:100]!r}")
        return self._get(self._base + quote(path, safe="/%:"))

    def _pages(self, what: str, query: str) -> Iterator[dict[str, Any]]:
        seen = set()
        while query not in seen:
            seen.add(query)
            address = f"{self._base}{what}?{query}"
            page = self._get(address)
            items = page.get("items") if isinstance(page, dict) else None
            if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
                raise FormatError(f"{address} answers with no page of a list: is it a desk of this version?")
            yield from items
            following = page.get("next")
            if following is None:
                return
            # Its cursor alone is taken: whatever address the desk names, no other is asked.
            query = urlsplit(str(following)).query
        raise FormatError(f"the pages of {self._base}{what} lead in a circle: the list cannot be followed")

    def _get(self, address: str) -> Any:
        body = self._fetched(address)
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            raise FormatError(f"{address} does not answer with JSON: is it a desk of this version?") from None

    def _fetched(self, address: str) -> bytes:
        for wait in self._waits:
            try:
                return self._fetcher.fetch(address).body
            except UnreachableError as e:
                if e.status == 404:
                    raise UnreachableError(f"the desk has no {address}: check path and filters", 404) from None
                if e.status == 422:
                    raise InputError(
                        f"the desk does not understand {address}: {self._base}openapi.json says what it does"
                    ) from None
                if e.status != 429 or wait is None:
                    raise
                time.sleep(wait)
        raise AssertionError("the last try returns or raises")
