"""The table of countries, and what its names stand for."""

import pytest

from whence.read.metonymy import demonym, metonym
from whence.read.source_lexicon import rows

COUNTRIES = [row[0] for row in rows("countries.tsv")]


@pytest.mark.parametrize(
    ("name", "key", "how"),
    [
        ("Damascus", "Syria", "capital"),
        ("the United States", "United States", "country"),
        ("the White House", "United States: office", "seat"),
        ("The Kremlin", "Russia: office", "seat"),
        ("Downing Street", "Britain: office", "seat"),
        ("Whitehall", "Britain", "capital"),
        ("the Pentagon", "United States: Pentagon", "seat"),
    ],
)
def test_a_name_stands_for_a_government_or_its_seat(name: str, key: str, how: str) -> None:
    meant = metonym(name)
    assert meant is not None
    assert (meant.key, meant.how) == (key, how)


def test_case_decides() -> None:
    assert metonym("US") is not None
    assert metonym("us") is None
    assert metonym("Springfield") is None


def test_a_capital_of_two_follows_the_story() -> None:
    union, belgium = metonym("Brussels"), metonym("Brussels", frozenset({"Belgium"}))
    assert union is not None
    assert union.country == "European Union"
    assert belgium is not None
    assert belgium.country == "Belgium"


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_row_is_complete_enough_to_speak(country: str) -> None:
    row = next(r for r in rows("countries.tsv") if r[0] == country)
    meant = metonym(country)
    assert meant is not None
    assert meant.country == country
    assert row[2] or row[3], "a country needs a demonym or a capital"
    for word in filter(None, (w.strip() for w in row[2].split(","))):
        assert demonym(word) is not None


def test_the_members_of_the_united_nations_are_there() -> None:
    assert len(COUNTRIES) >= 193 + len({"Vatican City", "Palestine", "Taiwan", "Kosovo"})
    assert len(set(COUNTRIES)) == len(COUNTRIES)


def test_demonyms() -> None:
    assert demonym("Syrian") == "Syria"
    assert demonym("Croatian") == "Croatia"
    assert demonym("Dane") == "Denmark"
    assert demonym("purple") is None
