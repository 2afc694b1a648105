"""What engines on one machine have in common: the kernels, over files that are mapped into memory."""

from __future__ import annotations

from whence.trace.align import Aligned, align
from whence.trace.engine import Candidates
from whence.trace.settings import Settings
from whence.trace.spans import Spans
from whence.trace.store import Store

__all__ = ["align_here"]


def align_here(store: Store, settings: Settings, part: Candidates, holes: Spans) -> Aligned:
    """Align candidate pairs by the kernel; arguments as in `Engine`."""
    return align(
        store.column("word"),
        store.column("word_bounds"),
        holes.bounds,
        holes.spans,
        part.a,
        part.b,
        least=settings.least_words,
        anchor=settings.shingle,
        gap=settings.gap,
    )
