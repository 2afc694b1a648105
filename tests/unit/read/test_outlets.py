"""Outlets' names, known by rule: every outlet here but a few wire agencies is invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.read.annotations import TaggedSpan
from whence.read.outlets import Outlets, bare, same_outlet


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("the Vale Herald on Friday", "the Vale Herald"),
        ("the Polar Broadcasting Network (PBN)", "the Polar Broadcasting Network (PBN)"),
        ("Radio Solent's breakfast show", "Radio Solent"),
        ("Channel 6's Dana Frey", "Channel 6"),
        ("Lumo TV that it would", "Lumo TV"),
        ("Lumo News International yesterday", "Lumo News International"),
        ("broadcaster Lumo", "broadcaster Lumo"),
        ("Kolombo newspaper that", "Kolombo newspaper"),
        ("the state news agency, citing", "the state news agency"),
        ("Britain's Daily Lantern", "Britain's Daily Lantern"),
        ("goalmouth.com.", "goalmouth.com"),
        ("the Herald.", "the Herald"),
        ("Reuters", "Reuters"),
        ("a Finnish newspaper", "a Finnish newspaper"),
        ("Eastport News and Lumo TV", "Eastport News"),
        ("a Meridian News reporter", "Meridian News"),
    ],
)
def test_finds_an_outlet(text: str, outlet: str) -> None:
    found = Outlets(text).at(0)
    assert found is not None
    assert text[slice(*found.span)] == outlet


@pytest.mark.parametrize(
    "text",
    [
        "reporters outside the court",
        "Congress that",
        "the Health Select Committee",
        "Kent Police",
        "Royal Mail",
        "his website",
        "television",
        "social media",
        "Twitter",
        "Facebook that",
        "Ana Ruiz",
        "the World Bank",
        "investors",
        "newspaper editors",
        "Friday",
        "the Planned Action Network",
        "",
        "   ",
    ],
)
def test_leaves_others_alone(text: str) -> None:
    assert Outlets(text).at(0) is None


def test_the_outlet_of_a_journalist_is_found() -> None:
    text = "Carla Benn of Meridian News"
    found = Outlets(text).near(0)
    assert found is not None
    assert text[slice(*found.span)] == "Meridian News"


def test_a_name_explained_elsewhere_in_the_story_is_known() -> None:
    text = "He told Kestrel so. Kestrel, a local newspaper, printed it. She rang PBN, not the Polar News Network (PBN)."
    assert Outlets(text).at(text.index("Kestrel")) is not None
    assert Outlets(text).at(text.index("PBN")) is not None
    assert Outlets("He told Kestrel so.").at(8) is None


def test_a_person_is_no_outlet_even_if_the_name_looks_like_one() -> None:
    text = "Jonas Post"
    assert Outlets(text).at(0) is not None
    assert Outlets(text, [TaggedSpan((0, 10), "PERSON", 1.0)]).at(0) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The Vale Herald", "the Herald", True),
        ("the Polar Broadcasting Network (PBN)", "PBN", True),
        ("Vale Herald", "valeherald.com", True),
        ("The Times", "Times Radio", False),
        ("The Vale Herald", "the Coastal Times", False),
        ("", "Vale Herald", False),
    ],
)
def test_same_outlet(one: str, other: str, same: bool) -> None:
    assert same_outlet(one, other) is same
    assert same_outlet(other, one) is same


@given(st.text(max_size=200), st.integers(0, 220))
def test_any_text_gives_a_span_inside_it_or_nothing(text: str, start: int) -> None:
    found = Outlets(text).at(start, trusted=True)
    assert found is None or 0 <= found.span[0] < found.span[1] <= len(text)


@given(st.text(max_size=40), st.text(max_size=40))
def test_sameness_is_symmetric(one: str, other: str) -> None:
    assert same_outlet(one, other) == same_outlet(other, one)
    assert bare(bare(one)) == bare(bare(bare(one)))


@pytest.mark.parametrize("unit", ["A’s ", "A", "the ", "A of ", "Aa (", "A, a ", "a.b.", "US "])
def test_endless_text_is_read_at_once(unit: str) -> None:
    text = unit * 20_000
    outlets = Outlets(text)
    assert outlets.near(0, trusted=True) is None or outlets.near(0, trusted=True).span[1] < 2_000  # type: ignore[union-attr]
