"""Readings as flat rows, one a statement, for Parquet and data frames."""

from __future__ import annotations

from typing import Any

from whence.publish.facts import figure_words, relays, shade
from whence.publish.safe import scalar
from whence.records import Reading, Source, Span

__all__ = ["ROW_SCHEMA", "rows"]

ROW_SCHEMA: dict[str, str] = {
    "story": "string",
    "url": "string",
    "outlet": "string",
    "published": "string",
    "statement": "string",
    "number": "int",
    "text": "string",
    "start": "int",
    "end": "int",
    "content": "list<list<int>>",
    "voice": "string",
    "shade": "string",
    "source_ids": "list<string>",
    "sources": "list<string>",
    "namings": "list<string>",
    "kinds": "list<string>",
    "cue": "string",
    "quote": "string",
    "act": "string",
    "chain": "list<string>",
    "relays": "list<string>",
    "hedges": "list<string>",
    "distancing": "list<string>",
    "loaded": "list<string>",
    "figures": "list<string>",
    "figure_words": "list<string>",
    "figure_low": "list<float>",
    "figure_high": "list<float>",
    "figure_units": "list<string>",
    "times": "list<string>",
    "time_words": "list<string>",
    "parent": "string",
    "denies": "list<string>",
    "confidence": "float",
}
"""The columns of `rows` and their types; docs/reference/formats.md says what each holds and which can be null."""


def rows(reading: Reading) -> list[dict[str, Any]]:
    """A reading's statements as flat rows, in text order, with the keys of `ROW_SCHEMA` in their order.

    Lists that describe the same things (sources, namings and kinds; the figures; the times) have the same length.
    Halves of surrogate pairs become U+FFFD, so that every value can be stored as UTF-8.
    """
    story = reading.story

    def words(*spans: Span) -> str:
        return scalar(reading.text(*spans))

    def each(spans: tuple[Span, ...]) -> list[str]:
        return [words(span) for span in spans]

    def clean(text: str | None) -> str | None:
        return None if text is None else scalar(text)

    def labels(sources: tuple[Source, ...]) -> list[str]:
        return [scalar(s.label) for s in sources]

    denied: dict[str, list[str]] = {}
    for dispute in reading.disputes:
        denied.setdefault(dispute.denial, []).append(dispute.claim)
    out: list[dict[str, Any]] = []
    for number, s in enumerate(reading.statements, 1):
        values = [f.value if isinstance(f.value, tuple) else (f.value, f.value) for f in s.figures]
        out.append(
            {
                "story": scalar(story.id),
                "url": clean(story.url),
                "outlet": clean(story.outlet),
                "published": clean(story.published),
                "statement": s.id,
                "number": number,
                "text": words(*s.content),
                "start": s.span[0],
                "end": s.span[1],
                "content": [list(span) for span in s.content],
                "voice": s.voice,
                "shade": shade(s),
                "source_ids": list(s.source_ids),
                "sources": labels(s.sources),
                "namings": [source.naming for source in s.sources],
                "kinds": [source.kind for source in s.sources],
                "cue": words(s.cue) if s.cue else None,
                "quote": s.quote,
                "act": s.act,
                "chain": labels(s.chain),
                "relays": labels(relays(s)),
                "hedges": each(s.hedges),
                "distancing": each(s.distancing),
                "loaded": each(s.loaded),
                "figures": [scalar(figure_words(f)) for f in s.figures],
                "figure_words": [words(f.span) for f in s.figures],
                "figure_low": [float(low) for low, _ in values],
                "figure_high": [float(high) for _, high in values],
                "figure_units": [clean(f.unit) for f in s.figures],
                "times": [clean(t.value) for t in s.times],
                "time_words": [words(t.span) for t in s.times],
                "parent": s.parent,
                "denies": denied.get(s.id, []),
                "confidence": round(s.confidence, 3),
            }
        )
    return out
