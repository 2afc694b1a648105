"""Words: what counts as one, where it stands, and that the kernel and its plain twin agree."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.trace.letters import LAST, folded, letters
from whence.trace.plain import plain_spans
from whence.trace.words import Words, word_hash, words_of


def cut(*texts: str) -> Words:
    encoded = [text.encode() for text in texts]
    offsets = np.concatenate([[0], np.cumsum([len(each) for each in encoded])]).astype(np.int64)
    return words_of(np.frombuffer(b"".join(encoded), np.uint8), offsets)


def same(one: str, other: str) -> bool:
    return bool(np.array_equal(cut(one).number, cut(other).number))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Harbour", "THE harbour"),
        ("don’t", "don't"),
        ("‘Nobody’ said “so”", "Nobody said so"),
        ("café", "cafe\u0301"),
        ("Peña", "Pena"),
        ("ﬁsh", "fish"),
        ("co\u00adoperate", "cooperate"),
        ("port – closed", "port, closed"),
        ("port\u00a0closed", "port closed"),
        ("ΟΔΟΣ", "οδος"),
        ("Ｆｕｌｌ", "full"),
    ],
)
def test_spellings_of_the_same_words(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("port closed", "portclosed"), ("1,000", "1000"), ("port", "ports"), ("ab", "ba")]
)
def test_different_words(one: str, other: str) -> None:
    assert not same(one, other)


def test_places_are_code_points() -> None:
    words = cut("Ä “öl” 🙂 x", "", "y")
    assert words.start.tolist() == [0, 3, 9, 0]
    assert words.length.tolist() == [1, 2, 1, 1]
    assert words.bounds.tolist() == [0, 3, 3, 4]
    assert words.chars.tolist() == [10, 0, 1]


def test_scripts_without_spaces_have_a_word_a_sign() -> None:
    assert len(cut("港口封锁").number) == 4
    assert len(cut("ميناء مغلق").number) == 2
    assert len(cut("항구 봉쇄").number) == 2


def test_a_very_long_word_keeps_its_place() -> None:
    words = cut("a" * 70_000 + " b")
    assert words.length.tolist() == [65_535, 1]
    assert words.start.tolist() == [0, 70_001]


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), max_size=4))
def test_kernel_and_twin_agree(texts: list[str]) -> None:
    words = cut(*texts)
    expected = [word for text in texts for word in plain_spans(text)]
    assert words.number.tolist() == [word_hash(form) for form, _, _ in expected]
    assert words.start.tolist() == [begin for _, begin, _ in expected]
    assert (words.start + words.length).tolist() == [end for _, _, end in expected]
    assert words.chars.tolist() == [len(text) for text in texts]


def test_tables_say_what_the_function_says() -> None:
    tables = letters()
    for point in [*range(0x600), *range(0x600, LAST, 37)]:
        role, form = folded(chr(point))
        assert tables.role[point] == role
        assert tables.forms[tables.first[point] : tables.first[point + 1]].tolist() == [ord(c) for c in form]
