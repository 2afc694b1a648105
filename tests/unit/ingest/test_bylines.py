"""Who signs a plain text: on the spot, live, in a box at the end, with an address; and what only looks like it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from whence.ingest.plain import from_text

CASES = [json.loads(line) for line in (Path(__file__).parent / "data" / "bylines.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:20] + "…" + c["text"][-30:])
def test_bylines(case: dict[str, Any]) -> None:
    story = from_text(case["text"], id="x")
    if case["byline"] is None:
        assert story.byline is None
        return
    name, role, articles = case["byline"]
    assert story.byline is not None
    assert (story.byline.name, story.byline.articles) == (name, articles)
    assert role is None or story.byline.role == role


def test_clock_times_and_the_questions_beside_them_are_furniture() -> None:
    story = from_text("Who pays? Your questions answered\n\n16:42 What happened?\n\nThe bridge fell, he said.", id="x")
    assert [p.role for p in story.paragraphs] == ["headline", "furniture", "body"]


def test_hostile_lines_take_linear_time() -> None:
    for unit in ("Ann ", "live with ", "a@", "9:41 ", "Ann has written 3 "):
        from_text("A headline\n\n" + unit * (20_000 // len(unit)), id="x")
