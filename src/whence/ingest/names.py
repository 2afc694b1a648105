"""Names of people and desks, by their shape alone: no list of given names, so that all names are read alike."""

from __future__ import annotations

import re

__all__ = ["ROLE", "is_name", "is_role"]

_PARTICLES = frozenset(
    "de del della di da das do dos du des la le van von der den ter ten te al el bin bint ibn ben abu af zu y".split()
)
_ELIDED = frozenset(["d", "l", "o", "ul", "as", "ash", "an", "ad", "ar", "at"])
_NOT_NAMES = frozenset(
    """the a an this that these those and or but if of in on at by for with from to as is are was were be been it its
    he she they we i you his her their our my your who what when where why how not no
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december today yesterday tomorrow christmas easter
    according asked about after before while than more most all some many new said says""".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’.‑-][^\W\d_]+)*\.?")
_WORDS = (1, 7)  # of a name, at least and at most
_LONGEST = 80  # characters of a name

ROLE = (
    r"(?:editor|reporter|correspondent|writer|columnist|journalist|staff|bureau|chief|analyst|producer|critic|contributor|"
    r"author|blogger|photographer|fellow|intern|freelancer?|commentator|researcher|fact[ -]checker|editorial board|"
    r"desk|team|agency|agencies|"
    r"press|news|newsroom|service|wires?|contributing|in-chief)"
)
_ROLE = re.compile(rf"\b{ROLE}s?\b", re.IGNORECASE)


def is_name(text: str) -> bool:
    """Whether words have the shape of a name: capitalised words, with particles ("de", "al") between them."""
    words = text.split()
    if not _WORDS[0] <= len(words) <= _WORDS[1] or len(text) > _LONGEST:
        return False
    for i, word in enumerate(words):
        if _WORD.fullmatch(word) is None:
            return False
        # "The", "March" and the like begin no name; inside one ("Jane March") they may stand.
        if word.lower().rstrip(".") in _NOT_NAMES and (i == 0 or word[0].islower()):
            return False
        if word[0].islower() and not _joined(word) and (word not in _PARTICLES or i == len(words) - 1):
            return False
    return True


def _joined(word: str) -> bool:
    """Whether a word is a particle joined to a name ("al-Farid", "d'Arc")."""
    head, _, tail = word.replace("’", "-").replace("'", "-").partition("-")
    return head in _PARTICLES | _ELIDED and tail[:1].isupper()


def is_role(text: str) -> bool:
    """Whether words say what somebody does in a newsroom ("Science Editor", "our staff reporter in Lima")."""
    return _ROLE.search(text) is not None
