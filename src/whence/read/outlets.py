"""Recognising an outlet's name: by its wording, by what the story calls it, and by a short list of well-known ones.

Names are recognised by rule ("the Vale Herald", "Radio Solent", "broadcaster Lumo", "goalmouth.com", "PBN" once "the
Polar Broadcasting Network (PBN)" has been named), so an outlet nobody has heard of is found like a famous one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from whence.read.annotations import TaggedSpan
from whence.read.outlet_words import (
    ACRONYM_ENDS,
    AFTER_CLASS,
    BODIES,
    CLASSES,
    KNOWN,
    MEDIA,
    NEVER,
    NOT_A_NAME,
    PLATFORMS,
    PREFIXES,
    STAFF,
    SUFFIXES,
    SURNAMES,
    TAILS,
    WEAK_SUFFIXES,
)
from whence.text.offsets import Span

__all__ = ["Outlet", "Outlets", "bare", "same_outlet"]

_WORD = re.compile(r"[^\W_][\w&.'’/-]{0,60}|&")
_DOMAIN = re.compile(
    r"(?:[A-Za-z0-9-]{1,40}\.){1,3}(?:com|org|net|co\.uk|news|tv|info|io|eu|fr|de|uk|ie|in|au|ca|us)\b", re.IGNORECASE
)
_BRACKET = re.compile(r"\s?\(([A-Z][A-Za-z&.]{1,10})\)")
_GLUED = re.compile(r"[A-Z]\w{1,30}(?:News|TV|FM|Radio|Online|Post|Times|Wire|Press|Herald|Insider)$")
_DOTTED = re.compile(r"(?:[A-Za-z]\.){2,6}$")
_ARTICLES = frozenset({"the", "a", "an", "another", "its", "his", "her", "their", "our", "one"})
_JOINS = frozenset({"of", "and", "&", "de", "la", "le", "del", "di", "al", "el", "der", "des", "the", "for", "in"})
_MEDIA_MODIFIERS = frozenset(
    "news press wire media state state-run state-owned local national regional foreign public private commercial tv"
    " television radio broadcast satellite cable online international domestic opposition official pro-government"
    " independent social-media entertainment sports business student community".split()
)
_MODIFIER = re.compile(r"[a-z][a-z-]{1,25}$")
_NOT_MODIFIERS = AFTER_CLASS | frozenset(
    "him them us me you not no any some all each every both more most many such him-self himself herself people"
    " into onto than then so now just only".split()
)
_PRONOUNS = frozenset({"its", "his", "her", "their", "our"})
_MASS = frozenset({"television", "tv", "radio"})
_MEDIA_WORDS = frozenset("news radio tv television broadcasting newspaper newspapers media daily press online".split())
_MAX_WORDS = 14


def bare(name: str) -> str:
    """A name as it is compared: lower case, without article, bracketed acronym, possessive and punctuation."""
    name = re.sub(r"\s?\([^)]{0,40}\)", "", name).casefold().replace("’", "'").strip(' .,:;-–—"“”')
    name = name.removesuffix("'s").removesuffix("'")
    return re.sub(r"^(?:the|a|an) ", "", name)


def _initials(name: str) -> str:
    return "".join(w[0] for w in name.split() if w[0].isalnum())


def same_outlet(a: str, b: str) -> bool:
    """Whether two names can be one outlet's: equal, short form and full form, acronym and full form, or its domain."""
    a, b = bare(a), bare(b)
    if not a or not b:
        return False
    if a == b:
        return True
    short, full = sorted((a, b), key=len)
    if len(short) >= 2 and " " not in short and len(full.split()) >= 3 and _initials(full) == short:
        return True
    if "." in short or "." in full:
        host = re.sub(r"^www\.|\.[a-z.]{2,7}$", "", short if "." in short else full)
        other = full if "." in short else short
        return re.sub(r"\W", "", host).removeprefix("the") == re.sub(r"\W", "", other).removeprefix("the")
    # "the Herald" for "the Vale Herald"; not "Times" for "Times Radio", which is another outlet.
    return " " not in short and full.split()[-1] == short and short in SUFFIXES | WEAK_SUFFIXES


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet named in a text.

    Args:
        span: the whole noun phrase, with article, class noun and bracketed acronym.
        rule: what showed that it is an outlet.
    """

    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.casefold()

    @property
    def is_name(self) -> bool:
        return self.text[0].isupper() or self.text[0].isdigit()


class Outlets:
    """Finds outlets in one story.

    Args:
        text: the story.
        entities: persons, organisations, places and groups; may be empty.
    """

    def __init__(self, text: str, entities: Sequence[TaggedSpan] = ()) -> None:
        self._text = text
        self._persons = {e.span for e in entities if e.label == "PERSON"}
        self._person_starts = {span[0] for span in self._persons}
        self._others = {e.span for e in entities if e.label != "ORG"}
        self._aliases: set[str] = set()
        self._learn()

    def at(self, start: int, *, trusted: bool = False) -> Outlet | None:
        """The outlet whose noun phrase begins at an offset.

        Args:
            start: offset of the phrase's first character; white space before it is skipped.
            trusted: the setting says that an outlet stands here ("… reports:"), so any name will do.
        """
        return self._phrase(start, trusted, possessed=False)

    def _phrase(self, start: int, trusted: bool, possessed: bool) -> Outlet | None:
        """The outlet at an offset; `possessed` where a possessor stands before it, of which there is one at most."""
        words = self._words(start)
        if not words:
            return None
        i = 1 if words[0].low in _ARTICLES else 0
        domain = _DOMAIN.match(self._text, words[i].start) if i < len(words) else None
        if domain:
            return Outlet((words[0].start, domain.end()), "domain")
        return self._by_class(words, i) or self._by_name(words, i, trusted, possessed)

    def near(self, start: int, *, trusted: bool = False) -> Outlet | None:
        """The outlet at an offset, or the one that the journalist named there works for.

        "Carla Benn of Meridian News", "a reporter for the Herald", "the hosts of Radio Solent's morning show".
        """
        words = self._words(start)
        for k, word in enumerate(words[1:6], 1):
            if word.low not in {"of", "from", "at", "on", "for", "with"} or k + 1 >= len(words):
                continue
            if any(w.low in STAFF for w in words[:k]) or all(w.is_name for w in words[:k]):
                behind = self.at(words[k + 1].start)
                if behind:
                    return behind
            break
        return self.at(start, trusted=trusted)

    def joint(self, end: int, limit: int) -> int | None:
        """Where a name begins that an "and" or a comma joins to one that ends at `end`; None before `limit`."""
        m = _JOINT.match(self._text, end, limit)
        return m.end() if m else None

    def names(self, within: Span) -> list[Outlet]:
        """The outlets named in a stretch of text, in text order."""
        found: list[Outlet] = []
        at = within[0]
        for m in _WORD.finditer(self._text, *within):
            if m.start() < at:
                continue
            outlet = self.at(m.start())
            if outlet and outlet.span[1] <= within[1]:
                found.append(outlet)
                at = outlet.span[1]
        return found

    def _words(self, start: int) -> list[_Word]:
        """The words from an offset on, as far as nothing but spaces stands between them."""
        out: list[_Word] = []
        at = start
        while at < len(self._text) and self._text[at] in " \t\u00a0":
            at += 1
        while len(out) < _MAX_WORDS:
            m = _WORD.match(self._text, at)
            if not m:
                break
            word = m.group()
            trimmed = word.rstrip(".'’-/") or word
            if _DOTTED.match(word):
                trimmed = word
            elif "." in trimmed and not _DOMAIN.match(trimmed):
                trimmed = trimmed.split(".")[0]
            out.append(_Word(trimmed, m.start(), m.start() + len(trimmed)))
            at = m.start() + len(trimmed)
            if self._text[at : at + 1] not in (" ", "\u00a0"):
                break
            at += 1
        return out

    def _by_class(self, words: list[_Word], i: int) -> Outlet | None:
        """A phrase whose class noun says it: "a local newspaper", "broadcaster Lumo", "the state news agency"."""
        j = i
        while j < len(words) and j - i < 6:
            word = words[j]
            if self._is_class(words, j):
                break
            proper = word.text.isupper() or word.text[0].isupper()
            if (not proper and not _MODIFIER.match(word.text)) or word.low in _NOT_MODIFIERS:
                return None
            if proper and j > i and not words[j - 1].is_name:
                return None
            j += 1
        else:
            return None
        if words[i].low == "social":
            return None
        # "his website" is where he publishes by himself; "television" alone is no outlet in particular.
        if i and words[0].low in _PRONOUNS:
            return None
        end = j + 1
        while end < len(words) and self._is_class(words, end):
            end += 1
        named = end
        while named < len(words) and words[named].is_name and words[named].low not in NOT_A_NAME:
            named += 1
        if named > end:
            name, possessive = self._cut_possessive(words[end:named])
            if name:
                return Outlet(self._bracketed((words[0].start, name[-1].end - possessive)), "class noun and name")
        if end < len(words) and words[end].low not in AFTER_CLASS and not words[end].is_name:
            return None
        if end - 1 == 0 or (end - i == 1 and words[i].low in _MASS):
            return None
        return Outlet(self._bracketed((words[0].start, words[end - 1].end)), "class noun")

    def _is_class(self, words: list[_Word], j: int) -> bool:
        word = words[j].text
        if word in CLASSES:
            return True
        return word in MEDIA and j > 0 and words[j - 1].low in _MEDIA_MODIFIERS

    @staticmethod
    def _cut_possessive(run: list[_Word]) -> tuple[list[_Word], int]:
        """A run of words up to a possessive, and how many characters the possessive takes."""
        for k, word in enumerate(run):
            for mark in ("'s", "’s"):
                if word.text.endswith(mark):
                    return run[: k + 1], 2
        return run, 0

    def _by_name(self, words: list[_Word], i: int, trusted: bool, possessed: bool) -> Outlet | None:
        run: list[_Word] = []
        j = i
        while j < len(words):
            word = words[j]
            joins = word.low in _JOINS and run and j + 1 < len(words) and words[j + 1].is_name
            if not word.is_name and not joins:
                break
            if word.low in NOT_A_NAME and word.low not in PREFIXES:
                break
            if run and (word.start in self._person_starts or word.low in STAFF or word.low == "senior"):
                trusted = False
                break
            run.append(word)
            j += 1
            if word.text.endswith(("'s", "’s")):
                break
        if not run:
            return None
        # "a Meridian News reporter": the article belongs to the reporter.
        start = words[1 if words[0].low in {"a", "an", "another", "one"} else 0].start
        ends_possessive = 2 if run[-1].text.endswith(("'s", "’s")) else 0
        joined = next((k for k, w in enumerate(run) if w.low == "and"), None)
        if joined and self._name_rule(self._text[run[0].start : run[joined - 1].end], i > 0, (start, start)):
            # "CNN and Lumo TV" are two outlets, "News and Star" is one.
            run, ends_possessive = run[:joined], 0
        for size in range(len(run), 0, -1):
            part = run[:size]
            cut = ends_possessive if size == len(run) else 0
            if part[-1].low in _JOINS:
                continue
            span = (part[0].start, part[-1].end - cut)
            rule = self._name_rule(self._text[span[0] : span[1]], i > 0, span)
            if rule:
                return Outlet(self._bracketed((start, span[1])), rule)
        whole = (run[0].start, run[-1].end - ends_possessive)
        if ends_possessive and not possessed and j < len(words) and words[j].is_name:
            # "Britain's Daily Lantern": the possessor is no outlet, what it possesses may be one.
            behind = self._phrase(words[j].start, False, possessed=True)
            if behind:
                return Outlet((start, behind.span[1]), behind.rule)
        following = words[j].low if j < len(words) else "that"
        ends = following in AFTER_CLASS | STAFF or not following[0].isalpha() or words[j].is_name
        if trusted and ends and whole not in self._others and not self._is_body(self._text[whole[0] : whole[1]]):
            return Outlet(self._bracketed((start, whole[1])), "name in an outlet's place")
        return None

    @staticmethod
    def _is_body(name: str) -> bool:
        parts = name.casefold().split()
        return any(p in NEVER or p in PLATFORMS for p in parts)

    def _name_rule(self, name: str, article: bool, span: Span) -> str | None:
        """What makes a name an outlet's, or None."""
        low = name.casefold().replace("’", "'")
        parts = low.split()
        if low in PLATFORMS:
            return None
        if low in KNOWN or f"the {low}" in KNOWN:
            return "well-known name"
        if low in self._aliases:
            return "named as an outlet elsewhere in the story"
        first, last = parts[0], parts[-1]
        if span in self._persons and last not in SUFFIXES - SURNAMES and first not in PREFIXES:
            return None
        if len(parts) > 1 and (last in TAILS or last.isdigit()):
            inner = self._name_rule(" ".join(name.split()[:-1]), article, (span[0], span[0]))
            if inner:
                return inner
        body = any(p in NEVER for p in parts)
        if len(parts) > 1 and last in SUFFIXES:
            return "last word of the name"
        if len(parts) > 1 and first in PREFIXES and not body and "'" not in first and name.split()[1][0].isalnum():
            return "first word of the name"
        if len(parts) > 1 and first in KNOWN and first not in {"people", "time", "as", "pa", "new"} and not body:
            return "well-known name with an addition"
        if len(parts) > 1 and last in WEAK_SUFFIXES and not body and low != "royal mail":
            vague = last in BODIES and not _MEDIA_WORDS.intersection(parts[:-1])
            return None if vague else "last word of the name"
        if len(parts) == 1 and article and last not in _MASS and (last in SUFFIXES or last in WEAK_SUFFIXES - BODIES):
            return "article and a newspaper's word"
        if len(parts) == 1 and (
            _GLUED.match(name) or (len(name) > 2 and name.isupper() and name.endswith(ACRONYM_ENDS))
        ):
            return "form of the word"
        return None

    def _bracketed(self, span: Span) -> Span:
        """Add the acronym that follows a name in brackets."""
        m = _BRACKET.match(self._text, span[1])
        if not m:
            return span
        self._aliases.add(m[1].casefold())
        return span[0], m.end()

    def _learn(self) -> None:
        """Learn the names that the story itself explains: "Kestrel, a local newspaper", "the Polar Network (PBN)"."""
        for m in _APPOSED.finditer(self._text):
            if m.span(1) not in self._others:
                self._aliases.add(m[1].casefold())
        for m in _BRACKETED.finditer(self._text):
            if self._name_rule(m[1], True, m.span(1)):
                self._aliases.add(m[2].casefold())


_JOINT = re.compile(r",? and (?=[A-Z]|the [A-Z])|, (?=the [A-Z])|,? as well as ")
_NAME = r"([A-Z][\w&'’-]{1,30}(?: [A-Z0-9][\w&'’-]{0,30}){0,4})"
_APPOSED = re.compile(
    _NAME + r", an? (?:[\w-]{1,20} ){0,4}(?:newspaper|broadcaster|magazine|website|news agency|radio station"
    r"|television station|TV station|podcast|tabloid|news outlet|media outlet|news site|daily)\b"
)
_BRACKETED = re.compile(_NAME + r" \(([A-Z][A-Za-z&]{1,9})\)")
