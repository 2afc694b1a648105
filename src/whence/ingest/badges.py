"""Badge lines: "Fact checked by …", "Medically reviewed by …", "Verified"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whence.ingest.dates import date_line
from whence.text.normalise import plain
from whence.text.offsets import Span

__all__ = ["BadgeLine", "badge_line"]

_LONGEST = 160  # characters of a badge line; what is longer is a sentence about checking
_CHECKER_WORDS = 14

_BADGE = re.compile(
    r"""[\s✓✔☑✅🗸•*\[(]*
    (?:this\ (?:article|story|page|post|report|piece|content)\ (?:has\ been|was|is)\ |(?:article|story|content)\ )?
    (?:(?:medically|clinically|scientifically|independently|editorially|legally|expertly|professionally|rigorously|fully|peer|expert|
          community)[ -])?
    (?P<verb>fact[ -]?checked|fact[ -]?checkers?|fact[ -]?check|reviewed|verified|vetted|certified|validated)
    (?:\ (?:and|&)\ (?:fact[ -]?checked|reviewed|verified|vetted|approved|edited))?
    (?:\ (?P<content>content|article|story|news|information))?
    (?P<by>\ {0,2}:?\ {0,2}by\b\ {0,2}:?\ {0,2}|\ {0,2}:\ {1,2})?
    (?P<rest>.*)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_TAIL = re.compile(r"[\s✓✔☑✅🗸.!)\]]*")
_CUT = re.compile(r"\s[|•·–—-]\s|\s{2,}|\t|,? on (?=[\dA-Z])|\s?[✓✔☑✅🗸]|\.$|[\])]$")
# A finite verb or a clause after the name: then the line is a sentence and no badge.
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|shows?|showed|said|says|that|which|who|will|would|could|but|because|found|finds|"
    r"appears?|appeared|suggests?|suggested|claims?|claimed|confirms?|confirmed)\b|[a-z]{4}[.!?]\s+[A-Z]"
)


@dataclass(frozen=True, slots=True)
class BadgeLine:
    """What a badge line says: who checked, and where in the line their name stands."""

    checker: str | None
    span: Span | None


def badge_line(line: str) -> BadgeLine | None:
    """Read a line as a badge: a claim of the page that somebody checked the story.

    Args:
        line: one line, without its line end.

    Returns:
        Who checked, where the line says so; None where the line is anything else, such as a sentence about checking.
    """
    if len(line) > _LONGEST:
        return None
    match = _BADGE.fullmatch(plain(line))
    if match is None:
        return None
    verb, rest = match["verb"].lower(), match["rest"]
    if match["by"] is None or not rest.strip():
        named = verb.startswith("fact") and verb.endswith("checked")
        bare = named or (verb in ("reviewed", "verified", "vetted", "certified") and match["content"] is not None)
        left = _TAIL.sub("", rest, count=1)
        return BadgeLine(None, None) if bare and (not left or date_line(left)) else None
    if (":" in match["by"] and "by" not in match["by"].lower()) and not verb.endswith(("checker", "checkers")):
        # "Fact check: no, the bridge did not fall" is a headline.
        return None
    cut = _CUT.search(rest)
    stop = match.start("rest") + (cut.start() if cut else len(rest))
    checker = line[match.start("rest") : stop].strip(" ,;:")
    if not checker or len(checker.split()) > _CHECKER_WORDS or _CLAUSE.search(plain(checker)):
        return None
    unnamed = not any(c.isupper() for c in checker) or not checker[0].isalnum()
    # "Reviewed by a doctor" names nobody, but it is a badge; "verified by eye, the seams hold" is not.
    if unnamed and ("," in checker or not re.match(r"(?:our|an?|the|two|three|\d+)\b", checker)):
        return None
    start = line.index(checker, match.start("rest"))
    return BadgeLine(checker, (start, start + len(checker)))
