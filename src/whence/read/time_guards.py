"""Words that look like dates and are none: "May" the minister, "Black Friday", "1500 cows"."""

from __future__ import annotations

import re

__all__ = ["is_time"]

_LAST_WORD = re.compile(r"([\w'.]+)[ -]?$")
_NEXT_WORD = re.compile(r"[ -]([\w']+)")

_IN = frozenset("in since until till during early late mid mid- through throughout around".split())
_PLACING = _IN | frozenset("by from of to for and or between before after every each last next this past on".split())
_NAMES = frozenset({"May", "March", "Mar.", "Jan", "Jan.", "Apr"})
_GIVEN = frozenset({"April", "June", "August"})
_DAY_AHEAD = frozenset(
    """Black Good Super Ash Bloody Cyber Palm Sheffield Fat Holy Shrove Maundy Giving Casual Ruby Happy Freaky every
    Every each
    a any some most another one Man""".split()
)
_DAY_BEHIND = frozenset(
    """Times Telegraph Mirror Herald Post Mail Express Star Independent League Review Sun World Sport Business
    Football Live
    Lights Tribune Gazette Standard Night""".split()
)
_COUNTED_AHEAD = re.compile(
    r"\b(?:more than|over|nearly|almost|some|about|around|roughly|at least|fewer than|less than|up to|only|another|"
    r"just|worth|"
    r"total of|exceed\w*|killed|injured|employ\w*|hired|bought|sold|with) $"
)
_YEAR_AHEAD = re.compile(
    r"(?:\b(?:in|since|by|until|till|of|from|to|through|during|before|after|early|late|mid|the|and|or|between|year|circa|his|her|its|"
    r"their|our|my|a|spring|summer|fall|autumn|winter|this|that|for|back|as|on|season|around)|'s|s'|[,(–—/-]) ?$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?:Route|Flight|Bus|Tram|Train|Room|Page|Section|Unit|Box|Highway|Bill|Resolution|Proposition|Rule|Title|Apollo|"
    r"No\.?|Number|Model|Order|Suite|Gate|route|flight|room|page|section|number|code|serial) $"
)
_PART_AHEAD = re.compile(
    r"\b(?:end|start|beginning|middle|half|part|close|rest|outset|spring|summer|autumn|fall|winter|months?|"
    r"weeks?) of $",
    re.IGNORECASE,
)
_YEAR_OR_COUNT = re.compile(r"\b(?:and|or|of|to|from|for|as|with) $")
_COUNTED_BEHIND = re.compile(
    r" (?:[a-z-]+ )?(?:people|men|women|children|troops|[a-z]{2,}[^s\W\d]s|percent|per cent|feet|miles|pounds|"
    r"dollars)\b"
)


def is_time(rule: str, match: re.Match[str], text: str) -> bool:
    """Whether what a pattern matched is a time, by the words beside it.

    Args:
        rule: the pattern's rule.
        text: the story, with straight marks.
    """
    if rule == "bare-month":
        return _is_month(match, text)
    if rule == "weekday":
        return _is_weekday(match, text)
    if rule == "year":
        return _is_year(match, text)
    return True


def _beside(match: re.Match[str], text: str) -> tuple[str, str]:
    """The word before and the word behind."""
    before = _LAST_WORD.search(text, max(0, match.start() - 24), match.start())
    behind = _NEXT_WORD.match(text, match.end(), match.end() + 24)
    return before.group(1) if before else "", behind.group(1) if behind else ""


def _is_month(match: re.Match[str], text: str) -> bool:
    if match["rel"]:
        return not (match["rel"].lower() == "this" and match["month"] == "May")
    name = match["month"]
    before, behind = _beside(match, text)
    if name in _NAMES:
        # A minister may be called May, and a march is a walk: "by May", "the March", say nothing.
        if name == "May":
            parted = _PART_AHEAD.search(text, max(0, match.start() - 16), match.start())
            return before.lower() in _IN or bool(parted)
        return before.lower() in _PLACING
    if name in _GIVEN and before.lower() not in _PLACING:
        return not (behind[:1].isupper() or before[:1].isupper())
    return name.rstrip(".") not in {"Apr", "Jun", "Sep"} or before.lower() in _PLACING


def _is_weekday(match: re.Match[str], text: str) -> bool:
    before, behind = _beside(match, text)
    if match["rel"]:
        return True
    # “The Tuesday Club” meets on any day; in a headline “the” is a rare word.
    named = before in {"the", "The"} and behind[:1].isupper() and not behind.isupper()
    return before not in _DAY_AHEAD and behind not in _DAY_BEHIND and not named


def _is_year(match: re.Match[str], text: str) -> bool:
    if _PART_AHEAD.search(text, max(0, match.start() - 16), match.start()):
        return True
    if _NUMBERED.search(text, max(0, match.start() - 14), match.start()):
        return False
    if _COUNTED_AHEAD.search(text, max(0, match.start() - 16), match.start()):
        return False
    counted = bool(_COUNTED_BEHIND.match(text, match.end(), match.end() + 40))
    if counted and _YEAR_OR_COUNT.search(text, max(0, match.start() - 6), match.start()):
        return False
    if _YEAR_AHEAD.search(text, max(0, match.start() - 10), match.start()):
        return True
    return int(match["year"]) >= 1900 and not counted
