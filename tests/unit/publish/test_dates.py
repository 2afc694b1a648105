from __future__ import annotations

from datetime import date

import pytest

from whence.publish.dates import date_words, starts, timeline
from whence.records import Reading, Statement, Story, Time


@pytest.mark.parametrize(
    ("value", "first", "words"),
    [
        ("2018-02-08", date(2018, 2, 8), "8 February 2018"),
        ("2018-02", date(2018, 2, 1), "February 2018"),
        ("2018", date(2018, 1, 1), "2018"),
        ("2018-W05", date(2018, 1, 29), "week 5 of 2018"),
        ("2018-W05-3", date(2018, 1, 31), "week 5 of 2018, day 3"),
        ("2018-02-08T14:30:00Z", date(2018, 2, 8), "8 February 2018, 14:30"),
        ("2018-02-08T14:30:00.123+02:00", date(2018, 2, 8), "8 February 2018, 14:30"),
        ("2018-02-01/2018-02-03", date(2018, 2, 1), "1 February 2018 to 3 February 2018"),
        ("2018-13-40", None, "2018-13-40"),
        ("0000", None, "0000"),
        ("last spring", None, "last spring"),
        ("", None, ""),
    ],
)
def test_dates(value: str, first: date | None, words: str) -> None:
    assert starts(value) == first
    assert date_words(value) == words


def test_the_timeline_is_in_order_and_ends_with_what_is_not_known(reading: Reading) -> None:
    moments = timeline(reading)
    assert [m.value for m in moments] == ["2016", "2024-03-11", "2024-03-12", "2024-03-14", None]
    assert [m.published for m in moments] == [False, False, False, True, False]
    assert [s.id for m in moments for s, _ in m.named] == ["st3", "st6", "st2", "st10"]


def test_a_wider_period_comes_before_its_first_day() -> None:
    times = tuple(Time((0, 1), v) for v in ("2018-01-01", "2018", "not a date", "2018-01"))
    reading = Reading(Story("x"), (), (Statement("st1", ((0, 1),), times=times),))
    assert [m.value for m in timeline(reading)] == ["2018", "2018-01", "2018-01-01", "not a date"]
