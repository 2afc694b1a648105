"""Which referent a definite description can mean: nouns, number and modifiers must not speak against it."""

from __future__ import annotations

from whence.read.metonymy import demonym
from whence.read.nounphrase import Phrase
from whence.read.referent import Referent
from whence.read.source_lexicon import alike, classes

__all__ = ["BIO", "BODY", "LOOSE", "RULES", "SENSE", "STRICT", "SURE", "Tier", "generality", "tier"]

Tier = int
STRICT, SENSE, LOOSE, BODY, BIO = range(5)
"""How well a description fits: same noun; a noun of the same sense; same words in another number; a general noun
for a body; age, origin or trade of a person."""

RULES = ("definite description", "synonym", "same modifiers", "general noun for a body", "age, trade or family")

SURE = frozenset(RULES[:2])
"""The rules that a description needs to be taken for a mention where nobody speaks."""

_PUBLIC = frozenset(
    "council police court party union university hospital school church charity club committee parliament government "
    "ministry regulator league federation association commission congress senate embassy army navy force".split()
)
_GENERAL: dict[str, frozenset[str]] = {
    "company": frozenset(),
    "firm": frozenset(),
    "business": frozenset(),
    "giant": frozenset("bank airline retailer brewery manufacturer maker utility group".split()),
    "group": frozenset("association fund foundation trust society union movement coalition alliance company".split()),
    "organisation": frozenset(),
    "organization": frozenset(),
    "agency": frozenset("fund service office bureau commission authority institute administration".split()),
    "body": frozenset("union federation association league council committee board commission authority".split()),
    "charity": frozenset("trust fund foundation society mission hospice".split()),
    "regulator": frozenset("authority commission agency office board".split()),
    "watchdog": frozenset("authority commission agency office board".split()),
    "landlord": frozenset("association trust society".split()),
    "union": frozenset("association federation".split()),
    "force": frozenset({"police", "constabulary"}),
    "school": frozenset({"academy", "college"}),
    "institution": frozenset("bank university college school museum".split()),
    "fund": frozenset({"trust", "foundation"}),
    "team": frozenset(),
    "side": frozenset(),
    "club": frozenset(),
    "outlet": frozenset(),
}
_BESIDE = frozenset("captain skipper founder owner member candidate nominee".split())
"""Posts that somebody holds beside a trade: a captain is a defender, too, while a manager is no striker."""

_PRIVATE = frozenset({"company", "firm", "business"})
_CONTRAST = frozenset("rival parent other holding sister private foreign first second third same new old local".split())
_ANY = frozenset({"organisation", "organization"})


def _words(referent: Referent) -> set[str]:
    named = {w.lower() for name in referent.names for w in name}
    return referent.mods | referent.nouns | named


def _agrees(phrase: Phrase, referent: Referent) -> bool:
    """Whether every modifier of the description is known of the referent."""
    mods = phrase.mods
    if referent.metonym is not None and referent.metonym.how == "country":
        mods -= {"country", "nation"}
    return mods <= _words(referent)


def _body_fits(head: str, referent: Referent) -> bool:
    """Whether a general noun ("the company") can mean a body with this name."""
    if referent.metonym is not None or not referent.is_body or not referent.names:
        return False
    outlet = referent.relays or referent.bears_outlet_name
    if outlet or "outlet" in classes(head):
        talks = any(link.mention.draft is not None for link in referent.links)
        return outlet and ("outlet" in classes(head) or (talks and head in _PRIVATE | _ANY))
    kinds = {h for h in referent.heads if {"body", "state"} & classes(h)}
    if any("document" in classes(h) and not {"body", "state"} & classes(h) for h in referent.heads):
        return False
    if not kinds:
        return head in _GENERAL or "body" in classes(head)
    if head in _PRIVATE:
        return not kinds & _PUBLIC
    return head in _ANY or bool(kinds & _GENERAL.get(head, frozenset()))


def _body_mods(phrase: Phrase, referent: Referent) -> bool:
    """Whether what stands before a general noun adds to a name ("the social media company") or contrasts with it."""
    new = phrase.mods - _words(referent) - {"governing"}
    if phrase.head not in _PRIVATE:
        return not new
    return not new & _CONTRAST and not any(demonym(w.title()) or demonym(w.upper()) for w in new)


def generality(head: str, referent: Referent) -> int:
    """How far a general noun for a body is from what a referent is: 0 where its name says so, 2 for an outlet."""
    kinds = {h for h in referent.heads if {"body", "state"} & classes(h)}
    if kinds & _GENERAL.get(head, frozenset()):
        return 0
    return 2 if referent.relays and "outlet" not in classes(head) else 1


def _is_anonymous(referent: Referent) -> bool:
    """Whether somebody was brought in as speakers without a name: "two officials", "people close to the deal"."""
    first = referent.links[0].mention
    kinds = {k for h in referent.heads for k in classes(h)}
    people = "person" in kinds and not kinds & {"body", "document"}
    return (
        not referent.names
        and first.draft is not None
        and first.phrase.form in ("indefinite", "bare")
        and (people or referent.heads <= {"people"})
    )


def _bio_fits(phrase: Phrase, referent: Referent) -> bool:
    """Whether a description by age, origin or trade can mean a named person."""
    if not referent.person or not referent.names or phrase.plural or not referent.fits(phrase.gender):
        return False
    if phrase.age:
        return not referent.age or referent.age == phrase.age
    posts = {n for n in referent.role_nouns if {"person", "office"} & classes(n) and "bio" not in classes(n)} - _BESIDE
    by_trade = "bio" in classes(phrase.head) or demonym(phrase.head.title()) is not None
    return by_trade and not posts and not {"office"} & classes(phrase.head)


def _is_collective(head: str, referent: Referent) -> bool:
    """Whether a noun or a referent is several people in the singular: "the crew", of which "they" is said."""
    return "group" in classes(head) or any("group" in classes(n) for n in referent.heads)


def tier(phrase: Phrase, referent: Referent) -> Tier | None:
    """How well a definite description fits a referent, None where it cannot mean it.

    Args:
        phrase: a description, not a name.
        referent: somebody or something mentioned before.
    """
    head = phrase.head
    if phrase.age:
        return (STRICT if referent.age == phrase.age else BIO) if _bio_fits(phrase, referent) else None
    if head == "police" and not referent.nouns & {"police", "force", "constabulary"}:
        return None
    if phrase.owner in ("its", "their") and not (
        referent.names or any(link.mention.phrase.owner for link in referent.links)
    ):
        return None
    counts = phrase.plural == referent.plural
    if not referent.fits(phrase.gender):
        return None
    if head == "source" and phrase.form == "definite" and not phrase.mods and counts and _is_anonymous(referent):
        return SENSE
    if not referent.nouns.isdisjoint(alike(head)) or head in referent.implied:
        same = head in referent.nouns
        agrees = _agrees(phrase, referent)
        if agrees and (counts or _is_collective(head, referent)):
            if same:
                return STRICT
            if not _body_clash(head, referent):
                return SENSE
        if same and not counts and len(phrase.mods) > 1 and agrees:
            return LOOSE
    if not phrase.plural and not phrase.owner and _body_fits(head, referent) and _body_mods(phrase, referent):
        return BODY
    if _bio_fits(phrase, referent):
        return BIO
    return None


def _body_clash(head: str, referent: Referent) -> bool:
    """Whether a noun for a body meets a person, or the other way round."""
    of_body = bool({"body", "state"} & classes(head)) and not {"person", "office"} & classes(head)
    of_people = bool({"person", "office", "bio"} & classes(head)) and not of_body
    collective = any("group" in classes(n) for n in referent.heads)
    return (of_body and referent.person) or (of_people and referent.is_body and not collective)
