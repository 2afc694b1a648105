"""What must not matter does not: order of rows, names, the sign of viewpoints, raters who rate nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.consensus.factorise import factorise
from whence.consensus.frozen import solve
from whence.consensus.matrix import matrix
from whence.consensus.objective import Parameters
from whence.consensus.reading import Inputs
from whence.consensus.scoring import Scores, score_files


def files(folder: Path) -> list[Path]:
    return [
        folder / "ratings" / "ratings-00000.tsv",
        *(folder / f"{n}.tsv" for n in ("notes", "noteStatusHistory", "userEnrollment")),
    ]


def rows(path: Path) -> tuple[str, list[str]]:
    head, *body = path.read_text().splitlines(keepends=True)
    return head, body


def scored(folder: Path) -> Scores:
    return score_files(Inputs(*files(folder)))


def copy(public: Path, to: Path) -> Path:
    (to / "ratings").mkdir(parents=True)
    for old, new in zip(files(public), files(to), strict=True):
        new.write_bytes(old.read_bytes())
    return to


@pytest.fixture(scope="module")
def whole(public: Path) -> Scores:
    return scored(public)


@settings(deadline=None, max_examples=3)
@given(seed=st.integers(0, 10**6))
def test_the_order_of_rows_changes_no_bit(
    public: Path, whole: Scores, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    other = copy(public, tmp_path_factory.mktemp("order") / "x")
    for path in files(other):
        head, body = rows(path)
        np.random.default_rng(seed).shuffle(body)
        path.write_text(head + "".join(body))
    again = scored(other)
    assert (again.final.verdict.status == whole.final.verdict.status).all()
    assert again.final.stats.intercept.tobytes() == whole.final.stats.intercept.tobytes()


@settings(deadline=None, max_examples=2)
@given(seed=st.integers(0, 10**6))
def test_other_ids_change_no_status(
    public: Path, whole: Scores, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    other = copy(public, tmp_path_factory.mktemp("names") / "x")
    random = np.random.default_rng(seed)
    fresh: dict[str, str] = {}

    def renamed(path: Path, columns: set[str]) -> None:
        head, body = rows(path)
        names = head.rstrip("\n").split("\t")
        out = [head]
        for line in body:
            fields = line.rstrip("\n").split("\t")
            for k, name in enumerate(names):
                if name in columns and fields[k]:
                    if fields[k] not in fresh:
                        number = int(random.integers(10**17, 9 * 10**18))
                        fresh[fields[k]] = str(number) if name == "noteId" else f"{number:064X}"
                    fields[k] = fresh[fields[k]]
            out.append("\t".join(fields) + "\n")
        path.write_text("".join(out))

    for path in files(other):
        renamed(path, {"noteId", "raterParticipantId", "noteAuthorParticipantId", "participantId"})
    again = scored(other)
    places = np.searchsorted(again.data.notes.id, np.array([int(fresh[str(i)]) for i in whole.data.notes.id.tolist()]))
    assert (again.final.verdict.status[places] == whole.final.verdict.status).all()


def test_raters_who_rate_nothing_change_no_bit(public: Path, whole: Scores, tmp_path: Path) -> None:
    other = copy(public, tmp_path / "x")
    with files(other)[3].open("a") as enrollment:
        enrollment.writelines(f"{k:064X}\tearnedIn\t13\n" for k in range(500))
    again = scored(other)
    assert again.final.stats.intercept.tobytes() == whole.final.stats.intercept.tobytes()
    assert (again.final.verdict.status == whole.final.verdict.status).all()


@settings(deadline=None, max_examples=10)
@given(seed=st.integers(0, 10**6))
def test_the_sign_of_viewpoints_changes_nothing(whole: Scores, seed: int) -> None:
    d = whole.data
    data = matrix(d.ratings, len(d.raters), whole.first.training)
    random = np.random.default_rng(seed)
    rater = np.column_stack([np.zeros(data.raters), random.normal(0, 0.3, data.raters)])
    a = factorise(data, start=Parameters(0.1, rater, np.zeros((data.notes, 2))), tolerance=1e-9)
    b = factorise(data, start=Parameters(0.1, rater * [1, -1], np.zeros((data.notes, 2))), tolerance=1e-9)
    assert a.parameters.note == pytest.approx(b.parameters.note, abs=1e-9)


factors = st.floats(-1, 1)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.tuples(factors, st.floats(-0.5, 0.5), st.sampled_from([0.0, 0.5, 1.0])), max_size=30),
    factors,
    st.tuples(factors, st.floats(-0.5, 0.5)),
    st.floats(0, 0.4),
    st.sampled_from([0.0, 0.5, 1.0]),
)
def test_other_things_fixed_a_rating_in_favour_never_lowers_a_note(
    rated: list[tuple[float, float, float]], factor: float, one_more: tuple[float, float], mu: float, rating: float
) -> None:
    """Raters and the note's factor fixed, its intercept is a ridge mean of what is left, b = sum r / (n + penalty).

    A rating in favour is one above what the note is worth to that rater: it adds to the sum more than its share of b.
    """
    penalty = 0.15 * 40

    def intercept(ratings: list[tuple[float, float, float]]) -> float:
        f, b, y = np.array(ratings).reshape(-1, 3).T
        return float((y - mu - b - factor * f).sum() / (len(f) + penalty))

    f, b = one_more
    before = intercept(rated)
    after = intercept([*rated, (f, b, rating)])
    worth = mu + b + before + factor * f
    assert after >= before - 1e-12 if rating >= worth else after <= before + 1e-12
    # And the closed form is what the objective says: nothing near it is lower.
    f_all, b_all, y_all = np.array([*rated, (f, b, rating)]).T
    objective = [
        float(((y_all - mu - b_all - factor * f_all - x) ** 2).sum() + penalty * x * x)
        for x in (after - 1e-4, after, after + 1e-4)
    ]
    assert objective[1] < min(objective[0], objective[2])


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 10**6), place=st.integers(0, 10**9))
def test_a_rating_raised_never_lowers_its_note_other_things_fixed(whole: Scores, seed: int, place: int) -> None:
    """The same on the run's own ratings, raters and factors: raising one rating a level lifts the intercept."""
    d, first = whole.data, whole.first
    random = np.random.default_rng(seed)
    note = int(random.choice(np.flatnonzero(~np.isnan(whole.final.stats.intercept))))
    mine = np.arange(d.ratings.start[note], d.ratings.start[note + 1])
    mine = mine[whole.final.used[mine]]
    of, level = d.ratings.rater[mine], d.ratings.level[mine].astype(float) / 2
    rest = first.mu + first.rater[of, 0] + first.rater[of, 1] * whole.final.stats.factor[note]
    raised = level.copy()
    raised[place % len(mine)] = min(raised[place % len(mine)] + 0.5, 1.0)
    penalty = 0.15 * first.ratings_a_note
    before, after = ((y - rest).sum() / (len(mine) + penalty) for y in (level, raised))
    assert before == pytest.approx(whole.final.stats.intercept[note], abs=1e-9)
    assert after >= before


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(factors, st.floats(-0.7, 1.0)), min_size=1, max_size=30), factors, st.floats(-0.5, 0.5))
def test_a_helpful_rating_more_lifts_a_note(rated: list[tuple[float, float]], f: float, b: float) -> None:
    """What the note is worth to that rater never falls, and its intercept does not but where the factor takes it all.

    The intercept alone may fall when the praise comes from farther out on the side that speaks already: then it is
    the factor that explains it. That is bridging at work, and the exact bound is f sum f > sum f^2 + penalty.
    """
    fs, ws = np.array(rated).T
    w = max(1.0 - 0.17 - b, 0.0)
    sums = np.array([[len(fs), fs.sum(), (fs**2).sum(), ws.sum(), (ws * fs).sum(), (ws**2).sum()]])
    ridge = (0.15 * 40, 0.03 * 40)
    before = solve(sums, *ridge)[0]
    after = solve(sums + np.array([1.0, f, f * f, w, w * f, w * w]), *ridge)[0]
    if before @ [1, f] > w:
        return  # the note is worth more to that rater already: the rating is no praise
    assert after @ [1, f] >= before @ [1, f] - 1e-9
    if f * fs.sum() <= (fs**2).sum() + ridge[1]:
        assert after[0] >= before[0] - 1e-9


def test_a_rating_raised_lifts_the_intercept_of_its_note_from_the_middle() -> None:
    fs = np.array([-0.5, 0.5, 0.0, 0.2, -0.2])
    for k in range(5):
        low, high = np.zeros(5), np.zeros(5)
        high[k] = 1.0
        values = []
        for w in (low, high):
            sums = np.array([[5, fs.sum(), (fs**2).sum(), w.sum(), (w * fs).sum(), (w**2).sum()]])
            values.append(solve(sums, 6.0, 1.2)[0, 0])
        assert values[1] > values[0]


def test_the_same_input_gives_the_same_bytes(public: Path, whole: Scores, tmp_path: Path) -> None:
    from whence.consensus.output import write
    from whence.consensus.summary import summarise
    from whence.publish.consensus_page import page

    for name, scores in (("a", whole), ("b", scored(public))):
        write(scores, tmp_path / name, files(public)[2], page(summarise(scores, "t")))
    names = sorted(p.name for p in (tmp_path / "a").iterdir())
    assert len(names) == 9
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name
