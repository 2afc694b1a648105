"""What headlines do with words: short ones for longer ones, verbs that report an act, words that raise the voice."""

from __future__ import annotations

import re
from functools import cache

from whence.read.wording import stem

__all__ = ["ACT_WORDS", "HYPE", "PHRASES", "REPORTED_ACTS", "same"]

_SAME = (
    "cancel axe scrap ditch shelve",
    "criticise criticize slam blast rap lash condemn",
    "investigation probe inquiry enquiry investigate",
    "resign quit exit leave depart",
    "prison jail imprison",
    "rise hike increase surge soar jump climb",
    "fall plunge slump tumble decline decrease",
    "cut slash reduce",
    "die dead death fatal",
    "police cop",
    "consider mull weigh eye ponder",
    "promise vow pledge",
    "arrest nab detain",
    "dismiss oust sack fire",
    "chief boss manager",
    "dispute row feud clash",
    "talk negotiation",
    "support back endorse",
    "agreement deal pact accord",
    "attack strike assault raid",
    "company firm business",
    "close shut",
    "buy purchase acquire",
    "survey poll",
    "study research",
    "mother mum mom",
    "father dad",
    "child kid",
    "soldier troop",
    "begin start launch",
    "war warfare",
    "warn caution",
    "house home",
    "stop halt end block",
    "doctor medic physician",
    "lawyer attorney solicitor",
    "teacher school-teacher",
    "kill slay",
    "hide conceal cover-up bury",
    "find discover uncover",
    "help aid assist",
    "ban outlaw prohibit bar",
    "error mistake blunder",
    "crash collision collide smash",
    "huge massive giant vast",
    "protest demonstration rally march",
    "worker staff employee",
    "scientist researcher academic expert",
    "lawmaker legislator parliamentarian mp",
    "missing lost",
    "hurt injure wound",
    "delay postpone",
    "defeat beat thrash",
    "woman lady",
)
PHRASES = (
    (re.compile(r"\bprime ministers?\b", re.IGNORECASE), "pm"),
    (re.compile(r"\b(?:step|stand)(?:s|ped|ing)? down\b|\bst(?:ood|ands) down\b", re.IGNORECASE), "resign"),
    (re.compile(r"\bdr\b\.?", re.IGNORECASE), "doctor"),
    (re.compile(r"\bclose to\b", re.IGNORECASE), "near"),
    (re.compile(r"\bcall(?:s|ed|ing)? for\b", re.IGNORECASE), "demand"),
)
REPORTED_ACTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "deny",
        re.compile(
            r"\b(?:den(?:y|ies|ied|ying)|rejects? (?:\w+ )?claims?|refutes?|dismiss(?:es)? (?:claims?|reports?))\b",
            re.IGNORECASE,
        ),
    ),
    ("decline", re.compile(r"\b(?:declines?|refus(?:es?|ed|ing)|won[’']t say|silent)\b", re.IGNORECASE)),
    (
        "demand",
        re.compile(r"\b(?:demands?|urg(?:es?|ed)|calls? (?:for|on)|wants?|asks? for|must|should)\b", re.IGNORECASE),
    ),
    ("promise", re.compile(r"\b(?:vows?|pledg(?:es?|ed)|promis(?:es?|ed))\b", re.IGNORECASE)),
    ("ask", re.compile(r"\basks? (?:if|whether|why|how)\b", re.IGNORECASE)),
    ("accuse", re.compile(r"\b(?:accus\w+|blam(?:es?|ed|ing)|alleg\w+|claims?)\b", re.IGNORECASE)),
)
"""Speech acts that a headline reports, each by its words; the first that matches counts."""

ACT_WORDS = frozenset(
    stem(w)
    for w in "deny denies decline refuse demand urge call want ask promise vow pledge accuse blame allege".split()
)
"""Stems of verbs that only report an act: a statement of that act need not repeat them."""

HYPE = frozenset(
    stem(w)
    for w in "shock shocking horror exclusive revealed breaking bombshell sensational dramatic dramatically amid fury "
    "outrage stunning urgent explainer watch live update video pictured".split()
)
"""Stems of words that raise a headline's voice and say nothing of its matter."""


@cache
def same() -> dict[str, str]:
    """For each word of `_SAME` the first of its group, both as stems."""
    return {stem(w): stem(group.split()[0]) for group in _SAME for w in group.split()}
