"""Verbs, nouns and phrases of attribution, by the speech act that they name (docs/reference/acts.md)."""

from __future__ import annotations

import re

from whence.read.inflect import forms
from whence.records import Act

__all__ = ["CALLED_FALSE", "PHRASES", "QUALITIES", "RULES", "WORDS"]

# Base forms of verbs; nouns and irregular forms stand behind the bar.
_TABLE: dict[Act, str] = {
    "deny": """deny, refute, rebut+, disavow, repudiate, contradict, dispute, disown, debunk, reject, dismiss,
    disagree, disclaim
        | denial, denials, rejection, rebuttal, repudiation, disavowal, dismissal, misled""",
    "accuse": """accuse, blame, allege, implicate, indict, fault, sue, suspect, incriminate, impute
        | accusation, accusations, allegation, allegations, indictment, lawsuit, suspicion""",
    "condemn": """condemn, denounce, criticise, criticize, slam+, blast, lambast, lambaste, decry, deplore, assail,
    castigate,
        censure, rebuke, chide, scold, berate, mock, ridicule, deride, bash, excoriate, disparage, pillory, vilify,
        chastise,
        reprimand, lament, complain, object, oppose, protest, attack, savage, pan+, scorn, upbraid, admonish, bemoan,
        belittle
        | criticism, criticisms, condemnation, denunciation, rebuke, censure, outrage, complaint, complaints, objection,
        objections, opposition, opponent, opponents, critic, critics, decried, denunciations""",
    "praise": """praise, hail, welcome, applaud, commend, laud, salute, congratulate, thank, compliment, endorse,
    back, support,
        tout, extol+, champion, honour, honor, celebrate, cheer, credit, admire, gush, rave, lavish
        | tribute, tributes, endorsement, endorsements, acclaim, supporter, supporters, congratulations, accolade""",
    "demand": """demand, urge, order, request, plead, beg+, implore, exhort, instruct, recommend, propose, lobby,
    petition,
        appeal, beseech, entreat, insist on, press for, push for, advise, encourage, advocate, mandate, summon,
        direct, command
        | plea, pleas, proposal, proposals, recommendation, recommendations, pled, besought, appeals, calls for""",
    "warn": "warn, caution, threaten, forewarn | warning, warnings, threat, threats, cautionary, alert, alerts, "
    "alerted",
    "promise": """promise, vow, pledge, swear, guarantee, commit+, undertake, assure, offer, reassure
        | swore, sworn, undertook, undertaken, assurance, assurances, commitment, commitments, oath, reassurance""",
    "predict": """predict, forecast, foresee, expect, anticipate, prophesy, foretell, envisage, envision, project
        | foresaw, foreseen, prediction, predictions, projection, projections, expectation, expectations, forecasts,
        outlook,
        prognosis""",
    "ask": "ask, question, wonder, inquire, enquire, query | inquiry, queries, questions, interrogated",
    "decline": "decline, refuse, demur+, dodge, sidestep+, evade, deflect, balk | refusal, refusals",
}

WORDS: dict[str, Act] = {}
"""Inflected words and the act they name."""
for _act, _row in _TABLE.items():
    _bases, _, _others = _row.partition("|")
    for _base in _bases.split(","):
        WORDS.update(dict.fromkeys(forms(_base.strip()), _act))
    WORDS.update(dict.fromkeys((w.strip() for w in _others.split(",") if w.strip()), _act))
# "question marks", "back" the adverb, "project" the noun and the like are cues often enough only as verbs of their own.
for _word in ("back", "project", "savage", "direct", "directs", "pan", "credit", "suspect"):
    WORDS.pop(_word, None)

_SAYING = (
    r"(?:say|comment|respond|reply|answer|elaborate|discuss|disclose|specify|reveal|name|identify|confirm|provide|return|"
    r"address|talk|speculate|go into|give|offer|explain|be interviewed|be drawn|get into|acknowledge|release|announce)"
)
_NEVER = r"(?:not|n't|never|nor|cannot|unwilling to|unable to)"
_ADVERBS = r"(?:(?:immediately|yet|publicly|directly|initially|also|repeatedly|even|so much as) ){0,2}"

_PHRASES: tuple[tuple[str, Act], ...] = (
    (
        r"\b(?:reject|dismiss|resist|ignor|rebuff|brush)\w* (?:\w+ ){0,2}(?:calls|pleas|demands|appeals|requests)\b",
        "decline",
    ),
    (rf"\b{_NEVER} {_ADVERBS}(?:respond\w*|repl(?:y|ied)|comment\w*|{_SAYING})\b", "decline"),
    (
        r"\bno (?:further |immediate |other |additional |more )?comments?\b|\bkeep(?:s|ing)? (?:silent|mum)|"
        r"\bkept (?:silent|mum)|\bremain(?:s|ed|ing)? silent\b",
        "decline",
    ),
    (r"\bnothing (?:further |more |else )?to (?:say|add|report|announce|tell|offer)\b", "decline"),
    (r"\bturn(?:s|ed|ing)? (?:\w+ ){0,2}?down\b", "decline"),
    (r"\bcould ?(?:not|n't) be reached\b|\bnot available for comment\b|\bdeclin\w+|\brefus\w+", "decline"),
    (r"\bple(?:a|)d(?:s|ed|ing)? (?:not guilty|innocent)", "deny"),
    (r"\bplead(?:s|ed|ing)? guilty|\bpled guilty", "assert"),
    (rf"\b(?:{_NEVER}|stop(?:ped|s)? short of|without) (?:\w+ ){{0,2}}(?:rul\w+ out)", "assert"),
    (
        r"\brul(?:e|es|ed|ing) out|\b(?:push|pushes|pushed|pushing) back|\bsho(?:t|ots?|oting) down|"
        r"\bpour\w* (?:cold water|scorn)|\b(?:brush|wav|swat|shrug|laugh)\w* (?:aside|off|away)\b",
        "deny",
    ),
    (r"\b(?:acknowledg|conced|confess)\w+|\badmit(?:s|ted|ting)?\b", "assert"),
    (r"\b(?:issue|issued|issues|made|sent|gave|give|gives)\w* (?:an? |the |\w+ ){0,3}denials?\b", "deny"),
    (r"\bcall(?:s|ed|ing)? (?:\w+ ){0,2}?(?:for|on|upon)\b|\binsist(?:s|ed|ing)? on\b", "demand"),
    (r"\bask(?:s|ed|ing)? (?:\w+ ){0,2}?for\b", "demand"),
    (
        r"\b(?:push|press|argue?|campaign|lobb?y?|plead|begg?|petition|appeal)(?:s|es|ies|d|ed|ied|"
        r"ing)? (?:\w+ )?for\b",
        "demand",
    ),
    (
        r"\b(?:pay|pays|paid|paying) tribute|\bs(?:ing|ang|ung)\w* (?:the |his |her |their )?praises|"
        r"\bspeak\w* highly|\bspoke highly|\bgave credit|\bgiv\w+ credit",
        "praise",
    ),
    (
        r"\b(?:lash|hit|lashed|hits?|hitting|lashing)(?:es)? (?:out|back) ?(?:at|against)?|\btook aim|"
        r"\btak\w+ aim|\bwent after|\bgo\w* after|"
        r"\brail\w* (?:against|at)|\bfir\w+ back|\bripp\w+ into|\btore into|\bt(?:oo|a)k\w* issue|\btake issue|"
        r"\bspeak\w* out against|\bspoke out against|\bvot\w+ against",
        "condemn",
    ),
    (r"\b(?:sound|rais)\w* (?:the|an) alarm|\braised? alarm", "warn"),
    (
        r"\bpoint\w* (?:the|a) finger|\b(?:hold|held|holding|holds) (?:\w+ ){0,3}(?:responsible|accountable)|"
        r"\bcharg\w+ (?:with|that)",
        "accuse",
    ),
    (r"\bconvicted of|\bfound guilty", "assert"),
    (r"\b(?:brand|branded|brands|branding)\b", "condemn"),
    (
        r"\b(?:is|are|was|were|be|been|being) (?:\w+ ){0,2}(?:likely|set|poised|bound|due|slated|unlikely) to\b",
        "predict",
    ),
)

PHRASES: tuple[tuple[re.Pattern[str], Act], ...] = tuple((re.compile(pattern), act) for pattern, act in _PHRASES)
"""Phrases in a cue, in lower case with straight apostrophes, and the act they name; the first that is found decides."""

QUALITIES: dict[Act, re.Pattern[str]] = {
    "condemn": re.compile(
        r"\b(?:disgrac\w+|shame\w*|outrag\w+|unacceptable|appalling|deplorable|despicable|coward\w*|barbari\w+|heinous|"
        r"reprehensible|abhorrent|unconscionable|inexcusable|unforgivable|crimes?|criminal|lies?|liars?|hypocri\w+|mistakes?|"
        r"traves\w+|scandal\w*|fail(?:ed|ure|ures|ing)|disaster\w*|catastroph\w+|terrible|horribl\w+|awful|stupid|idiot\w*|"
        r"foolish|reckless\w*|dangerous|irresponsible|corrupt\w*|incompeten\w+|weak|pathetic|ridiculous|absurd|nonsens\w+|"
        r"racist|bigot\w*|cruel\w*|inhuman\w*|brutal\w*|evil|immoral|unjust\w*|unfair\w*|illegal|unlawful|farc\w+|sham|insult\w*|"
        r"embarrass\w+|laughable|ludicrous|joke|fraud\w*|con artist|tragic|tragedy|attack on|betray\w+|nightmare|phony|"
        r"wrong|worst|sick\w*|disturbing|offensive|vile|sad|crooked|poor|hateful|divisive|extreme|unfit|unqualified|rigged)\b"
    ),
    "praise": re.compile(
        r"\b(?:hero\w*|brilliant|excellent|outstanding|great|greatest|historic|success\w*|wonderful|fantastic|magnificent|"
        r"remarkable|inspir\w+|courag\w+|brave\w*|superb|triumph\w*|masterpiece|amazing|incredible|terrific|exemplary|"
        r"proud|best|victory|win for|milestone|welcome|encouraging|positive|important step|smart|honou?r|extraordinary|"
        r"impressive|genius|leader|fair|good|kind|beautiful|talented|careful|clever|"
        r"elegant|rigorous|thorough|meticulous|thoughtful|generous|decent|gifted|sensible|wise)\b"
    ),
}
"""What a speaker finds something to be, after "called", "described as" and the like."""

_MADE_OF = (
    r"(?:(?:work|piece|pack|tissue|web|string|load|product|figment) of (?:\w+ )?"
    r"|(?:crude|clumsy|malicious|cheap|poor|wild) )?"
)
CALLED_FALSE = re.compile(
    r"^\W*(?:(?:the|that|this|these|those|all|any|such|his|her|their|its|[\w.-]+'s?) )?(?:[\w'-]+ ){0,3}?"
    r"(?:(?:claim|allegation|accusation|suggestion|insinuation|assertion|rumou?r|charge|report|account|version|article|"
    r"statement|reporting|speculation|idea|notion|theory)s?|story|stories|theories)\b(?: [\w'-]+){0,12}? \W*"
    r"(?:(?:a|an|as|total|totally|pure|purely|complete|completely|utter|utterly|entirely|wholly|simply|just|plain|"
    r"plainly|patently|demonstrably|absolute|absolutely|downright|outright|blatant|blatantly|categorically) ){0,4}"
    rf"{_MADE_OF}"
    r"(?:false|falsehoods?|untrue|not true|nonsens\w+|lies?|fictio\w+|fabricat\w+|invent\w+|baseless|unfounded|"
    r"groundless|inaccurate|incorrect|wrong|rubbish|fantas\w+|made[ -]up|hoax|fake|absurd|ridiculous|preposterous|"
    r"ludicrous|laughable|without (?:foundation|merit|basis|substance))\b"
    r"|^\W*(?:it|that|this|them|these|those)\b \W*(?:(?:a|an|totally|entirely|completely|utterly|simply|wholly|"
    r"complete|total|outright|blatant|pure|absolute) ){0,3}"
    rf"{_MADE_OF}"
    r"(?:false|falsehood|untrue|not true|lie|lies|fabrications?|invention|baseless|unfounded|groundless|made[ -]up|"
    r"hoax|fake|forgery|fiction)\b"
)
"""A claim, and behind it that it is not so: what makes "called" and "branded" deny."""

RULES = re.compile(
    r"\b(?:rules?|rulebooks?|regulations?|by-?laws?|laws?|statutes?|standing orders?|constitution|contracts?|treaty|"
    r"charter|code|code of conduct|protocol|guidelines|terms|conditions|convention|ordinance|decree|articles)\W*$"
)
"""The end of words for a document that lays down what holds: its "may" and "will" are no forecasts."""
