"""Fetching a page from the web, guarded (docs/decisions/0006-fetching-guarded.md says against what)."""

from __future__ import annotations

import time
from dataclasses import dataclass
from urllib.parse import urljoin

from whence.errors import FetchError, RefusedError, UnreachableError
from whence.ingest.address import Target, resolve, target
from whence.ingest.exchange import Answer, exchange
from whence.ingest.policy import Policy
from whence.ingest.robots import MAX_ROBOTS, Robots

__all__ = ["Fetched", "Fetcher"]

_ADDRESSES = 3  # of a host that are tried


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page: the URL at which it was found in the end, its bytes, and the type and encoding that the server says."""

    url: str
    body: bytes
    content_type: str
    charset: str | None


class Fetcher:
    """Fetches pages under one policy, and knows the robots.txt of the sites it has been to.

    Args:
        policy: what may be fetched.
    """

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._deadline = 0.0
        self._robots = Robots(self._robots_txt, policy.max_delay)

    def fetch(self, url: str) -> Fetched:
        """Fetch one page.

        Args:
            url: http or https.

        Returns:
            The page, after redirects; each of them is checked like the first URL.

        Raises:
            RefusedError: a rule of the policy or the site's robots.txt forbids it.
            UnreachableError: the network or the server failed, or answered with an error status.
            FormatError: it is packed in a way that was not asked for.
        """
        self._deadline = time.monotonic() + self._policy.max_seconds
        at, answer = self._follow(target(url, self._policy), robots=True)
        if answer.status != 200:
            raise UnreachableError(
                f"{at.url} answers with status {answer.status}: check the address, or save the page by hand",
                answer.status,
            )
        kind, _, rest = answer.content_type.partition(";")
        charset = next(
            (p.partition("=")[2].strip(" \"'") for p in rest.split(";") if p.strip().lower().startswith("charset=")),
            None,
        )
        return Fetched(at.url, answer.body, kind.strip().lower(), charset)

    def _follow(self, at: Target, *, robots: bool, max_bytes: int | None = None) -> tuple[Target, Answer]:
        first = at
        for _ in range(self._policy.max_redirects + 1):
            if robots:
                self._robots.check(at.origin, at.url)
            answer = self._ask(at, max_bytes)
            if answer.location is None:
                return at, answer
            try:
                following = urljoin(at.url, answer.location)
            except ValueError:
                raise RefusedError(f"{at.url} redirects to something that is no URL: save the page by hand") from None
            at = target(following, self._policy)
        raise RefusedError(
            f"{first.url} redirects more than {self._policy.max_redirects} times: give the address where it ends"
        )

    def _ask(self, at: Target, max_bytes: int | None) -> Answer:
        """One exchange with the first of the host's addresses that can be reached; all are checked before."""
        addresses = resolve(at.host, at.port, self._policy, self._deadline - time.monotonic())
        error: FetchError | None = None
        for address in addresses[:_ADDRESSES]:
            try:
                return exchange(at, address, self._policy, self._deadline, max_bytes=max_bytes)
            except UnreachableError as e:
                error = error or e
                if time.monotonic() >= self._deadline:
                    break
        assert error is not None  # resolve() gives one address at least
        raise error

    def _robots_txt(self, origin: str) -> tuple[int, bytes]:
        try:
            _, answer = self._follow(target(f"{origin}/robots.txt", self._policy), robots=False, max_bytes=MAX_ROBOTS)
        except RefusedError as e:
            raise RefusedError(f"the site's robots.txt cannot be read: {e}") from None
        return answer.status, answer.body
