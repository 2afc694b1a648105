from __future__ import annotations

import json

import pytest

from whence.records import (
    Byline,
    Explanation,
    Figure,
    Finding,
    Paragraph,
    Reading,
    Source,
    Statement,
    Story,
    Time,
)

TEXT = "Dam holds\n\nThe dam holds, Ida Vik said."
STORY = Story(
    text=TEXT,
    headline=(0, 9),
    paragraphs=(Paragraph((0, 9), "headline"), Paragraph((11, 39), "body")),
    byline=Byline("Jo Lind", articles=3),
    published="2024-03-14",
    id="dam",
)
VIK = Source("s1", "Ida Vik", "named", "person", mentions=((26, 33),))
SAID = Statement(
    id="st1",
    content=((11, 24),),
    voice="attributed",
    sources=(VIK,),
    cue=(34, 38),
    quote="indirect",
    chain=(VIK,),
    figures=(Figure((11, 14), (2, 3), "between", "metres"),),
    times=(Time((11, 14), None),),
    confidence=0.87654,
)
READING = Reading(
    story=STORY,
    sources=(VIK,),
    statements=(SAID,),
    findings=(Finding("undated", "No date."),),
    explanations=(Explanation("st1", "act=assert", "acts", "neutral cue", 0.5, ((34, 38),)),),
)


def test_a_reading_becomes_the_json_contract() -> None:
    got = json.loads(json.dumps(READING.to_dict()))
    assert got["version"] == 1
    assert got["story"]["paragraphs"] == [{"span": [0, 9], "role": "headline"}, {"span": [11, 39], "role": "body"}]
    assert got["story"]["byline"] == {"name": "Jo Lind", "role": None, "articles": 3, "span": None}
    assert got["statements"] == [
        {
            "id": "st1",
            "content": [[11, 24]],
            "voice": "attributed",
            "source_ids": ["s1"],
            "cue": [34, 38],
            "quote": "indirect",
            "act": "assert",
            "chain": ["s1"],
            "hedges": [],
            "distancing": [],
            "loaded": [],
            "figures": [{"span": [11, 14], "value": [2, 3], "comparator": "between", "unit": "metres"}],
            "times": [{"span": [11, 14], "value": None}],
            "parent": None,
            "confidence": 0.877,
        }
    ]
    assert "explanations" not in got
    assert READING.to_dict(explain=True)["explanations"][0]["rule"] == "neutral cue"


def test_a_statement_knows_its_source_and_a_source_its_statements() -> None:
    assert READING.statement("st1").source is VIK
    assert READING.said_by(VIK) == (SAID,)
    assert READING.text(*SAID.content) == "The dam holds"
    assert [e.component for e in READING.explain("st1")] == ["acts"]
    with pytest.raises(KeyError, match="st9"):
        READING.statement("st9")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Paragraph((0, 1), "title"), "headline, badge, body"),  # type: ignore[arg-type]
        (lambda: Story(text="ab", paragraphs=(Paragraph((0, 3), "body"),)), "2 characters"),
        (lambda: Story(text="abcd", paragraphs=(Paragraph((2, 3), "body"), Paragraph((0, 2), "body"))), "in order"),
        (lambda: Source("s1", "x", "secret"), "named, unnamed"),  # type: ignore[arg-type]
        (lambda: Source("s1", "x", "named", "robot"), "person, group"),  # type: ignore[arg-type]
        (lambda: Statement("st1", ()), "at least one span"),
        (lambda: Statement("st1", ((0, 1),), confidence=1.2), "0..1"),
    ],
)
def test_constructors_name_the_rule_and_the_value(make, says: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=says):
        make()
