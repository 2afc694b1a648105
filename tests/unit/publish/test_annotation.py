from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from whence.publish import to_annotation, to_annotation_json
from whence.records import Reading, Story

IRI = re.compile(r"(urn:uuid:[0-9a-f-]{36}|https?://\S+)")
MOTIVATIONS = {"describing", "tagging", "classifying", "commenting", "identifying", "linking", "assessing"}


@pytest.fixture
def items(reading: Reading) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = to_annotation(reading)["first"]["items"]
    return found


def targets(item: dict[str, Any]) -> list[dict[str, Any]]:
    target = item["target"]
    return target if isinstance(target, list) else [target]


def test_the_collection_is_as_the_model_asks(reading: Reading) -> None:
    collection = to_annotation(reading)
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    assert collection["total"] == len(collection["first"]["items"]) == len(reading.statements)
    page = collection["first"]
    assert (page["type"], page["startIndex"], page["partOf"]) == ("AnnotationPage", 0, collection["id"])
    ids = [collection["id"], page["id"], *(item["id"] for item in page["items"])]
    assert all(IRI.fullmatch(i) for i in ids)
    assert len(set(ids)) == len(ids)


def test_every_annotation_is_as_the_model_asks(items: list[dict[str, Any]]) -> None:
    for item in items:
        assert item["type"] == "Annotation"
        assert item["motivation"] in MOTIVATIONS
        for body in item["body"]:
            assert body["type"] == "TextualBody"
            assert body["purpose"] in MOTIVATIONS
            assert isinstance(body["value"], str)
        for target in targets(item):
            assert IRI.fullmatch(target["source"])
            position, quote = target["selector"]
            assert (position["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
            assert 0 <= position["start"] < position["end"]


def test_both_selectors_select_the_statement_in_code_points(reading: Reading, items: list[dict[str, Any]]) -> None:
    text = reading.story.text
    for statement, item in zip(reading.statements, items, strict=True):
        found = []
        for target in targets(item):
            position, quote = target["selector"]
            found.append((position["start"], position["end"]))
            assert text[position["start"] : position["end"]] == quote["exact"]
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert text.index(around) + len(quote["prefix"]) == position["start"]
        assert tuple(found) == statement.content


def test_pieces_are_several_targets(items: list[dict[str, Any]]) -> None:
    assert [len(targets(item)) for item in items] == [1, 1, 2, 1, 1, 1, 1, 1, 1, 1]


def test_the_bodies_say_who_and_how(items: list[dict[str, Any]]) -> None:
    values = [body["value"] for body in items[4]["body"]]
    assert values[0] == (
        "Attributed to the operator; warns; passed on by Two dock workers, then by Radio Kestrel; confidence 0.72."
    )
    assert {"shade: unnamed", "act: warn", "source: the operator", "cue: had told"} <= set(values)


def test_without_a_web_address_the_source_is_a_name_of_the_text(reading: Reading) -> None:
    for url in (None, "javascript:alert(1)"):
        bare = replace(reading, story=replace(reading.story, url=url))
        assert to_annotation(bare)["first"]["items"][0]["target"]["source"].startswith("urn:uuid:")


def test_equal_readings_have_equal_ids_and_others_do_not(reading: Reading) -> None:
    other = replace(reading, story=replace(reading.story, text=reading.story.text + "!"))
    assert to_annotation_json(reading) == to_annotation_json(reading)
    assert to_annotation(reading)["id"] != to_annotation(other)["id"]


def test_a_story_without_statements_is_an_empty_collection() -> None:
    collection = json.loads(to_annotation_json(Reading(Story("x\ud800"))))
    assert collection["total"] == 0
    assert "first" not in collection
