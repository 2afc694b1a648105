"""The queue: notes on which a rating adds the most come first."""

from __future__ import annotations

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.desk.conftest import Desk
from whence.desk.models import Anchor, Note, NoteScore, ScoringRun
from whence.desk.services import notes, wanted

_SHARES = st.floats(0, 1)


def _score(low: float, score: float, high: float, sides: tuple[int, int] | None = (2, 2)) -> NoteScore:
    both = [{"ratings": n, "helpful": n, "somewhat": 0, "not": 0, "mean": 1.0} for n in sides or ()]
    return NoteScore(low=low, score=score, high=high, sides=both, ratings=sum(sides or (4, 0)))


@given(_SHARES, _SHARES, _SHARES, st.integers(0, 40), st.integers(0, 40), st.floats(-1, 1) | st.none())
def test_worth_lies_between_nothing_and_one(
    a: float, b: float, c: float, one: int, two: int, view: float | None
) -> None:
    low, score, high = sorted([a, b, c])
    assert 0 <= wanted.worth(_score(low, score, high, (one, two)), view) <= 1


def test_a_note_without_a_score_is_worth_most() -> None:
    assert wanted.worth(None, 0.4) == 1
    assert wanted.worth(NoteScore(sides=[], ratings=0), None) == 1


def test_doubt_is_worth_more_than_certainty() -> None:
    assert wanted.worth(_score(0.3, 0.5, 0.7), 0.4) > wanted.worth(_score(0.48, 0.7, 0.9), 0.4)
    assert wanted.worth(_score(0.48, 0.7, 0.9), 0.4) > wanted.worth(_score(0.6, 0.7, 0.9), 0.4)


def test_the_side_that_has_hardly_spoken_is_asked_first() -> None:
    score = _score(0.3, 0.5, 0.7, (8, 1))
    assert wanted.worth(score, 0.4) > wanted.worth(score, -0.4)
    assert wanted.worth(_score(0.3, 0.5, 0.7, (1, 8)), -0.4) == wanted.worth(score, 0.4)


def _have(note: Note, low: float, score: float, high: float) -> None:
    run = ScoringRun.objects.create(counted=0, scorer="test", finished=timezone.now())
    NoteScore.objects.create(
        note=note, run=run, status="needs-more-ratings", low=low, score=score, high=high, ratings=4, sides=[]
    )


def test_the_queue_holds_what_one_may_rate_best_first(desk: Desk) -> None:
    author, rater, story = desk.user("author"), desk.user("rater"), desk.story()
    texts = ("clear", "doubtful", "new", "rated", "withdrawn", "hidden", "orphaned")
    made = {text: desk.note(author, story, text=f"A note which is {text} when somebody looks.") for text in texts}
    made["own"] = desk.note(rater, story)
    _have(made["clear"], 0.6, 0.7, 0.8)
    _have(made["doubtful"], 0.2, 0.5, 0.8)
    desk.rate(rater, made["rated"])
    notes.withdraw(author, made["withdrawn"])
    Note.objects.filter(pk=made["hidden"].pk).update(hidden=True)
    Anchor.objects.filter(note=made["orphaned"]).update(orphaned=True)
    found = wanted.for_rater(rater)
    assert [one.note for one in found] == [made["new"], made["doubtful"], made["clear"]]
    assert [one.note for one in wanted.for_rater(rater, most=1)] == [made["new"]]
    assert found == wanted.for_rater(rater)
