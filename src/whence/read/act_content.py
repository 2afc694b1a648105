"""The speech act that the words of a statement show where its cue is neutral ("said", "according to")."""

from __future__ import annotations

import re

from whence.records import Act, Quote

__all__ = ["accuses", "act_of_content", "says_there_is_none"]

_SENTENCE = re.compile(r"(?<=[a-z0-9,'\"]{3})[.?!]+[\"']{0,2}(?= [\"'(]?\w{2})")
_DECLINE = re.compile(
    r"\b(?:no (?:further |immediate |other |additional |more )?comments?|nothing (?:further |more |else )?to (?:say|"
    r"add|announce|share)|"
    r"(?:do(?:es)? not|don't|doesn't|can't|cannot|can not|could not|couldn't|won't|will not|would not|wouldn't|"
    r"not going to|"
    r"not able to|unable to|not in a position to|not here to|never|not at liberty to) (?:\w+ ){0,2}?"
    r"(?:comment|discuss|speculate|confirm or deny|talk about|get into|go into (?:details?|specifics)|elaborate|"
    r"answer (?:that|any|questions|hypothetical)|respond to|preview|announce|disclose|respond)|"
    r"too (?:early|soon) to (?:comment|speculate)|"
    r"(?:i|we|he|she|they|it)(?:'d| would| will|'ll)(?: not|n't) be drawn"
    r"(?= (?:on|into|in|about|when|as to|further)\b|\W*$)|won't be drawn(?= (?:on|into|about|further)\b|\W*$)|"
    r"nothing (?:at all )?for you\b|"
    r"nothing (?:more |else |further )?(?:that )?(?:i|we|he|she|they) (?:can|could|may) (?:say|tell|add|share)|"
    r"rather not (?:say|talk|speak|comment|discuss|go into)|"
    r"declin\w+ to (?:comment|say|discuss|elaborate))\b"
)
_SELF = r"(?:i|we|he|she|it|they|the (?:company|firm|group|club|government|army|agency|ministry))"
_DENY = re.compile(
    r"\b(?:"
    rf"(?:{_SELF}|this|that) (?:has|had|have) (?:absolutely )?nothing (?:whatever )?to do with|"
    rf"{_SELF} (?:was|were|is|are|had|have|has|am|'m|'re)(?: not|n't)(?: been)? (?:involved|responsible|behind|"
    rf"guilty|part of|to blame)|"
    rf"{_SELF} (?:did not|didn't|had not|hadn't|has not|have not|haven't|hasn't|never|had never|has never|"
    rf"have never) (?:\w+ly |ever )?"
    r"(?:do|done|did|commit\w*|kill\w*|murder\w*|order\w*|stole|steal|stolen|take (?:any|part|bribes|money)|pay|"
    r"paid|attack\w*|"
    r"fire[d]? (?:at|on)|target\w*|cause[d]?|leak\w*|lie|lied|collu\w+|approve[d]?|violate[d]?|br(?:eak|oke|oken)|"
    r"touch\w*|assault\w*|"
    r"harass\w*|hack\w*|cheat\w*|abuse[d]?|hit|hurt|harm\w*|use[d]? (?:chemical|drugs|force|torture))|"
    rf"{_SELF} (?:did|had done|has done|have done) (?:absolutely )?nothing (?:wrong|illegal|improper|of the kind|"
    rf"of the sort)|"
    rf"{_SELF} (?:(?:had|has|have) )?(?:had|played|has|have|plays?|taken|took) no (?:part|role|hand|"
    r"involvement|knowledge|influence|say)|"
    rf"{_SELF} (?:know|knows|knew|were|was|is|are) (?:of|aware of) no(?: such)?|no such |"
    r"(?:claims?|allegations?|accusations?|reports?|charges?|story|it|that|this|rumou?rs?|suggestions?|assertions?|"
    r"they) "
    r"(?:is|are|was|were|'s|had been|have been) \"?(?:\w+ly |all |completely |just |a |an )?"
    r"(?:false|untrue|not true|baseless|unfounded|fabricat\w+|groundless|without merit|fiction|invent\w+|fake|lie|"
    r"lies|hoax|not right|not so|made[ -]up|nonsense|incorrect|inaccurate)|"
    r"(?:has|have|had|'s|'ve) never (?:\w+ly |once |ever )?"
    r"(?:(?!seen|been|known|wanted|needed|enjoyed|experienced|asked|liked|witnessed)\w{2,14}(?:ed|en)|hit|hurt|"
    r"met|sold|paid|told|struck|shot|bought|taken|sent|made) (?:\w+ ){0,2}?(?:anyone|anybody|anything|any)|"
    rf"{_SELF} (?:has|have|had) never met (?:the|him|her|them|mr|mrs|ms|dr|any)|"
    r"(?:there|they) (?:is|was|were|are|'s|had been) no (?:truth|basis|"
    r"(?:\w+ ){0,2}evidence (?:of|that|to|for))|no truth (?:to|in)|"
    r"there(?:'s| is| was) absolutely no truth|categorically (?:den|false|untrue))\w*\b"
)
_WILL = re.compile(
    r"^\W*(?:that )?\W*(?P<who>i|we|he|she|it|they)(?:'ll| will| would|'d| shall)(?: \w+ly| also| never| always|"
    r" not| soon| now){0,2} "
    r"(?P<verb>[a-z]+)"
)
_FIRST = re.compile(
    r"\b(?:i|we)(?:'ll| will| shall)(?: \w+ly| also| never| always| not| soon| now){0,2} (?P<verb>[a-z]+)"
    r"|\b(?:i|we) (?:promise|pledge|vow|guarantee|swear|undertake)\b|\b(?:i|we)(?:'m| am|'re| are) (?:fully |"
    r"deeply )?(?:committed to|going to (?P<verb2>[a-z]+))"
)
# What nobody brings about by deciding to: such a "will" forecasts, it does not promise.
_UNWILLED = frozenset(
    """be become have see know lose win benefit face need suffer cost rise fall grow remain likely probably fail
    survive die
    happen come take hit reach hurt get feel find like love miss struggle probably affect cause mean lead want depend
    arrive
    last increase decrease decline drop climb exceed prove seem appear regret remember say end recover succeed go turn
    not
    hear never understand notice all still""".split()
)
_DEMAND = re.compile(
    r"\b(?:(?<!which )(?<!that )(?<!as )(?<!who )(?<!what )(?<!how )(?:should(?:n't)?|must(?:n't)?|"
    r"ought to)(?! (?:(?:never |not |also |probably )?have|be able|be (?:noted|over|ready|back)|know|see|"
    r"come as))(?: not)? [a-z]+|"
    r"needs? to (?!know\b|be seen)[a-z]+|(?<!was )(?<!were )(?<!is )(?<!are )needed to (?!know\b|be seen)[a-z]+|"
    r"(?:has|have) to (?:stop|end|act|change|be (?:stopped|done|held|investigated)|do (?:more|better|something)|pay|"
    r"resign|leave|go)|"
    r"it(?:'s| is| was) (?:high )?time (?:to|for|that)|(?:i|we) (?:urge|demand|ask|call on|call upon|request|insist|"
    r"implore|beg)|let us|let's)\b"
)
_IMPERATIVE = re.compile(
    r"^\W*(?:please|stop|don't|do not|let us|let's|let me|vote|resign|get out|leave|give us|free|release|lock|build|"
    r"go home|stay)\b"
)
_CONDEMN = re.compile(
    r"\b(?:is|was|are|were|be|been|it's|that's|this is|what's|he's|she's)(?: (?:a|an|the|so|just|absolutely|utterly|"
    r"simply|completely|totally|nothing but|both|\"))* \"?"
    r"(?:disgraceful|disgrace|shameful|outrageous|outrage|unacceptable|appalling|deplorable|despicable|cowardly|barbaric|heinous|"
    r"reprehensible|abhorrent|unconscionable|inexcusable|unforgivable|disgusting|travesty|war crime|"
    r"crime against humanity|"
    r"scandal|national shame|insult to)\b"
)
_ACCUSE = re.compile(
    r"\b(?:is|was|were|are|be|been) (?:\w+ )?(?:to blame for|to blame|responsible for the \w*(?:attack|death|kill|"
    r"murder|bomb|blast|crash|massacre|collaps)\w*|guilty of|complicit in)\b|"
    r"\b(?:he|she|they|you) (?:is|are|was|were|has|have) (?:lying|lied to|stolen|cheated)\b"
)
_PRAISE = re.compile(
    r"\b(?:(?:so|very|really|incredibly|extremely|immensely) (?:proud|grateful|thankful)|proud (?:of|to (?:have|"
    r"stand|call|endorse|support))|"
    r"(?:did|done|doing|does|do) (?:a |an )?(?:great|fantastic|terrific|wonderful|excellent|outstanding|incredible|"
    r"amazing|tremendous|brilliant|phenomenal|superb|good) job|"
    r"deserves? (?:great |a lot of |much |huge |all the |enormous )?(?:credit|praise|thanks)|(?:was|is|were|are|"
    r"'s) (?:absolutely |simply |truly )?"
    r"(?:brilliant|outstanding|fantastic|magnificent|superb|exceptional|heroic|exemplary|phenomenal)|we (?:thank|"
    r"applaud|commend|welcome|salute)|i (?:thank|applaud|commend|welcome|salute)|"
    r"thank you|can(?:'t|not) thank|"
    r"(?:the|my) (?:best|finest|greatest|bravest|kindest) (?:[\w-]+ ){1,3}(?:i|we|you)"
    r"(?:'ve|'ll| have| will| could| ever))\b"
)
_CLAUSE_AHEAD = re.compile(
    r"^\W*(?:that )?\W*(?:if|when|once|unless|after|before|until|should|as long as|without|with|by|in|on|at|over|"
    r"for|even if|as) [^,]{1,200}, "
)
_FINITE = re.compile(
    r"(?P<aux>\b(?:is|are|was|were|has|have|had|does|did|do|am|been|said|says|made|got|came|went|took|gave|found|"
    r"won|lost|wants?|wanted)\b|'s (?=[a-z])|n't\b)"
    r"|(?P<modal>\b(?:will|would|shall|won't|wouldn't|may|might|could)\b|'ll\b)"
)
_RELATIVE = re.compile(r"(?:who|which|that|what|where|when|people|those|whom) $")
_FUTURE = re.compile(
    r"\b(?:is|are|was|were|be|'s|'re|remains?) (?:\w+ly |still |also |now |not |more |less |very |most ){0,2}"
    r"(?:going to|set to|poised to|bound to|expected to|likely to|unlikely to|certain to|sure to|likely|on track to|"
    r"on course to|headed for|projected to)\b"
)
_EXPECTS = re.compile(
    r"\W*(?:that )?\W*(?:i|we|he|she|it|they|the \w+)(?:'m| am|'s| is|'re| are)?(?: now| still| \w+ly)? "
    r"(?:expect|anticipat|forecast|foresee|predict|project)(?:s|es|ed|e|ing)?\b"
)
_TO_COME = re.compile(
    r"\b(?:next|soon|later|tomorrow|tonight|eventually|shortly|ahead|upcoming|future|coming|yet|again|further|until|"
    r"(?:by|in|before|from|after|on|within) (?:the (?:end|coming|next|summer|autumn|winter|spring)|\w+day\b|a few|"
    r"weeks|months|days|years|\d|january|february|march|april|may|june|july|august|september|october|november|december|"
    r"two|three)|this (?:week|month|year|summer|autumn|winter|spring|season|weekend)|"
    r"another|if|rise|fall|happen|face|lose|win|close|reach)\b"
)
_JUDGED = re.compile(r"\W*(?:that )?\W*it would be\b")
_NO_FORECAST = re.compile(
    r"(?:will|would|could|may|might|shall|won't|wouldn't|'ll)(?: not| never| also|n't| well){0,2} \"?(?:have (?:been |"
    r"to )?\w+(?:ed|en|n)\b|like to|say|argue|"
    r"be (?!\w+ed\b)(?<=may be )\w+|be (?!\w+ed\b)(?<=might be )\w+|be (?!\w+(?:ed|en|n|t)\b)(?<=could be )\w+|"
    r"be (?:cautious|careful|surprised|wary)|"
    r"be (?:happy|glad|open|willing|wrong|right|foolish|a mistake|unfair|great|nice|a good|the right|fair|better)|"
    r"prefer|rather|sooner|do anything|love to|see\b|hear\b|afford\b|only\b)"
)


_FIRST_RULES: tuple[tuple[Act, str, re.Pattern[str]], ...] = (
    ("decline", "it says that nothing will be said", _DECLINE),
    ("deny", "it says that something is not so", _DENY),
    ("condemn", "it puts somebody to shame", re.compile(r"\b(?:should|ought to) (?:all )?be ashamed\b|\bshame on\b")),
)
_LATER_RULES: tuple[tuple[Act, str, re.Pattern[str]], ...] = (
    ("demand", "it says what ought to be done", _DEMAND),
    ("condemn", "it finds something to be very bad", _CONDEMN),
    ("accuse", "it lays the blame on somebody", _ACCUSE),
    ("praise", "it finds something to be very good", _PRAISE),
)


def act_of_content(words: str, quote: Quote | None, plural: bool = False) -> tuple[Act, str, int, int] | None:
    """Find the speech act in the words of a statement.

    Args:
        words: the statement, in lower case with straight marks.
        quote: how much of it is quoted: “we will” is a promise from the speaker's own mouth.
        plural: whether its source is several: then "they" may be the speakers, else "he", "she" or "it".

    Returns:
        The act, the rule, and the offsets in `words` of what decided; None where it is a plain assertion.
    """
    # What a long quotation does is what its first sentence does.
    if end := _SENTENCE.search(words):
        words = words[: end.end()]
    bare = words.rstrip(" \"'.")
    if bare.endswith("?") and quote in (None, "direct"):
        return "ask", "it is a question", len(bare) - 1, len(bare)
    for act, rule, pattern in _FIRST_RULES:
        if match := pattern.search(words):
            return act, rule, match.start(), match.end()
    if match := _promised(words, quote, plural):
        return "promise", "the speaker says what the speaker will do", match.start(), match.end()
    if quote != "indirect" and (match := _IMPERATIVE.search(words)):
        return "demand", "it tells somebody what to do", match.start(), match.end()
    for act, rule, pattern in _LATER_RULES:
        if match := pattern.search(words):
            return act, rule, match.start(), match.end()
    if (match := _EXPECTS.match(words)) and not (quote == "direct" and match.group().endswith("ed")):
        return "predict", "it tells what the speaker expects", match.start(), match.end()
    if span := _forecast(words):
        return "predict", "its main clause is about the future", *span
    return None


def _promised(words: str, quote: Quote | None, plural: bool) -> re.Match[str] | None:
    """Where the speaker commits to an action."""
    match = _FIRST.search(words)
    if match and (match.groupdict().get("verb") or match.groupdict().get("verb2")) not in _UNWILLED:
        return match
    if quote == "direct":
        return None
    match = _WILL.match(words)
    if not match or match["verb"] in _UNWILLED or _NO_FORECAST.search(words, match.start(), match.end() + 20):
        return None
    if match["who"] in {"he", "she", "it"} and plural:
        return None
    return match


def _forecast(words: str) -> tuple[int, int] | None:
    """Where the main clause speaks of the future."""
    if _JUDGED.match(words):
        return None
    ahead = _CLAUSE_AHEAD.match(words)
    start = ahead.end() if ahead else 0
    future = _FUTURE.search(words, start)
    for match in _FINITE.finditer(words, start):
        if _RELATIVE.search(words, max(start, match.start() - 8), match.start()):
            continue
        if future and future.start() <= match.start() <= future.end():
            return future.span()
        if match.lastgroup == "modal" and not _NO_FORECAST.match(words, match.start()):
            # "May" and "might" alone say that something is not certain, not that it is to come.
            weak = match.group().startswith(("may", "might")) and not _TO_COME.search(words, match.end())
            return None if weak else match.span()
        return None
    return future.span() if future else None


_WRONGED = re.compile(
    r"^\W*(?:that )?\W*(?!(?:it|i|we)\b)(?P<self>(?:he|she|they)\b)?(?:[\w'.-]+ ){1,5}?(?:had |has |have )?"
    r"(?:\w+ly |also |even )?"
    r"(?P<did>threatened|stole|stolen|bullied|assaulted|attacked|harassed|raped|groped|lied|cheated|defrauded|swindled|robbed|bribed|"
    r"blackmailed|sabotaged|forged|embezzled|poisoned|hijacked|vandali[sz]ed|intimidated|misled|tortured|molested|"
    r"abused|betrayed|tampered|beaten|beat up|falsified|plagiari[sz]ed|spied|stalked)\b"
)
_PASSIVE = re.compile(r"\b(?:be|been|being|was|were|is|are|got|get|who|which|not|never|n't)(?: \w+ly)? $")
_NONE = re.compile(
    r"^\W*(?:that )?\W*(?:we|i|they|it|he|she|there)(?:'ve|'s|'re| have| has| had| is| are| was| were)(?: got)? no "
    r"(?P<what>(?:[\w-]+ ){0,3}[\w-]+)"
)


def accuses(words: str, others: bool = False) -> tuple[int, int] | None:
    """Where a claim says of somebody that they did wrong; None where it does not.

    Args:
        words: the statement, in lower case with straight marks.
        others: whether "he", "she" and "they" are sure to be others than the speaker.
    """
    match = _WRONGED.match(words)
    if (
        match is None
        or (match["self"] and not others)
        or _PASSIVE.search(words, max(0, match.start("did") - 24), match.start("did"))
    ):
        return None
    return match.span("did")


def says_there_is_none(words: str) -> str | None:
    """What a statement says that there is none of ("we have no secret fund"), None where it says no such thing.

    Args:
        words: the statement, in lower case with straight marks.
    """
    match = _NONE.match(words)
    return None if match is None else match["what"]
