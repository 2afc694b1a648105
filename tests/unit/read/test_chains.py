"""Chains, on the relay examples: the way of a statement to the page, origin first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.read.builders import build, key_of, resolve_relays
from whence.read.chains import CHAINS
from whence.read.relays import RELAYS

ALL = [json.loads(line) for line in (Path(__file__).parent / "data" / "relays.jsonl").read_text().splitlines()]
EXAMPLES = [e for e in ALL if e.get("chains")]


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["id"] for e in EXAMPLES])
def test_chains(example: dict[str, Any]) -> None:
    doc = build(example["text"], outlet=example.get("outlet"))
    RELAYS.apply(doc)
    resolve_relays(doc)
    CHAINS.apply(doc)
    for begins, chain in example["chains"]:
        (draft,) = [d for d in doc.drafts if doc.words(d.span).startswith(begins)]
        assert [key_of(s.label) for s in draft.chain] == chain
