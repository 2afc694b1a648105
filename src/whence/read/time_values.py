"""From what a pattern matched to an ISO 8601 value: one function a rule (docs/reference/times.md)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from whence.read.iso import back, date_of, day, month, parse, quarter, shifted
from whence.read.time_direction import Direction, direction
from whence.read.time_patterns import MONTHS, NUMBERS, SEASONS, WEEKDAYS

__all__ = ["RESOLVERS", "Context", "Skip"]


class Skip(Exception):
    """What matched is no time after all, or one that no value can be given to."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a time may be resolved against.

    Args:
        text: the story, with straight marks.
        published: the day of publication, None where it is not known.
        anchors: values of the times before this one in the story, nearest last.
    """

    text: str
    published: date | None
    anchors: tuple[str, ...] = ()

    def looks(self, match: re.Match[str]) -> Direction | None:
        """Whether the sentence looks back or forward to what matched."""
        return direction(self.text, match.start(), match.end())


def _iso(m: re.Match[str], c: Context) -> str | None:
    found = date_of(int(m["year"]), int(m["month"]), int(m["day"]))
    if found is None:
        raise Skip
    return day(found)


def _slashes(m: re.Match[str], c: Context) -> str | None:
    one, two, year = int(m["one"]), int(m["two"]), int(m["year"])
    if m["sep"] == "/" and one != two and one <= 12 and two <= 12:
        return None  # Day first or month first: it cannot be told.
    found = date_of(year, two, one) if m["sep"] == "." or one > 12 or one == two else date_of(year, one, two)
    if found is None:
        raise Skip
    return day(found)


def _month_of(m: re.Match[str]) -> int:
    return MONTHS[m["month"].lower().rstrip(".")]


def _day(m: re.Match[str], c: Context) -> str | None:
    month_, day_ = _month_of(m), int(m["day"])
    if m["year"]:
        found = date_of(int(m["year"]), month_, day_)
        if found is None:
            raise Skip
        return day(found)
    if date_of(2000, month_, day_) is None:
        raise Skip
    if c.published is None:
        return None
    near = [d for y in (-1, 0, 1) if (d := date_of(c.published.year + y, month_, day_))]
    looks = c.looks(m)
    if looks == "future":
        near = [d for d in near if d >= c.published] or near
    elif looks == "past":
        near = [d for d in near if d <= c.published] or near
    published = c.published
    return day(min(near, key=lambda d: abs((d - published).days))) if near else None


def _days(m: re.Match[str], c: Context) -> str | None:
    """“Feb. 15-17”: resolved by its first day."""
    first = _day(m, c)
    if first is None:
        return None
    last = date_of(int(first[:4]), int(first[5:7]), int(m["to"]))
    if last is None or day(last) <= first:
        raise Skip
    return f"{first}/{day(last)}"


def _month(m: re.Match[str], c: Context) -> str | None:
    return month(int(m["year"]), _month_of(m))


def _bare_month(m: re.Match[str], c: Context) -> str | None:
    p, month_ = c.published, _month_of(m)
    if p is None:
        return None
    rel = (m["rel"] or "").lower()
    if rel in {"last", "past", "this past"}:
        return month(p.year - (month_ >= p.month), month_)
    if rel in {"next", "coming", "this coming"}:
        return month(p.year + (month_ <= p.month), month_)
    if rel == "this":
        return month(p.year, month_)
    looks = c.looks(m)
    if looks is None and re.search(r"\b[Tt]he $", c.text[max(0, m.start() - 4) : m.start()]):
        return None  # “the November vote”: the one that was, or the one to come?
    if looks == "future":
        return month(p.year + (month_ < p.month), month_)
    return month(p.year - (month_ > p.month), month_)


def _days_from(start: date, count: int) -> str | None:
    moved = shifted(start, "day", count)
    return day(moved) if moved else None


def _weekday(m: re.Match[str], c: Context) -> str | None:
    p = c.published
    if p is None:
        return None
    ahead = (WEEKDAYS[m["weekday"].lower()] - p.weekday()) % 7
    behind = (ahead - 7) % -7
    rel = (m["rel"] or "").lower()
    if rel in {"last", "past", "this past"}:
        return _days_from(p, behind or -7)
    if rel in {"next", "coming", "this coming"}:
        return _days_from(p, ahead or 7)
    looks = c.looks(m)
    if rel == "this":
        return _days_from(p, behind if looks == "past" else ahead)
    return _days_from(p, ahead if looks == "future" else behind)


def _weekend(m: re.Match[str], c: Context) -> str | None:
    """Saturday and Sunday; on a weekday nobody can say which weekend the next one is."""
    p, rel = c.published, (m["rel"] or "the").lower()
    if p is None or (rel == "next" and p.weekday() < 5):
        return None
    back_ = (p.weekday() - 5) % 7  # days since the Saturday before, or 1 on a Sunday
    if rel in {"last", "this past"}:
        weeks = -1 if back_ < 2 else 0
    elif rel in {"next", "this coming"}:
        weeks = 1
    else:
        looks = c.looks(m)
        weeks = int(back_ >= 2 and (looks == "future" or (rel == "this" and looks != "past")))
    start = shifted(p, "day", 7 * weeks - back_)
    end = shifted(start, "day", 1) if start else None
    return f"{day(start)}/{day(end)}" if start and end else None


def _season(m: re.Match[str], c: Context) -> str | None:
    return f"{m['year']}-{SEASONS[m['season'].lower()]}"


# First and last month of a season where most English news is made; a winter has the year in which it begins.
_NORTHERN = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}


def _bare_season(m: re.Match[str], c: Context) -> str | None:
    p = c.published
    if p is None:
        return None
    season, rel = m["season"].lower(), m["rel"].lower()
    first, last = _NORTHERN[season]
    at = p.year * 12 + p.month
    if rel in {"last", "this past"}:
        year = max(y for y in range(p.year - 2, p.year + 1) if y * 12 + last < at)
    elif rel in {"next", "this coming"}:
        year = min(y for y in range(p.year - 1, p.year + 2) if y * 12 + first > at)
    else:
        year = p.year - (season == "winter" and p.month < 6)
    return f"{year}-{SEASONS[season]}"


_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_MONEY = re.compile(
    r"\b(?:profits?|earnings|revenues?|sales|results|growth|gdp|gross domestic|econom\w+|net (?:income|loss)|"
    r"shares?|investors?|"
    r"quarterly|analysts?|deliveries|bookings|dividends?|inflation|output|shipments|bank|company|year-on-year|"
    r"compared with)\b",
    re.IGNORECASE,
)


def _quarter(m: re.Match[str], c: Context) -> str | None:
    if m["fiscal"] or m["fiscal2"]:
        return None  # Where a company's year begins is not on the page.
    return quarter(int(m["year"]), _ORDINALS[m["ordinal"].lower()] if m["ordinal"] else int(m["q"]))


def _bare_quarter(m: re.Match[str], c: Context) -> str | None:
    if not _MONEY.search(c.text, max(0, m.start() - 160), m.end() + 160):
        raise Skip  # A quarter of a match.
    p = c.published
    if p is None or m["fiscal"]:
        return None
    number = _ORDINALS[m["ordinal"].lower()] if m["ordinal"] else int(m["q"])
    return quarter(p.year - (3 * number - 2 > p.month), number)


def _relative(m: re.Match[str], c: Context) -> str | None:
    p, rel, unit = c.published, m["rel"].lower(), m["unit"]
    if unit == "century" or rel == "previous" or (rel == "last" and unit in {"decade", "quarter"}):
        raise Skip
    if p is None:
        return None
    step = {"last": -1, "this": 0, "next": 1}[rel]
    if unit == "quarter":
        raise Skip
    if unit == "decade":
        start = p.year // 10 * 10 + 10 * step
        return f"{start:04d}/{start + 9:04d}"
    moved = shifted(p.replace(day=1) if unit != "week" else p, unit, step)
    return back(moved, unit) if moved else None


def _today(m: re.Match[str], c: Context) -> str | None:
    word = m["word"].lower()
    if word == "today" and (
        (m["word"] == "Today" and re.search(r"\w $", c.text[max(0, m.start() - 2) : m.start()]))
        or re.match(r"(?:'s (?:world|society|young|America|age|youth)| show| program)", c.text[m.end() : m.end() + 12])
    ):
        raise Skip
    if c.published is None:
        return None
    steps = {
        "yesterday": -1,
        "last night": -1,
        "tomorrow": 1,
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
    }
    return _days_from(c.published, steps.get(word, 0))


def _count(m: re.Match[str]) -> int:
    found = (m["count"] or "one").lower()
    return int(found) if found.isdigit() else NUMBERS[found]


def _ago(m: re.Match[str], c: Context) -> str | None:
    if m["unit"] in {"hour", "quarter"}:
        raise Skip
    if c.published is None or m["vague"]:
        return None
    moved = shifted(c.published, m["unit"], -_count(m))
    return back(moved, m["unit"]) if moved else None


def _ahead(m: re.Match[str], c: Context) -> str | None:
    """“In three weeks' time”, “two days from now”."""
    if m["unit"] in {"hour", "quarter"}:
        raise Skip
    moved = shifted(c.published, m["unit"], _count(m)) if c.published else None
    return back(moved, m["unit"]) if moved else None


def _past(m: re.Match[str], c: Context) -> str | None:
    unit = m["unit"]
    if unit == "quarter" or (m["count"] is None and unit in {"day", "hour"}) or c.text.startswith(" of ", m.end()):
        raise Skip
    if c.published is None:
        return None
    if unit == "hour":
        start = shifted(c.published, "day", _count(m) // -24)
    else:
        start = shifted(c.published, unit, -_count(m))
    return f"{day(start)}/{day(c.published)}" if start else None


_FINER = {"day": ("day",), "week": ("day", "week"), "month": ("day", "month"), "year": ("day", "week", "month", "year")}


def _stepped(c: Context, unit: str, count: int) -> str | None:
    """The value some units away from the nearest time before that is fine enough."""
    size = "year" if unit == "decade" else unit
    for value in reversed(c.anchors):
        known = parse(value)
        if known and known[1] in _FINER[size]:
            moved = shifted(known[0], unit, count)
            if moved is None or (c.published is not None and moved > c.published and known[0] <= c.published):
                return None  # What is told as past cannot lie ahead: it counts from another time.
            return back(moved, size)
    return None


def _anchored(m: re.Match[str], c: Context) -> str | None:
    behind = c.text[m.end() : m.end() + 1]
    if m["unit"] in {"hour", "quarter"} or (m["way"] in {"before", "after"} and behind not in {".", ",", ";", ""}):
        raise Skip
    if m["vague"]:
        return None
    return _stepped(c, m["unit"], _count(m) * (-1 if m["way"] in {"earlier", "before"} else 1))


def _step(m: re.Match[str], c: Context) -> str | None:
    way, unit = (m["way"], m["unit"]) if m["way"] else (m["way2"], m["unit2"])
    if re.search(r"\b(?:over|in|within|during|for|into|of) $", c.text[max(0, m.start() - 8) : m.start()]):
        raise Skip  # “over the next year” is counted from nowhere on the page.
    unit = "day" if unit in {"morning", "afternoon", "evening", "night"} else unit
    count = {"same": 0, "previous": -1, "preceding": -1, "before": -1}.get(way, 1)
    return _stepped(c, unit, count)


def _decade(m: re.Match[str], c: Context) -> str | None:
    start = int(m["decade"]) if m["decade"] else 1900 + int(m["short"])
    return f"{start}/{start + 9}"


def _century(m: re.Match[str], c: Context) -> str | None:
    number = int(m["century"])
    if not 1 <= number <= 21:
        raise Skip
    return f"{100 * number - 99:04d}/{100 * number:04d}"


def _years(m: re.Match[str], c: Context) -> str | None:
    start = int(m["from"])
    end = int(m["to"]) if len(m["to"]) == 4 else start // 100 * 100 + int(m["to"])
    if not start < end <= start + 100:
        raise Skip
    return f"{start}/{end}"


def _year(m: re.Match[str], c: Context) -> str | None:
    return m["year"]


RESOLVERS: dict[str, Callable[[re.Match[str], Context], str | None]] = {
    "iso": _iso,
    "slashes": _slashes,
    "days": _days,
    "day": _day,
    "month": _month,
    "bare-month": _bare_month,
    "weekday": _weekday,
    "weekend": _weekend,
    "season": _season,
    "bare-season": _bare_season,
    "quarter": _quarter,
    "bare-quarter": _bare_quarter,
    "relative": _relative,
    "today": _today,
    "ago": _ago,
    "ahead": _ahead,
    "past": _past,
    "anchored": _anchored,
    "step": _step,
    "decade": _decade,
    "century": _century,
    "years": _years,
    "year": _year,
}
"""For each rule of `time_patterns` but the clock: gives a value, gives None where it cannot be known, or raises
`Skip`."""
