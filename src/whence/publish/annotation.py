"""A reading as W3C Web Annotations (https://www.w3.org/TR/annotation-model/)."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any

from whence.publish.dates import date_words
from whence.publish.facts import ACT_WORDS, count, figure_words, heading, relays, shade, speakers, steps
from whence.publish.safe import safe_url, scalar
from whence.records import Reading, Span, Statement

__all__ = ["CONTEXT", "to_annotation", "to_annotation_json"]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

_AROUND = 32
"""Characters of prefix and suffix in a quote selector."""


def _targets(reading: Reading, source: str, statement: Statement) -> list[dict[str, Any]]:
    text = reading.story.text

    def target(span: Span) -> dict[str, Any]:
        start, end = span
        return {
            "type": "SpecificResource",
            "source": source,
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(0, start - _AROUND) : start],
                    "suffix": text[end : end + _AROUND],
                },
            ],
        }

    return [target(span) for span in statement.content]


def _described(reading: Reading, statement: Statement) -> str:
    who = "In the outlet’s own voice" if statement.voice == "own" else f"Attributed to {speakers(statement)}"
    parts = [f"{who}; {ACT_WORDS[statement.act]}"]
    passed = relays(statement)
    if passed:
        parts.append("passed on by " + ", then by ".join(s.label for s in passed))
    parts += [f"figure: {figure_words(f)}" for f in statement.figures]
    parts += [f"time: {date_words(t.value) if t.value else 'not known'}" for t in statement.times]
    parts.append(f"confidence {statement.confidence:.2f}")
    return "; ".join(parts) + "."


def _tags(reading: Reading, statement: Statement) -> list[str]:
    tags = [f"voice: {statement.voice}", f"shade: {shade(statement)}", f"act: {statement.act}"]
    tags += [f"source: {s.label}" for s in statement.sources]
    tags += [f"naming: {n}" for n in dict.fromkeys(s.naming for s in statement.sources)]
    if statement.quote:
        tags.append(f"quote: {statement.quote}")
    if statement.cue:
        tags.append(f"cue: {reading.text(statement.cue)}")
    tags.append("chain: " + " → ".join(s.label for s in steps(reading, statement)))
    return tags


def to_annotation(reading: Reading) -> dict[str, Any]:
    """A reading as an annotation collection: one annotation a statement, all on the collection's first page.

    Positions count Unicode code points of the story's text, as the model asks. A statement in several pieces has one
    target for each. Ids are UUIDs of version 5 over the text, the URL and the statement's id: the same reading has the
    same ids. The target's source is the story's URL, or, where it has none, a URN of its text.

    Returns:
        JSON-ready values, halves of surrogate pairs as U+FFFD.
    """
    story = reading.story
    digest = hashlib.sha256(story.text.encode("utf-8", "surrogatepass")).hexdigest()
    seed = f"{story.url or ''}\n{digest}"

    def urn(part: str) -> str:
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{seed}\n{part}").urn

    source = safe_url(story.url) or urn("story")
    items: list[dict[str, Any]] = []
    for statement in reading.statements:
        bodies: list[dict[str, Any]] = [
            {
                "type": "TextualBody",
                "purpose": "describing",
                "value": _described(reading, statement),
                "format": "text/plain",
                "language": "en",
            }
        ]
        bodies += [{"type": "TextualBody", "purpose": "tagging", "value": t} for t in _tags(reading, statement)]
        targets = _targets(reading, source, statement)
        items.append(
            {
                "id": urn(f"statement {statement.id}"),
                "type": "Annotation",
                "motivation": "describing",
                "body": bodies,
                "target": targets[0] if len(targets) == 1 else targets,
            }
        )
    collection: dict[str, Any] = {
        "@context": CONTEXT,
        "id": urn("collection"),
        "type": "AnnotationCollection",
        "label": f"{heading(reading)}: {count(reading).sentence()}",
        "generator": {"type": "Software", "name": reading.reader or "whence"},
        "total": len(items),
    }
    if items:
        collection["first"] = {
            "id": urn("page 1"),
            "type": "AnnotationPage",
            "partOf": collection["id"],
            "startIndex": 0,
            "items": items,
        }
    return collection


def to_annotation_json(reading: Reading, *, indent: int | None = 2) -> str:
    """`to_annotation` as JSON text, without a final newline."""
    return scalar(json.dumps(to_annotation(reading), ensure_ascii=False, allow_nan=False, indent=indent))
