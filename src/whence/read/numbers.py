"""Numbers in digits and in words: their patterns, and the values of what they match."""

from __future__ import annotations

import re

__all__ = [
    "DIGITS",
    "FRACTION",
    "INDEFINITE",
    "SCALES",
    "WORDS",
    "number",
    "of_digits",
    "of_fraction",
    "of_indefinite",
    "of_words",
]

_UNITS = {
    word: i
    for i, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen
        eighteen nineteen""".split()
    )
}
_TENS = {
    word: 10 * i for i, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
SCALES = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12, "trn": 10**12, "dozen":
    12,
}  # fmt: skip
"""Scale words and suffixes, lower case, and what they multiply by."""

_SCALE = r"(?:hundred|thousand|million|billion|trillion)"
_SMALL = "|".join(sorted([*_UNITS, *_TENS], key=len, reverse=True))

DIGITS = re.compile(
    r"(?P<currency>(?:US|A|C|NZ|HK|S|R)?\$|[£€¥₹₽₺₩]|\b(?:USD|EUR|GBP|JPY|CHF|SEK|NOK|DKK|AUD|CAD|Rs\.?) ?)?"
    r"(?P<digits>\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?)"
    rf"(?:(?:[ -](?P<scale>{_SCALE}|dozen|bn|mn|mln|tn)|(?P<suffix>bn|mn|mln|trn|tn|k|m|b|K|M|B))\b)?"
)
"""A number in digits, with its currency and its scale."""

WORDS = re.compile(
    rf"\b(?:(?:half a|a|an|{_SMALL})(?: |-)(?:and a half )?)?(?:{_SCALE}|dozen)\b(?:(?: and | |-)(?:{_SMALL}|"
    rf"{_SCALE})\b){{0,6}}"
    rf"|\b(?:{_SMALL})\b(?:(?: and | |-)(?:{_SMALL}|{_SCALE})\b){{0,8}}(?: and a half\b(?: {_SCALE}\b)?)?",
    re.IGNORECASE,
)
"""A number in words."""

_PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_OUT_OF = (
    rf"(?P<some>\d{{1,3}}|{'|'.join(_UNITS)}) (?:in|out of)(?: every)? (?P<all>\d{{1,3}}(?:,\d{{3}})?|"
    rf"{'|'.join(_UNITS)}|twenty|fifty|(?:an? )?(?:hundred|thousand|million))"
)
_PARTED = (
    "per ?cent|percentage point|point|tonne|ton|mile|acre|litre|liter|metre|meter|kilo|kilogram|kilometre|kilometer|"
    "pound|pint|inch|degree|hour|century|decade|year|day|minute|second|penny|cent"
)
FRACTION = re.compile(
    rf"\b(?:(?P<count>a|an|one|two|three|four|five|six|seven|nine)[ -](?P<part>third|quarter|fifth|sixth|seventh|"
    rf"eighth|ninth|tenth)s?\b(?!-(?:place|party|grade|time|class|person|year|century|rate|hand|floor|base|round|quarter|generation|tier|world))"
    rf"|{_OUT_OF}\b(?![.,]?\d| (?:years?|days?|weeks?|months?|hours?|minutes|games|matches|seasons)\b)"
    r"|(?P<half>half)(?= (?:of|the|its|their|his|her|our|my|those|these|all|were|was|are|is|have|had|said|did|will|"
    r"would)\b)"
    rf"|(?P<single>half an?)(?= (?:{_PARTED})\b(?! (?:later|ago|earlier|before|after)\b)))"
    rf"(?P<scaled> of an? (?:million|billion|trillion)\b)?|(?P<sign>[½⅓⅔¼¾])",
    re.IGNORECASE,
)
"""A fraction: "two-thirds", "one in five", "half of", "half a mile", "a quarter of a million"."""

INDEFINITE = re.compile(
    r"\b(?:(?P<of>tens|dozens|hundreds|thousands) of (?P<big>thousands|millions|billions)|(?P<many>dozens|hundreds|"
    r"thousands|millions|billions|trillions)|(?P<scores>scores)(?= of\b)|"
    r"(?:several|many|a few|a couple of) (?P<few>dozen|hundred|thousand|million|billion|trillion)"
    r"(?: (?P<more>thousand|million|billion))?)\b",
    re.IGNORECASE,
)
"""A number that only says how large it is: "dozens", "tens of thousands", "several hundred", "a couple of hundred"."""


def number(value: float) -> float | int:
    """A whole number as an int, any other to three significant decimals at least."""
    if value == int(value):
        return int(value)
    return round(value, 3) if abs(value) < 1 else round(value, 9)


def of_digits(digits: str, scale: str | None) -> float | int:
    """The value of "1,234.5" with a scale word or suffix."""
    plain = digits.replace(",", "")
    if scale is None and "." not in plain:
        return int(plain)
    # Scaled in whole thousandths, so that 1.1 million is 1100000 and not 1100000.0000000001.
    whole, _, rest = plain.partition(".")
    value = int(whole + rest) * SCALES[scale.lower()] / 10 ** len(rest) if scale else float(plain)
    return number(value)


def of_words(words: str) -> float | int:
    """The value of "one hundred and fifty thousand", "two and a half million", "half a dozen"."""
    total, current = 0.0, 0.0
    low = words.lower().replace("-", " ")
    halved = low.startswith("half a ")
    for word in low.removeprefix("half a ").split():
        if word in _UNITS:
            current += _UNITS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word in {"a", "an"}:
            current = current or 1
        elif word == "half":
            current += 0.5
        elif word in {"hundred", "dozen"}:
            current = (current or 1) * SCALES[word]
        elif word in SCALES:
            total += (current or 1) * SCALES[word]
            current = 0
    return number((total + current) / 2 if halved else total + current)


def of_fraction(match: re.Match[str]) -> float | int:
    """The value of what `FRACTION` matched, to three decimals."""
    if match["sign"]:
        return {"½": 0.5, "⅓": 0.333, "⅔": 0.667, "¼": 0.25, "¾": 0.75}[match["sign"]]
    scale = SCALES[match["scaled"].split()[-1].lower()] if match["scaled"] else 1
    if match["half"] or match["single"]:
        return number(0.5 * scale)
    if match["some"]:
        some, all_ = _small(match["some"]), _small(match["all"])
        return number(some / all_) if all_ else 0
    return number(_small(match["count"]) * scale / _PARTS[match["part"].lower()])


def _small(word: str) -> int:
    low = word.lower().replace(",", "").split()[-1]
    return int(low) if low.isdigit() else {"a": 1, "an": 1}.get(low) or SCALES.get(low) or _TENS.get(low) or _UNITS[low]


def of_indefinite(match: re.Match[str]) -> int:
    """The least that what `INDEFINITE` matched can mean: two of its kind ("dozens": 24)."""
    size = {"ten": 10, "score": 20} | SCALES
    size |= {f"{word}s": value for word, value in size.items()}
    if match["few"]:
        return 2 * size[match["few"].lower()] * size.get((match["more"] or "").lower(), 1)
    if match["of"]:
        return 2 * size[match["of"].lower()] * size[match["big"].lower()]
    return 2 * size[(match["many"] or match["scores"]).lower()]
