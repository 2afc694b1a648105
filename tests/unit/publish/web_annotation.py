"""A strict validator of the W3C Web Annotation Data Model (Recommendation of 23 February 2017), as far as we use it."""

from __future__ import annotations

import re
from typing import Any

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
IRI = re.compile(r"(https?://[^\s<>\"{}|\\^`]+|urn:uuid:[0-9a-f-]{36})")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")  # 3.3.1: xsd:dateTime with the time zone Z
MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying",
    "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip


def validate_annotation(value: dict[str, Any], text: str) -> None:
    """Assert that an annotation, which stands in a page, is one, and that its selectors find words of a text."""
    assert set(value) <= {"id", "type", "motivation", "created", "modified", "creator", "body", "target"}
    assert IRI.fullmatch(value["id"])  # 3.1: exactly one IRI
    assert value["type"] == "Annotation"
    assert value["motivation"] in MOTIVATIONS
    for name in ("created", "modified"):
        assert name not in value or TIME.fullmatch(value[name])
    if "creator" in value:
        assert set(value["creator"]) == {"type", "nickname"}
        assert value["creator"]["type"] in ("Person", "Organization", "Software")
    for body in value["body"]:
        _body(body)
    targets = value["target"] if isinstance(value["target"], list) else [value["target"]]
    assert targets  # 3.1: one or more
    for target in targets:
        _target(target, text)


def _body(body: dict[str, Any]) -> None:
    if body["type"] == "TextualBody":  # 3.2.4
        assert set(body) <= {"type", "value", "format", "language", "purpose"}
        assert isinstance(body["value"], str)
        assert body.get("format", "text/plain") == "text/plain"
    else:
        assert body["type"] == "SpecificResource"
        assert set(body) == {"type", "source", "purpose"}
        assert IRI.fullmatch(body["source"])
    assert body["purpose"] in MOTIVATIONS


def _target(target: Any, text: str) -> None:
    if isinstance(target, str):
        assert IRI.fullmatch(target)
        return
    assert set(target) == {"type", "source", "selector"}
    assert target["type"] == "SpecificResource"
    assert IRI.fullmatch(target["source"])
    position, quote = target["selector"]
    assert set(position) == {"type", "start", "end"}  # 4.2.5
    assert position["type"] == "TextPositionSelector"
    assert 0 <= position["start"] <= position["end"]
    assert set(quote) == {"type", "exact", "prefix", "suffix"}  # 4.2.4
    assert quote["type"] == "TextQuoteSelector"
    assert text[position["start"] : position["end"]] == quote["exact"]
    assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


def validate_collection(value: dict[str, Any]) -> None:
    """Assert that a value is an annotation collection (5.1)."""
    assert value["@context"] == CONTEXT
    assert set(value) <= {"@context", "id", "type", "label", "total", "first", "last"}
    assert value["type"] == "AnnotationCollection"
    assert IRI.fullmatch(value["id"])
    assert isinstance(value["total"], int)
    assert value["total"] >= 0
    assert ("first" in value) == ("last" in value) == (value["total"] > 0)


def validate_page(value: dict[str, Any], text: str) -> None:
    """Assert that a value is a page of a collection (5.2)."""
    assert value["@context"] == CONTEXT
    assert set(value) <= {"@context", "id", "type", "partOf", "startIndex", "items", "next", "prev"}
    assert value["type"] == "AnnotationPage"
    assert IRI.fullmatch(value["id"])
    assert value["startIndex"] >= 0
    for item in value["items"]:
        validate_annotation(item, text)
