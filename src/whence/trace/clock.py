"""Dates of publication as intervals of time: as wide as they are vague."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

__all__ = ["DAY", "intervals"]

DAY = 86_400.0
"""Seconds of a day."""

_VAGUE = re.compile(r"(\d{4})(?:-(?:W(\d{2})|(\d{2})))?", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def intervals(published: Iterable[str | None]) -> NDArray[np.float64]:
    """When stories were published.

    Args:
        published: ISO 8601 dates, date-times, months, weeks or years; None where it is not known.

    Returns:
        Shape (stories, 2), float64: the first and the last second, since 1970 UTC, in which each can have appeared; NaN
        where the date is missing or no date. A time without an offset counts as UTC.
    """
    known: dict[str | None, tuple[float, float]] = {None: (np.nan, np.nan)}
    out = []
    for value in published:
        if value not in known:
            known[value] = _interval(value or "")
        out.append(known[value])
    return np.array(out, dtype=np.float64).reshape(-1, 2)


def _interval(value: str) -> tuple[float, float]:
    text = value.strip()
    try:
        vague = _VAGUE.fullmatch(text)
        if vague:
            first, last = _period(vague)
            return _seconds(first), _seconds(last)
        moment = datetime.fromisoformat(text)
        if len(text) <= 10:
            return _seconds(moment.date()), _seconds(moment.date()) + DAY
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        at = (moment - _EPOCH).total_seconds()
    except (ValueError, OverflowError):
        return np.nan, np.nan
    return at, at


def _period(match: re.Match[str]) -> tuple[date, date]:
    year = int(match[1])
    if match[2]:
        first = date.fromisocalendar(year, int(match[2]), 1)
        return first, first + timedelta(days=7)
    if match[3]:
        month = int(match[3])
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    return date(year, 1, 1), date(year + 1, 1, 1)


def _seconds(day: date) -> float:
    return (datetime(day.year, day.month, day.day, tzinfo=UTC) - _EPOCH).total_seconds()
