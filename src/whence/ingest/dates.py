"""Dates of publication: as ISO 8601 where what is written has one meaning, and nothing where it has two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from whence.errors import RangeError
from whence.text.normalise import plain

__all__ = ["DateLine", "date_line", "iso", "validate"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|"
            "october oct|november nov|december dec"
        ).split("|"),
        start=1,
    )
    for name in names.split()
}
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})\b"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s{1,3}(?:the\s)?)?"
_WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WEEKDAY}{_DAY}\s{{1,3}}(?:of\s)?{_MONTH},?\s{{1,3}}{_YEAR}",
        rf"{_WEEKDAY}{_MONTH}\s{{1,3}}{_DAY},?\s{{1,3}}{_YEAR}",
        r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)",
        r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?!\d)",
        r"(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<year>\d{4})(?!\d)",
    )
)
_CLOCK = re.compile(
    r"(?:\s{0,3}(?:[,|•·T-]|at\b)){0,2}\s{0,3}(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))(?::(?P<second>\d{2})(?:\.\d{1,9})?)?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?:\s?\(?(?P<zone>Z\b|UTC\b|GMT\b|[+-]\d{2}:?\d{2})\)?|\s\(?[A-Z]{2,5}\b\)?)?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:article\s|story\s)?(?:first\s)?(?P<label>published|posted|issued|created|date|updated|last\supdated|modified|last\smodified)"
    r"(?:\s(?:on|at))?\s{0,3}:?\s{0,3}",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"(?:\d{1,3}|an?)\s(?:second|minute|min|hour|hr|day|week|month|year)s?\sago|(?:today|yesterday)\b", re.IGNORECASE
)
_ISO = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})?\s?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_LONGEST = 120  # characters of a line or value that is looked at as a date


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that says when the story was published; `value` is None where it has no date or one of two meanings.

    `labelled` where a word says what the date is ("Published"), `updated` where that word is one of change.
    """

    value: str | None
    updated: bool = False
    labelled: bool = False


def validate(published: str | None) -> str | None:
    """Check a publication date that the caller gives.

    Args:
        published: an ISO 8601 calendar date or date-time, with or without a zone, or None.

    Returns:
        The same moment, `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS[+HH:MM]`; None for None.

    Raises:
        RangeError: it is not one, or no such day exists.
    """
    if published is None:
        return None
    value = _from_iso(published.strip())
    if value is None:
        raise RangeError(
            f"a publication date is an ISO 8601 date or date-time; got {published[:40]!r}: write it like 2018-02-10"
        )
    return value


def iso(value: str | None) -> str | None:
    """A date as a page's metadata or a feed writes it (ISO 8601, RFC 822, or in English words).

    Returns:
        The ISO 8601 form, or None where it cannot be read or could mean two days (03/04/2021).
    """
    if not value or len(value) > _LONGEST:
        return None
    value = value.strip()
    if (found := _from_iso(value)) is not None:
        return found
    if value[:5].strip(" ,").rstrip(",").isalpha() and ":" in value:
        from email.utils import parsedate_to_datetime  # slow to import, and only feeds write their dates so

        try:
            return parsedate_to_datetime(value).isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            pass
    found, _ = _written(value, 0)
    return found


def date_line(line: str) -> DateLine | None:
    """Read a line as a line of dates ("Published 12 March 2021, 10:04 GMT").

    Returns:
        What it says, or None where it is anything else than dates.
    """
    if len(line) > _LONGEST or not (line := plain(line).strip()):
        return None
    at, first = 0, None
    while at < len(line):
        label = _LABEL.match(line, at)
        start = label.end() if label else at
        value, end = _written(line, start)
        if end == start and (ago := _AGO.match(line, start)):
            end = ago.end()
        if end == start:
            return None
        updated = bool(label and label["label"].lower().endswith(("updated", "modified")))
        if first is None or (first.updated and not updated):
            first = DateLine(value, updated, label is not None)
        at = end
        while at < len(line) and line[at] in " ,|•·–—-/()\t.;":
            at += 1
    return first


def _from_iso(value: str) -> str | None:
    match = _ISO.fullmatch(value)
    if match is None:
        return None
    try:
        if match["time"] is None:
            return date.fromisoformat(match["date"]).isoformat()
        return datetime.fromisoformat(f"{match['date']}T{match['time']}{match['zone'] or ''}").isoformat()
    except ValueError:
        return None


def _written(line: str, at: int) -> tuple[str | None, int]:
    """The date written at an offset, and where it ends; the offset itself where there is none."""
    for pattern in _WRITTEN:
        match = pattern.match(line, at)
        if match is None:
            continue
        found = match.groupdict()
        day = _day(found)
        clock = _CLOCK.match(line, match.end())
        end = clock.end() if clock else match.end()
        if day is None:
            return None, end
        moment = _moment(day, clock) if clock else None
        return (moment or day).isoformat(), end
    return None, at


def _day(found: dict[str, str | None]) -> date | None:
    year = int(found["year"] or 0)
    if found.get("a"):
        a, b = int(found["a"] or 0), int(found["b"] or 0)
        if a <= 12 and b <= 12 and a != b:
            return None
        day, month = (a, b) if a > 12 else (b, a)
    else:
        day = int(found["day"] or 0)
        name = (found["month"] or "").lower()
        month = int(name) if name.isdigit() else _MONTHS[name]
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _moment(day: date, clock: re.Match[str]) -> datetime | None:
    hour, minute, second = (int(clock[k] or 0) for k in ("hour", "minute", "second"))
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
    zone = clock["zone"]
    where: tzinfo | None = None
    if zone and zone.upper() in ("Z", "UTC", "GMT"):
        where = UTC
    elif zone:
        # A zone's letters (EST, IST) name several offsets; only what is written in figures is believed.
        sign = -1 if zone[0] == "-" else 1
        hours, minutes = int(zone[1:3]), int(zone[-2:])
        if hours > 14 or minutes > 59:
            return None
        where = timezone(sign * timedelta(hours=hours, minutes=minutes))
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=where)
    except ValueError:
        return None
