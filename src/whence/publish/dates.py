"""ISO 8601 dates of any precision, for sorting and for reading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from whence.records import Reading, Statement, Time

__all__ = ["Moment", "date_words", "starts", "timeline"]

_MONTHS = "January February March April May June July August September October November December".split()
_DATE = re.compile(r"(\d{4})(?:-(?:W(\d{2})(?:-(\d))?|(\d{2})(?:-(\d{2}))?))?(?:T(\d{2}:\d{2})\S{0,24})?", re.ASCII)


def starts(value: str) -> date | None:
    """The first day of an ISO 8601 date, month, week, year or interval, or None if it is not one."""
    match = _DATE.fullmatch(value.partition("/")[0].strip())
    if not match:
        return None
    year, week, weekday, month, day = (int(g) if g else None for g in match.groups()[:5])
    try:
        if week is not None:
            return date.fromisocalendar(year or 0, week, weekday or 1)
        return date(year or 0, month or 1, day or 1)
    except ValueError:
        return None


def date_words(value: str) -> str:
    """An ISO 8601 value as a reader writes it ("8 February 2018", "February 2018", "week 5 of 2018").

    Returns:
        The value unchanged where it is no date.
    """
    if "/" in value:
        first, _, last = value.partition("/")
        return f"{date_words(first)} to {date_words(last)}"
    match = _DATE.fullmatch(value.strip())
    if not match or starts(value) is None:
        return value
    year, week, weekday, month, day, clock = match.groups()
    if week:
        words = f"week {int(week)} of {year}" + (f", day {weekday}" if weekday else "")
    elif day:
        words = f"{int(day)} {_MONTHS[int(month) - 1]} {year}"
    elif month:
        words = f"{_MONTHS[int(month) - 1]} {year}"
    else:
        words = year
    return f"{words}, {clock}" if clock else words


@dataclass(frozen=True, slots=True)
class Moment:
    """A date of a timeline: its ISO value (None where it cannot be told), and the statements that name it."""

    value: str | None
    named: tuple[tuple[Statement, Time], ...]
    published: bool = False


def timeline(reading: Reading) -> tuple[Moment, ...]:
    """The dates of a story's statements and of its publication, earliest first; those not known last."""
    by_value: dict[str | None, list[tuple[Statement, Time]]] = {}
    for statement in reading.statements:
        for time in statement.times:
            by_value.setdefault(time.value, []).append((statement, time))
    published = reading.story.published
    moments = [Moment(value, tuple(named)) for value, named in by_value.items()]
    if published:
        moments.append(Moment(published, (), published=True))

    def order(moment: Moment) -> tuple[int, str, int, str, bool]:
        first = starts(moment.value) if moment.value else None
        rank = 2 if moment.value is None else 1 if first is None else 0
        value = moment.value or ""
        # Of two that start on one day, the wider period comes first.
        return rank, first.isoformat() if first else "", len(value), value, moment.published

    return tuple(sorted(moments, key=order))
