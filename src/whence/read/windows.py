"""Words, word pieces and windows: how a story is cut up before the encoder sees it.

The training recipe and the tagger both use this module, so what the model learned from is what it is given.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from whence.text.offsets import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WINDOW = 254  # word pieces the encoder sees at once, with [CLS] and [SEP]
OVERLAP = (48, 96)  # word pieces that neighbouring windows share: at least, at most
MAX_PIECES = 16  # of one word; the rest of a longer word is not looked at
SHAPES = 15  # number of word shapes, see `shape`

# A word is a run of letters and digits, with the marks and invisible characters inside it, or one other sign.
# 64 characters at most: a line of Chinese, or of garbage, is then cut up instead of being one endless word.
_WORD = re.compile(r"\w[\w\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]{0,63}|\S")
_SENTENCE_END = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’»)]")

# One character for one, so that offsets hold: the tokenizer knows the sign at the right, and not the one at the left.
_SAME_SIGN = str.maketrans("„‟″‚‛′＂＇―‒‐‑\u2043", "““\"‘‘'\"'——---") | dict.fromkeys(range(55296, 57344), 65533)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the blocks that are to be read, in order, with the word pieces they are made of.

    Attributes:
        spans: Offsets of each word in the text, in code points.
        block: For each word the index of its block; shape (words,), int32, ascending.
        sentence: True where a word begins a sentence; shape (words,), bool. A guess from punctuation, for cuts.
        ids: All word pieces, with a [SEP] between blocks; shape (pieces,), int64.
        shapes: The shape of each piece's word, in 0..SHAPES - 1; shape (pieces,), int64.
        head: For each word the index of its first piece; shape (words,), int64.
        tail: For each word the index after its last piece; shape (words,), int64.
    """

    spans: tuple[Span, ...]
    block: npt.NDArray[np.int32]
    sentence: npt.NDArray[np.bool_]
    ids: npt.NDArray[np.int64]
    shapes: npt.NDArray[np.int64]
    head: npt.NDArray[np.int64]
    tail: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """A run of words that the encoder sees at once.

    Attributes:
        first: Index of its first word.
        last: Index after its last word.
        keep_first: Index of the first word whose scores are taken from this window.
        keep_last: Index after the last word whose scores are taken from this window.
    """

    first: int
    last: int
    keep_first: int
    keep_last: int


def normalise(text: str) -> str:
    """Give signs that the tokenizer lacks the form it knows, one code point for one.

    Args:
        text: Any text.

    Returns:
        A text of the same length.
    """
    return text.translate(_SAME_SIGN)


def shape(word: str, glued_left: bool, glued_right: bool) -> int:
    """Return what case and spacing tell of a word, which the lower-casing tokenizer forgets.

    Args:
        word: The word, not empty.
        glued_left: Whether it follows another word without a space.
        glued_right: Whether another word follows it without a space.

    Returns:
        1..5 for lower case, capitalised, upper case, mixed, number; 5 more when glued to the left; 11..14 for other
        signs by the two glued flags. 0 is kept for [CLS] and [SEP].
    """
    letter = word[0]
    if not letter.isalnum():
        return 11 + int(glued_left) + 2 * int(glued_right)
    if letter.isdigit():
        kind = 5
    elif word.islower():
        kind = 1
    elif word.isupper() and len(word) > 1:
        kind = 3
    elif letter.isupper() and (len(word) == 1 or word[1:].islower()):
        kind = 2
    else:
        kind = 4
    return kind + 5 * int(glued_left)


class Cutter:
    """Cuts text into words and word pieces.

    Args:
        tokenizer: A lower-casing WordPiece tokenizer with [CLS], [SEP] and [UNK].
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self.cls, self.sep, self._unknown = (tokenizer.token_to_id(name) or 0 for name in ("[CLS]", "[SEP]", "[UNK]"))
        self._known: dict[str, tuple[int, ...]] = {}

    def pieces(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """Return the word pieces of each word.

        Args:
            words: Normalised words, none empty.

        Returns:
            For each word 1..MAX_PIECES piece ids; a word of which the tokenizer leaves nothing is one [UNK].
        """
        if len(self._known) > 200_000:
            self._known = {}
        known = self._known
        for word in words:
            if word not in known:
                ids = self._tokenizer.encode(word, add_special_tokens=False).ids
                known[word] = tuple(ids[:MAX_PIECES]) or (self._unknown,)
        return [known[word] for word in words]

    def cut(self, text: str, blocks: Sequence[Span]) -> Words:
        """Cut the blocks of a text into words.

        Args:
            text: The story.
            blocks: Offsets of the paragraphs to read, in order, each within the text.

        Returns:
            The words; a block without any is passed over.

        Raises:
            ValueError: When a block reaches outside the text, or begins before the one ahead of it ends.
        """
        surfaces: list[str] = []
        spans: list[Span] = []
        block: list[int] = []
        end = 0
        for index, (start, stop) in enumerate(blocks):
            if not end <= start <= stop <= len(text):
                raise ValueError(
                    f"a block must follow the one before it, inside the text: got {(start, stop)} after {end}"
                )
            end = stop
            # Block by block: a content read by itself must not cost the length of its story.
            for match in _WORD.finditer(normalise(text[start:stop])):
                surfaces.append(match.group())
                spans.append((start + match.start(), start + match.end()))
                block.append(index)
        glued = [
            index > 0 and block[index] == block[index - 1] and spans[index][0] == spans[index - 1][1]
            for index in range(len(spans))
        ]
        return assemble(surfaces, spans, block, glued, self)


def assemble(
    surfaces: Sequence[str], spans: Sequence[Span], block: Sequence[int], glued: Sequence[bool], cutter: Cutter
) -> Words:
    """Put word pieces, shapes and sentence starts to a list of words.

    Args:
        surfaces: The words, normalised.
        spans: Their offsets, in code points.
        block: Their blocks, ascending.
        glued: Whether each follows the word before it without a space.
        cutter: Gives the pieces.

    Returns:
        The words as arrays.
    """
    ids: list[int] = []
    shapes: list[int] = []
    head: list[int] = []
    tail: list[int] = []
    sentence: list[bool] = []
    ended = False
    count = len(surfaces)
    for index, pieces in enumerate(cutter.pieces(surfaces)):
        word = surfaces[index]
        opens = index == 0 or block[index] != block[index - 1]
        if opens and index:
            ids.append(cutter.sep)
            shapes.append(0)
        sentence.append(opens or (ended and not glued[index]))
        ended = word in _SENTENCE_END or (ended and word in _CLOSERS and not opens)
        head.append(len(ids))
        ids.extend(pieces)
        shapes.extend([shape(word, glued[index], index + 1 < count and glued[index + 1])] * len(pieces))
        tail.append(len(ids))
    return Words(
        spans=tuple(spans),
        block=np.asarray(block, dtype=np.int32),
        sentence=np.asarray(sentence, dtype=np.bool_),
        ids=np.asarray(ids, dtype=np.int64),
        shapes=np.asarray(shapes, dtype=np.int64),
        head=np.asarray(head, dtype=np.int64),
        tail=np.asarray(tail, dtype=np.int64),
    )


def windows(words: Words, size: int = WINDOW, overlap: tuple[int, int] = OVERLAP) -> Iterator[Window]:
    """Cover the words with overlapping windows that begin, where they can, with a paragraph or a sentence.

    Args:
        words: The words to cover.
        size: Word pieces in a window, with [CLS] and [SEP]; above the largest overlap and MAX_PIECES together.
        overlap: Word pieces that two neighbours share, at least and at most.

    Yields:
        Windows whose kept words, put together, are all the words, each once and in order.
    """
    count = len(words.spans)
    if not count:
        return
    head, tail = words.head.tolist(), words.tail.tolist()
    starts = np.flatnonzero(words.sentence).tolist()
    block_starts = np.flatnonzero(np.diff(words.block, prepend=-1)).tolist()
    first, keep = 0, 0
    while True:
        last = bisect_right(tail, head[first] + size - 2)
        if last >= count:
            yield Window(first, count, keep, count)
            return
        low = bisect_left(head, tail[last - 1] - overlap[1], first + 1)
        high = max(low, bisect_left(head, tail[last - 1] - overlap[0], first + 1))
        # The last window reaches back as far as it can: what ends a story is read with as much before it as the rest.
        final = bisect_left(head, tail[-1] - (size - 2))
        if final <= high:
            low, high = max(final, first + 1), max(high, final)
        following = _first_within(block_starts, low, high) or _first_within(starts, low, high) or low
        middle = bisect_left(head, (head[following] + tail[last - 1]) // 2)
        cut = max(keep, _nearest(starts, middle, following, last))
        yield Window(first, last, keep, cut)
        first, keep = following, cut


def _first_within(sorted_values: list[int], low: int, high: int) -> int:
    """Return the first value in [low, high], or 0 when there is none."""
    index = bisect_left(sorted_values, low)
    return sorted_values[index] if index < len(sorted_values) and sorted_values[index] <= high else 0


def _nearest(sorted_values: list[int], target: int, low: int, high: int) -> int:
    """Return the value in [low, high] that is nearest to the target, or the target when there is none."""
    inside = sorted_values[bisect_left(sorted_values, low) : bisect_right(sorted_values, high)]
    return min(inside, key=lambda value: (abs(value - target), value), default=target)
