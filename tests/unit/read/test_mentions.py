"""Source words taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.read.annotations import TaggedSpan
from whence.read.mentions import LONGEST, phrases
from whence.read.nounphrase import Phrase


def read(words: str, **entities: str) -> list[Phrase]:
    """The phrases of some words that begin a sentence; entities as LABEL="words"."""
    spans = [
        TaggedSpan((words.index(w), words.index(w) + len(w)), label, 1.0)
        for label, listed in entities.items()
        for w in listed.split("; ")
    ]
    return phrases(words, (0, len(words)), sorted(spans, key=lambda e: e.span), initial=True)


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("Syria and Russia", ["Syria", "Russia"]),
        (
            "The United States and the militants operating in the area",
            ["The United States", "the militants operating in the area"],
        ),
        ("the mayor and two of her aides, who asked not to be named", ["the mayor", "two of her aides"]),
        ("Germany, France and the UK", ["Germany", "France", "the UK"]),
        ("Jane Doe, the mayor, and John Roe", ["Jane Doe", "John Roe"]),
        ("Neither Maples nor Trent", ["Maples", "Trent"]),
        ("US and Iraqi officials", ["US and Iraqi officials"]),
        ("officials and residents", ["officials", "residents"]),
        ("Penny Nance, president and chief executive of Acme", ["Penny Nance"]),
        ("the Central Bank of Chile", ["the Central Bank of Chile"]),
        ("Mr. Vane and his wife", ["Mr. Vane", "his wife"]),
        ("Jane Doe, the mayor of Upton,", ["Jane Doe"]),
        ("the Harbour Star (HS)", ["the Harbour Star (HS)"]),
        ("Lee Orr, D-Upton,", ["Lee Orr"]),
    ],
)
def test_conjunction_apposition_and_brackets(words: str, parts: list[str]) -> None:
    assert [words[p.span[0] : p.span[1]] for p in read(words)] == parts


def test_entities_keep_names_together() -> None:
    assert len(read("Stone and Sons", ORG="Stone and Sons")) == 1
    assert len(read("a spokesman for Stone and Jane Doe", ORG="Stone", PERSON="Jane Doe")) == 2


def test_role_before_a_name() -> None:
    words = "French academic and Syria expert, Thomas Pell,"
    (one,) = read(words, PERSON="Thomas Pell")
    assert one.name == ("Thomas", "Pell")
    assert [words[a:b] for a, b in one.roles] == ["French academic and Syria expert"]


def test_role_and_affiliation_behind_a_name() -> None:
    words = "Dr Jane Doe, a virologist at the University of Norwood,"
    (one,) = read(words)
    assert words[one.span[0] : one.span[1]] == "Dr Jane Doe"
    assert [words[a:b] for a, b in one.roles] == ["a virologist"]
    assert one.affiliation is not None
    assert words[one.affiliation[0] : one.affiliation[1]] == "the University of Norwood"


def test_age_title_gender_acronym() -> None:
    assert read("Kerry Bell, 34,")[0].age == "34"
    assert read("the 34-year-old")[0].age == "34"
    assert read("Mrs Bell")[0].gender == "f"
    assert read("police spokeswoman Ann Lee")[0].gender == "f"
    assert read("Dr Bell")[0].gender is None
    assert read("the Harbour Star (HS)")[0].acronym == "HS"


@pytest.mark.parametrize(
    ("words", "head", "plural"),
    [
        ("senior US officials", "official", True),
        ("a diplomatic source close to the opposition", "source", False),
        ("two women", "woman", True),
        ("one of the people", "people", False),
        ("a majority of voters", "voter", True),
        ("the researchers", "researcher", True),
        ("the opposition", "opposition", False),
    ],
)
def test_head_and_number(words: str, head: str, plural: bool) -> None:
    (one,) = read(words)
    assert (one.name, one.head, one.plural) == ((), head, plural)


@pytest.mark.parametrize("words", ["another official", "a second source"])
def test_words_that_start_somebody_new(words: str) -> None:
    assert read(words)[0].fresh
    assert not read("the official")[0].fresh


@given(st.text(alphabet=st.sampled_from("aA bB,.-–—()'’“”and the of Mr who\n\u00a0é5"), max_size=LONGEST + 50))
def test_any_words_give_phrases_inside_them(words: str) -> None:
    for p in phrases(words, (0, len(words))):
        assert 0 <= p.span[0] < p.span[1] <= len(words)
        assert all(0 <= a <= b <= len(words) for a, b in p.roles)


@pytest.mark.parametrize("piece", ["(", "A and ", ", the ", "and of ", "Mr. ", "a-", "of the "])
def test_hostile_repetition_is_read_quickly(piece: str) -> None:
    words = piece * 20_000
    assert len(phrases(words, (0, len(words)))) <= LONGEST


def test_what_is_called_a_name_may_be_no_word() -> None:
    words = "the mayor.”"
    found = phrases(words, (0, len(words)), [TaggedSpan((9, 10), "PERSON", 1.0)], initial=True)
    assert [words[a:b] for a, b in (p.span for p in found)] == ["the mayor"]
