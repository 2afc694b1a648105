"""The wordings of denials: what says that something is denied, what points to it, and what only looks like a denial."""

from __future__ import annotations

import re

__all__ = [
    "ACCUSING_NOUN",
    "ANY",
    "CONTRARY",
    "DENYING",
    "DID_NOT",
    "FALSE",
    "FALSE_WORD",
    "GENERAL",
    "JUDGED",
    "NOT_DENYING",
    "NO_EVIDENCE",
    "NUMBERS",
    "OF_WHAT",
    "ONE_OF_THEM",
    "OPEN",
    "PERSONAL",
    "POINTING_NOUN",
    "POINTS",
    "POSSESSOR",
    "PRONOUN",
    "REPORTED",
    "REPORT_NOUN",
    "STRICT",
    "SUCH",
    "UNTRUE",
    "WITHHELD",
]

_CLAIM_NOUN = (
    r"claims?|allegations?|accusations?|charges?|assertions?|suggestions?|insinuations?|reports?|rumou?rs?|speculation"
    r"|stories|story|criticisms?|findings?|contention|article|conclusions?|complaints?|blame"
    r"|accounts?|versions?|comments?|remarks?|figures?|estimates?|calculations?|warnings?|fears|concerns|predictions?"
    r"|forecasts?|explanations?|arguments?"
)
_MATTER_NOUN = _CLAIM_NOUN + (
    r"|reporting|statements?|idea|notion|characteri[sz]ations?|implications?|theory|theories|narrative"
)
POINTS = re.compile(
    r"^\W*(?:(?:all|both|each|any|many|most|some|of) ){0,2}(?:(?:the|these|those|this|that|such|any|all|his"
    r"|her|their|its|it|as|as"
    r" being)\s+)?(?:[\w’'-]+\s+){0,3}?(?P<noun>" + _MATTER_NOUN + r")\b",
    re.IGNORECASE,
)
PRONOUN = re.compile(
    r"^\W*(?:it|this|that|them|these|those|so|all|which)\b\W*(?:$|as\b|and\b|but\b|on\b|in\b|,)", re.IGNORECASE
)
GENERAL = re.compile(
    r"^\W*(?:any |all |having (?:committed|done) any(?:thing)? |having any |that (?:he|she|they"
    r"|it) (?:had )?(?:did|done|committed) any(?:thing)? )?"
    r"(?:criminal |financial |legal |direct |personal |sexual )?(?:not guilty|innocent|innocence|wrongdoing|wrong|"
    r"involvement|responsibility"
    r"|impropriety"
    r"|misconduct|guilt|liability|knowledge|role|part|link|links|connection)\b",
    re.IGNORECASE,
)
POINTING_NOUN = re.compile(_CLAIM_NOUN, re.IGNORECASE)
POSSESSOR = re.compile(r"([^\W\d_][\w-]{1,30})(?:['’]s|(?<=s)['’])\s")
FALSE_WORD = re.compile(
    r"false|untrue|baseless|unfounded|groundless|fabricat|nonsense|invented|incorrect|wrong|inaccurate|lie|absurd"
    r"|ridiculous|fiction|fantasy|misleading|without|\bno\b",
    re.IGNORECASE,
)
FALSE = re.compile(
    r"\b(?:"
    + _CLAIM_NOUN
    + r")\b[^.;]{0,40}?\b(?:(?:is|are|was|were|as|be)\b[^.;]{0,25}?\b(?:false|untrue|baseless|unfounded"
    r"|groundless|fabricat\w+|nonsense|invented|incorrect|wrong|inaccurate|lies|a lie|absurd|ridiculous|fiction|fantasy"
    r"|misleading|without (?:foundation|merit|basis)))\b"
    r"|\bno (?:truth|basis|substance|foundation)\b[^.;]{0,30}\b(?:" + _CLAIM_NOUN + r")\b"
    r"|\b(?:false|baseless|unfounded|fabricated|groundless)\b[^.;]{0,12}\b(?:" + _CLAIM_NOUN + r")\b",
    re.IGNORECASE,
)
UNTRUE = re.compile(
    r"^\W*(?:it|that|this|they|these|those|all of (?:it|this)|none of (?:it|this|that))(?:['’]s|['’]re| is"
    r"| are| was| were)?"
    r"(?: \w+){0,3}? (?:not true|untrue|false(?! (?:equivalen|choice|start|dichotom|alarm|econom|hope|compar))"
    r"|a lie|lies|nonsense|fake|rubbish|fabricat\w+|true|never happened"
    r"|a fabrication|an invention|ridiculous|absurd)\b"
    r"|^\W*there(?:['’]s| is| was| had been)(?: simply| absolutely| just| really)? no (?:truth|substance|basis"
    r"|foundation|word of truth)(?: whatever| at all)? (?:in|to|for) (?:it|that|this|them|any of (?:it|this|that))\b"
    r"|^\W*(?:(?:absolute|complete|total|utter|pure|all|what|that is|it is)\s)?(?:rubbish|nonsense|lies|untrue|false"
    r"|not true|fake news|not so|wrong)\W*$",
    re.IGNORECASE,
)
DENYING = re.compile(
    r"\b(?:den(?:y|ie[sd]|ying|ials?)|reject\w*|dismiss\w*|refut\w+|rebut\w*|disput\w+|repudiat\w+|contradict\w*"
    r"|brush(?:ed|es|ing)? off|shot down|rubbish(?:ed|es)|debunk\w*|push(?:ed|es|ing)? back)\b",
    re.IGNORECASE,
)
STRICT = re.compile(r"\b(?:den(?:y|ie[sd]|ying|ials?)|refut\w+|disput\w+|contradict\w*)\b", re.IGNORECASE)
NOT_DENYING = re.compile(
    r"\b(?:not|n[’']t|never|neither|nor|without|cannot|could|hard to"
    r"|impossible to)\s+(?:\w+\s+){0,3}?(?:den(?:y|ying|ied)"
    r"|disput\w+|reject\w*|contest\w*)|\b(?:confirm\w*\s+(?:n?or)\s+den\w+)"
    r"|\bdisputes? (?:over|with|between|about|among|erupt\w*)\b|\b(?:in|an?|heated|bitter|legal) disputes?\b",
    re.IGNORECASE,
)
NO_EVIDENCE = re.compile(
    r"^\W*(?:that )?(?:there(?:['’]s| is| was| had been| has been)"
    r"|(?:it|they|he|she|we|I) (?:saw|sees?|have|has|had|found|know of|knows of|knew of))"
    r"(?: been)?(?: absolutely| simply| currently)? (?:no|not any|not a shred of|no shred of)(?: \w+){0,2}?"
    r" (?:evidence|proof|indication|suggestion|record|sign)\b(?P<what>[^.;]{0,400})",
    re.IGNORECASE,
)
"""Says that nothing shows it: "there is no credible evidence of that"."""
SUCH = re.compile(r"\b(?:no|any|never any) such (?P<noun>[a-z]{3,20})\b", re.IGNORECASE)
"""Takes up what was said by its noun: "no such order was given"."""
OPEN = re.compile(
    r"\b(?:any|anything|anyone|anybody|ever|nothing|never|there|it|this|that|them|all)\b|^\W*(?:having\b|[a-z]{2,18}ing\b)",
    re.IGNORECASE,
)
"""A denial that takes up what was said before: "dumping anything there", "taking a penny"."""
WITHHELD = re.compile(
    r"^\W*(?!that\b)(?:(?:him|her|them|us|me|it|the|a|an|his|its|their|\w+)\s+){0,2}(?:entry|access|bail|permission|visas?|parole|asylum"
    r"|treatment|a request|request|requests|motion|appeal|application|the right|rights?|service|services"
    r"|funding|aid|help"
    r"|credit|coverage|passage|benefits|leave|admission|food|water|care|refuge|justice|promotion|chance|opportunity)\b",
    re.IGNORECASE,
)
OF_WHAT = re.compile(r"\W*(?!to (?:that|this|the same) effect\b)(?:that|of|about|to|against|over|on|regarding)\b")
ONE_OF_THEM = re.compile(
    r"(?:one|another|two|some|the (?:first|second|other)) of (?:them|these|those|the)\b|the other\b"
)
CONTRARY = re.compile(
    r"\b(?:claims?|suggestions?|reports?|allegations?|evidence)\s(?:to the contrary|otherwise)\b", re.IGNORECASE
)
NUMBERS = re.compile(r"^(?:figure|estimate|calculation)s?$", re.IGNORECASE)
ANY = re.compile(r"^\W*(?:(?:there was |there is |that there was )?any|all)\s", re.IGNORECASE)
PERSONAL = re.compile(r"^\W*(?:all |any |both )?(?P<whose>his|her)\s", re.IGNORECASE)
DID_NOT = re.compile(
    r"\b(?:never|nobody(?: has| had| ever| was| is)?|no one(?: has| had| ever| was| is)?"
    r"|(?:did|had|has|have|do|does|was|were|is|are)(?:n[’']t| not| never))\s"
    r"(?:\w+ly\s|ever\s|been\s|once\s){0,2}(?P<did>[a-z]{3,20})\b",
    re.IGNORECASE,
)
JUDGED = re.compile(r"\bas\s+(?:an?\s)?[\"“‘'\w]|[,;:]|\b(?:is|are|was|were)\s")
ACCUSING_NOUN = re.compile(r"claim|alleg|accus|charge|insinuat|criticism|complaint|blame", re.IGNORECASE)
REPORT_NOUN = re.compile(r"report|rumou?r|stor(?:y|ies)|article|speculation", re.IGNORECASE)
REPORTED = re.compile(r"\breport|\brumou?r|\bwrote\b|\bpublish", re.IGNORECASE)
