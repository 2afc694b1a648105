"""Kinds of words, as numbers."""

from __future__ import annotations

__all__ = ["KINDS", "TITLE"]

KINDS = ("weak", "word", "name", "number", "date", "negation")
TITLE = 8
"""Added to a kind for a word of the title, or of the claimant's name."""
