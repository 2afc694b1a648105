"""The scorer asks what a gold has, once each, and counts hits as the measures say."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.stories.__main__ import table
from benchmarks.stories.scorer import Score, score

TEXT = "Mill fire\n\nThe mill burned, the mayor said on Monday. The owner denied arson."
CLAIM, DENIAL = [11, 26], [69, 74]
MAYOR, OWNER = [28, 37], [53, 62]

Json = dict[str, Any]


@pytest.fixture
def gold() -> Json:
    row = {"required": True, "kind": "indirect", "act": "assert"}
    return {
        "headline": {"span": [0, 9]},
        "badges": [],
        "byline": None,
        "sources": {
            "mayor": {"naming": "unnamed", "mentions": [MAYOR]},
            "owner": {"naming": "unnamed", "mentions": [OWNER]},
        },
        "statements": [
            {**row, "content": CLAIM, "source": ["mayor"], "cue": [38, 42], "id": "fire"},
            {**row, "content": DENIAL, "source": ["owner"], "cue": [63, 69], "act": "deny", "denies": "fire"},
        ],
        "findings": [{"id": "disputed", "must": True}, {"id": "relay", "must": False}],
    }


@pytest.fixture
def reading() -> Json:
    row = {"voice": "attributed", "quote": "indirect"}
    return {
        "story": {"text": TEXT, "headline": [0, 9]},
        "sources": [
            {"id": "s1", "naming": "unnamed", "mentions": [MAYOR]},
            {"id": "s2", "naming": "unnamed", "mentions": [OWNER]},
        ],
        "statements": [
            {**row, "id": "a", "content": [CLAIM], "source_ids": ["s1"], "cue": [38, 42], "act": "assert"},
            {**row, "id": "b", "content": [DENIAL], "source_ids": ["s2"], "cue": [63, 69], "act": "deny"},
        ],
        "disputes": [{"claim": "a", "denial": "b"}],
        "findings": [{"id": "disputed"}],
    }


def test_a_right_reading_has_every_point_and_no_point_for_what_the_gold_lacks(gold: Json, reading: Json) -> None:
    result = score(gold, reading)
    assert result.mean_share() == 1.0
    assert "badge" not in result.tally()
    assert "byline name" not in result.tally()
    assert result.tally()["statement found"] == (2, 2)
    assert (result.extra_statements, result.extra_findings) == (0, 0)


@pytest.mark.parametrize(
    ("change", "measure"),
    [
        (lambda r: r["statements"][0].update(content=[[11, 22]]), "statement found"),
        (lambda r: r["statements"][0].update(voice="own"), "own voice or attributed"),
        (lambda r: r["statements"][0].update(source_ids=["s2"]), "source"),
        (lambda r: r["statements"][0].update(cue=None), "cue"),
        (lambda r: r["statements"][0].update(quote="direct"), "quote kind"),
        (lambda r: r["statements"][1].update(act="assert"), "speech act"),
        (lambda r: r["sources"][0].update(naming="named"), "source naming"),
        (lambda r: r.update(disputes=[{"claim": "b", "denial": "a"}]), "dispute"),
        (lambda r: r["story"].update(headline=None), "headline"),
        (lambda r: r.update(findings=[{"id": "relay"}]), "finding"),
    ],
)
def test_each_fault_costs_its_own_measure(gold: Json, reading: Json, change: Any, measure: str) -> None:
    change(reading)
    hits, total = score(gold, reading).tally()[measure]
    assert hits == total - 1


def test_a_statement_not_found_is_not_asked_about(gold: Json, reading: Json) -> None:
    reading["statements"] = reading["statements"][1:]
    tally = score(gold, reading).tally()
    assert tally["cue"] == (1, 1)
    assert tally["dispute"] == (0, 1)


def test_split_content_is_compared_by_its_pieces(gold: Json, reading: Json) -> None:
    gold["statements"][0] |= {"content": [11, 50], "pieces": [CLAIM, [43, 50]]}
    assert score(gold, reading).tally()["statement found"] == (1, 2)
    reading["statements"][0]["content"].append([43, 50])
    assert score(gold, reading).tally()["statement found"] == (2, 2)


def test_optional_rows_neither_score_nor_count_as_extra(gold: Json, reading: Json) -> None:
    gold["statements"][0]["required"] = False
    del gold["statements"][1]["denies"]
    result = score(gold, reading)
    assert result.tally()["statement found"] == (1, 1)
    assert result.extra_statements == 0
    gold["statements"].pop(0)
    assert score(gold, reading).extra_statements == 1


def test_nothing_read_scores_nothing(gold: Json) -> None:
    empty = {"story": {"text": TEXT}, "statements": []}
    assert score(gold, empty).mean_share() == 0.0
    assert Score().mean_share() == 0.0


def test_the_table_pools_hits(gold: Json, reading: Json) -> None:
    one = score(gold, reading)
    shown = table({"one": one, "two": one + one})
    assert [line.split()[-2:] for line in shown.splitlines() if line.startswith("statement found")] == [["2/2", "4/4"]]
