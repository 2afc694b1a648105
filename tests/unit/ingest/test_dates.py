"""Dates: what has one meaning is read, what has two is not."""

from __future__ import annotations

import pytest

from whence.errors import RangeError
from whence.ingest.dates import date_line, iso, validate


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Published 12 March 2021, 10:04", "2021-03-12T10:04:00"),
        ("Published: March 12, 2021 at 10:04 a.m. GMT", "2021-03-12T10:04:00+00:00"),
        ("Posted on Fri, 12th Mar 2021 10:04 pm", "2021-03-12T22:04:00"),
        ("Friday 12 March 2021", "2021-03-12"),
        ("2021-03-12T10:04Z", "2021-03-12T10:04:00+00:00"),
        ("12 March 2021 10:04 +01:00", "2021-03-12T10:04:00+01:00"),
        ("March 12, 2021 10:04 EST", "2021-03-12T10:04:00"),
        ("31/12/2021", "2021-12-31"),
        ("05.05.2021", "2021-05-05"),
        ("Updated 14 March 2021 | Published 12 March 2021", "2021-03-12"),
        ("First published on 29 February 2020", "2020-02-29"),
    ],
)
def test_a_line_of_dates(line: str, value: str) -> None:
    found = date_line(line)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    "line", ["Published 03/04/2021", "Published 30 February 2021", "Posted 2 hours ago", "Updated yesterday"]
)
def test_a_date_line_without_a_certain_date(line: str) -> None:
    found = date_line(line)
    assert found is not None
    assert found.value is None


@pytest.mark.parametrize(
    "line",
    [
        "",
        "March was cold",
        "12 March 2021 was a cold day",
        "Published by the ministry",
        "In 2021",
        "Date palms die",
        "May 2021 be good",
    ],
)
def test_what_is_no_date_line(line: str) -> None:
    assert date_line(line) is None


def test_a_change_is_told_from_a_publication() -> None:
    found = date_line("Last updated: 14 March 2021")
    assert found is not None
    assert found.updated
    assert found.labelled


@pytest.mark.parametrize(
    ("value", "want"),
    [
        ("2022-06-30T18:20:00+01:00", "2022-06-30T18:20:00+01:00"),
        ("2022-06-30T18:20:00.000Z", "2022-06-30T18:20:00+00:00"),
        ("2022-06-30 18:20:00 +0200", "2022-06-30T18:20:00+02:00"),
        ("Thu, 30 Jun 2022 18:20:00 GMT", "2022-06-30T18:20:00+00:00"),
        ("June 30, 2022", "2022-06-30"),
        ("06/07/2022", None),
        ("Mon, 99 Foo 2022 18:20:00", None),
        ("2022-13-45", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("9" * 5000, None),
    ],
)
def test_dates_of_metadata(value: str | None, want: str | None) -> None:
    assert iso(value) == want


def test_a_given_date_is_validated() -> None:
    assert validate(None) is None
    assert validate(" 2018-02-10 ") == "2018-02-10"
    assert validate("2018-02-10T08:00Z") == "2018-02-10T08:00:00+00:00"
    for bad in ("10.2.2018", "2018-02-30", "2018", "yesterday", "", "2018-02-10T25:00"):
        with pytest.raises(RangeError, match=r"ISO 8601 date or date-time; got .*: write it like 2018-02-10"):
            validate(bad)
