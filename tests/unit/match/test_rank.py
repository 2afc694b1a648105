"""The ranking: leads, scores, reasons."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.errors import ModelError
from whence.match.encoder import PACKAGED
from whence.match.features import FEATURES
from whence.match.rank import Ranker, leads

_SUMS = st.lists(st.floats(min_value=-40, max_value=40), min_size=1, max_size=20)


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    return Ranker.load(PACKAGED / "rank.json")


def test_one_candidate_leads_none_of_these_by_the_difference() -> None:
    assert leads(np.array([5.0]), 2.0) == pytest.approx([3.0])


def test_two_that_are_equal_share() -> None:
    share = 1 / (1 + np.exp(-leads(np.array([4.0, 4.0]), -50.0)))
    assert share == pytest.approx([0.5, 0.5])


@given(_SUMS, st.floats(min_value=-10, max_value=20))
def test_leads_are_the_log_odds_of_a_softmax_with_none_of_these(sums: list[float], background: float) -> None:
    totals = np.array(sums)
    raised = np.exp(np.append(totals, background))
    shares = raised / raised.sum()
    assert 1 / (1 + np.exp(-leads(totals, background))) == pytest.approx(shares[:-1], abs=1e-9)


@given(_SUMS)
def test_scores_keep_the_order_and_stay_in_range(sums: list[float]) -> None:
    scores = Ranker.load(PACKAGED / "rank.json").scores(np.array(sums), np.full((len(sums), len(FEATURES)), 0.5))
    assert (np.diff(scores[np.argsort(sums, kind="stable")]) >= 0).all()
    assert 0 <= scores.min() <= scores.max() <= 1


@pytest.mark.parametrize("silent", [0.0, 1.0])
def test_to_be_far_ahead_is_not_enough(ranker: Ranker, silent: float) -> None:
    totals = np.array([12.0, 4.0, 3.0])
    like, other = np.full((3, len(FEATURES)), 0.9), np.full((3, len(FEATURES)), 0.1)
    like[:, FEATURES.index("no-text")] = other[:, FEATURES.index("no-text")] = silent
    assert ranker.scores(totals, like)[0] > ranker.scores(totals, other)[0]


def test_what_should_speak_for_a_candidate_is_not_weighed_against_it(ranker: Ranker) -> None:
    against = {"names-missing", "numbers-differ", "negation-differs"}
    for place, name in enumerate(FEATURES):
        if name != "no-text":
            for weights in (ranker.weights, ranker.support):
                assert (weights[:, place] * (-1 if name in against else 1) >= 0).all(), name


def test_another_number_speaks_against(ranker: Ranker) -> None:
    for weights in (ranker.weights, ranker.support):
        assert (weights[:, FEATURES.index("numbers-differ")] < 0).all()


def test_reasons_of_a_check_without_text_do_not_speak_of_its_text(ranker: Ranker) -> None:
    features = np.ones(len(FEATURES))
    assert "text" not in {reason.name for reason in ranker.reasons(features)}
    features[FEATURES.index("no-text")] = 0
    assert "text" in {reason.name for reason in ranker.reasons(features)}


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"with-text": {"meaning": 1.0}},
        {"background": "much"},
        {"evidence": None},
        {"support-with-text": {}},
    ],
)
def test_a_file_that_is_not_whole_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    values = json.loads((PACKAGED / "rank.json").read_text(encoding="utf-8"))
    (tmp_path / "rank.json").write_text(json.dumps({**values, **change}), encoding="utf-8")
    with pytest.raises(ModelError, match="cannot read"):
        Ranker.load(tmp_path / "rank.json")
