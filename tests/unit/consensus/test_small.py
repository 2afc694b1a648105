"""Small communities: what is sensible with tens of raters, divided or not; NumPy, Polars and pandas alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from whence.consensus import BridgingFactorisation, fit
from whence.consensus.objective import Parameters
from whence.consensus.sides import Sides
from whence.consensus.small import REASONS, resample, small_status
from whence.errors import InputError, RangeError


def community(
    divide: float, seed: int = 1, raters: int = 30, notes: int = 24
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ratings (note, rater, rating): by fours, notes are good for all, bad for all, for one side, for the other."""
    random = np.random.default_rng(seed)
    note, rater = np.nonzero(random.random((notes, raters)) < 0.7)
    quality = np.array([1.2, -1.2, 0.0, 0.0])[note % 4]
    slant = np.array([0.0, 0.0, 2.0, -2.0])[note % 4] * divide
    side = np.where(rater < raters // 2, 1.0, -1.0)
    z = quality + slant * side + random.normal(0, 0.5, len(note))
    rating = np.where(z > 0.2, 1.0, np.where(z < -0.2, 0.0, 0.5))
    return np.column_stack([note, rater, rating]), side


def test_a_divided_community() -> None:
    found = fit(community(1.0)[0], resamples=60)
    assert found.divided
    status, kind = found.notes["status"], found.notes["note"].astype(int) % 4
    assert (status[kind == 0] == "helpful").mean() > 0.8
    assert (status[kind == 1] == "not-helpful").mean() > 0.8
    assert (status[kind >= 2] == "needs-more-ratings").all()
    assert set(np.sign(found.raters["factor"][:15])) == {np.sign(found.raters["factor"][0])}
    inside = ~np.isnan(found.notes["low"])
    assert (found.notes["low"][inside] <= found.notes["high"][inside]).all()


def test_no_divide_no_sides() -> None:
    found = fit(community(0.0, seed=4)[0], resamples=60)
    assert not found.divided
    assert (found.notes["factor"] == 0).all()
    kind = found.notes["note"].astype(int) % 4
    assert (found.notes["status"][kind == 0] == "helpful").mean() > 0.8
    assert "one side has hardly spoken" not in set(found.notes["reason"])


def test_a_note_that_one_side_alone_has_rated_needs_more_ratings() -> None:
    table, _ = community(1.0)
    only = np.array([[99, rater, 1.0] for rater in range(14)])
    found = fit(np.vstack([table, only]), resamples=40)
    last = found.notes["note"] == 99
    assert found.notes["status"][last] == ["needs-more-ratings"]
    assert found.notes["reason"][last] == ["one side has hardly spoken"]


def test_few_ratings_need_more() -> None:
    table, _ = community(1.0)
    found = fit(np.vstack([table, [[99, 1, 1.0], [99, 20, 1.0]]]), resamples=20)
    assert found.notes["reason"][found.notes["note"] == 99] == ["fewer than 5 ratings"]


def test_every_kind_of_table_gives_the_same() -> None:
    import pandas as pd

    table = community(1.0)[0]
    columns: dict[str, Any] = {"note": table[:, 0].astype(int), "rater": table[:, 1].astype(int), "rating": table[:, 2]}
    words = np.array(["NOT_HELPFUL", "SOMEWHAT_HELPFUL", "HELPFUL"])[(table[:, 2] * 2).astype(int)]
    numpy = fit(columns, resamples=10)
    polars = fit(pl.DataFrame({**columns, "rating": words.tolist()}), resamples=10)
    pandas = fit(pd.DataFrame(columns), resamples=10)
    assert isinstance(polars.notes, pl.DataFrame)
    assert isinstance(pandas.notes, pd.DataFrame)
    for name in ("score", "low", "factor"):
        assert numpy.notes[name] == pytest.approx(polars.notes[name].to_numpy(), nan_ok=True)
        assert numpy.notes[name] == pytest.approx(pandas.notes[name].to_numpy(), nan_ok=True)
    assert numpy.notes["score"].dtype == np.float64
    assert numpy.notes["ratings"].dtype == np.int64
    text = fit(pl.DataFrame({**columns, "note": [f"n{n:02d}" for n in columns["note"]]}), resamples=10)
    assert text.notes["note"][0] == "n00"
    assert text.notes["score"].to_numpy() == pytest.approx(numpy.notes["score"])


@pytest.mark.parametrize(
    "bad",
    [
        np.zeros((3, 2)),
        np.zeros((0, 3)),
        [[1, 1, 0.3]],
        [[np.nan, 1, 1.0]],
        {"note": [1], "rater": [1]},
        {"note": [1], "rater": [None], "rating": [1]},
        {"note": [1], "rater": ["a"], "rating": ["GREAT"]},
    ],
)
def test_bad_ratings_are_named(bad: Any) -> None:
    with pytest.raises(InputError):
        fit(bad)


def test_a_level_outside_its_range_is_named() -> None:
    with pytest.raises(RangeError, match=r"level lies in \(0, 1\)"):
        fit(community(1.0)[0], level=1.5)


def test_status_and_reason_agree() -> None:
    counts = np.zeros((4, 2, 3), np.int64)
    counts[:, :, 2] = [[9, 9], [9, 0], [9, 9], [2, 1]]
    low, high = np.array([0.6, 0.6, 0.4, 0.9]), np.array([0.9, 0.9, 0.9, 1.0])
    status, reason = small_status(counts.sum(axis=(1, 2)), True, Sides(counts), low, high, low, high)
    assert status.tolist() == [1, 0, 0, 0]
    assert [REASONS[r] for r in reason] == [REASONS[0], REASONS[2], REASONS[4], REASONS[1]]


def test_resampling_every_rater_once_changes_nothing() -> None:
    from whence.consensus.api import _dataset
    from whence.consensus.factorise import factorise
    from whence.consensus.matrix import matrix

    table, _ = community(1.0)
    data = _dataset(
        table[:, 0].astype(np.int32), table[:, 1].astype(np.int32), (table[:, 2] * 2).astype(np.uint32), 24, 30
    )
    whole = matrix(data.ratings, 30)
    same = resample(whole, np.arange(30))
    start = Parameters(0.0, np.column_stack([np.zeros(30), np.linspace(-1, 1, 30)]), np.zeros((24, 2)))
    assert factorise(same, start=start).loss == pytest.approx(factorise(whole, start=start).loss)


def test_the_estimator() -> None:
    table, _ = community(1.0)
    x, y = table[:, :2].astype(int), table[:, 2]
    model = BridgingFactorisation().fit(x, y)
    assert model.score(x, y) > 0.6
    assert model.gradient_norm_ < 1e-5
    assert model.predict(np.array([[0, 0], [500, 0], [0, 500]])).shape == (3,)
    assert model.get_params()["factor_penalty"] == 0.03
    flat = BridgingFactorisation().set_params(factor_penalty=1e9).fit(x, y)
    assert np.abs(flat.note_factors_).max() < 1e-6
    real = BridgingFactorisation().fit(x, y + np.random.default_rng(0).normal(0, 0.01, len(y)))
    assert real.note_intercepts_ == pytest.approx(model.note_intercepts_, abs=0.02)
    with pytest.raises(InputError, match="shape"):
        model.predict(np.zeros(3))
    with pytest.raises(InputError, match="finite"):
        BridgingFactorisation().fit(x, np.full(len(x), np.nan))
    with pytest.raises(InputError, match="parameters are"):
        model.set_params(speed=1.0)


def test_scikit_learn_can_clone_it() -> None:
    base = pytest.importorskip("sklearn.base")
    assert base.clone(BridgingFactorisation(tolerance=1e-4)).tolerance == 1e-4


def test_real_votes() -> None:
    """Polis's own two opinion groups on Brexit come out as the two signs of the factor."""
    folder = Path(__file__).resolve().parents[4] / "shared" / "data" / "polis" / "brexit-consensus"
    if not folder.exists():
        pytest.skip("the Polis votes (../shared/data/polis) are not here")
    votes = pl.read_csv(folder / "votes.csv").with_columns(rating=(pl.col("vote") + 1) / 2)
    found = fit(votes, note="comment-id", rater="voter-id", resamples=30)
    assert found.divided
    groups = pl.read_csv(folder / "participants-votes.csv").select("participant", "group-id").drop_nulls()
    joined = found.raters.join(groups, left_on="rater", right_on="participant")
    same = ((joined["factor"] > 0).to_numpy() == (joined["group-id"] == 1).to_numpy()).mean()
    assert max(same, 1 - same) > 0.85
    assert {"helpful", "not-helpful", "needs-more-ratings"} == set(found.notes["status"])


def test_the_estimator_ends_after_the_sweeps_it_was_given_and_says_so() -> None:
    random = np.random.default_rng(3)
    pairs = np.array([(n, r) for n in range(15) for r in range(30)])
    values = random.integers(0, 3, len(pairs)) / 2
    with pytest.warns(UserWarning, match="after 3 sweeps"):
        model = BridgingFactorisation(max_sweeps=3).fit(pairs, values)
    assert model.n_iter_ == 3
