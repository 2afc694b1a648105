"""Words that tell what a source is: nouns for people, bodies and documents, titles, pronouns, determiners.

The nouns stand in `nouns.tsv`, written for whence; the marks of outlets in `outlet_words.py`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from whence.read.outlet_words import COMMON, KNOWN, PAPERS

__all__ = [
    "ABBREVIATIONS",
    "DEMONSTRATIVES",
    "FIRMS",
    "FIRST_PERSON",
    "INDEFINITES",
    "LEADERS",
    "NEW",
    "NUMBERS",
    "PARTICIPLES",
    "POSSESSIVES",
    "PRONOUNS",
    "QUANTITIES",
    "REFLEXIVES",
    "RELATIVES",
    "STOPS",
    "TITLES",
    "VAGUE",
    "Gender",
    "alike",
    "classes",
    "gender_of",
    "is_outlet",
    "rows",
    "singular",
]

Gender = Literal["m", "f"]

PRONOUNS: dict[str, tuple[Gender | None, bool]] = {
    "he": ("m", False),
    "him": ("m", False),
    "his": ("m", False),
    "himself": ("m", False),
    "she": ("f", False),
    "her": ("f", False),
    "hers": ("f", False),
    "herself": ("f", False),
    "it": (None, False),
    "its": (None, False),
    "itself": (None, False),
    "they": (None, True),
    "them": (None, True),
    "their": (None, True),
    "themselves": (None, True),
    "these": (None, True),
    "those": (None, True),
    "both": (None, True),
}
"""Third-person pronouns: gender where the word shows one, and whether it is plural."""

FIRST_PERSON = frozenset("i me my mine myself we us our ours ourselves".split())
REFLEXIVES = frozenset("itself himself herself themselves".split())
RELATIVES = frozenset("who which that whom whose".split())
POSSESSIVES = frozenset("his her their its our my your".split())
DEMONSTRATIVES = frozenset("the this that these those".split())
NEW = frozenset("another other others second third fourth further separate different additional new".split())
"""Words that set a description off from whoever was there before."""

NUMBERS = frozenset(
    "two three four five six seven eight nine ten eleven twelve dozen dozens hundreds thousands scores".split()
)
INDEFINITES = (
    frozenset(
        "a an one some several many few most any no each every all various numerous countless certain more".split()
    )
    | NUMBERS
    | {"another", "other"}
)
VAGUE = frozenset(
    "some many others most several few all everyone everybody someone somebody anyone anybody nobody none people "
    "observers you one no-one".split()
)
"""Words that, alone, speak of people whom nobody could find."""

TITLES: dict[str, Gender | None] = {
    "mr": "m",
    "mister": "m",
    "sir": "m",
    "lord": "m",
    "king": "m",
    "prince": "m",
    "mrs": "f",
    "ms": "f",
    "miss": "f",
    "lady": "f",
    "dame": "f",
    "baroness": "f",
    "queen": "f",
    "princess": "f",
    "madam": "f",
    "dr": None,
    "mx": None,
}

ABBREVIATIONS = {
    "sen": "senator",
    "sens": "senators",
    "rep": "representative",
    "reps": "representatives",
    "gov": "governor",
    "prof": "professor",
    "gen": "general",
    "lt": "lieutenant",
    "col": "colonel",
    "capt": "captain",
    "sgt": "sergeant",
    "maj": "major",
    "cllr": "councillor",
    "rev": "reverend",
    "supt": "superintendent",
    "det": "detective",
    "insp": "inspector",
    "cmdr": "commander",
    "adm": "admiral",
    "pres": "president",
    "pm": "prime minister",
    "mp": "member",
    "mep": "member",
    "hon": "",
    "st": "",
    "jr": "",
    "sr": "",
}
"""Abbreviated titles and the words they stand for."""

STOPS = frozenset(
    "of for from at in on to with by near close familiar inside within behind between among about against who which "
    "that whose whom where when including such like as involved present aware not opposed loyal after before over "
    "under across outside around ahead along without toward towards during since than based according linked "
    "responsible able unwilling willing said told than whom via throughout".split()
)
"""Words at which a noun phrase's core ends and what follows the noun begins."""

PARTICIPLES = frozenset("seen shown given sent held kept written drawn taken".split())
"""Irregular participles that begin what follows a noun: "documents seen by ..."."""

FIRMS = frozenset(
    "partners associates advisers advisors brothers architects investors builders brewers surveyors".split()
)
"""Plurals for people in which names of firms end."""

LEADERS = frozenset(
    "senior leading prominent top key influential public religious community opposition party cabinet industry "
    "underworld veteran political royal media business cultural literary high-ranking high-profile powerful "
    "controversial".split()
)
"""What stands before "figure" where a person is meant, not a number."""

QUANTITIES = frozenset(
    "percent cent majority minority number handful dozen dozens hundreds thousands group lot couple pair string series "
    "range mix third half quarter plurality spate slew chorus host panel member".split()
)
"""Nouns before "of" that say how many: "a handful of neighbours"."""

_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "wives": "wife",
    "police": "police",
    "authorities": "authorities",
    "forces": "force",
    "media": "media",
    "series": "series",
    "news": "news",
    "crews": "crew",
    "data": "data",
    "diagnoses": "diagnosis",
    "analyses": "analysis",
    "studies": "study",
    "heroes": "hero",
    "churches": "church",
    "people": "people",
    "press": "press",
}
_PLURAL_FORMS = frozenset("police people authorities media men women children".split())
_FEMALE = frozenset(
    "actress ballerina comedienne bride wife ex-wife mother mum mom mummy stepmother daughter sister aunt niece widow "
    "girl girlfriend gran granny grandmother granddaughter lady woman queen princess fiancée heroine heiress diva "
    "waitress hostess duchess countess headmistress mayoress goddess starlet baroness nun policewoman".split()
)
_MALE = frozenset(
    "husband ex-husband father dad daddy stepfather son brother uncle nephew widower boy boyfriend grandad grandfather "
    "grandson man gentleman bloke lad king prince groom fiancé headmaster monk policeman duke".split()
)
_SENSES = (
    "source insider tipster",
    "friend pal mate",
    "spokesperson spokesman spokeswoman representative rep press-officer",
    "researcher scientist author academic team investigator expert",
    "study paper research analysis",
    "report document dossier review",
    "poll survey",
    "lawsuit suit complaint filing",
    "statement release press-release",
    "newspaper paper daily tabloid broadsheet",
    "magazine weekly monthly",
    "police force officer constabulary",
    "regulator watchdog authority commission body agency",
    "coach manager boss head-coach",
    "chief boss executive ceo",
    "headteacher head headmaster headmistress principal",
    "lawyer attorney solicitor barrister",
    "councillor councilor councilman councilwoman",
    "neighbour neighbor",
    "organisation organization",
    "lawmaker legislator parliamentarian mp",
    "protester protestor demonstrator",
    "minister secretary",
    "leader president premier chancellor ruler",
    "firefighter crew",
    "voter respondent",
)

_KEPT = 16384
"""Words whose answers are kept: the vocabulary of a long story, not of a whole archive."""


@cache
def rows(resource: str) -> tuple[tuple[str, ...], ...]:
    """The rows of one of our tab-separated resources, without comments.

    Args:
        resource: file name beside this module.
    """
    lines = files("whence.read").joinpath(resource).read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def _nouns() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, words in rows("nouns.tsv"):
        for word in words.split():
            found.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


@cache
def _senses() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for i, line in enumerate(_SENSES):
        for word in line.split():
            found.setdefault(word, set()).add(i)
    return {word: frozenset(ids) for word, ids in found.items()}


@lru_cache(maxsize=_KEPT)
def singular(word: str) -> tuple[str, bool]:
    """The singular of a noun, and whether the form given is a plural.

    Args:
        word: in lower case.
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word], word in _PLURAL_FORMS or _IRREGULAR[word] != word
    nouns = _nouns()
    if word in nouns:
        return word, False
    if word.endswith(("men", "women")) and (one := word[:-2] + "an") in nouns:
        return one, True
    candidates = [word[:-1]] if word.endswith("s") and not word.endswith("ss") else []
    if word.endswith("ies"):
        candidates.insert(0, word[:-3] + "y")
    if word.endswith("es"):
        candidates.append(word[:-2])
    for one in candidates:
        if one in nouns:
            return one, True
    if candidates and not word.endswith(("us", "is")):
        return candidates[0], True
    return word, False


@lru_cache(maxsize=_KEPT)
def classes(lemma: str) -> frozenset[str]:
    """What a noun can be: person, bio, office, group, body, state, outlet, document, unique; empty if not known.

    Args:
        lemma: singular, in lower case.
    """
    known = _nouns().get(lemma)
    if known is None and "-" in lemma:
        known = _nouns().get(lemma.rsplit("-", 1)[1])
    if known is None and len(lemma) > 6 and lemma.endswith("maker"):
        known = frozenset({"body"})
    if known is None and len(lemma) > 4 and lemma.endswith(("ist", "woman", "eer", "ician", "master")):
        known = frozenset({"person"})
    return known or frozenset()


def gender_of(word: str) -> Gender | None:
    """The gender that a title or a noun shows, None where it shows none.

    Args:
        word: in lower case.
    """
    if word in TITLES:
        return TITLES[word]
    if word in _FEMALE or (word.endswith("woman") and len(word) > 5):
        return "f"
    if word in _MALE or (word.endswith("man") and not word.endswith("woman") and "person" in classes(word)):
        return "m"
    return None


@lru_cache(maxsize=_KEPT)
def alike(noun: str) -> frozenset[str]:
    """The nouns that can stand for the same thing as one when a story varies its words, itself among them."""
    senses = _senses()
    return frozenset(other for other, ids in senses.items() if ids & senses.get(noun, frozenset())) | {noun}


@lru_cache(maxsize=_KEPT)
def is_outlet(name: str) -> bool:
    """Whether a name shows that its bearer publishes news.

    Args:
        name: as written, with or without an article.
    """
    parts = [p for p in name.replace("’", "'").split() if p.lower() != "the"]
    if not parts:
        return False
    low = " ".join(parts).lower()
    if (low in KNOWN and low not in COMMON) or (
        parts[0].isupper() and len(parts) <= 3 and parts[0].lower() in KNOWN - COMMON
    ):
        return True
    if parts[-1].lower().endswith((".com", ".org", ".net", ".news", ".tv")):
        return True
    last = singular(parts[-1].lower())[0]
    if classes(last) & {"body", "state", "person"} and last not in PAPERS and last != "agency":
        return False
    return any(p[:1].isupper() and p.lower().strip(".,") in PAPERS for p in parts) and len(parts) <= 5
