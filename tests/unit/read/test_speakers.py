"""Who speaks in invented one-line stories: named or not, of what kind, and the same as before or somebody new."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.read.source_stories import story
from whence.read.document import Document

CASES = [json.loads(line) for line in (Path(__file__).parent / "data" / "speakers.jsonl").read_text().splitlines()]
LABELS = [c for c in CASES if "are" in c]
MERGES = [c for c in CASES if "same" in c]


def _numbered(doc: Document) -> list[int]:
    ids: list[str] = []
    out = []
    for draft in doc.drafts:
        one = draft.sources[0].id
        if one not in ids:
            ids.append(one)
        out.append(ids.index(one))
    return out


@pytest.mark.parametrize("case", LABELS, ids=lambda c: c["marked"][:50])
def test_naming_and_kind(case: dict[str, Any]) -> None:
    doc = story(case["marked"], **case["entities"])
    assert [[d.sources[0].naming, d.sources[0].kind] for d in doc.drafts] == case["are"]


@pytest.mark.parametrize("case", MERGES, ids=lambda c: c["marked"][:50])
def test_who_is_whom(case: dict[str, Any]) -> None:
    assert _numbered(story(case["marked"], **case["entities"])) == case["same"]


@pytest.mark.parametrize(("one", "other"), [("Merovia", "Valdera"), ("Calder", "Osman"), ("Bell", "Okafor")])
def test_names_change_nothing(one: str, other: str) -> None:
    for case in LABELS:
        pairs = ((one, other), (one[:-1] + "an", other[:-1] + "an"))
        marked, entities = case["marked"], dict(case["entities"])
        if one not in marked or other in marked:
            continue
        for a, b in pairs:
            marked = marked.replace(a, b)
            entities = {k: v.replace(a, b) for k, v in entities.items()}
        doc = story(marked, **entities)
        assert [[d.sources[0].naming, d.sources[0].kind] for d in doc.drafts] == case["are"]
