"""The component "acts" on its invented cases (data/acts.jsonl)."""

from __future__ import annotations

import time
from typing import Any

import pytest

from benchmarks.components.cases import load
from benchmarks.components.scoring import found, score, wanted
from whence.read.acts import act_of


@pytest.mark.parametrize("case", load("acts"), ids=lambda case: case["text"][:60])
def test_cases(case: dict[str, Any]) -> None:
    assert found("acts", case) == wanted("acts", case)


def test_enough_cases() -> None:
    assert score("acts").cases >= 60


def test_the_words_that_decided_are_the_evidence() -> None:
    text = "She said the mayor should resign."
    decision = act_of(text, ((4, 8),), ((9, 32),))
    assert decision.act == "demand"
    assert [text[a:b] for a, b in decision.evidence] == ["should resign"]


def test_names_change_nothing() -> None:
    for case in load("acts"):
        swapped = {**case, "text": case["text"].replace("Berg", "Okafor").replace("mayor", "duke")}
        assert found("acts", swapped) == found("acts", case)


@pytest.mark.parametrize("unit", ["will ", "not ", "he will ", "if a, ", "said ", "is a a a "])
def test_hostile_content_takes_linear_time(unit: str) -> None:
    text = unit * (40_000 // len(unit))
    start = time.process_time()
    act_of(text, ((0, len(text)),), ((0, len(text)),), "direct")
    assert time.process_time() - start < 2.0
