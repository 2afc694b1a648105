"""How many times as large or as small something is: "doubled", "twice as many", "a tenfold rise", "halved"."""

from __future__ import annotations

import re

__all__ = ["MULTIPLE", "of_multiple"]

_TIMES = {"halv": 0.5, "half": 0.5, "doubl": 2, "twice": 2, "trebl": 3, "tripl": 3, "thrice": 3, "quadrupl": 4}
_FOLDS = {
    word: n
    for n, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), start=2)
} | {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100, "thousand": 1000}  # fmt: skip

# "Doubled down" and "doubled over" are something else, and so is a batter who "doubled in the third".
_NOT_BEHIND = (
    r"(?!-| (?:down|up|over|back|as|home|off|figures?|digits?|bass|bogey|bed|room|take)\b| in (?:pain|laughter)\b|"
    r" in the (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b| to (?:left|right|cent))"
)
_VERB_AHEAD = "".join(
    f"|(?<={word} )" for word in "will ould can may ight must shall than most arly ghly about".split()
)
_AS = (
    r"as (?:(?:many|much|big|large|high|long|likely|fast|old|far|wide|tall|good|bad|common|often|hard|heavy|strong|"
    r"deep|rich|close|expensive|powerful)\b|[a-z]+ as\b)"
)
_GROWTH = (
    "increases?|rises?|growth|jumps?|surges?|gains?|hikes?|declines?|drops?|falls?|cuts?|improvements?|differences?|"
    "expansion|returns?|higher|more|profits?"
)

MULTIPLE = re.compile(
    rf"(?<![\w-])(?:(?P<past>doubled|tripled|trebled|quadrupled|halved|doubling|tripling|trebling|quadrupling|"
    rf"halving){_NOT_BEHIND}"
    rf"|(?:(?<=to ){_VERB_AHEAD})(?P<bare>double|triple|treble|quadruple|halve){_NOT_BEHIND}"
    r"|(?P<of>twice|thrice|double|triple|treble|quadruple)(?= (?:the(?! (?:next|same|last|day|"
    r"night|week|month|year|following|previous|other|first|minister|reporter))|what|its|their|last [a-z]+'s|"
    r"(?:that|those) of)\b|"
    rf" {_AS})"
    rf"|(?P<half>half)(?= {_AS})"
    rf"|(?P<fold>{'|'.join(_FOLDS)}|\d{{1,4}})[ -]?fold\b)",
    re.IGNORECASE,
)
"""A multiple; of a "fold" `of_multiple` tells whether it is one."""

_GROWING = re.compile(rf" (?:in )?(?:{_GROWTH})\b", re.IGNORECASE)
_GREW = re.compile(
    r"\b(?:rose|risen|rise|rises|rising|fell|fallen|increas\w{1,4}|grew|grown|grows|growing|dropped|jumped|climbed|"
    r"soared|surged|multipl\w{1,4}|expanded|improved|went up|up|gone up|shot up|swelled)\b[^.;]{0,30}$",
    re.IGNORECASE,
)


def of_multiple(match: re.Match[str]) -> float | int | None:
    """The value of what `MULTIPLE` matched ("halved" .5, "tenfold" 10); None where a "fold" is none ("is twofold")."""
    if fold := match["fold"]:
        text = match.string
        grows = _GROWING.match(text, match.end()) or _GREW.search(text, max(0, match.start() - 60), match.start())
        return (int(fold) if fold.isdigit() else _FOLDS[fold.lower()]) if grows else None
    low = match.group().lower()
    return next(value for stem, value in _TIMES.items() if low.startswith(stem))
