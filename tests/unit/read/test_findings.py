"""Findings, each with stories in which it holds and stories in which it does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.components.chains import read
from whence.read.findings import RULES

EXAMPLES = [json.loads(line) for line in (Path(__file__).parent / "data" / "findings.jsonl").read_text().splitlines()]
IDS = [name for name, _ in RULES]


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["id"] for e in EXAMPLES])
def test_finding_holds_or_not(example: dict[str, Any]) -> None:
    doc = read(example)
    found = [f for f in doc.findings if f.id == example["finding"]]
    assert len(found) == int(example["holds"]), [f.says for f in doc.findings]
    if "evidence" in example:
        assert [doc.words(s) for s in found[0].evidence] == example["evidence"]


def test_every_finding_has_a_case_for_and_one_against() -> None:
    assert {(e["finding"], e["holds"]) for e in EXAMPLES} == {(i, h) for i in IDS for h in (True, False)}


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["id"] for e in EXAMPLES])
def test_findings_come_once_in_order_with_evidence_inside_the_text(example: dict[str, Any]) -> None:
    doc = read(example)
    ids = [f.id for f in doc.findings]
    assert ids == [i for i in IDS if i in ids]
    drafts = {d.id for d in doc.drafts}
    for finding in doc.findings:
        assert finding.evidence
        assert all(0 <= a < b <= len(doc.text) for a, b in finding.evidence)
        assert set(finding.statements) <= drafts
        assert finding.says[0].isupper()
        assert finding.says.endswith(".")
        assert not {"true", "false", "lie", "fake"} & set(finding.says.casefold().strip(".").split())


def test_a_byline_finding_mentions_an_implausible_count() -> None:
    example = next(e for e in EXAMPLES if e["id"] == "beat-out")
    (finding,) = [f for f in read(example).findings if f.id == "byline-out-of-beat"]
    assert "12,400 articles" in finding.says
