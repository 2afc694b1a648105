"""Reading a story: statements, who says each, and how it reached the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whence.read.pipeline import Reader

__all__ = ["Reader"]


def __getattr__(name: str) -> Any:
    # The pipeline imports the model's runtime; a single component can be used without it.
    if name == "Reader":
        from whence.read.pipeline import Reader

        return Reader
    raise AttributeError(f"module 'whence.read' has no attribute {name!r}")
