"""The remedy where something on a private network was refused, in the command line's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from whence.errors import RefusedError

__all__ = ["private_remedy"]


@contextmanager
def private_remedy(allowed: bool) -> Iterator[None]:
    """Name `--allow-private` where fetching is refused without it.

    Args:
        allowed: whether it was given.

    Raises:
        RefusedError: as it came, with the remedy where that may help.
    """
    try:
        yield
    except RefusedError as e:
        if allowed:
            raise
        raise RefusedError(f"{e}; if it is on this machine or a private network: --allow-private") from None
