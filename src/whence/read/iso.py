"""Dates and periods as ISO 8601, and steps from one to another."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

__all__ = ["back", "date_of", "day", "iso_week", "month", "parse", "quarter", "shifted"]


def date_of(year: int, month_: int, day_: int) -> date | None:
    """The date, or None where there is no such day."""
    try:
        return date(year, month_, day_)
    except ValueError:
        return None


def day(value: date) -> str:
    """A date as ISO 8601: 2018-02-08."""
    return value.isoformat()


def month(year: int, month_: int) -> str:
    """A month as ISO 8601: 2018-02."""
    return f"{year:04d}-{month_:02d}"


def iso_week(value: date) -> str:
    """The ISO 8601 week that holds a date: 2018-W05."""
    year, week, _ = value.isocalendar()
    return f"{year:04d}-W{week:02d}"


def quarter(year: int, number: int) -> str:
    """A quarter of a calendar year as an ISO 8601 interval of months: 2019-07/2019-09; `number` is 1..4."""
    return f"{month(year, 3 * number - 2)}/{month(year, 3 * number)}"


def shifted(value: date, unit: str, count: int) -> date | None:
    """A date moved by a number of units.

    Args:
        unit: day, week, month, year or decade.
        count: how many, negative for back.

    Returns:
        The date, on the last day of a shorter month where it must be; None outside the years 1..9999.
    """
    try:
        if unit in {"day", "week"}:
            return value + timedelta(days=count * (7 if unit == "week" else 1))
        months = value.year * 12 + value.month - 1 + count * {"month": 1, "year": 12, "decade": 120}[unit]
        year, month_ = divmod(months, 12)
        return date(year, month_ + 1, min(value.day, monthrange(year, month_ + 1)[1]))
    except (ValueError, OverflowError):
        return None


def back(value: date, unit: str) -> str:
    """The ISO 8601 value of the day, week, month or year (for decades, too) that holds a date."""
    if unit == "day":
        return day(value)
    if unit == "week":
        return iso_week(value)
    return month(value.year, value.month) if unit == "month" else f"{value.year:04d}"


def parse(value: str) -> tuple[date, str] | None:
    """The first day of an ISO value and how fine it is: day, week, month or year.

    Returns:
        None for intervals, seasons and clock times.
    """
    try:
        if len(value) == 10:
            return date.fromisoformat(value), "day"
        if len(value) == 8 and "W" in value:
            return date.fromisoformat(value + "-1"), "week"
        if len(value) == 7 and int(value[5:]) <= 12:
            return date(int(value[:4]), int(value[5:]), 1), "month"
        if len(value) == 4:
            return date(int(value), 1, 1), "year"
    except ValueError:
        return None
    return None
