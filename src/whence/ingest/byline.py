"""Bylines: who signs a story, as a line of the page says it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whence.ingest.dates import DateLine, date_line
from whence.ingest.furniture import is_furniture
from whence.ingest.names import is_name, is_role
from whence.text.normalise import plain
from whence.text.offsets import Span, strip

__all__ = [
    "About",
    "Signature",
    "about_line",
    "bio_name",
    "bio_role",
    "is_contact",
    "is_credit",
    "on_the_spot",
    "signature",
]

_LONGEST = 200  # characters of a byline
_BY = re.compile(
    r"(?:[—–-]{1,3}\s{0,2})?(?:(?:exclusive:?|words?|written|story|report(?:ed|ing)?|text|posted|article|"
    r"article written|analysis|opinion|commentary|interview)\s{1,2})?(?:by|authors?|reporter)\b\s{0,3}:?\s{0,3}",
    re.IGNORECASE,
)
_DASH = re.compile(r"[—–-]{1,3}\s{0,2}")
_BREAK = re.compile(r"\s*[|•·●\t]\s*|\s+[—–-]+\s+|\s{3,}|\s+(?=[Bb][Yy]:?\s)")
_JOIN = re.compile(r",?\s+(?:and|&)\s+|,\s+|\s+with\s+", re.IGNORECASE)
_PLACE = re.compile(r"\s+(?:in|at|for|from|of)\s+", re.IGNORECASE)
_SECOND = re.compile(r",?\s+(?:and|&)\s+(?=[A-Z])")
_TITLE = re.compile(
    r"\b(?:Chief|Senior|Deputy|Associate|Assistant|Special|Staff|Political|Sports?|Football|Cricket|Rugby|Health|Science|"
    r"Business|Markets|Economics|Money|City|Crime|Home|Foreign|World|Defence|Defense|Legal|Education|Environment|"
    r"Technology|Transport|Arts|Culture|Music|Film|TV|Showbiz|Entertainment|Royal|Features|News|Local|Data|Digital|"
    r"Consumer|Social|Travel|Food|Fashion|Investigations|Editor|Reporter|Correspondent|Writer|Columnist)\b"
)
_ABOUT = re.compile(
    r"(?:about\s+)(?P<name>\S.{0,79}?)(?:\s+(?P<count>\d[\d,.]{0,11})\s+(?:articles?|posts?|stories))?\s*",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?P<count>\d[\d,.]{0,11})\s+(?:articles?|posts?|stories)"
    r"(?:\s+(?:(?:written|published|posted)\s+)?by\s+(?P<name>.{2,80}))?"
    r"|(?:view|see|read|more|all)(?:\s+(?:all|more))?\s+(?:articles?|posts?|stories|work)?\s*(?:by|from)\s+"
    r"(?P<by>.{2,80}?)(?:\s*[→»>]+)?",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    r"(?:about (?:the|our) (?:author|writer)s?\s?[:.–—-]{1,2}\s+)?"
    r"(?P<name>[^\W\d_][^.:;,()\d]{2,60}?)\s+(?:has|have)\s+"
    r"(?:written|published|posted|authored|contributed|filed)\s+(?:over |more than |nearly |almost |about )?"
    r"(?P<count>\d[\d,.]{0,11})\s+(?:articles?|posts?|stories)\b",
    re.IGNORECASE,
)
_LIVE = re.compile(r"(?:[A-Z][\w&-]{1,20}\s){0,3}[Ll]ive(?:\s(?:blog|coverage|updates|commentary))?\s(?:with|by)\s+")
_FROM = re.compile(r"\s+(?:at|in|reports\sfrom|reporting\sfrom)\s+(?:the\s)?(?=[A-Z])")
_CONTACT = re.compile(
    r"(?:(?:e-?mail|contact|twitter|x|follow)(?:\s\w{1,12}){0,3}:?\s{0,2})?(?:[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,30}){1,4}|@\w{2,30})",
    re.IGNORECASE,
)
_ROLE_WORDS = 4  # of a role behind a name that stands without "by"
_PLACE_WORDS = 5  # of the place from which somebody reports
_NO_PERSON = frozenset(
    "town city united rovers county park street live old new club team women men music night day top best big".split()
)
"""Words of clubs, places and titles that stand before "at" and "in" as people do."""
_BIO = re.compile(
    r"(?P<name>[^\W\d_].{1,60}?),?\s+(?:is|was|has|covers|writes|reports|works|joined|edits|leads|served|serves|"
    r"can be reached|tweets|contributed)\b"
)
_FIRST_PERSON = re.compile(r"I(?:'m| am| have been| was| write| cover| report)\b")
_NEWSROOM = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|columnist|journalist|contributor|author|blogger|freelancer?|newsroom|commentator|"
    r"covers|writes about|reports on|can be reached|contributed (?:to|reporting))\b",
    re.IGNORECASE,
)
_IS_A = re.compile(r"\b(?:is|am|was|'m)\s+(?:an?|the|our)?\s*(?P<role>[^,.;:!?()]{3,90})")
_ROLE_ENDS = re.compile(
    r"\s+(?:at|for|with|who|whose|based|in|from|of|covering|interested|specialising|specializing|and|on|to|where|that|focus\w*|about)\b"
)
_CREDIT = re.compile(
    r"[(\[]?(?:(?:additional\s+)?(?:reporting|writing|editing|production|compiled|research)\s+by\b|\(?with\s+(?:reporting|files|agencies)\b"
    r"|(?:\w+\s){1,4}contributed (?:to this (?:report|story|article)|reporting))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signature:
    """A line that signs the story: the name, where in the line it stands, a role, and a date that stands beside it."""

    name: str
    span: Span
    role: str | None = None
    date: DateLine | None = None


@dataclass(frozen=True, slots=True)
class About:
    """A line of an author box: whose it is, where the name stands, and how many articles it boasts of."""

    name: str | None
    span: Span | None
    articles: int | None = None


def signature(line: str, *, bare: bool = False) -> Signature | None:
    """Read a line as the signature of a story ("By Jane Doe, Science Editor | 12 March 2021").

    Args:
        line: one line, without its line end.
        bare: also take a name that stands alone; only sensible near the headline or at the end.

    Returns:
        The signature, or None where the line is anything else.
    """
    if not line.strip() or len(line) > _LONGEST:
        return None
    found: Signature | None = None
    date: DateLine | None = None
    role: str | None = None
    for start, end in _pieces(line):
        piece = line[start:end]
        if found is None and (made := _signed(line, (start, end), bare)) is not None:
            found = made
        elif (day := date_line(piece)) is not None:
            date = date or day
        elif found is not None and (is_contact(piece) or _signed(line, (start, end), False)):
            continue  # Who took the photographs signs them, not the story.
        elif is_role(piece) and found is not None:
            role = role or piece
        elif not is_furniture(piece) and not (found is not None and is_name(piece)):
            return None
    if found is None:
        return None
    return Signature(found.name, found.span, found.role or role, date)


def on_the_spot(line: str, story: str) -> Signature | None:
    """Read a line under the headline that says who reports from where ("Jane Doe at Mill Park").

    Clubs and places are written in the same shape, so a name that the story itself holds is nobody's who signs.

    Args:
        line: one line, without its line end.
        story: the text before and after the line.
    """
    match = _FROM.search(line) if len(line) <= _LONGEST and line[-1:] not in ".!?:" else None
    if match is None:
        return None
    name, place = line[: match.start()], line[match.end() :]
    words = name.split()
    if (
        not 1 < len(words) <= _PLACE_WORDS
        or not is_name(name)
        or not is_name(place)
        or len(place.split()) > _PLACE_WORDS
    ):
        return None
    if any(w.lower() in _NO_PERSON for w in words) or any(re.search(rf"\b{re.escape(w)}\b", story) for w in words):
        return None
    return Signature(name, (0, len(name)))


def is_contact(line: str) -> bool:
    """Whether a line gives no more than an e-mail address or the handle of an account."""
    return _CONTACT.fullmatch(line.strip()) is not None


def _pieces(line: str) -> list[Span]:
    out, at = [], 0
    opening = _BY.match(line) or _LIVE.match(line) or _DASH.match(line.lstrip())
    first = opening.end() if opening else 0
    for match in _BREAK.finditer(line, first):
        out.append(strip(line, (at, match.start())))
        at = match.end()
    out.append(strip(line, (at, len(line))))
    return [p for p in out if p[0] < p[1]]


def _signed(line: str, span: Span, bare: bool) -> Signature | None:
    start, end = span
    piece = plain(line[start:end])
    by = _BY.match(piece)
    live = _LIVE.match(piece)
    dash = None if by or live else _DASH.match(piece)
    if by is None and dash is None and live is None and not bare:
        return None
    opening = by or live or dash
    at = start + (opening.end() if opening else 0)
    names_end, rest = _names(line, at, end)
    if names_end == at:
        # "By our science staff" names a desk.
        words = line[at:end].strip(" .")
        if by is None or not is_role(words) or len(words.split()) > 6:
            return None
        return Signature(words, (at, at + len(words)))
    name = line[at:names_end]
    if by is not None:
        if (titled_at := _title_in(name)) is not None:
            name, rest = name[:titled_at], f"{name[titled_at:]} {rest}".strip()
            names_end = at + len(name)
            name = name.rstrip()
        elif (second := _second(line, (names_end, end))) is not None:
            # "By Jane Doe in Lima and John Roe in Quito": two people sign.
            between = line[names_end : second[0]].strip(" ,").removesuffix(" and").strip(" ,")
            role = between if is_role(between) and not _PLACE.match(f" {between}") else None
            return Signature(f"{name} and {line[second[0] : second[1]]}", (at, second[1]), role)
    titled = is_role(rest) and len(rest.split()) <= _ROLE_WORDS and rest[-1:] != "."
    if by is None and (len(name.split()) < 2 or (rest and not titled)):
        return None
    if by is not None and len(name.split()) < 2 and rest and not is_role(rest):
        return None
    if rest.endswith(".") and not is_role(rest):
        return None
    return Signature(name, (at, names_end), rest.strip(" .()[]") or None if is_role(rest) else None)


def _names(line: str, at: int, end: int) -> tuple[int, str]:
    """Where the name or the joined names that begin at an offset end, and what stands behind them."""
    stop = at
    while stop < end:
        start = stop
        if start > at:
            joint = _JOIN.match(line, start, end)
            if joint is None:
                break
            start = joint.end()
        cuts = [m.start() for p in (_JOIN, _PLACE) if (m := p.search(line, start, end))]
        cuts += [i for c in "(/;" if (i := line.find(c, start, end)) >= 0]
        cut = min(cuts, default=end)
        name = strip(line, (start, cut), ".:" if cut == end else "")
        words = line[name[0] : name[1]]
        if not is_name(words) or (stop > at and (is_role(words) or len(words.split()) < 2)):
            break
        stop = name[1]
    rest = line[stop:end].strip(" ,;:/")
    return stop, rest


def _title_in(name: str) -> int | None:
    """Where in capitalised words a title begins behind a name ("Jane Doe Chief Sports Writer"), or None."""
    for m in _TITLE.finditer(name):
        if len(name[: m.start()].split()) > 1 and is_role(name[m.start() :]):
            return m.start()
    return None


def _second(line: str, span: Span) -> Span | None:
    """The second of two who sign, behind the first one's place or title; None where nobody follows."""
    joint = _SECOND.search(line, *span)
    if joint is None or joint.start() == span[0] or not (_PLACE.match(line, *span) or is_role(line[slice(*span)])):
        return None
    stop, _ = _names(line, joint.end(), span[1])
    words = line[joint.end() : stop]
    return (joint.end(), stop) if len(words.split()) > 1 and not is_role(words) else None


def about_line(line: str) -> About | None:
    """Read a line of an author box ("About Jane Doe 123 Articles", "View all posts by Jane Doe", "123 Articles").

    Returns:
        What it says; None where it is anything else.
    """
    if len(line) > 2 * _LONGEST:
        return None
    text = plain(line).strip()
    lead = len(line) - len(line.lstrip())
    match = _WRITTEN.match(text)
    if match is not None and is_name(match["name"]) and len(match["name"].split()) > 1:
        start = lead + match.start("name")
        name = match["name"]
        return About(line[start : start + len(name)], (start, start + len(name)), _number(match["count"]))
    match = _ABOUT.fullmatch(text)
    if match is not None:
        articles = _number(match["count"])
        if re.fullmatch(
            r"(?:the|our)\s+(?:author|writer|reporter|journalist|contributor)s?:?", match["name"], re.IGNORECASE
        ):
            return About(None, None, articles)
        name = match["name"].removeprefix("the author: ").removeprefix("the Author: ").strip(" :")
        if is_name(name) and (articles is not None or len(name.split()) > 1):
            start = lead + text.index(name, match.start("name"))
            return About(line[start : start + len(name)], (start, start + len(name)), articles)
        return None
    match = _COUNT.fullmatch(text)
    if match is None:
        return None
    name = (match["name"] or match["by"] or "").strip()
    if name and not is_name(name):
        return None
    if not name:
        return About(None, None, _number(match["count"]))
    start = lead + text.index(name)
    return About(line[start : start + len(name)], (start, start + len(name)), _number(match["count"]))


def bio_name(paragraph: str, signed: str | None) -> str | None:
    """Whose biography a closing paragraph is ("Jane Doe is a reporter covering …", "I am a baker who …").

    Args:
        paragraph: a paragraph near the story's end.
        signed: the name that signs the story, where it is known.

    Returns:
        The name, or None where the paragraph is not a biography of a journalist or of who signs.
    """
    text = plain(paragraph).strip()
    if signed and _FIRST_PERSON.match(text):
        return signed
    match = _BIO.match(text)
    if match is None or not is_name(match["name"]):
        return None
    name = match["name"]
    if signed and (name.lower() == signed.lower() or name.lower() == signed.split()[0].lower()):
        return signed
    sentence = text.split(". ")[0]
    return name if len(name.split()) > 1 and _NEWSROOM.search(sentence) else None


def bio_role(bio: str) -> str | None:
    """What a biography's first sentence says its subject is, in its own words, or None."""
    match = _IS_A.search(plain(bio[:400]))
    if match is None:
        return None
    start, end = match.span("role")
    cut = _ROLE_ENDS.search(plain(bio), start, end)
    role = bio[start : cut.start() if cut else end].strip()
    return role if 0 < len(role.split()) <= 7 else None


def is_credit(line: str) -> bool:
    """Whether a closing line credits the desk ("Reporting by Jane Doe; editing by John Roe")."""
    return len(line) <= 2 * _LONGEST and _CREDIT.match(plain(line).strip()) is not None


def _number(count: str | None) -> int | None:
    digits = "".join(c for c in count or "" if c.isdigit())
    return int(digits) if digits else None
