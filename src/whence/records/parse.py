"""Readings from their JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from whence.records.reading import VERSION, Explanation, Reading
from whence.records.source import Source
from whence.records.statement import Dispute, Figure, Finding, Statement, Time
from whence.records.story import Badge, Byline, Link, Paragraph, Span, Story

__all__ = ["reading_from_dict"]


def reading_from_dict(values: Mapping[str, Any]) -> Reading:
    """The reading of a JSON object that `Reading.to_dict` made: `to_dict` of it gives the same object.

    What the contract leaves out (which paragraphs are block quotations, where the byline speaks about its author,
    warnings of the parser) is lost.

    Args:
        values: version 1 of the contract, with or without explanations.

    Raises:
        ValueError: When it is of another version, lacks a field, has one too many, or a value is refused.
    """
    if values.get("version") != VERSION:
        raise ValueError(f"a reading has version {VERSION}; got {values.get('version')!r:.20}")
    try:
        sources = tuple(_source(value) for value in values["sources"])
        by_id = {source.id: source for source in sources}
        return Reading(
            story=_story(values["story"]),
            sources=sources,
            statements=tuple(_statement(value, by_id) for value in values["statements"]),
            disputes=tuple(Dispute(**value) for value in values["disputes"]),
            findings=tuple(_finding(value) for value in values["findings"]),
            explanations=tuple(_explanation(value) for value in values.get("explanations", ())),
            reader=values["reader"],
        )
    except (TypeError, KeyError, AttributeError, IndexError) as failure:
        raise ValueError(f"a reading has the fields of docs/reference/formats.md: {failure!r:.200}") from None


def _span(value: Any) -> Span:
    start, end = value
    return int(start), int(end)


def _maybe(value: Any) -> Span | None:
    return None if value is None else _span(value)


def _spans(values: Any) -> tuple[Span, ...]:
    return tuple(_span(value) for value in values)


def _story(given: Mapping[str, Any]) -> Story:
    values = dict(given)
    byline = values["byline"]
    values["headline"] = _maybe(values["headline"])
    values["paragraphs"] = tuple(Paragraph(**{**p, "span": _span(p["span"])}) for p in values["paragraphs"])
    values["byline"] = None if byline is None else Byline(**{**byline, "span": _maybe(byline["span"])})
    values["badges"] = tuple(
        Badge(**{**b, "span": _span(b["span"]), "evidence": tuple(b["evidence"])}) for b in values["badges"]
    )
    values["links"] = tuple(Link(**{**link, "span": _span(link["span"])}) for link in values["links"])
    return Story(**values)


def _source(given: Mapping[str, Any]) -> Source:
    return Source(**{**given, "mentions": _spans(given["mentions"])})


def _figure(given: Mapping[str, Any]) -> Figure:
    value = given["value"]
    if isinstance(value, (list, tuple)):
        low, high = value
        value = (low, high)
    return Figure(**{**given, "span": _span(given["span"]), "value": value})


def _statement(given: Mapping[str, Any], sources: Mapping[str, Source]) -> Statement:
    values = dict(given)
    values["sources"] = tuple(sources[id] for id in values.pop("source_ids"))
    values["chain"] = tuple(sources[id] for id in values["chain"])
    values["cue"] = _maybe(values["cue"])
    for name in ("content", "hedges", "distancing", "loaded"):
        values[name] = _spans(values[name])
    values["figures"] = tuple(_figure(value) for value in values["figures"])
    values["times"] = tuple(Time(**{**value, "span": _span(value["span"])}) for value in values["times"])
    return Statement(**values)


def _finding(given: Mapping[str, Any]) -> Finding:
    return Finding(**{**given, "evidence": _spans(given["evidence"]), "statements": tuple(given["statements"])})


def _explanation(given: Mapping[str, Any]) -> Explanation:
    return Explanation(**{**given, "evidence": _spans(given["evidence"])})
