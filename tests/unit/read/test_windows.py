"""Words and windows: offsets hold, everything is read once, nothing outside the blocks is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.models.runtime import Model
from whence.read.tagger import PACKAGED, cutter_of
from whence.read.windows import MAX_PIECES, SHAPES, WINDOW, Cutter, Words, normalise, shape, windows


@pytest.fixture(scope="module")
def cutter() -> Cutter:
    return cutter_of(Model.load(PACKAGED))


def surfaces(text: str, words: Words) -> list[str]:
    return [text[start:end] for start, end in words.spans]


def test_words_are_runs_of_letters_and_single_signs(cutter: Cutter) -> None:
    text = "“It isn't,” Ann-Lee said: $5.3m."
    words = cutter.cut(text, [(0, len(text))])
    assert surfaces(text, words) == [
        *("“", "It", "isn", "'", "t", ",", "”", "Ann", "-", "Lee", "said", ":", "$", "5", ".", "3m", "."),
    ]


def test_accents_and_invisible_characters_stay_inside_a_word(cutter: Cutter) -> None:
    text = "cafe\u0301 co\u00adoperate zero\u200bwidth"
    assert surfaces(text, cutter.cut(text, [(0, len(text))])) == ["cafe\u0301", "co\u00adoperate", "zero\u200bwidth"]


def test_only_the_blocks_are_cut(cutter: Cutter) -> None:
    text = "one two three four"
    words = cutter.cut(text, [(0, 3), (8, 13)])
    assert surfaces(text, words) == ["one", "three"]
    assert words.block.tolist() == [0, 1]
    assert words.ids[words.tail[0]] == cutter.sep


@pytest.mark.parametrize("blocks", [[(0, 99)], [(4, 7), (0, 3)], [(0, 5), (4, 7)], [(3, 2)], [(-1, 2)]])
def test_a_block_out_of_order_or_text_is_an_error(cutter: Cutter, blocks: Sequence[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="a block must follow"):
        cutter.cut("one two three", blocks)


def test_a_word_is_never_without_pieces_and_never_of_too_many(cutter: Cutter) -> None:
    text = "\x00 \ufffd \ud800 \u0301 " + "汉" * 300 + " " + "_" * 200
    words = cutter.cut(text, [(0, len(text))])
    counts = (words.tail - words.head).tolist()
    assert min(counts) == 1
    assert max(counts) <= MAX_PIECES


def test_sentences_begin_after_full_stops_and_closing_quotes(cutter: Cutter) -> None:
    text = "He left. “She stayed.” They won!"
    words = cutter.cut(text, [(0, len(text))])
    begins = [word for word, first in zip(surfaces(text, words), words.sentence.tolist(), strict=True) if first]
    assert begins == ["He", "“", "They"]


@pytest.mark.parametrize(
    ("word", "left", "right", "expected"),
    [
        ("said", False, False, 1),
        ("Smith", False, False, 2),
        ("I", False, False, 2),
        ("NATO", False, False, 3),
        ("McCain", False, False, 4),
        ("2018", False, False, 5),
        ("s", True, False, 6),
        (",", False, False, 11),
        (",", True, False, 12),
        ("“", False, True, 13),
        ("-", True, True, 14),
    ],
)
def test_shape(word: str, left: bool, right: bool, expected: int) -> None:
    assert shape(word, left, right) == expected < SHAPES


@given(st.text())
def test_normalising_keeps_every_offset(text: str) -> None:
    assert len(normalise(text)) == len(text)


@given(
    paragraphs=st.lists(
        st.lists(
            st.sampled_from(["said", "Abdulrahman", ".", "”", "unconstitutionality", "a"]), min_size=1, max_size=150
        ),
        max_size=8,
    ),
    size=st.sampled_from([48, 64, WINDOW]),
)
def test_windows_keep_every_word_once_and_fit(cutter: Cutter, paragraphs: list[list[str]], size: int) -> None:
    text, blocks = "", []
    for paragraph in paragraphs:
        start = len(text)
        text += " ".join(paragraph) + "\n"
        blocks.append((start, len(text) - 1))
    words = cutter.cut(text, blocks)
    made = list(windows(words, size, (6, 12)))
    assert [index for w in made for index in range(w.keep_first, w.keep_last)] == list(range(len(words.spans)))
    for window in made:
        assert window.first <= window.keep_first <= window.keep_last <= window.last
        assert words.tail[window.last - 1] - words.head[window.first] + 2 <= size
    for before, after in pairwise(made):
        assert before.first < after.first <= before.last
    assert len(made) <= 1 + 2 * len(words.ids) / (size - 12 - 2 - MAX_PIECES)
