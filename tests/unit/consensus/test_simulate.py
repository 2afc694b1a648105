"""Simulated communities: seeded, sensible, and bounded."""

from __future__ import annotations

import numpy as np
import pytest

from whence.consensus.simulation import Scenario, community, simulate
from whence.errors import InputError, RangeError
from whence.publish.consensus_page import simulation_plot

SMALL = Scenario(raters=200, notes=60, ratings=30, runs=1)


def test_a_community_without_bad_raters_shows_nothing_wrong_and_bad_ones_do_harm() -> None:
    lines = simulate(SMALL, (0.0, 0.3))
    assert lines[0].wrong_shown == 0
    assert lines[0].right_suppressed < lines[1].right_suppressed
    assert lines == simulate(SMALL, (0.0, 0.3))
    svg = simulation_plot(lines, "brigade <b>")
    assert svg.startswith("<svg")
    assert "<b>" not in svg


@pytest.mark.parametrize("attack", ["brigade", "sybils"])
def test_bad_raters_do_as_they_are_told(attack: str) -> None:
    c = community(Scenario(raters=60, notes=30, ratings=20, attack=attack), 0.2, 0)  # type: ignore[arg-type]
    note, level = c.data.ratings.note(), c.data.ratings.level
    theirs = c.bad[c.data.ratings.rater] & c.target[note]
    assert c.bad.sum() == 12
    assert (level[theirs & c.right[note]] == 0).all()
    assert (level[theirs & ~c.right[note]] == 2).all()
    assert np.count_nonzero(theirs) == 12 * c.target.sum()


@pytest.mark.parametrize("bad", [{"raters": 5}, {"ratings": 500}, {"targets": 0.0}, {"divide": -1.0}, {"runs": 0}])
def test_scenarios_are_bounded(bad: dict[str, int]) -> None:
    with pytest.raises(RangeError):
        Scenario(**bad)  # type: ignore[arg-type]


def test_attacks_and_shares_are_checked() -> None:
    with pytest.raises(InputError):
        Scenario(attack="storm")  # type: ignore[arg-type]
    with pytest.raises(RangeError):
        simulate(SMALL, (0.95,))


def test_sleepers_touch_few_targets_and_so_do_less_harm_at_a_time() -> None:
    c = community(Scenario(raters=60, notes=30, ratings=20, attack="sleepers"), 0.2, 0)
    note, level = c.data.ratings.note(), c.data.ratings.level
    theirs = c.bad[c.data.ratings.rater] & c.target[note]
    assert 0 < np.count_nonzero(theirs & (c.right[note] == (level == 0))) < 12 * c.target.sum()
    quiet = simulate(Scenario(raters=200, notes=60, ratings=30, runs=1, attack="sleepers"), (0.1,))[0]
    loud = simulate(Scenario(raters=200, notes=60, ratings=30, runs=1, attack="brigade"), (0.1,))[0]
    assert quiet.right_suppressed < loud.right_suppressed
