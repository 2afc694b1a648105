"""A reading's chains and quotations in the place of the light scan's."""

from __future__ import annotations

from whence.records import Reading
from whence.text.offsets import Span, merge, overlaps
from whence.text.quotations import quoted
from whence.trace.evidence import WHOLE, Credit, credits_in
from whence.trace.scan import Scan, scan
from whence.trace.speakers import LEAST_QUOTE, Quote

__all__ = ["quoted_spans", "scan_reading"]


def quoted_spans(reading: Reading) -> list[Span]:
    """What a story quotes: between marks, and the contents that the reading takes to be direct quotations."""
    direct = [piece for s in reading.statements if s.quote == "direct" for piece in s.content if piece[0] < piece[1]]
    return merge([*quoted(reading.story.text), *direct])


def scan_reading(reading: Reading) -> Scan:
    """What `facts.scan` finds in a text, with credits and speakers as the reading has them.

    Outlets in the chains of statements are credits of the kind `chain`; credit lines for the whole story stay.
    """
    text = reading.story.text
    credits = [c for c in credits_in(text) if c.kind in WHOLE or c.kind == "contributed"]
    for statement in reading.statements:
        speaker = next((s.label for s in statement.sources if s.kind == "person"), None)
        span = statement.cue or statement.span
        credits.extend(Credit("chain", s.label, span, speaker=speaker) for s in statement.chain if s.kind == "outlet")
    credits.sort(key=lambda c: c.span)
    spoken = [(piece, s) for s in reading.statements if s.quote in ("direct", "mixed") for piece in s.content]
    quotes = []
    for span in quoted_spans(reading):
        words = len(text[span[0] : span[1]].split())
        if words >= LEAST_QUOTE:
            by = next((s.sources[0].label for piece, s in spoken if s.sources and overlaps(piece, span)), None)
            quotes.append(Quote(span, words, by))
    return scan(text, credits, quotes)
