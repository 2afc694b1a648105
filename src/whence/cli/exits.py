"""Exit codes of every command, as documented in docs/reference/cli.md."""

from __future__ import annotations

from enum import IntEnum

from whence.errors import FetchError, MissingExtra, ModelError, VerificationError, WhenceError

__all__ = ["Exit", "exit_code"]


class Exit(IntEnum):
    """What a command's exit code says."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    SOME_FAILED = 3
    FETCH = 4
    SETUP = 5
    NOT_VERIFIED = 6
    INTERRUPTED = 130


def exit_code(error: WhenceError) -> Exit:
    """The exit code that stands for an error."""
    if isinstance(error, FetchError):
        return Exit.FETCH
    if isinstance(error, VerificationError):
        return Exit.NOT_VERIFIED
    if isinstance(error, (ModelError, MissingExtra)):
        return Exit.SETUP
    return Exit.USAGE
