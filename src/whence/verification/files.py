"""Where a log's files come from: a folder, or the web."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from whence.errors import InputError, UnreachableError
from whence.ingest import Policy
from whence.ingest.fetch import Fetcher
from whence.ledger import FolderStorage
from whence.verification.ahead import Ahead

__all__ = ["is_address", "local_policy", "log_files"]

_LOCAL = ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")


def is_address(where: str) -> bool:
    """Whether something given is an http(s) address, and not a path."""
    return re.match(r"https?://", where, re.IGNORECASE) is not None


def local_policy(url: str) -> Policy:
    """Return the policy for a log on this machine or inside an organisation's network.

    Args:
        url: the log's address; its port is allowed, whichever it is.

    Raises:
        InputError: when its port is none.
    """
    try:
        port = urlsplit(url).port
    except ValueError:
        raise InputError(f"the port of {url[:200]} lies in 1..65535: mend the address") from None
    return Policy(ports=tuple({80, 443, port or 443}), allow=_LOCAL)


def log_files(where: str, policy: Policy | None = None) -> Callable[[str], bytes | None]:
    """Return a function that gives a log's files by their paths.

    Args:
        where: a folder, or the http(s) address under which one is published.
        policy: what may be fetched; by default the guarded one.

    Returns:
        A function of a path: the file's bytes, or None where there is none. It raises FetchError and InputError as
        the file system or the network do.

    Raises:
        InputError: where is neither.
    """
    if is_address(where):
        return Ahead(lambda: _fetching(where.rstrip("/"), policy or Policy()))
    folder = Path(where)
    if not folder.is_dir():
        raise InputError(f"a log is a folder or an http(s) address, but {where} is neither: check the spelling")
    return FolderStorage(folder).get


def _fetching(base: str, policy: Policy) -> Callable[[str], bytes | None]:
    fetcher = Fetcher(policy)

    def fetched(path: str) -> bytes | None:
        try:
            return fetcher.fetch(f"{base}/{path}").body
        except UnreachableError as failure:
            if failure.status in (404, 410):
                return None
            raise

    return fetched
