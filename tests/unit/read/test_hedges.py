"""The component "hedges" on its invented cases (data/hedges.jsonl)."""

from __future__ import annotations

import time
from typing import Any

import pytest

from benchmarks.components.cases import load, made
from benchmarks.components.scoring import found, score, wanted
from whence.read.hedges import HEDGES


@pytest.mark.parametrize("case", load("hedges"), ids=lambda case: case["text"][:60])
def test_cases(case: dict[str, Any]) -> None:
    assert found("hedges", case) == wanted("hedges", case)


def test_enough_cases() -> None:
    assert score("hedges").cases >= 60


def test_a_cue_that_attributes_to_nobody_is_a_hedge() -> None:
    document, draft = made({"text": "[C The band] has [Q reportedly] [C split]."})
    HEDGES.apply(document)
    assert [document.words(s) for s in draft.hedges] == ["reportedly"]


@pytest.mark.parametrize("unit", ["may ", "data ", "what a b c d ", "was ", "the alleged ", "‘a’ "])
def test_hostile_content_takes_linear_time(unit: str) -> None:
    document, _ = made({"text": unit * (40_000 // len(unit))})
    start = time.process_time()
    HEDGES.apply(document)
    assert time.process_time() - start < 2.0
