"""Governments and the names that stand for them: country, demonym, capital, seat of power.

A country that speaks is its government, and so is its capital. The seat of a head of state or government (a palace, a
street number) is a source of its own: an office, not the whole government. So is the seat of a ministry. The table is
systematic, so that one country is read as any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from whence.read.source_lexicon import rows

__all__ = ["GOVERNING", "Metonym", "demonym", "is_adjective", "metonym"]

How = Literal["country", "capital", "seat"]

GOVERNING = frozenset("government administration regime authorities leadership state junta executive".split())
"""Nouns that, with a country's name, adjective or capital before them, mean its government."""


@dataclass(frozen=True, slots=True)
class Metonym:
    """What a name stands for.

    Args:
        key: the same for all names of one government or office.
        how: `country`, `capital`, or `seat` of a head of state or government.
        country: the country's first name in the table.
    """

    key: str
    how: How
    country: str


@cache
def _table() -> tuple[dict[str, tuple[Metonym, ...]], dict[str, str], frozenset[str]]:
    names: dict[str, list[Metonym]] = {}
    demonyms: dict[str, str] = {}
    adjectives: set[str] = set()

    def add(cell: str, key: str, how: How, country: str) -> None:
        for name in cell.split(","):
            bare = _bare(name)
            if bare:
                names.setdefault(bare, []).append(Metonym(key, how, country))

    for row in rows("countries.tsv"):
        country, others, people, capitals, seats, ministries = row
        add(f"{country},{others}", country, "country", country)
        add(capitals, country, "capital", country)
        add(seats, f"{country}: office", "seat", country)
        for house in ministries.split(";"):
            add(house, f"{country}: {_bare(house.split(',')[0])}", "seat", country)
        for word in people.split(","):
            if word.strip():
                demonyms.setdefault(_bare(word), country)
                adjectives.add(_bare(word))
        for name in (country, *others.split(",")):
            if name.strip():
                demonyms.setdefault(_bare(name), country)
    return {name: tuple(found) for name, found in names.items()}, demonyms, frozenset(adjectives)


@lru_cache(maxsize=1 << 14)
def _bare(name: str) -> str:
    name = " ".join(name.replace("’", "'").split())
    return name[4:] if name.lower().startswith("the ") else name


def metonym(name: str, named: frozenset[str] = frozenset()) -> Metonym | None:
    """The government or office that a name can stand for.

    Args:
        name: as written, with or without its article; case matters ("US" is not "us").
        named: countries that the story names, to decide between two ("Brussels").

    Returns:
        None where the name is no country's, capital's or seat's.
    """
    found = _table()[0].get(_bare(name), ())
    if len(found) > 1:
        return next((m for m in found if m.country in named), found[-1])
    return found[0] if found else None


@lru_cache(maxsize=1 << 14)
def demonym(words: str) -> str | None:
    """The country that an adjective, a country's name used as one, or a word for its people belongs to.

    Args:
        words: one or more words, as written.
    """
    found = _table()[1]
    bare = _bare(words)
    return found.get(bare) or found.get(bare + "s")


def is_adjective(word: str) -> bool:
    """Whether a word can stand before a noun for a country's people or things: "Iraqi", "US", not "Iraq"."""
    return _bare(word) in _table()[2]
