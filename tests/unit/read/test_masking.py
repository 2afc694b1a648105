"""Names become one piece each: what is a name, how far it reaches, and that no name can be told from another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.models.runtime import Model
from whence.read.masking import LONGEST_RUN, PLAIN_FORM
from whence.read.tagger import PACKAGED, cutter_of
from whence.read.windows import Cutter


@pytest.fixture(scope="module")
def cutter() -> Cutter:
    return cutter_of(Model.load(PACKAGED))


def seen(cutter: Cutter, text: str) -> str:
    """The text with every name as an underscore."""
    words = cutter.cut(text, [(0, len(text))])
    spans = [*words.spans, (len(text), len(text))]
    out: list[str] = []
    for i, begins in enumerate(words.begins.tolist()):
        name = words.ids[words.head[i]] == cutter.name
        if begins:
            out.append("_" if name else text[spans[i][0] : spans[i][1]])
    return " ".join(out)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister said Norland had agreed.", "The minister said _ had agreed ."),
        ("Okafor said she would go.", "_ said she would go ."),
        ("Nobody told Sen. Maria de la Cruz.", "Nobody told _ ."),
        ("The U.S. government and the British one agreed.", "The _ government and the _ one agreed ."),
        ("They met in the U.S. He left.", "They met in the _ . He left ."),
        ("He told al-Sayed, Jean-Luc O'Hara and B&T.", "He told _ , _ and _ ."),
        ("Asked about it, Ursula von der Lahn's aide shrugged.", "Asked about it , _ ' s aide shrugged ."),
        ("On Tuesday in May they told the Harbour Times.", "On Tuesday in May they told the _ ."),
        ("“We know,” said Dr. Obi.", "“ We know , ” said _ ."),
        ("Harbour Plan Delayed, Minister Says", "_ Plan Delayed , Minister Says"),
    ],
)
def test_what_is_seen(cutter: Cutter, text: str, expected: str) -> None:
    assert seen(cutter, text) == expected


# One form each: several words, initials, hyphens, an apostrophe, capitals throughout.
_PLACES = st.sampled_from(["Norland", "the U.S.", "Upper Tessal", "Port-au-Lac", "the UK", "Georgia", "St. Anselm"])
_PEOPLE = st.sampled_from(["Okafor", "Maria Okafor", "Wei Petrenko", "J. R. O'Hara", "Omar bin Said", "Ann-Lee Cohen"])


@given(place=_PLACES, other=_PLACES, person=_PEOPLE, another=_PEOPLE)
def test_no_name_can_be_told_from_another(cutter: Cutter, place: str, other: str, person: str, another: str) -> None:
    def pieces(where: str, who: str) -> tuple[list[int], list[int]]:
        text = f"Reporters in {where.removeprefix('the ')} asked {who} whether {who} had lied; {who} denied it."
        words = cutter.cut(text, [(0, len(text))])
        return words.ids.tolist(), words.shapes.tolist()

    assert pieces(place, person) == pieces(other, another)


def test_words_that_differ_by_sex_are_one(cutter: Cutter) -> None:
    she, he = "She told her daughter that the spokeswoman was hers.", "He told his son that the spokesman was his."
    assert cutter.cut(she, [(0, len(she))]).ids.tolist() == cutter.cut(he, [(0, len(he))]).ids.tolist()
    assert not PLAIN_FORM.keys() & PLAIN_FORM.values()


def test_words_of_a_name_share_its_piece_and_keep_their_spelling(cutter: Cutter) -> None:
    text = "They saw Maria Okafor."
    words = cutter.cut(text, [(0, len(text))])
    assert words.begins.tolist() == [True, True, True, False, True]
    assert words.head[2] == words.head[3]
    assert words.spelling[2].tolist() != words.spelling[3].tolist()


@given(st.lists(st.sampled_from(["Abc", "U", ".", "-", "'", "of", "de", "“", "said", "MAY", "&", "12"]), max_size=60))
def test_any_words_are_marked(cutter: Cutter, words: list[str]) -> None:
    masker = cutter.masker
    assert masker is not None
    block = [i // 20 for i in range(len(words))]
    marks = masker.names(words, block, [i % 3 == 1 for i in range(len(words))])
    assert len(marks) == len(words)
    length = 0
    for i, mark in enumerate(marks):
        length = length + 1 if mark == 2 else 1
        assert length <= LONGEST_RUN + 4
        assert mark != 2 or (marks[i - 1] != 0 and block[i] == block[i - 1])
