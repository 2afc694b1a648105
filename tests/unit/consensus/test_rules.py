"""The rules: each fires where it should, in order, and the preliminary ones equal their plain twin."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.consensus.community_notes import NOT_HELPFUL_TAGS
from whence.consensus.notestats import blank_stats
from whence.consensus.rules import FINAL, NAMES, PRELIMINARY, apply_rules, plain_status

GOOD: dict[str, Any] = {
    "ratings": 40, "intercept": 0.45, "factor": 0.1, "upper": 0.5, "minority": 12, "minority_ratio": 0.3,
    "no_high_volume": 0.44, "no_correlated": 0.45, "negative_ratings": 20, "positive_ratings": 20,
    "negative_mean": 0.8, "positive_mean": 0.8, "diligence": 0.0, "misleading": 1, "helpful_before": False,
}  # fmt: skip

OUTLIER = {"notHelpfulOther": (3.0, 0.3)}
INCORRECT = {"incorrect_tags": 2.0, "incorrect_voters": 3.0, "incorrect_score": 2.5}


def status_of(**changes: Any) -> tuple[str, list[str]]:
    values = {name: np.array([value]) for name, value in {**GOOD, **changes}.items() if name != "tags"}
    tags = changes.get("tags", {})
    total, ratio = np.zeros((1, 13)), np.zeros((1, 13))
    for tag, (a, b) in tags.items():
        total[0, NOT_HELPFUL_TAGS.index(tag)], ratio[0, NOT_HELPFUL_TAGS.index(tag)] = a, b
    stats = blank_stats(1, **values, tag_total=total, tag_ratio=ratio, tag_threshold=np.full(13, 0.2))
    verdict = apply_rules(stats, FINAL)
    return NAMES[verdict.status[0]], [name.removesuffix(" (v1.0)") for name in verdict.active(0)]


@pytest.mark.parametrize(
    ("changes", "status", "last"),
    [
        ({}, "CURRENTLY_RATED_HELPFUL", "GeneralCRH"),
        ({"intercept": 0.35}, "NEEDS_MORE_RATINGS", "InitialNMR"),
        ({"intercept": 0.39, "helpful_before": True}, "CURRENTLY_RATED_HELPFUL", "GeneralCRHInertia"),
        ({"intercept": 0.29}, "FIRM_REJECT", "RejectLowIntercept"),
        ({"ratings": 4}, "NEEDS_MORE_RATINGS", "InitialNMR"),
        ({"misleading": 0}, "NEEDS_MORE_RATINGS", "InitialNMR"),
        ({"misleading": -1}, "CURRENTLY_RATED_HELPFUL", "GeneralCRH"),
        ({"misleading": 0, "intercept": -0.2, "factor": 0.9, "ratings": 2}, "CURRENTLY_RATED_NOT_HELPFUL", "NmCRNH"),
        ({"intercept": -0.1}, "FIRM_REJECT", "RejectLowIntercept"),
        ({"intercept": -0.1, "factor": 0.05}, "CURRENTLY_RATED_NOT_HELPFUL", "GeneralCRNH"),
        ({"intercept": -0.1, "factor": 0.3, "upper": -0.05}, "CURRENTLY_RATED_NOT_HELPFUL", "UcbCRNH"),
        ({"intercept": 0.2, "negative_mean": 0.3, "positive_mean": 0.2}, "CURRENTLY_RATED_NOT_HELPFUL", "RatioCRNH"),
        ({"intercept": 0.2, "negative_mean": 0.4, "positive_mean": 0.3}, "FIRM_REJECT", "RejectLowIntercept"),
        ({"tags": OUTLIER}, "FIRM_REJECT", "TagFilter"),
        ({"tags": {"notHelpfulOther": (2.5, 0.3)}}, "CURRENTLY_RATED_HELPFUL", "GeneralCRH"),
        ({"tags": {"notHelpfulHardToUnderstand": (9.0, 0.9)}}, "CURRENTLY_RATED_HELPFUL", "GeneralCRH"),
        (INCORRECT, "FIRM_REJECT", "FilterIncorrect"),
        ({**INCORRECT, "incorrect_voters": 2.0, "incorrect_score": 9.0}, "CURRENTLY_RATED_HELPFUL", "GeneralCRH"),
        ({"diligence": 0.264}, "FIRM_REJECT", "FilterLowDiligence"),
        ({"factor": -0.51}, "FIRM_REJECT", "FilterLargeFactor"),
        ({"minority": 3}, "NEEDS_YOUR_HELP", "MinMinorityRaters"),
        ({"minority": 9, "minority_ratio": 0.04}, "NEEDS_YOUR_HELP", "RaterBalance"),
        ({"minority": 10, "minority_ratio": 0.04}, "CURRENTLY_RATED_HELPFUL", "GeneralCRH"),
        ({"no_high_volume": 0.36}, "NEEDS_YOUR_HELP", "NoHighVolIntercept"),
        ({"no_correlated": 0.36}, "NEEDS_YOUR_HELP", "NoCorrelatedIntercept"),
    ],
)  # fmt: skip
def test_each_rule_decides_where_it_should(changes: dict[str, Any], status: str, last: str) -> None:
    found, rules = status_of(**changes)
    assert (found, rules[-1], rules[0]) == (status, last, "InitialNMR")


@given(
    st.lists(
        st.tuples(st.floats(-1, 1), st.floats(-1.5, 1.5), st.integers(0, 12), st.sampled_from([-1, 0, 1])), min_size=1
    )
)
@settings(deadline=None, max_examples=60)
def test_preliminary_rules_equal_their_twin(notes: list[tuple[float, float, int, int]]) -> None:
    b, f, n, kind = (np.array(c) for c in zip(*notes, strict=True))
    stats = blank_stats(len(notes), intercept=b, factor=f, ratings=n.astype(np.int64), misleading=kind.astype(np.int8))
    found = np.array(NAMES)[apply_rules(stats, PRELIMINARY).status]
    assert found.tolist() == [plain_status(*note[:3], note[3] != 0) for note in notes]
