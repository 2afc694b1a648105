"""How news English writes dates and periods: patterns, each named for the rule that resolves it
(docs/reference/times.md).

All are for text with straight marks (`whence.text.normalise.plain`) and match in linear time: every repeat is bounded.
"""

from __future__ import annotations

import re

__all__ = ["MONTHS", "NUMBERS", "PATTERNS", "SEASONS", "TRIGGERS", "WEEKDAYS"]

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
"""Months by name, lower case without a full stop; 1..12."""

WEEKDAYS = {name: i for i, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
"""Days of the week by name, lower case; 0 is Monday, as in `date.weekday`."""

SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""Seasons and their codes in ISO 8601-2 (the year and 22 is its summer, on whichever half of the earth)."""

NUMBERS = {
    word: i
    for i, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}  # fmt: skip
"""Number words in durations."""

_MONTH = (
    r"(?P<month>(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|Mar\.|April|Apr\.?|May|June|Jun\.|July|Jul\.|Aug(?:ust|\.)?|"
    r"Sept(?:ember|\.)?|Sep\.|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?))(?!\w)"
)
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%])"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?![\d%]|,\d|\.\d)"
_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
_AHEAD = rf"(?:{_WEEKDAY}(?:,| ,)? (?:the )?)?"
_COUNT = (
    r"(?P<count>\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|"
    r"thirty|forty|fifty)"
)
_UNIT = r"(?P<unit>hour|day|week|month|quarter|year|decade)s?"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_ORDINAL = r"(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th)"
_REL = r"(?P<rel>[Ll]ast|[Tt]his|[Nn]ext|[Tt]his past|[Tt]his coming|[Pp]ast|[Cc]oming)"

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(pattern))
    for rule, pattern in (
        ("iso", r"(?<![\w/.-])(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\w/-])"),
        ("slashes", r"(?<![\w/.-])(?P<one>\d{1,2})(?P<sep>[/.])(?P<two>\d{1,2})(?P=sep)(?P<year>(?:19|"
            r"20)\d\d)(?![\w/-])"),
        ("days", rf"\b{_MONTH} {_DAY} ?[-\u2013] ?(?P<to>[12]?\d|3[01])(?:,? {_YEAR})?(?!\w|-)"),
        ("days", rf"\b{_MONTH} {_DAY} to (?P<to>[12]?\d|3[01])(?:,? {_YEAR})?(?!\w|-|[.,:]\d)"),
        ("days", rf"(?<![\d.,$-]){_DAY}(?: ?[-\u2013] ?| to )(?P<to>[12]?\d|3[01])(?:st|nd|rd|th)? {_MONTH}"
            rf"(?:,? {_YEAR})?(?!\w)"),
        ("day", rf"\b{_AHEAD}{_MONTH} {_DAY}(?:,? {_YEAR})?(?!\w|-\w)"),
        ("day", rf"\b{_AHEAD}(?<![\d.,$]){_DAY} (?:of )?{_MONTH}(?:,? {_YEAR})?(?!\w)"),
        ("month", rf"\b{_MONTH},? (?:of )?{_YEAR}(?!\w)"),
        ("bare-month", rf"\b(?:{_REL} )?{_MONTH}"),
        ("weekday", rf"\b(?:{_REL} )?{_WEEKDAY}(?!s\b)"),
        ("weekend", r"\b(?:(?P<rel>[Ll]ast|[Tt]his|[Nn]ext|[Tt]his past|[Tt]his coming) weekend|(?:(?<=[Oo]ver )|"
            r"(?<=[Aa]t )|(?<=[Dd]uring )|(?<=[Oo]n ))the weekend)\b(?! of\b|-)"),
        ("season", rf"\b(?:[Tt]he )?(?i:{_SEASON}),? (?:of )?{_YEAR}(?!\w)"),
        ("bare-season", rf"\b(?P<rel>[Ll]ast|[Tt]his|[Nn]ext|[Tt]his past|[Tt]his coming) {_SEASON}\b"),
        ("quarter", rf"\b(?:[Tt]he )?(?P<fiscal>fiscal )?(?:{_ORDINAL}[ -]quarter|Q(?P<q>[1-4]))(?: of| in|"
            rf",)? ?(?P<fiscal2>(?:fiscal|FY) ?)?(?:the year )?{_YEAR}(?!\w)"),
        ("bare-quarter", rf"\b(?:[Tt]he |its |their )?(?P<fiscal>fiscal )?(?:{_ORDINAL}[ -]quarter\b|Q(?P<q>[1-4])\b)"),
        ("relative", r"\b(?:(?:[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate) )?(?P<rel>[Ll]ast|[Tt]his|[Nn]ext|"
            r"[Pp]revious) (?P<unit>week|month|year|decade|century|quarter)(?!end|s\b|-)\b"),
        ("today", r"(?<!-)\b(?i:(?P<word>the day before yesterday|the day after tomorrow|yesterday|today|tomorrow|"
            r"tonight|last night|this (?:morning|afternoon|evening)))\b(?!-)"),
        ("ago", rf"\b(?P<vague>(?:more than|over|nearly|almost|about|around|some|less than|at least|roughly|"
            rf"just over|just under) )?(?i:{_COUNT}) {_UNIT} ago\b"),
        ("ahead", rf"\b(?:[Ii]n )?(?i:{_COUNT}) {_UNIT}(?:'|'s)? (?:time|from (?:now|today))\b"),
        ("past", rf"\b[Tt]he (?:last|past) (?:(?i:{_COUNT}) )?{_UNIT}\b"),
        ("anchored", rf"\b(?P<vague>(?:more than|over|nearly|almost|about|around|some|less than|at least|"
            rf"roughly) )?(?i:{_COUNT}) {_UNIT} (?P<way>later|earlier|afterwards?|before)\b"),
        ("step", r"\b[Tt]he (?P<way>next|following|same|previous|preceding) (?P<unit>day|week|month|year|morning|"
            r"afternoon|evening|night)\b|\b[Tt]he (?P<unit2>day|week|month|year) (?P<way2>before|after)(?=[.,;:]|$)"),
        ("decade", r"\b(?:[Tt]he )?(?:(?:early|mid|late)[ -]?)?(?P<decade>(?:1[5-9]|20)\d0)'?s\b|"
            r"(?<=the )'(?P<short>[3-9]0)s\b"),
        ("century", r"\b(?:[Tt]he )?(?:(?:early|mid|late)[ -]?)?(?P<century>\d{1,2})(?:st|nd|rd|th)[ -]century\b"),
        ("years", r"(?<![\w/.,$-])(?P<from>(?:1[89]|20)\d\d)[-/\u2013](?P<to>(?:(?:1[89]|20)\d\d|\d\d))(?![\w/%-]|"
            r",\d)"),
        ("year", rf"(?<![\w/.,$\xa3\u20ac#:+-]){_YEAR}(?![\w/:])"),
        ("clock", r"(?<![\d:$])(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap]\.m\.|[ap]m\b|"
            r"[AP]\.?M\b\.?)|(?<![\d:.])(?P<hour24>[01]?\d|2[0-3])[:](?P<minute24>[0-5]\d)(?= (?:GMT|UTC|BST|CET|"
            r"EST|EDT|ET|hours|local time)\b)|\b(?P<named>noon|midnight)\b"),
    )
)  # fmt: skip
"""Rules and their patterns, the more specific first: what an earlier one has matched a later one does not see."""

_STEMS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CENTURIES = ("15", "16", "17", "18", "19", "20")
_PERIODS = ("week", "month", "year", "decade", "century", "quarter")

TRIGGERS: dict[str, tuple[str, ...]] = {
    "iso": ("-0", "-1"),
    "slashes": ("/", "."),
    "days": _STEMS,
    "day": _STEMS,
    "month": _STEMS,
    "bare-month": _STEMS,
    "weekday": ("day",),
    "weekend": ("weekend",),
    "season": _CENTURIES,
    "bare-season": ("spring", "summer", "autumn", "fall", "winter"),
    "quarter": ("quarter", "Q"),
    "bare-quarter": ("quarter", "Q"),
    "relative": _PERIODS,
    "today": ("day", "night", "orning", "noon", "evening", "tomorrow", "Tomorrow"),
    "ago": ("ago",),
    "ahead": ("time", "from "),
    "past": ("ast ",),
    "anchored": ("later", "earlier", "before", "after"),
    "step": ("he next", "he following", "he same", "he previous", "he preceding", " before", " after"),
    "decade": ("0s", "0's"),
    "century": ("century",),
    "years": _CENTURIES,
    "year": _CENTURIES,
    "clock": ("a.m", "p.m", "A.M", "P.M", "am", "pm", "AM", "PM", ":", "noon", "midnight"),
}
"""What a text must hold for a rule's pattern to find anything: looking for these first is what makes reading fast."""
