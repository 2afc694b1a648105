"""Disputes, on invented examples that were annotated from the definitions in DESIGN.md."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.read.builders import build
from whence.read.disputes import DISPUTES

EXAMPLES = [json.loads(line) for line in (Path(__file__).parent / "data" / "disputes.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["id"] for e in EXAMPLES])
def test_disputes(example: dict[str, Any]) -> None:
    doc = build(example["text"], kinds=example.get("kinds"))
    DISPUTES.apply(doc)
    words = {d.id: doc.words(d.span) for d in doc.drafts}
    found = [[words[d.claim], words[d.denial]] for d in doc.disputes]
    expected = example["disputes"]
    assert len(found) == len(expected), found
    for (claim, denial), (claim_begins, denial_begins) in zip(found, expected, strict=True):
        assert claim.startswith(claim_begins)
        assert denial.startswith(denial_begins)
