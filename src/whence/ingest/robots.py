"""robots.txt: whether a site lets us read a page (RFC 9309)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from whence.errors import RefusedError

if TYPE_CHECKING:
    from protego import Protego

__all__ = ["AGENT", "MAX_ROBOTS", "Robots"]

AGENT = "whence"
"""The name under which a site's robots.txt can address us."""

MAX_ROBOTS = 512_000
"""Bytes of a robots.txt that are read; RFC 9309 asks for 500 KiB at least."""

_SITES = 1_000  # whose rules are kept at a time


class Robots:
    """The rules of the sites visited in one call, each fetched once.

    Args:
        fetch: given an origin, returns the status and the body of its robots.txt; it may raise `FetchError`.
        max_delay: seconds between two pages of a site that are waited at most.
    """

    def __init__(self, fetch: Callable[[str], tuple[int, bytes]], max_delay: float) -> None:
        self._fetch = fetch
        self._max_delay = max_delay
        self._rules: dict[str, Protego | None] = {}
        self._last: dict[str, float] = {}

    def check(self, origin: str, url: str) -> None:
        """Ask whether a page may be read, and wait as long as the site asks between two of its pages.

        Args:
            origin: scheme, host and port.
            url: the page's whole URL.

        Raises:
            RefusedError: robots.txt forbids it, or the server failed to give its robots.txt (a 5xx status).
            FetchError: robots.txt could not be fetched.
        """
        if origin not in self._rules:
            if len(self._rules) >= _SITES:
                self._rules.clear()
            self._rules[origin] = self._read(origin)
        rules = self._rules[origin]
        if rules is None:
            return
        if not rules.can_fetch(url, AGENT):
            raise RefusedError(
                f"{origin}/robots.txt forbids reading {url[:200]}: save the page by hand and give the file"
            )
        delay = min(float(rules.crawl_delay(AGENT) or 0), self._max_delay)
        wait = self._last.get(origin, 0) + delay - time.monotonic()
        if origin in self._last and wait > 0:
            time.sleep(min(wait, self._max_delay))
        self._last[origin] = time.monotonic()

    def _read(self, origin: str) -> Protego | None:
        from protego import Protego

        status, body = self._fetch(origin)
        if status == 200:
            return Protego.parse(body.decode("utf-8", errors="replace"))
        if 500 <= status < 600 or status == 429:
            raise RefusedError(
                f"{origin}/robots.txt answers with status {status}, so nobody knows what may be read: try again later"
            )
        return None
