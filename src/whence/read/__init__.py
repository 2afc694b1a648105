"""Reading a story: statements, who says each, and how it reached the page."""

from whence.read.pipeline import Reader

__all__ = ["Reader"]
