"""Every exception that whence raises on purpose.

::

    WhenceError                 anything that went wrong and that a user can act on
    ├── InputError              what was given cannot be used: the rule, the value, the remedy
    │   ├── FormatError         the bytes are not what they claim to be, or are too large or too deep
    │   └── RangeError          an option or argument lies outside what is allowed
    ├── FetchError              a page could not be fetched
    │   ├── RefusedError        fetching was refused for safety or by robots.txt
    │   └── UnreachableError    the network or the server did not answer
    ├── VerificationError       a log, a proof, a signature or a recomputed status does not hold
    ├── ModelError              weights are missing or are not the ones their card names
    ├── MissingExtra            a library of an optional extra is not installed
    └── PipelineError           components are put together in an order that cannot work
"""

from __future__ import annotations

__all__ = [
    "FetchError",
    "FormatError",
    "InputError",
    "MissingExtra",
    "ModelError",
    "PipelineError",
    "RangeError",
    "RefusedError",
    "UnreachableError",
    "VerificationError",
    "WhenceError",
]


class WhenceError(Exception):
    """Anything that went wrong and that a user can act on; its text is one line."""


class InputError(WhenceError):
    """What was given cannot be used; the text names the rule, the value and the remedy."""


class FormatError(InputError):
    """The bytes are not what they claim to be, or are too large or too deep to read safely."""


class RangeError(InputError):
    """An option or argument lies outside what is allowed."""


class FetchError(WhenceError):
    """A page could not be fetched."""


class RefusedError(FetchError):
    """Fetching was refused: by a safety rule of ours or by the site's robots.txt."""


class UnreachableError(FetchError):
    """The network or the server did not answer, or answered with an error status.

    Args:
        message: the line that users see.
        status: the HTTP status, where there was an answer.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class VerificationError(WhenceError):
    """Something published does not hold: the text says what, and where."""


class ModelError(WhenceError):
    """Model weights are missing or are not the ones that their card names."""


class MissingExtra(WhenceError):
    """A library that belongs to an optional extra is not installed.

    Args:
        package: the import name that was not found.
        extra: the extra of whence that brings it.
        purpose: what it is needed for, to complete "… is needed to …".
    """

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(f"{package} is needed to {purpose}: install it with  pip install 'whence[{extra}]'")
        self.package = package
        self.extra = extra


class PipelineError(WhenceError):
    """Components of a pipeline are put together in an order that cannot work."""
