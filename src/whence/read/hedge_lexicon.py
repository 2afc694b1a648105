"""Words that weaken a statement, and words by which an outlet withholds its own commitment (docs/reference/hedges.md).

Every pattern is for text in which marks are straight (`whence.text.normalise.plain`), case as written; the words that
are reported are those of the group `hit`, or all.
"""

from __future__ import annotations

import re

__all__ = ["DISTANCING", "NAMING", "OWN_VIEW", "WEAKENING"]

_THINGS = (
    r"(?:evidence|data|stud(?:y|ies)|reports?|results?|polls?|figures|research|findings?|analysis|documents?|records|"
    r"signs|tests|images|footage|numbers|surveys?|history|estimates?|statistics|photos|video)"
)
_BELIEVED = (
    r"(?:believed|thought|understood|reported|feared|presumed|suspected|rumou?red|assumed|said|reputed|"
    r"considered likely|widely believed|alleged|expected)"
)
_NO_NOUN = "".join(
    f"(?<!{word} )"
    for word in "the a an any all no his her its their our lay lays laid lain stake stakes staked and of".split()
)
"""What stands before claims that are made, not before one who claims."""
_VERB = r"(?!the\b|an?\b|his\b|her\b|its\b|their\b|this\b|that\b|any\b|be\b|have\b|which\b|whom\b)[a-z]{2,20}[^\Ws\d]"
_ABILITY = (
    r"(?!n't| not\b| see\b| hear\b| smell\b| feel\b| barely\b| hardly\b| scarcely\b| only\b| no longer\b|"
    r" afford\b| never\b| always see\b| care less\b)"
)

WEAKENING: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        r"\bmay\b(?! be forgiven)|\bMAY\b(?= [A-Z]{2})",
        r"(?<!the )(?<!'s )(?<!s' )(?<!of )(?<!with )(?<!their )(?<!its )(?<!his )(?<!her )(?<!our )(?<!all )"
        r"(?<!military )(?<!economic )(?<!industrial )(?<!and )\bmight\b(?! of\b| and main\b)",
        rf"\bcould\b{_ABILITY}",
        r"\b(?:(?:most|very|more than|quite) )?(?:un)?likely\b(?! (?:primary |general election |caucus )?(?:voters?|"
        r"caucus-?goers?)\b)",
        r"\b(?i:possibly|probably|perhaps|maybe|potentially|apparently|seemingly|presumably|conceivably|arguably|reportedly|"
        r"allegedly|almost certainly|plausibly|evidently|reputedly)\b",
        r"\b(?:appear(?:s|ed)?|seem(?:s|ed)?|tend(?:s|ed)?) to\b|\b(?:appears|appeared|seems|seemed) (?:that|"
        r"as (?:if|though)|likely|unlikely)\b"
        r"|\b[Ii]t (?P<hit>seems|appears|seemed|appeared)\b|\b(?:seems|seemed) (?=\w)",
        rf"\b{_THINGS} (?:\w+ ){{0,3}}?(?P<hit>suggest(?:s|ed|ing)?|hint(?:s|ed)? at)\b|\bsuggest(?:s|ed|"
        rf"ing)? (?=that\b|otherwise\b|there\b)",
        rf"\b(?<!what )(?:is|are|was|were|been|being) (?:widely |now |still |also |commonly |generally |"
        rf"reportedly )?{_BELIEVED} to\b",
        r"\b[Ii]t is (?:widely |generally )?(?P<hit>believed|thought|understood|feared|rumou?red|assumed) that\b",
        r"\b(?<!as )(?<!no )(?<!if )(?<!where )(?<!when )(?<!not )(?<!wherever )(?<!whenever )(?<!every )(?<!all "
        r")(?<!best "
        r")(?<!worst )(?<!way )"
        r"(?:[Pp]ossible|[Pp]robable)\b(?= (?!to\b|for\b|by\b|and\b|in\b|because\b|only\b|after\b|with\b|the\b|"
        r"without\b|thanks\b|through\b|at\b|on\b|from\b)[a-z])",
        r"\b(?:is|was|'s|it|seems) (?:also |still |quite |very |entirely )?(?P<hit>possible|conceivable|"
        r"plausible) that\b",
        r"\b[Pp]otential\b(?= (?!to\b|for\b|of\b|and\b|in\b|as\b|is\b|was\b|that\b|or\b|by\b|with\b|has\b)[a-z])",
        r"\b(?:a|an|the|any|some|as|two|three|several|of|no|another|The|A|An|Two|Three|"
        r"Several) (?P<hit>(?:suspected|apparent|presumed|likely|probable))\b(?= [a-z])(?! (?:to|that|as|in|of|"
        r"voters?)\b)",
        r"\b(?:is|was|are|were|it's|It's|remains?|remained) (?:still |also |not )?(?P<hit>unclear|uncertain|unknown|"
        r"(?<=not )clear|(?<=not )certain|doubtful|debatable)\b"
        r"|\b(?P<hit2>[Uu]nclear) (?=if|whether|how|why|what|who|when)",
        r"\bremain(?:s|ed)? to be seen\b|\bin all (?:likelihood|probability)\b|\b[Ii]f (?:confirmed|true)\b|"
        r"\b(?:too (?:early|soon)|impossible) to (?:say|tell|know)\b|\bto some extent\b|"
        r"\bnot necessarily\b|\bin theory\b",
        r"\b(?:I|We|we) (?:think|believe|guess|suppose|suspect|assume|reckon|feel like|would guess|would say|'d say|"
        r"don't think|do not think|do not believe|don't believe)\b"
        r"|\b[Ii]n (?:my|our) (?:view|opinion|judg(?:e)?ment)\b|\b(?:as far as|to the best of) (?:I|we|my|"
        r"our) (?:know\w*|can tell|knowledge)\b|\bI'm not (?:sure|certain)\b",
        r"\b(?:[Tt]here is|[Tt]here was|[Tt]here's|there are) (?:a|an|some|every|little|the) (?:\w+ )?(?:chance|"
        r"possibility|likelihood|probability)\b",
    )
)
"""What weakens the commitment of whoever speaks."""

OWN_VIEW = re.compile(r"\b[Ii]n (?:his|her|their|its) (?:view|opinion|judg(?:e)?ment)\b(?! of\b)")
"""What weakens what a source says of itself; in the outlet's own voice the same words only attribute."""

DISTANCING: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b[Ss]o-? ?called\b(?! for\b| on\b)",
        r"\b[Ss]elf-(?:styled|proclaimed|declared|described|professed|appointed|anointed|identified)\b",
        r"\b(?i:purportedly|supposedly|ostensibly|ostensible|purported|professed|putative|quote-unquote)\b(?! to be\b)",
        rf"{_NO_NOUN}\b(?:purport(?:s|ed|ing)?|claim(?:s|ed|ing)?|profess(?:es|ed|ing)?) to (?:have been|be|speak for|"
        rf"have [a-z]{{3,20}}(?:ed|n|t)\b|{_VERB}\b)",
        r"\bwhat (?:is|are|was|were|has been|have been) (?:widely |often |commonly |officially |now )?(?:said|"
        r"believed|thought|described|alleged|reported|claimed|called|termed|known|presented|billed|"
        r"touted)(?: (?:to (?:be|have been)|as))?\b",
        r"\b[Ww]hat (?:[\w.'-]{1,30},? ){1,7}?(?:calls?|called|has called|have called|describes?|described|"
        r"describing|termed|terms(?= (?:the|an?|its|his|her|as)\b)|dubs?|dubbed|labels?|labell?ed|"
        r"brand(?:s|ed)?|refers? to|referred to|characteri[sz]ed|(?:says?|said|claim(?:s|ed)?|alleged?|alleges|"
        r"believes?|insist(?:s|ed)?) (?:is|was|are|were|had been|has been|would be))"
        r"(?: as)?\b",
        r"\b(?:[Tt]he|[Aa]n?|his|her|its|their|any|these|those|of|two|three|several|four|five|other|for|with|from|over|no|by|about|against|to|on|into|and|some|both|many|"
        r"'s|s') (?P<hit>alleged)\b(?= (?!that\b|he\b|she\b|they\b|the\b|in\b|it\b|to\b)[a-zA-Z'])|"
        r"\bAlleged\b(?= [a-z])|(?<=ed )alleged\b(?= [a-z]+s\b)|(?<=ing )alleged\b(?= [a-z])|"
        r"\balleged to (?:be|have)\b",
        r"\b(?:[Tt]he|[Aa]|his|her|its|their|this|these|those|'s|s') (?P<hit>supposed|claimed|"
        r"pretended)\b(?= (?!to\b|that\b|the\b|he\b|she\b|it\b|they\b)[a-z])",
        r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!been )(?<!being )(?<![Hh]e )(?<!she )(?<!She )(?<!they )(?<!They )"
        r"\b(?P<hit>said to (?:be|have been))(?= (?:an?|the|behind|worth|among|in|close|linked|responsible|planning|"
        r"considering|members|part|under|from)\b)",
        r"\bas (?:it|he|she|they) (?:calls?|called|puts?|styled?) (?:it|them|him|her|itself|himself)\b|\bstyl(?:es|"
        r"ed|ing) (?:itself|himself|herself|themselves)\b",
    )
)
"""What withholds the outlet's own commitment."""

NAMING = re.compile(
    r"\b(?:click|press|tap|called|dubbed|named|titled|entitled|known as|nicknamed|termed|term|word|words|phrase|"
    r"title|headline|slogan|labelled|labeled|tagged|"
    r"nickname|code-named|codenamed|film|movie|song|album|book|novel|show|series|play|hit|single|episode|reading|read|reads|says|said|saying|motto|"
    r"hashtag|chant|chanted|chanting|shouted|shouting|written|song,|film,|essay|article|video|column|poem|programme|"
    r"program|game|band|painting|store)[ ,:]{1,2}(?:the |a |an )?$"
)
"""What stands in front of quotation marks that only give a name or a word."""
