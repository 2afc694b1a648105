"""whence: who says each sentence of a news story, through whom it came, who denies it, and who has checked it.

The data's way: a page, a file or a feed becomes a `Story` (ingest); a `Story` becomes a `Reading` of statements,
sources, chains and findings (read); a `Reading` is shown as a report, JSON, annotations or standoff (publish).

    >>> import whence
    >>> reading = whence.read("samples/harbour-blockade.txt", published="2024-03-14")
    >>> reading.statements[0].voice in ("own", "attributed")
    True
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

# The official builds of onnxruntime of 2026 send telemetry, and keep a device id under the user's HOME, unless
# this stands before they are loaded. Nobody who reads a story here has agreed to that.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

# A stage's package and its function share a name. The import system binds the package to that name when it is first
# imported: so first the package, then the function, which stays. (Inside: `from whence.read.acts import …`.)
import_module("whence.read")
import_module("whence.match")
import_module("whence.trace")

from whence._version import __version__  # noqa: E402
from whence.api import Reading, read, read_many, read_text  # noqa: E402
from whence.errors import WhenceError  # noqa: E402
from whence.matching import match  # noqa: E402
from whence.records import Dispute, Figure, Finding, Source, Statement, Story, Time  # noqa: E402
from whence.tracing import trace  # noqa: E402

if TYPE_CHECKING:
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
    "match",
    "read",
    "read_many",
    "read_text",
    "trace",
]


def __getattr__(name: str) -> Any:
    # `Failure` belongs to ingest, which `import whence` does not load.
    if name == "Failure":
        from whence.ingest import Failure

        return Failure
    raise AttributeError(f"module 'whence' has no attribute {name!r}")
