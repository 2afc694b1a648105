"""The wordings in which English news says through which outlet a statement came; each ends where the outlet begins."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from whence.read.document import RelayKind
from whence.text.literals import literals

__all__ = [
    "AS_SAYING",
    "CITED_FIRST",
    "CITING",
    "CONTRIBUTED",
    "DATELINE",
    "DOCUMENT_SEEN_BY",
    "FRAMES",
    "LINE_BEFORE",
    "LINE_VERB",
    "ORIGINAL",
    "SIGNED",
    "SOURCE_HEAD",
    "WITH_HELP",
    "Frame",
]


@dataclass(frozen=True, slots=True)
class Frame:
    """A wording around an attribution, after which an outlet may stand.

    Args:
        rule: its name in explanations.
        at_cue: it counts only where it touches the statement's cue ("told").
        trusted: whoever stands there is an outlet, whatever the name ("in an interview with Zelvana").
        needs: words of which a text must hold one for the pattern to match; None where it has to be tried.
        opens: it may stand in a sentence of its own, before the statement ("Mr Holt spoke to the Herald.").
    """

    kind: RelayKind
    rule: str
    pattern: re.Pattern[str]
    at_cue: bool = False
    trusted: bool = False
    opens: bool = False
    needs: tuple[str, ...] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Find out which words a text must hold for the pattern to match."""
        object.__setattr__(self, "needs", literals(self.pattern))


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + pattern + r")\s+", re.IGNORECASE)


_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today)"

FRAMES: tuple[Frame, ...] = (
    Frame("told", "told", _words(r"told|tells|telling|tell|informed"), at_cue=True),
    Frame(
        "told",
        "in an interview with",
        _words(r"interviews? (?:\w+ ){0,2}with|interviewed by|sat down with"),
        trusted=True,
        opens=True,
    ),
    Frame(
        "told",
        "in an interview in",
        _words(r"interviews? (?:\w+ ){0,3}(?:for|to|in|on|by)|(?:appear(?:ed|ing|ance)|guest|live) on"),
        opens=True,
    ),
    Frame(
        "told",
        "speaking to",
        _words(r"(?:speak(?:ing|s)?|spoke|spoken|talk(?:ed|ing)|chatting) (?:\w+ ){0,2}(?:to|with|on)"),
        opens=True,
    ),
    Frame(
        "told",
        "in comments to",
        _words(
            r"(?:comments?|remarks|statements?|e-?mails?|letters?|messages?|response|reply|written answers?|briefing)"
            r" (?:\w+ ){0,2}(?:to|with|for)"
            r"|(?:said|wrote|confirmed|confided|disclosed|revealed|admitted|complained|explained) to"
        ),
    ),
    Frame(
        "told",
        "in an op-ed for",
        _words(
            r"(?:op-ed|opinion (?:piece|article|column)|column|essay|article|editorial|commentary|comment piece|piece"
            r"|letter|blog post) (?:published |written |that appeared |appearing )?(?:in|for|on|by|to)"
            r"|(?:wr(?:ote|ites?|iting|itten)|argu(?:ed|es?|ing)|published|penned) (?:\w+ )?(?:in|for)"
        ),
    ),
    Frame("told", "said on", _words(rf"(?:said|says|saying|added|{_DAY}|asked|argued|insisted|appeared)? ?on")),
    Frame(
        "asked",
        "asked by",
        _words(
            r"(?:asked|pressed|questioned|quizzed|contacted|approached|reached) (?:\w+ ){0,3}?by"
            r"|(?:questions?|quer(?:y|ies)|[ei]nquir(?:y|ies)|requests? for comment) from"
        ),
        opens=True,
    ),
    Frame(
        "citing",
        "seen by",
        _words(
            r"(?:seen|obtained|reviewed|viewed|published|aired|broadcast|carried|released|unearthed|leaked|quoted|cited"
            r"|reported|revealed|as saying|relayed|recorded|interviewed) (?:\w+ ){0,2}?by"
            r"|(?:leaked|shown|provided|given|sent) to|shared with|(?:quoted|carried|published|cited|broadcast"
            r"|as saying)"
            r" (?:in|on)"
        ),
    ),
)
"""In the order in which they are tried; the first that finds an outlet wins for its place."""

CITING = re.compile(
    r",?\s+(?:citing|quoting|(?:which|who|that) (?:cited|quoted|cites|quotes)|and (?:cited|quoted))\s+", re.IGNORECASE
)
"""Between an outlet and the origin that it names."""

CITED_FIRST = re.compile(
    r"\W*(?:(?:and|but|also|meanwhile),?\s+)?(?P<verb>citing|quoting)\s+(?P<who>[^,;:“”\"\0]{3,140}),", re.IGNORECASE
)
"""At the beginning of a sentence, before the outlet that cites: "Citing two officials, the Herald wrote …"."""

DOCUMENT_SEEN_BY = re.compile(
    r"(?P<what>(?:[\w'’-]{1,20} ){0,4}(?:documents?|papers|records?|e-?mails?|files?|memos?|letters?|minutes|figures|"
    r"data|footage|messages|texts|reports?|transcripts?|contracts?|images|recordings?|videos?|filings?|notes?|drafts?))"
    r" (?:seen|obtained|reviewed|viewed|leaked|provided|shown|sent|handed|shared|examined|published) (?:by|to|with) $",
    re.IGNORECASE,
)
"""Before an outlet, where the document that came to it says something: "Documents seen by Lumo TV show …"."""

AS_SAYING = re.compile(r"\s+(?:quoted|quotes|quoting|cited|cites|citing)\s+([^.;:“”\"\0]{2,120}?)\s+as saying\b")
"""Between an outlet and what it quotes somebody as saying."""

SOURCE_HEAD = re.compile(
    r"\b(?:sources?|officials?|people|persons?|spokes(?:man|woman|person|people)|documents?|reports?|statements?|memos?"
    r"|letters?|e-?mails?|records|filings?|minist(?:er|ry|ers)|police|experts?|analysts?|advis[eo]rs?|aides?|diplomats?"
    r"|executives?|employees?|staff|workers?|witness(?:es)?|lawyers?|attorneys?|insiders?|governors?|mayors?|officers?"
    r"|doctors?|scientists?|researchers?|residents?|relatives?|activists?|bankers?|traders?|brokers?|agents?|commanders?"
    r"|generals?|soldiers?|leaders?|lawmakers?|senators?|prosecutors?|investigators?|authorities|agency|government"
    r"|company|figures|data|study|survey|transcripts?|recordings?|friends?|colleagues?|managers?|engineers?|pilots?"
    r"|others?|commissioners?|secretar(?:y|ies)|president|director|chief|head|judges?|teachers?|farmers?|players?"
    r"|coach(?:es)?|directors?|economists?|historians?|professors?|medics?|rescuers?|survivors?|neighbou?rs?|familiar)\b"
)
"""A word that makes a noun phrase somebody, or something written, that can be an origin."""

LINE_VERB = re.compile(
    r"(?:\s+(?:also|now|further|first|exclusively|today|yesterday|earlier|has|additionally)){0,2}\s+"
    r"(?:reports?|reported|writes?|wrote|adds|explains|continues|has more|has the story|has the details|more)\s*:\s*",
)
"""Behind an outlet, where a relay line opens a scope: "Lumo TV reports:"."""

LINE_BEFORE = re.compile(
    r"(?:(?P<trusted>via|h/t|hat tip(?: to)?|originally (?:published|posted|appeared) (?:by|in|on|at)|more from)"
    r"|from|per|source|according to(?: an? (?:[\w-]+ ){0,2}(?:report|story|article|investigation)"
    r" (?:by|in|from|on|published (?:by|in|on)))?|as (?:first )?reported (?:by|in|on)|reporting from|report by)"
    r":?\s+",
    re.IGNORECASE,
)
"""Before an outlet at the beginning of a paragraph, where a relay line opens a scope: "Via Lumo TV:"."""

DATELINE = re.compile(
    r"(?P<place>[A-Z][\w .,'’/-]{1,60}?\s?,?\s?)?\((?P<name>[A-Z][^()\n]{1,40})\)\s*(?:[-–—]{1,2}|:)\s*"
)
"""A wire credit at the beginning of a story: "PORT ALBA, May 3 (AP) — "."""

SIGNED = re.compile(
    r"[-–—(\[*]*\s*(?P<label>(?:sources?|credits?|via|text|story|written by|by)\b:?\s*)?(?:the )?", re.IGNORECASE
)
"""Before a credit that is a paragraph of its own: "— Reuters", "Source: AFP"."""

ORIGINAL = re.compile(
    r"\b(?:(?:originally|first) (?:appeared|published|ran|posted|aired)|(?:was|is) (?:published|republished|reprinted"
    r"|syndicated|reproduced|provided|produced|supplied)|republished|reprinted|syndicated|courtesy)"
    r"(?: here)?(?: with permission)? (?:by|in|on|at|from|of)\s+",
    re.IGNORECASE,
)
"""Before the outlet from which the whole story was taken."""

CONTRIBUTED = re.compile(
    r"\s+(?:also )?contributed (?:\w+ )?to (?:this|the) (?:report|story|article|piece)", re.IGNORECASE
)
"""Behind the outlet that supplied an unknown part of a story."""

WITH_HELP = re.compile(
    r"(?:with|additional|further)\s+(?:files|reporting|inputs?|material|reports|additional reporting)\s+(?:from|by)\s+",
    re.IGNORECASE,
)
"""Before the outlet that supplied an unknown part of a story."""
