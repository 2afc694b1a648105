"""What a story itself says of where it comes from: credit lines, and words such as "told the Vale Herald".

A light scan for archives, where no reading is at hand: words that credit are looked for, and the name beside them is
judged by its wording (`outlet_names`). A reading's chains, where there are any, take its place (`readings`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, get_args

from whence.text.offsets import Span
from whence.trace.outlet_names import outlet_key, wording

__all__ = ["CREDIT_KINDS", "WEIGHTS", "WHOLE", "Credit", "CreditKind", "credits_in"]

CreditKind = Literal[
    "dateline", "signed", "first", "copyright", "reported", "told", "citing", "seen", "contributed", "chain"
]
CREDIT_KINDS: tuple[CreditKind, ...] = get_args(CreditKind)
WHOLE: frozenset[CreditKind] = frozenset({"dateline", "signed", "first", "copyright"})
"""Kinds that credit the whole story; the others credit what stands beside them."""
WEIGHTS: dict[CreditKind, float] = {
    "dateline": 4.0, "signed": 4.0, "first": 4.0, "copyright": 3.0, "chain": 3.0,
    "reported": 3.0, "told": 3.0, "citing": 3.0, "seen": 2.0, "contributed": 1.0,
}  # fmt: skip
"""How strongly a credit speaks for its outlet having had the words first, as log odds; a clear order of dates has 2."""


@dataclass(frozen=True, slots=True)
class Credit:
    """An outlet that a story names as where it, or a part of it, comes from.

    Args:
        kind: the wording; one of `CREDIT_KINDS`.
        name: the outlet as the story writes it.
        span: the words that credit, with the name.
        sure: the name is an outlet's by its wording or its place; else it is one only if the archive knows it as such.
        speaker: who told the outlet, where the story says so.
        short: the acronym that the story gives the outlet, if any.
    """

    kind: CreditKind
    name: str
    span: Span
    sure: bool = True
    speaker: str | None = None
    short: str | None = None

    @property
    def key(self) -> str:
        """The outlet's key (`outlet_names.outlet_key`)."""
        return outlet_key(self.name)


_DOMAIN = r"(?:[A-Za-z0-9-]{1,40}\.){1,3}(?:com|org|net|news|co\.uk|tv|info|io|eu|fr|de|uk|ie|in|au|ca|us|example)\b"
_CAPITAL = r"[A-Z0-9][\w&’'-]{0,40}"
_NAME = (
    r"(?P<the>[Tt]he\s)?(?P<class>(?:[a-z][a-z-]{1,20}\s){0,3}?"
    r"(?:newspaper|agency|newswire|broadcaster|channel|website|outlet|magazine|station|network|site|daily|weekly|tabloid)"
    rf"\s)?(?P<name>{_DOMAIN}|{_CAPITAL}(?:(?:\s(?:of|and|&|de|du|la|le|al|for|the))?\s{_CAPITAL}){{0,4}})"
    r"(?:\s\((?P<short>[A-Z][A-Za-z&.]{1,10})\))?"
)
_AT_NAME = re.compile(_NAME)
_HINTS = (
    "first", "First", "riginally", "nitially", "told", "tells", "telling", "nterview", "peaking", "statement to",
    "comment to", "comments to", "remarks to", "iting", "cited", "quot", "ccording", "report", "reveal", "published",
    "disclosed", "seen by", "obtained by", "reviewed by", "verified by", "shared with", "has learned",
    "contributed to this",
)  # fmt: skip
"""A piece of every wording below: looking for it first is many times as fast as trying the wordings."""
_LETTER_BEFORE = frozenset(("riginally", "nitially", "nterview", "peaking", "iting", "ccording"))
"""Of these the first letter is left out, since it may be a capital."""
# Words that credit, with the name behind them.
_AFTER = re.compile(
    r"\b(?:"
    r"(?P<first>(?:[Ff]irst|[Oo]riginally|[Ii]nitially)\s(?:reported|published|revealed|broadcast|disclosed|appeared|"
    r"posted|printed|told)(?:\s(?:on|in)\s\w{3,12})?\s(?:by|in|on|to))"
    r"|(?P<told>(?:told|tells|telling)(?=\s)|[Ii]nterviews?\s(?:with|to)|[Ii]nterviewed\sby|"
    r"[Ss]peaking\s(?:exclusively\s)?to|(?:statement|comments?|remarks)\sto)"
    r"|(?P<citing>[Cc]iting|cited\sby|quoted\sby|[Aa]ccording\sto(?:\sa\sreport\s(?:by|in|from))?)"
    r"|(?P<reported>(?:reported|revealed|published|disclosed)\s(?:\w+day\s)?(?:by|in|on)|reports?\s(?:by|in|from))"
    r"|(?P<seen>(?:seen|obtained|reviewed|verified)\sby|shared\swith)"
    r"|(?P<contributed>reporting\s(?:by|from))"
    r")\s+"
)
# Words that credit, with the name before them.
_BEFORE = re.compile(
    r"\s(?:(?P<first>(?:first|was the first to)\s(?:report|reported|reveal|revealed|broke|break|published)\b)"
    r"|(?:has\s|had\s|also\s|later\s|\w{3,6}day\s)?"
    r"(?P<reported>reported|reports|reveals|revealed|has learned|has revealed)\b"
    r"|,?\s?(?P<citing>citing|which cited|quoting)\b"
    r"|(?P<contributed>contributed to this (?:report|story|article)))"
)
_NAME_ENDS = re.compile(
    rf"(?:(?<=\s)|(?<=^)|(?<=[(“\"'—–-]))(?P<the>[Tt]he\s)?(?P<name>{_DOMAIN}|{_CAPITAL}(?:\s(?:(?:of|and|&|de|la|for)\s)?{_CAPITAL}){{0,4}})"
    r"(?:\s\((?P<short>[A-Z][A-Za-z&.]{1,10})\))?(?:\s(?:news\s)?(?P<class>agency|newspaper|website|magazine|channel))?$"
)
_DATELINE = re.compile(
    r"^[ \t]*(?:[A-Z][A-Z.,'’ -]{1,40}[A-Z.](?:[,/ ][^()\n]{0,40})?\s?)\((?P<name>[A-Z][\w.&' -]{1,30})\)\s*[-–—:]",
    re.MULTILINE,
)
_SIGNED = re.compile(
    r"^[ \t]*(?:[—–-]{1,2}\s?|(?:[Ss]ource|[Vv]ia|[Ff]rom|[Cc]redit)\s?:\s?|[Bb]y\s)?(?P<open>\()?"
    rf"(?P<the>[Tt]he\s)?(?P<name>{_CAPITAL}(?:\s(?:of\s|and\s|&\s)?{_CAPITAL}){{0,4}})(?P<close>\))?\.?[ \t]*$"
)
_COPYRIGHT = re.compile(
    rf"(?:©|\([Cc]\)|[Cc]opyright)\s?(?:©\s?)?(?:\d{{4}}\s?,?\s?)?(?:by\s)?(?P<the>[Tt]he\s)?(?P<name>{_CAPITAL}(?:\s{_CAPITAL}){{0,4}})"
)
_RELAY_LINE = re.compile(
    rf"^(?P<the>[Tt]he\s)?(?P<name>{_CAPITAL}(?:\s{_CAPITAL}){{0,4}})\s(?:reports|reported|writes)\s?:", re.MULTILINE
)
_SPEAKER = re.compile(rf"((?:{_CAPITAL}\s){{1,4}})(?:of\s(?:{_CAPITAL}\s){{1,3}})?$")
_PLACES = frozenset({"UK", "US", "U.S.", "EU", "UN"})
_HEAD = 1200
_TAIL = 600


def credits_in(text: str) -> list[Credit]:
    """Find the outlets that a text credits.

    Args:
        text: a story's text.

    Returns:
        Credits in text order; the same words credit once. A name that only the archive can judge has `sure` false.
    """
    found = [*_lines(text), *_wordings(text)]
    found.sort(key=lambda c: (c.span, CREDIT_KINDS.index(c.kind)))
    out: list[Credit] = []
    for credit in found:
        # "first reported by X" is one credit, though "reported by X" stands in it.
        if out and credit.span[0] < out[-1].span[1] and credit.key == out[-1].key:
            if WEIGHTS[credit.kind] > WEIGHTS[out[-1].kind]:
                out[-1] = credit
            continue
        out.append(credit)
    return out


def _lines(text: str) -> Iterator[Credit]:
    """Credits that stand in a place of their own: the dateline, the last lines, a copyright notice, a relay line."""
    for match in _DATELINE.finditer(text, 0, _HEAD):
        if match["name"] not in _PLACES:
            yield Credit("dateline", match["name"].strip(), match.span())
    for match in _RELAY_LINE.finditer(text):
        yield _credit("reported", match, match.span(), relayed=True)
    start = max(0, len(text.rstrip()) - _TAIL)
    if "©" in text or "opyright" in text or "(c)" in text.lower():
        for match in _COPYRIGHT.finditer(text, start):
            yield _credit("copyright", match, match.span(), relayed=True)
    for at, line in _last_lines(text, start):
        signed = _SIGNED.match(line)
        if signed is None or bool(signed["open"]) != bool(signed["close"]):
            continue
        lead = line[: signed.start("name")].strip()
        credit = _credit(
            "signed", signed, (at, at + len(line.rstrip())), relayed=bool(lead) and not lead.startswith("(")
        )
        if lead and (credit.sure or not lead.lower().startswith("by")):
            yield Credit(
                "signed", credit.name, credit.span, sure=credit.sure or not lead.lower().startswith(("by", "("))
            )


def _last_lines(text: str, start: int) -> Iterator[tuple[int, str]]:
    """The last three lines that hold anything, with their places."""
    at = len(text)
    seen = 0
    while at > start and seen < 3:
        before = text.rfind("\n", 0, at) + 1
        line = text[before:at]
        if line.strip():
            seen += 1
            # A text that is one line signs nothing by its whole.
            if before and len(line) <= 120:
                yield before, line
        at = before - 1


def _wordings(text: str) -> Iterator[Credit]:
    """Credits in running text."""
    before = -1
    for start in _hints(text):
        yield from _name_behind(text, start)
        space = start - 1
        # "Monitor has reported": the word before may belong to the wording.
        for at in (_space_before(text, space), space):
            match = _BEFORE.match(text, at) if at > before else None
            kind = match.lastgroup if match else None
            if match is None or kind is None:
                continue
            before = match.end()
            name = _NAME_ENDS.search(text, max(0, at - 90), at)
            if name is not None:
                yield _credit(kind, name, (name.start(), before), relayed=kind != "reported")  # type: ignore[arg-type]
            break


def _hints(text: str) -> list[int]:
    """Where wordings may begin, in order."""
    found = []
    for hint in _HINTS:
        back = 1 if hint in _LETTER_BEFORE else 0
        at = text.find(hint)
        while at >= 0:
            found.append(max(0, at - back))
            at = text.find(hint, at + 1)
    return sorted(found)


def _space_before(text: str, at: int) -> int:
    """The space before the word that ends at a space, or -1."""
    return max(text.rfind(" ", max(0, at - 12), max(at, 0)), -1)


def _name_behind(text: str, at: int) -> Iterator[Credit]:
    """The credit whose wording begins at a place, if one does."""
    match = _AFTER.match(text, at)
    name = _AT_NAME.match(text, match.end()) if match else None
    if match is None or name is None or match.lastgroup is None:
        return
    kind = match.lastgroup
    spoken = _SPEAKER.search(text, max(0, at - 80), at) if kind == "told" else None
    credit = _credit(kind, name, (at, name.end()), relayed=True)  # type: ignore[arg-type]
    yield credit if spoken is None else replace(credit, speaker=_speaker(spoken[1]))


def _speaker(words: str) -> str | None:
    kept = words.split()
    while kept and kept[0].lower() in {"the", "but", "and", "mr", "mrs", "ms", "dr", "as", "he", "she", "they", "one"}:
        kept = kept[1:]
    return " ".join(kept) or None


def _credit(kind: CreditKind, match: re.Match[str], span: Span, *, relayed: bool) -> Credit:
    groups = match.groupdict()
    name = re.sub(r"(?:['’]s?|[.,'’-]+)$", "", match["name"])
    # "told Dana Frey of Channel 6": the outlet is behind "of", where that is one.
    before, _, behind = name.rpartition(" of ")
    if before and wording(behind, relayed=True, loose=False):
        name = behind
    # "The" and several capitals ("the Pew Center") make an outlet only of one who is told something.
    article = bool(groups.get("the"))
    sure = bool(groups.get("class")) or wording(name, article=article, relayed=relayed)
    if sure and kind not in ("told", "first", "signed") and not groups.get("class"):
        sure = wording(name, article=article, relayed=relayed, loose=False)
    return Credit(kind, name, span, sure=sure, short=groups.get("short"))
