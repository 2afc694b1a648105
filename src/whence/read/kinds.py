"""What a source is: a person, a group, an organisation, a state, an outlet, a document."""

from __future__ import annotations

from whence.read.metonymy import demonym
from whence.read.public_bodies import is_state_office
from whence.read.referent import Referent
from whence.read.source_lexicon import classes, is_outlet
from whence.records import Kind

__all__ = ["kind"]

_PEOPLE = frozenset({"person", "bio", "office"})


def kind(referent: Referent) -> tuple[Kind, str]:
    """The kind of a source, and the rule that decided.

    The order of the rules matters: what a relay names publishes, whatever its name looks like; a country's government
    is a state; then the words of the name or description decide.

    Args:
        referent: with all its mentions joined.
    """
    if referent.relays and not referent.person and not referent.plural:
        return "outlet", "a story came through it"
    if referent.relays and any("outlet" in classes(n) for n in referent.role_nouns):
        return "outlet", "a story came through it, and it is called an outlet"
    if referent.metonym is not None:
        return "state", f"metonym: {referent.metonym.how}"
    if referent.person:
        return "person", "words for one person"
    opening = referent.links[0].mention.phrase
    if opening.form == "first":
        return ("group" if opening.plural else "person"), "first person"
    if any(is_state_office(h, referent.mods) for h in referent.heads) and not referent.plural:
        return "state", "an office of government"
    name = max(referent.names, key=len, default=())
    if name and referent.labels.count("GROUP") == 0:
        if is_outlet(" ".join(name)) and "PERSON" not in referent.labels:
            return "outlet", "an outlet's name"
        found = _by_noun(referent.heads | referent.role_nouns)
        if found is not None and found[0] != "person":
            return found
        if "ORG" in referent.labels:
            return "organisation", "a name for a body"
        if "PLACE" in referent.labels:
            return "state", "a place that speaks"
        if "PERSON" in referent.labels:
            return "person", "a name for a person"
        return found or ("unknown", "a name of unknown kind")
    if referent.heads & {"police", "authorities"}:
        return ("organisation", "the police") if "police" in referent.heads else ("state", "authorities")
    if referent.plural:
        return _by_noun_plural(referent)
    known = frozenset(k for h in referent.heads for k in classes(h))
    if "group" in known:
        return "group", "a noun for several people"
    if {"document", "outlet"} <= known and not any(h in ("blog", "journal") for h in referent.heads):
        return "document", "a noun for documents, and no outlet's name"
    found = _by_noun(referent.heads)
    if found is not None:
        return found
    if any(demonym(h.title()) for h in referent.heads) or "GROUP" in referent.labels:
        return "person", "words for one person"
    return "unknown", "no word tells"


def _by_noun(nouns: set[str]) -> tuple[Kind, str] | None:
    kinds = frozenset(k for n in nouns for k in classes(n))
    order: tuple[tuple[str, Kind], ...] = (
        ("state", "state"),
        ("body", "organisation"),
        ("outlet", "outlet"),
        ("document", "document"),
        ("group", "group"),
    )
    if kinds & _PEOPLE and not kinds & {"state", "outlet", "document"}:
        return ("person", "a noun for a person") if "body" not in kinds else ("organisation", "a noun for a body")
    for name, found in order:
        if name in kinds:
            return found, f"a noun for {'an' if found[0] in 'ao' else 'a'} {found}"
    return None


def _by_noun_plural(referent: Referent) -> tuple[Kind, str]:
    kinds = frozenset(k for n in referent.heads for k in classes(n))
    if kinds & {"document"} and not kinds & (_PEOPLE | {"group", "body"}):
        return "document", "a noun for documents"
    return "group", "several of them"
