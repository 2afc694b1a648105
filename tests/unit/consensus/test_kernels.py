"""Each fast kernel equals its readable twin, on random input."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from whence.consensus.adam import descend
from whence.consensus.anderson import fixed_point, plain_extrapolate
from whence.consensus.counting import keep_notes, keep_raters, note_counts, plain_counts, rater_counts
from whence.consensus.dataset import LEVEL_SHIFT, NOT_HELPFUL_MASK, VALID, Ratings
from whence.consensus.diligence import diligence_matrix, faults_of, levels_and_faults
from whence.consensus.factorise import factorise, plain_solve_side, solve_side
from whence.consensus.filters import enough, plain_enough
from whence.consensus.frozen import bounds, note_sums, plain_note_sums, solve
from whence.consensus.logistic import logistic_terms, plain_logistic_terms, probabilities
from whence.consensus.look import plain_look
from whence.consensus.matrix import Matrix, cuts_of, matrix
from whence.consensus.objective import Parameters, Penalties, gradient, loss
from whence.consensus.regressions import Side, majorise_side, newton_notes, plain_majorise, plain_newton
from whence.consensus.reputation import agreements, plain_agreements
from whence.consensus.sides import plain_sides, sides
from whence.consensus.slopes import plain_slopes, slopes
from whence.consensus.starts import nucleus, nucleus_fit
from whence.consensus.tags import incorrect, incorrect_habits, plain_incorrect, plain_tag_weights, tag_weights


def ratings_of(seed: int, notes: int = 25, raters: int = 40, share: float = 0.4) -> Ratings:
    """A divided community's ratings with random tags."""
    random = np.random.default_rng(seed)
    note, rater = np.nonzero(random.random((notes, raters)) < share)
    side = np.where(np.arange(raters) % 2 == 0, 1.0, -1.0)
    z = (
        random.normal(0, 0.5, notes)[note]
        + random.normal(0, 1, notes)[note] * side[rater]
        + random.normal(0, 0.5, len(note))
    )
    level = np.where(z > 0.3, 2, np.where(z < -0.3, 0, 1)).astype(np.uint32)
    bits = level << np.uint32(LEVEL_SHIFT)
    bits |= random.integers(0, 2**22, len(note)).astype(np.uint32) & np.uint32(NOT_HELPFUL_MASK)
    bits |= np.where(random.random(len(note)) < 0.7, np.uint32(VALID), np.uint32(0))
    start = np.concatenate([[0], np.cumsum(np.bincount(note, minlength=notes))]).astype(np.int64)
    return Ratings(start, rater.astype(np.int32), bits)


def parameters_of(data: Matrix, seed: int) -> Parameters:
    random = np.random.default_rng(seed)
    return Parameters(0.2, random.normal(0, 0.3, (data.raters, 2)), random.normal(0, 0.3, (data.notes, 2)))


@pytest.fixture(params=[1, 2, 3])
def ratings(request: pytest.FixtureRequest) -> Ratings:
    return ratings_of(request.param)


@pytest.fixture
def data(ratings: Ratings) -> Matrix:
    return matrix(ratings, 40)


def test_both_orders_of_a_matrix_hold_the_same(data: Matrix) -> None:
    a = set(
        zip(np.repeat(np.arange(data.notes), np.diff(data.note_start)), data.raters_of, data.note_code, strict=True)
    )
    b = set(
        zip(data.notes_of, np.repeat(np.arange(data.raters), np.diff(data.rater_start)), data.rater_code, strict=True)
    )
    assert a == b


def test_memory_is_eight_bytes_a_rating_and_ten_more_for_a_fit() -> None:
    ratings = ratings_of(3, notes=200, raters=300, share=0.5)
    assert ratings.rater.nbytes + ratings.bits.nbytes == 8 * len(ratings)
    data = matrix(ratings, 300)
    entities = 12 * (data.notes + data.raters) + 16 + data.values.nbytes
    assert data.nbytes == 10 * len(data) + entities


@pytest.mark.parametrize("few", [0, 10**9])
def test_solve_side(data: Matrix, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whence.consensus.factorise._FEW", few)  # both the serial and the parallel loop
    p = parameters_of(data, 5)
    own, sums = p.note.copy(), np.empty((data.notes, 4))
    solve_side(data.note_start, data.raters_of, data.note_code, data.values, p.mu, p.rater, 3.0, 0.6, own, sums)
    expected = plain_solve_side(data.note_start, data.raters_of, data.values[data.note_code], p.mu, p.rater, 3.0, 0.6)
    assert own == pytest.approx(expected, abs=1e-12)


def test_the_fit_is_at_a_stationary_point_that_no_step_improves(data: Matrix) -> None:
    fit = factorise(data)
    g = gradient(data, fit.parameters, Penalties())
    assert max(np.abs(g.rater).max(), np.abs(g.note).max(), abs(g.mu)) < 1e-6
    assert fit.gradient_norm < 1e-5
    random = np.random.default_rng(0)
    best = loss(data, fit.parameters, Penalties())[0]
    assert fit.loss == pytest.approx(best, abs=1e-12)
    for _ in range(20):
        near = Parameters(
            fit.parameters.mu + random.normal(0, 1e-3),
            fit.parameters.rater + random.normal(0, 1e-3, fit.parameters.rater.shape),
            fit.parameters.note + random.normal(0, 1e-3, fit.parameters.note.shape),
        )
        assert loss(data, near, Penalties())[0] > best


def test_the_gradient_is_the_slope_of_the_loss(data: Matrix) -> None:
    p, weights = parameters_of(data, 6), Penalties(ratings_a_note=7.0)
    g = gradient(data, p, weights)
    h = 1e-6
    for array, slope in ((p.note, g.note), (p.rater, g.rater)):
        for place in ((0, 0), (3, 1)):
            array[place] += h
            up = loss(data, p, weights)[0]
            array[place] -= 2 * h
            down = loss(data, p, weights)[0]
            array[place] += h
            assert slope[place] == pytest.approx((up - down) / (2 * h), abs=1e-8)


def test_every_sweep_lowers_the_objective(data: Matrix) -> None:
    assert np.all(np.diff(factorise(data).trace) <= 1e-12)
    assert factorise(data, memory=0).loss == pytest.approx(factorise(data).loss, abs=1e-9)


def test_a_checkerboard_is_seen_by_its_factors() -> None:
    note, rater = np.indices((12, 12)).reshape(2, -1)
    level = np.where((note + rater) % 2 == 0, 2, 0).astype(np.uint32)
    board = Ratings(np.arange(0, 145, 12, dtype=np.int64), rater.astype(np.int32), level << np.uint32(LEVEL_SHIFT))
    p = factorise(matrix(board, 12)).parameters
    assert np.allclose(p.note[:, 0], p.note[0, 0], atol=1e-6)
    assert (np.sign(p.note[::2, 1]) == np.sign(p.note[0, 1])).all()
    assert (np.sign(p.note[1::2, 1]) == -np.sign(p.note[0, 1])).all()


def test_the_nucleus_never_makes_a_fit_worse() -> None:
    data = matrix(ratings_of(9, notes=120, raters=200, share=0.2), 200)
    assert nucleus(data, 0.25) is not None
    assert nucleus_fit(data).loss <= factorise(data).loss * (1 + 1e-9)


@pytest.mark.parametrize("few", [0, 10**9])
@pytest.mark.parametrize("positive", [0.0, 4.0])
def test_slopes(data: Matrix, positive: float, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whence.consensus.slopes._FEW", few)
    p = parameters_of(data, 7)
    p = Parameters(p.mu, p.rater.astype(np.float32).astype(float), p.note.astype(np.float32).astype(float))
    if positive:  # cross-entropy knows only 0 and 1
        data = replace(data, values=np.array([0.0, 0.0, 1.0]))
    by_note, by_rater = np.empty((data.notes, 3)), np.empty((data.raters, 2))
    slopes(data, p.mu, p.note, p.rater, positive, by_note, by_rater)
    expected, total = plain_slopes(data, p, positive)
    assert by_note[:, :2] == pytest.approx(expected, abs=1e-10)
    assert by_note[:, 2].sum() == pytest.approx(total)
    assert by_rater[:, 0].sum() == pytest.approx(by_note[:, 0].sum())


def test_logistic_terms() -> None:
    z = np.concatenate([np.random.default_rng(0).normal(0, 8, 5000), [0.0, -0.0, 1e-9, -1e-9, 36, -36, 689, -689]])
    probability, growth = np.empty_like(z), np.empty_like(z)
    logistic_terms(z, len(z), probability, growth)
    expected = plain_logistic_terms(z)
    assert probability == pytest.approx(expected[0], rel=1e-13, abs=0)
    assert growth == pytest.approx(expected[1], rel=1e-13, abs=0)
    alone = np.empty_like(z)
    probabilities(z, len(z), alone, growth)
    assert alone.tobytes() == probability.tobytes()


def test_logistic_terms_of_huge_logits_stay_finite() -> None:
    z = np.array([1e4, -1e4, 1e300, -1e300])
    probability, growth = np.empty(4), np.empty(4)
    logistic_terms(z, 4, probability, growth)
    assert probability == pytest.approx([1, 0, 1, 0], abs=1e-290)
    assert growth == pytest.approx([1e4, 0, 1e300, 0], abs=1e-290)


def test_a_patient_descent_ends_at_the_lowest_point_of_its_path(data: Matrix) -> None:
    tagged = replace(data, values=np.array([0.0, 0.0, 1.0]))
    start = parameters_of(data, 11)
    losses = [descend(tagged, start, rate=2.0, positive=3.0, patient=True, most=k).loss for k in (0, 5, 50, 5000)]
    assert losses == sorted(losses, reverse=True)
    whole = descend(tagged, start, rate=2.0, positive=3.0, patient=True)
    assert 100 <= whole.epochs < 5000
    again = descend(tagged, start, rate=2.0, positive=3.0, patient=True, most=whole.epochs - 100)
    assert again.parameters.note.tobytes() == whole.parameters.note.tobytes()


def _regressions(of_notes: bool, width: int, sizes: tuple[int, ...]) -> tuple[Side, NDArray[np.float32]]:
    """Some entities' ratings, and what twenty others say of theirs."""
    random = np.random.default_rng(len(sizes) + width)
    start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    target = (random.random(int(start[-1])) < 0.3).astype(np.uint8)
    other_of = random.integers(0, 20, len(target)).astype(np.int32)
    given = random.normal(size=(20, width)).astype(np.float32)
    given[:, 2:] = np.abs(given[:, 2:])
    return Side(start, other_of, target, of_notes, cuts_of(start)), given


def _of_one(side: Side, e: int, given: NDArray[np.float32]) -> tuple[NDArray[np.float64], ...]:
    """An entity's targets, bases, regressors and weights."""
    mine = slice(side.start[e], side.start[e + 1])
    t = side.target[mine].astype(float)
    wide = np.ones((len(t), 4))
    wide[:, : given.shape[1]] = given[side.other_of[mine]]
    ones = np.ones(len(t))
    columns = (wide[:, 1], wide[:, 2]) if side.of_notes else (wide[:, 0], ones, wide[:, 1])
    base, weight = (wide[:, 0], wide[:, 3]) if side.of_notes else (0 * ones, wide[:, 2])
    return t, base + 0.2, np.stack(columns, axis=1), weight * np.where(t > 0, 5.0, 1.0)


# Entities over several pieces, in several shares, of one rating, and of none.
_SIZES = [(30, 45), (1, 1300, 511, 2, 512, 40_000, 1, 33_000)]


@pytest.mark.parametrize("sizes", _SIZES)
@pytest.mark.parametrize("moving", [0, 1])
@pytest.mark.parametrize("width", [3, 4])
def test_newton_reaches_the_minimum_of_its_twin(moving: int, width: int, sizes: tuple[int, ...]) -> None:
    side, given = _regressions(True, width, sizes)
    scales = np.linspace(1.0, 0.7, len(sizes))
    own = np.full((len(sizes), 2), 0.1)
    newton_notes(side, given, scales, 5.0, 0.2, 0.3, moving, 40, own)
    assert (own[:, 1 - moving] == 0.1).all()
    for e, scale in enumerate(scales):
        t, base, x, w = _of_one(side, e, given)
        fixed = base + 0.1 * x[:, 1 - moving]
        expected = plain_newton(t, fixed, x[:, moving], w * scale, 0.3, 0.1)
        assert own[e, moving] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("sizes", _SIZES)
@pytest.mark.parametrize("of_notes", [True, False])
@pytest.mark.parametrize("free", [[True, True, True], [True, True, False], [True, False, True], [False, True, False]])
def test_majorise_takes_its_twins_step(free: list[bool], of_notes: bool, sizes: tuple[int, ...]) -> None:
    count = 2 if of_notes else 3
    for width in (2, 3, 4) if of_notes else (2, 3):
        side, given = _regressions(of_notes, width, sizes)
        scales = np.linspace(1.0, 0.7, len(sizes))
        ridge, moves = np.array([0.3, 0.5, 1.0])[:count], np.array(free)[:count]
        own = np.full((len(sizes), count), 0.1)
        totals = majorise_side(side, given, scales, 5.0, 0.2, ridge, moves, own)
        values = []
        for e, scale in enumerate(scales):
            t, base, x, w = _of_one(side, e, given)
            expected, value = plain_majorise(t, base, x, w * scale, ridge, moves, np.full(count, 0.1))
            values.append((value, plain_look(t, base, x, w * scale, 0.1, np.full(count, 0.1))[1:]))
            assert own[e] == pytest.approx(expected, abs=1e-8)
        assert totals[3] == pytest.approx(len(sizes) * 0.01 * ridge.sum())
        if of_notes:
            assert totals[0] == pytest.approx(sum(value for value, _ in values))
        else:
            assert totals[1] == pytest.approx(sum(slope[1] for _, (slope, _) in values))
            assert totals[2] == pytest.approx(sum(curve[1, 1] for _, (_, curve) in values))


def test_the_extrapolation_solves_a_linear_map_in_as_many_steps_as_it_has_dimensions() -> None:
    random = np.random.default_rng(6)
    half = random.normal(size=(4, 4))
    hessian = half @ half.T + np.eye(4)
    steps: list[NDArray[np.float64]] = []
    images: list[NDArray[np.float64]] = []

    def step(x: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        change = -hessian @ (x - 1.0) / np.trace(hessian)
        if steps:
            assert np.allclose(x, plain_extrapolate(steps, images) if len(steps) > 1 else images[-1], atol=1e-6)
        steps.append(change)
        images.append(x + change)
        return float((x - 1.0) @ hessian @ (x - 1.0)), x + change

    rest = fixed_point(step, np.zeros(4), tolerance=1e-9, most=50)
    assert rest.x == pytest.approx(np.ones(4), abs=1e-6)
    assert rest.steps <= 8


@pytest.mark.parametrize("size", [5, 40_000])
def test_long_and_short_histories_extrapolate_alike(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    scale = np.linspace(0.1, 1.0, size)

    def run() -> NDArray[np.float64]:
        return fixed_point(
            lambda x: (float(scale @ (x - 1) ** 2), x + 0.9 * scale * (1 - x)), np.zeros(size), tolerance=1e-10, most=12
        ).x

    short = run()
    monkeypatch.setattr("whence.consensus.anderson._FEW", 0)
    assert run().tobytes() == short.tobytes()


def test_counts(ratings: Ratings) -> None:
    keep = np.random.default_rng(4).random(len(ratings)) < 0.6
    by_note, by_rater = plain_counts(ratings, keep, 40)
    assert (note_counts(ratings, keep) == by_note).all()
    assert (rater_counts(ratings, keep, 40) == by_rater).all()
    good_note, good_rater = by_note > 9, by_rater > 5
    expected = keep & good_note[ratings.note()] & good_rater[ratings.rater]
    keep_notes(ratings, good_note, keep)
    assert (keep_raters(ratings, good_rater, keep) == expected).all()


def test_notes_by_number_of_ratings_are_the_same_matrix(ratings: Ratings, data: Matrix) -> None:
    other = matrix(ratings, 40, busiest_notes_first=True)
    assert (np.diff(np.diff(other.note_start)) <= 0).all()
    assert sorted(other.note) == data.note.tolist()
    for row, note in enumerate(other.note):
        a = slice(other.note_start[row], other.note_start[row + 1])
        b = slice(*data.note_start[np.searchsorted(data.note, note) :][:2])
        assert (other.raters_of[a] == data.raters_of[b]).all()
        assert (other.note_code[a] == data.note_code[b]).all()
    assert factorise(other).loss == pytest.approx(factorise(data).loss, abs=1e-9)


def test_one_matrix_serves_levels_and_faults(ratings: Ratings) -> None:
    keep = np.random.default_rng(4).random(len(ratings)) < 0.8
    both = levels_and_faults(ratings, 40, keep)
    levels, faults = matrix(ratings, 40, keep, busiest_notes_first=True), diligence_matrix(ratings, 40, keep)
    assert (both.values[both.rater_code] == levels.values[levels.rater_code]).all()
    assert (both.values[both.note_code] == levels.values[levels.note_code]).all()
    other = faults_of(both)
    assert (other.note_code == faults.note_code).all()
    assert (other.rater_code == faults.rater_code).all()
    assert (other.notes_of == faults.notes_of).all()
    assert not len(diligence_matrix(ratings, 40, keep, by_rater=False).notes_of)


def test_filters(ratings: Ratings) -> None:
    keep = enough(ratings, 40, a_note=9, a_rater=9)
    pairs = list(zip(ratings.note().tolist(), ratings.rater.tolist(), strict=True))
    assert [p for p, k in zip(pairs, keep, strict=True) if k] == plain_enough(pairs, 9, 9)


def test_agreements(ratings: Ratings) -> None:
    status = np.random.default_rng(1).integers(0, 3, 25).astype(np.int8)
    counts, penalty = np.zeros((40, 4), np.int32), np.zeros(40)
    agreements(ratings.start, ratings.rater, ratings.bits, status, np.empty(0, bool), np.zeros(25), counts, penalty)
    rows = zip(
        ratings.note().tolist(),
        ratings.rater.tolist(),
        ratings.level.tolist(),
        ((ratings.bits & VALID) != 0).tolist(),
        strict=True,
    )
    assert counts.tolist() == plain_agreements(list(rows), status.tolist(), 40)


def test_frozen_sums_and_solve(ratings: Ratings) -> None:
    random = np.random.default_rng(8)
    keep, parameters = random.random(len(ratings)) < 0.8, random.normal(0, 0.3, (40, 2))
    sums = note_sums(ratings, keep, 0.15, parameters)
    assert sums == pytest.approx(plain_note_sums(ratings, keep, 0.15, parameters), abs=1e-10)
    data = matrix(ratings, 40, keep)
    expected = plain_solve_side(
        data.note_start, data.raters_of, data.values[data.note_code], 0.15, parameters[data.rater], 3.0, 0.6
    )
    assert solve(sums, 3.0, 0.6)[data.note] == pytest.approx(expected, abs=1e-12)
    b = bounds(sums, 0.15, parameters, Penalties())
    assert (b.least[data.note] <= b.greatest[data.note]).all()


def test_tag_weights_and_sides(ratings: Ratings) -> None:
    random = np.random.default_rng(9)
    note_factor, rater_factor = random.normal(size=25), random.normal(size=40)
    note_factor[3] = rater_factor[5] = np.nan
    assert tag_weights(ratings, note_factor, rater_factor).total == pytest.approx(
        plain_tag_weights(ratings, note_factor, rater_factor), rel=1e-5
    )
    habits = incorrect_habits(ratings, 40)
    found = incorrect(ratings, note_factor, rater_factor, habits)
    voters, tags, habit = plain_incorrect(ratings, note_factor, rater_factor, habits)
    assert np.nan_to_num(found.voters) == pytest.approx(voters)
    assert np.nan_to_num(found.tags) == pytest.approx(tags)
    some = voters > 0
    assert found.score[some] == pytest.approx(tags[some] / np.log1p(habit[some]))
    assert np.isnan(found.tags[~some]).all()
    assert (sides(ratings, rater_factor).counts == plain_sides(ratings, rater_factor).counts).all()
