"""Words beside a number: what compares it, what it counts, and what shows that it is no quantity
(docs/reference/figures.md)."""

from __future__ import annotations

import re

from whence.records import Comparator

__all__ = [
    "AFTER",
    "BEFORE",
    "CHANGE",
    "DURATIONS",
    "IRREGULAR",
    "MEASURES",
    "MONEY_WORD",
    "NAMED",
    "PERCENT",
    "SCORED",
    "STOPS",
]

_BEFORE: dict[Comparator, str] = {
    "nearly": "just under|just below|just short of|nearly|almost|close to|approaching|not quite|virtually|"
    "verging on|little short of|nigh on",
    "more": "(?:well |just |slightly |a little |far |much |significantly |considerably )?(?:more than|over|above|"
    "exceeding|in excess of|"
    "upwards of|upward of|greater than|higher than|larger than|north of)|exceeds|exceeded|topped|topping",
    "at-least": "at least|no fewer than|no less than|not less than|not fewer than|a minimum of|minimum of|"
    "at the very least|at minimum|as few as|as little as",
    "at-most": "up to|at most|no more than|not more than|as many as|as much as|as high as|a maximum of|maximum of|"
    "at the most|capped at",
    "less": "(?:well |slightly |a little |far |much |significantly )?(?:fewer than|less than|lower than|under|below|"
    "smaller than)",
    "about": "about|around|roughly|some|approximately|approx\\.?|an estimated|estimated|circa|something like|"
    "in the region of|on the order of|"
    "in the order of|or so|an approximate|an average of about|somewhere around|~",
    "exactly": "exactly|precisely",
}

BEFORE = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<{k.replace('-', '_')}>{v})" for k, v in _BEFORE.items())
    + r")(?: |(?<=~))(?:the |a )?$",
    re.IGNORECASE,
)
"""A comparator right before a number; the group's name, with "-" for "_", is the comparator's."""

AFTER = re.compile(
    r"(?P<about> or so\b|-odd\b)|(?P<at_least> or (?:more|greater|higher|over|above)\b|\+(?!\w)|-plus\b)|"
    r"(?P<at_most> or (?:fewer|less|under|below|lower)\b)"
)
"""A comparator right behind a number."""

CHANGE = re.compile(
    r"\b(?:rose|ros\w+|risen|rise[sn]?|rising|fell|fall(?:s|en|ing)?|increas\w+|decreas\w+|grew|grow(?:s|n|ing)?|dropp?\w*|jump\w*|climb\w*|slipp?\w*|"
    r"declin\w+|cut\w*|rais\w+|lower\w*|up|down|went|slid|soar\w*|plung\w+|surg\w+|reduc\w+|expand\w*|shrank|shrink\w*|narrow\w*|widen\w*|"
    r"chang\w+|boost\w*|lift\w*|hik\w+|mov\w+|swung|swing\w*|improv\w+|edg\w+|tumbl\w+|revis\w+|upgrad\w+|downgrad\w+)\b",
    re.IGNORECASE,
)
"""Verbs of change: "rose from 10 to 12" gives two figures and no range."""

PERCENT = re.compile(
    r"(?P<points>[ -](?:percentage|per cent|percent)[ -]points?\b| pp\b)|(?: ?%|[ -]per ?cent\b| ?pct\b| ?pc\b)"
)
"""What makes a number a percentage, or percentage points."""

MONEY_WORD = re.compile(
    r" (?:US |U\.S\. |Canadian |Australian |Hong Kong )?(?P<money>dollars?|euros?|pounds?(?! of (?!.{0,10}debt)|"
    r" in weight)|pounds sterling|yen|yuan|rupees?|pesos?|"
    r"roubles?|rubles?|francs?|cents?|pence|kron(?:or|er)|lira|shekels?|rand|riyals?|dirhams?|zloty|forints?)\b"
)
"""A currency's name behind a number."""

MEASURES = frozenset(
    """kg km mph kph cm mm ft lb lbs g mg kw mw gw gb mb tb hp bps degrees degree mile metre meter minute hour second
    day week month
    year decade foot inch yard acre ton tonne litre liter gallon point run goal person man woman child soldier officer
    student player
    vote seat job case time game match country state""".split()
)
"""Units, and nouns that count even in the singular."""

DURATIONS = frozenset("years months weeks days hours minutes decades seconds".split())
"""Spans of time: "over three years" is during, not more than."""

IRREGULAR = frozenset(
    "people men women children troops police staff personnel cattle sheep feet teeth mice deer fish aircraft crew "
    "youth elderly crore lakh data"
    " policemen policewomen servicemen firemen fishermen lawmen countrymen clergymen media criteria".split()
)
"""Plurals without an -s."""

STOPS = frozenset(
    """a an the in on at of by for from to with and or but nor was were is are be been has had have do does did will
    would can could may might must shall who that which what when where while as if than then so because since after
    before during until over under per each every all both it he she they we you i his her their our its my your this
    these those not no also just only others another such died killed injured said told fled came went left took
    made got gave won lost hurt held found saw wounded arrested voted remained according including between among
    against into onto about around up down out off away ago later earlier old apiece""".split()
)
"""Words behind a number at which the search for what it counts ends."""

NAMED = frozenset(
    """no nos number page pages chapter section room route flight article phase level channel size episode season
    series week day round game bus tram train coach pier berth dock exit junction terminal motorway seat ward camp
    act part grade type class volume version paragraph line lane gate platform district precinct precincts
    highway interstate
    title rule amendment proposition prop measure bill resolution model apollo formula windows stage appendix figure
    table exhibit
    ground top category unit apartment suite box zone tier rank ranked seeded seed #""".split()
)
"""Words whose number is a name: "Section 230", "page 3"."""

SCORED = re.compile(
    r" (?:win|victory|defeat|loss|draw|lead|record|vote|votes|majority|aggregate|triumph|scoreline|rout|thrashing|"
    r"decision|score|ruling|split|tie|"
    r"at home|away|against|over|on|in|to|after|down|up|home)\b|[.,;:!?)]|$"
)
"""What stands behind "3-1" where it is a score or a tally."""
