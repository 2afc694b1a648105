"""From sign-up to a shown note through the services, and the log that anybody can verify."""

from __future__ import annotations

from tests.unit.desk.conftest import Desk


def _verified(desk: Desk, runs: str = "latest"):  # type: ignore[no-untyped-def]
    from whence.desk.services import facts
    from whence.ledger import Verifier
    from whence.verification import verify_log

    return verify_log(facts.LogStorage().get, Verifier.parse(facts.first_key()), runs=runs)


def test_a_note_that_both_sides_find_helpful_is_shown_and_the_log_verifies(desk: Desk) -> None:
    from whence.desk.services import scoring

    story = desk.story()
    author = desk.user("author")
    notes = [desk.note(author, story, text=f"Note number {n} says what the minutes of 3 May say.") for n in range(12)]
    for number, rater in enumerate(desk.users(16)):
        left = number % 2
        for place, note in enumerate(notes):
            liked = [True, False, bool(left), not left][place % 4]
            desk.rate(rater, note, "helpful" if liked else "not")
    run = scoring.score()
    assert run is not None
    print(run.summary, run.divided)
    for n in notes:
        n.refresh_from_db()
        print(n.score.status, n.score.reason, n.score.score, n.score.low, n.score.high, n.score.sides)
    story.refresh_from_db()
    print(story.notes_all, story.notes_shown, story.checked)
    print(_verified(desk))
    assert scoring.score() == run
