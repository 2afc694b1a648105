"""Headline support, on invented examples: what says the headline, and what only shares words with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.read.builders import build
from whence.read.headline import HEADLINE

EXAMPLES = [json.loads(line) for line in (Path(__file__).parent / "data" / "headline.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["id"] for e in EXAMPLES])
def test_headline_support(example: dict[str, Any]) -> None:
    doc = build(example["text"])
    HEADLINE.apply(doc)
    words = {d.id: doc.words(d.span) for d in doc.drafts}
    found = [words[i] for i in doc.headline_support]
    assert len(found) == len(example["support"]), found
    for statement, begins in zip(found, example["support"], strict=True):
        assert statement.startswith(begins)
