"""Public bodies that a description fixes: "the provincial relief office", "the tax office", "the mayor's office".

A country, province or town has one of each, so a reader can tell who is meant although no proper name stands there.
"""

from __future__ import annotations

__all__ = ["is_office_of_a_post", "is_public", "is_state_office"]

_HEADS = frozenset(
    "office agency authority commission service department board bureau administration council directorate "
    "inspectorate registry corps".split()
)
_SCOPES = frozenset("provincial regional national federal state county city municipal district".split())
_TOWNS = frozenset("county city municipal district".split())
_TASKS = frozenset(
    "tax weather meteorological statistics statistical census immigration customs election electoral health audit "
    "relief flood fire ambulance water port harbour transport aviation nuclear environment environmental food safety "
    "disaster emergency rescue land licensing prison probation education pensions postal patent budget competition "
    "antitrust border revenue intelligence security space fisheries forestry heritage housing labour labor".split()
)
_PRIVATE = frozenset("private company firm union property travel news advertising estate recruitment".split())
_GOVERNING = frozenset("office department directorate administration bureau".split())
_HOLDERS = frozenset(
    "president minister premier chancellor mayor governor sheriff prosecutor coroner ombudsman speaker king queen "
    "general auditor attorney treasurer secretary commissioner".split()
)
_OF_STATE = frozenset("president minister premier chancellor king queen governor treasurer secretary".split())


def is_public(head: str, mods: frozenset[str] | set[str]) -> bool:
    """Whether a definite description means the one public body of its sort.

    Args:
        head: its noun, singular and in lower case.
        mods: its other words of content, in lower case.
    """
    if head == "bank":
        return "central" in mods
    if head not in _HEADS or mods & _PRIVATE:
        return False
    return bool(mods & _TASKS) or (bool(mods & _SCOPES) and head not in ("service", "council", "corps"))


def is_office_of_a_post(head: str, mods: frozenset[str] | set[str]) -> bool:
    """Whether a description means the office of somebody whose post one person holds: "the mayor's office"."""
    return head == "office" and bool(mods & _HOLDERS)


def is_state_office(head: str, mods: frozenset[str] | set[str]) -> bool:
    """Whether a public body is part of a country's or province's government, not a regulator, court or town hall."""
    if head == "office" and mods & _OF_STATE:
        return True
    if not is_public(head, mods) or mods & _TOWNS or head == "bank":
        return False
    return head in _GOVERNING or (head == "agency" and bool(mods & _SCOPES))
