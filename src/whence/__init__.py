"""whence: who says each sentence of a news story, through whom it came, who denies it, and who has checked it.

The data's way: a page, a file or a feed becomes a `Story` (ingest); a `Story` becomes a `Reading` of statements,
sources, chains and findings (read); a `Reading` is shown as a report, JSON, annotations or standoff (publish).

    >>> import whence
    >>> reading = whence.read("samples/harbour-blockade.txt", published="2024-03-14")
    >>> reading.statements[0].voice in ("own", "attributed")
    True
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whence._version import __version__
from whence.errors import WhenceError
from whence.records import Dispute, Figure, Finding, Source, Statement, Story, Time

if TYPE_CHECKING:
    from whence.api import Reading, read, read_many, read_text
    from whence.ingest import Failure

__all__ = [
    "Dispute",
    "Failure",
    "Figure",
    "Finding",
    "Reading",
    "Source",
    "Statement",
    "Story",
    "Time",
    "WhenceError",
    "__version__",
    "read",
    "read_many",
    "read_text",
]


def __getattr__(name: str) -> Any:
    # Composed names load their stages when first used, so that `import whence` stays fast.
    if name in ("Reading", "read", "read_many", "read_text"):
        from whence import api

        return getattr(api, name)
    if name == "Failure":
        from whence.ingest import Failure

        return Failure
    raise AttributeError(f"module 'whence' has no attribute {name!r}")
