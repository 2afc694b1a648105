"""Relays, on invented examples that were annotated from the definitions in DESIGN.md."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.read.builders import build
from whence.read.relays import RELAYS

EXAMPLES = [json.loads(line) for line in (Path(__file__).parent / "data" / "relays.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["id"] for e in EXAMPLES])
def test_relays(example: dict[str, Any]) -> None:
    doc = build(example["text"], outlet=example.get("outlet"))
    RELAYS.apply(doc)
    assert [[r.kind, doc.words(r.outlet)] for r in doc.relays] == example["relays"]
    for begins, origin in example.get("origin", []):
        (draft,) = [d for d in doc.drafts if doc.words(d.span).startswith(begins)]
        assert [doc.words(s) for s in draft.source] == [origin]


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["id"] for e in EXAMPLES])
def test_swapping_names_changes_nothing_but_the_names(example: dict[str, Any]) -> None:
    swaps = {"Vale Herald": "Ashdown Times", "Lumo": "Korda", "Ana Ruiz": "Bo Lindgren", "Meridian News": "Tern News"}
    text, outlet = example["text"], example.get("outlet")
    for old, new in swaps.items():
        text = text.replace(old, new)
        outlet = outlet.replace(old, new) if outlet else None
    if example.get("outlet") and "the Herald" in text:
        pytest.skip("the short form belongs to the full name that is swapped")
    kinds = []
    for words, page in ((example["text"], example.get("outlet")), (text, outlet)):
        doc = build(words, outlet=page)
        RELAYS.apply(doc)
        kinds.append([(r.kind, r.rule, r.scope is None, r.draft.id if r.draft else None) for r in doc.relays])
    assert kinds[0] == kinds[1]
