"""Where a log's files come from: a folder, or the web."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from whence.errors import InputError, UnreachableError
from whence.ingest import Policy
from whence.ingest.address import is_address
from whence.ingest.fetch import Fetcher
from whence.ledger import FolderStorage
from whence.verification.ahead import Ahead

__all__ = ["log_files"]


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
