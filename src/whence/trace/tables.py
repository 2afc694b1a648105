"""What a trace says, as Arrow tables with the columns of `records.origins`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from whence.records.origins import CREDITS, DERIVATIONS, ORIGINS, QUOTATIONS, TOPICS, Origin
from whence.records.reuse import Column
from whence.trace.facts import Facts
from whence.trace.meaning import Meaning
from whence.trace.schema import pa, schema_of

__all__ = ["MEANING_TABLES", "tables"]

MEANING_TABLES: dict[str, tuple[Column, ...]] = {
    "topics": TOPICS,
    "derivations": DERIVATIONS,
    "origins": ORIGINS,
    "quotations": QUOTATIONS,
    "credits": CREDITS,
}
"""The tables that stand beside the engine's, with their columns."""


def tables(facts: Facts, meaning: Meaning, published: Sequence[str | None]) -> dict[str, pa.Table]:
    """The tables of a trace's meaning.

    Args:
        facts: the stories.
        meaning: what the trace says of them.
        published: each story's date as given.

    Returns:
        A table for each name of `MEANING_TABLES`.
    """
    topic_of = {story: t.topic for t in meaning.topics for story in t.stories}
    found = [replace(o, topic=topic_of.get(s, s)) for s, of_story in meaning.origins.items() for o in of_story]
    # A page that shares nothing but a quotation is its own origin.
    found += [
        Origin(s, topic, f"story:{s}", "story", s, facts.names.label(facts.outlets[s]) or facts.heads[s], 1.0, True)
        for s, topic in topic_of.items()
        if s not in meaning.origins
    ]
    found.sort(key=lambda o: (o.topic, o.story, not o.main, -(o.share or 0.0), o.origin))
    return {
        "topics": _table(TOPICS, _topics(facts, meaning, published)),
        "derivations": _of_records(DERIVATIONS, meaning.derivations),
        "origins": _of_records(ORIGINS, found),
        "quotations": _table(QUOTATIONS, _quotations(facts, meaning)),
        "credits": _table(CREDITS, _credits(facts)),
    }


def _topics(facts: Facts, meaning: Meaning, published: Sequence[str | None]) -> Iterator[dict[str, Any]]:
    for t in meaning.topics:
        # Stories are by date, undated ones last.
        dated = [published[s] for s in t.stories if facts.when[s, 0] == facts.when[s, 0]]
        yield {
            "topic": t.topic,
            "stories": len(t.stories),
            "origins": t.origins,
            "outlets": t.outlets,
            "families": t.families,
            "quotations": t.quotations,
            "circular": t.circular,
            "first": dated[0] if dated else None,
            "last": dated[-1] if dated else None,
            "headline": facts.heads[t.stories[0]],
        }


def _quotations(facts: Facts, meaning: Meaning) -> Iterator[dict[str, Any]]:
    q = meaning.quotations
    sources: dict[int, str] = {}
    rows = list(zip(q.quotation.tolist(), q.story.tolist(), q.place.tolist(), q.copied.tolist(), strict=True))
    for number, story, place, _ in rows:
        source = facts.quotes.quote(story, place).source
        if source and len(source) > len(sources.get(number, "")):
            sources[number] = source
    for number, story, place, copied in rows:
        quote = facts.quotes.quote(story, place)
        yield {
            "quotation": number,
            "story": story,
            "start": quote.span[0],
            "end": quote.span[1],
            "words": quote.words,
            "source": quote.source or sources.get(number),
            "copied": copied,
        }


def _credits(facts: Facts) -> Iterator[dict[str, Any]]:
    for story in sorted(facts.credits):
        for known in facts.credits[story]:
            yield {
                "story": story,
                "kind": known.credit.kind,
                "outlet": facts.names.label(known.key),
                "key": known.key,
                "start": known.credit.span[0],
                "end": known.credit.span[1],
                "speaker": known.credit.speaker,
                "own": known.own,
            }


def _table(columns: Sequence[Column], rows: Iterable[dict[str, Any]]) -> pa.Table:
    held = list(rows)
    return _of_columns(columns, {c.name: [row[c.name] for row in held] for c in columns})


def _of_records(columns: Sequence[Column], records: Sequence[Any]) -> pa.Table:
    return _of_columns(columns, {c.name: [getattr(r, c.name) for r in records] for c in columns})


def _of_columns(columns: Sequence[Column], values: Mapping[str, Sequence[Any]]) -> pa.Table:
    return pa.Table.from_pydict(dict(values), schema=schema_of(columns))
