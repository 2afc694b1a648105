"""Words, word pieces and windows: how a story is cut up before the encoder sees it.

The training recipe and the tagger both use this module, so what the model learned from is what it is given.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from whence.read.masking import PLAIN_FORM, Masker
from whence.text.offsets import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WINDOW = 128  # word pieces the encoder sees at once, with [CLS] and [SEP]
OVERLAP = (24, 48)  # word pieces that windows inside one long paragraph share: at least, at most
MAX_PIECES = 16  # of one word; the rest of a longer word is not looked at
NEAR = 5  # words whose spelling tells what kind of name a word is: itself, two before and two behind
SHAPES = 15  # number of word shapes, see `shape`

_KEPT = 1 << 15  # words of which is remembered what they are made of: more words than most stories of a day hold

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
        begins: False for a word that goes on with the name before it, and shares its piece; shape (words,), bool.
        spelling: First and last word piece of NEAR words around each, in order, as they are spelt, 0 where the block
            has none; shape (words, 2 * NEAR), int64.
        case: The shapes of the same words as they are written, each in a range of its own; shape (words, NEAR), int64.
    """

    spans: tuple[Span, ...]
    block: npt.NDArray[np.int32]
    sentence: npt.NDArray[np.bool_]
    ids: npt.NDArray[np.int64]
    shapes: npt.NDArray[np.int64]
    head: npt.NDArray[np.int64]
    tail: npt.NDArray[np.int64]
    begins: npt.NDArray[np.bool_]
    spelling: npt.NDArray[np.int64]
    case: npt.NDArray[np.int64]


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


@lru_cache(maxsize=_KEPT)
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
        tokenizer: A lower-casing WordPiece tokenizer with [CLS], [SEP], [UNK] and [unused1], which stands for a name.
        masker: Finds the names; None: names are words like others.
    """

    def __init__(self, tokenizer: Tokenizer, masker: Masker | None) -> None:
        self._tokenizer = tokenizer
        self.masker = masker
        self.cls, self.sep, self._unknown, self.name = (
            tokenizer.token_to_id(name) or 0 for name in ("[CLS]", "[SEP]", "[UNK]", "[unused1]")
        )
        self._known: dict[str, tuple[int, ...]] = {}

    def pieces(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """Return the word pieces of each word.

        Args:
            words: Normalised words, none empty.

        Returns:
            For each word 1..MAX_PIECES piece ids; a word of which the tokenizer leaves nothing is one [UNK].
        """
        if len(self._known) > _KEPT:
            self._known = {}
        known = self._known
        new = [word for word in dict.fromkeys(words) if word not in known]
        if new:
            for word, encoding in zip(new, self._tokenizer.encode_batch(new, add_special_tokens=False), strict=True):
                known[word] = tuple(encoding.ids[:MAX_PIECES]) or (self._unknown,)
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
        # A word is glued to the one before it where that ends right there, and in the same block.
        ends = [-1, *(end for _, end in spans)]
        glued = [
            span[0] == end and here == before
            for span, end, here, before in zip(spans, ends, block, [-1, *block], strict=False)
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
    spelt = seen = cutter.pieces(surfaces)
    marks = [0] * len(surfaces)
    if cutter.masker is not None:
        marks = cutter.masker.names(surfaces, block, glued)
        seen = cutter.pieces([PLAIN_FORM.get(word.lower(), word) for word in surfaces])
    block_of = np.asarray(block, dtype=np.int32)
    opens = np.diff(block_of, prepend=-1) != 0
    case = list(map(shape, surfaces, glued, [*glued[1:], False]))
    ids: list[int] = []
    shapes: list[int] = []
    head: list[int] = []
    tail: list[int] = []
    sentence: list[bool] = []
    ended = False
    columns = zip(surfaces, marks, opens.tolist(), glued, seen, case, strict=True)
    for word, mark, first, close, pieces, kind in columns:
        if mark == 2:
            head.append(head[-1])
            tail.append(tail[-1])
            sentence.append(False)
            continue
        if first and ids:
            ids.append(cutter.sep)
            shapes.append(0)
        sentence.append(first or (ended and not close))
        ended = word in _SENTENCE_END or (ended and word in _CLOSERS and not first)
        head.append(len(ids))
        if mark:
            ids.append(cutter.name)
            shapes.append(2 + 5 * int(close))
        elif len(pieces) == 1:
            ids.append(pieces[0])
            shapes.append(kind)
        else:
            ids.extend(pieces)
            shapes.extend([kind] * len(pieces))
        tail.append(len(ids))
    return Words(
        spans=tuple(spans),
        block=block_of,
        sentence=np.asarray(sentence, dtype=np.bool_),
        ids=np.asarray(ids, dtype=np.int64),
        shapes=np.asarray(shapes, dtype=np.int64),
        head=np.asarray(head, dtype=np.int64),
        tail=np.asarray(tail, dtype=np.int64),
        begins=np.asarray(marks, dtype=np.int8) != 2,
        spelling=_around([(pieces[0], pieces[-1]) for pieces in spelt], block_of).reshape(-1, 2 * NEAR),
        case=_around([(kind,) for kind in case], block_of)[:, :, 0] + SHAPES * np.arange(NEAR),
    )


def _around(own: Sequence[tuple[int, ...]], block: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Return what is known of the NEAR words around each word, itself in the middle, 0 where the block has none."""
    count = len(own)
    values = np.array(own, dtype=np.int64).reshape(count, -1 if count else 1)
    table = np.zeros((count, NEAR, values.shape[1]), dtype=np.int64)
    for column in range(NEAR):
        by = column - NEAR // 2
        here = slice(max(0, -by), max(0, count - max(0, by)))
        there = slice(max(0, by), max(0, count - max(0, -by)))
        table[here, column] = np.where((block[here] == block[there])[:, None], values[there], 0)
    return table


def windows(
    words: Words, size: int = WINDOW, overlap: tuple[int, int] = OVERLAP, apart: bool = False
) -> Iterator[Window]:
    """Pack whole paragraphs into windows; a paragraph longer than a window gets several that overlap.

    Args:
        words: The words to cover.
        size: Word pieces in a window, with [CLS] and [SEP]; above the largest overlap and MAX_PIECES together.
        overlap: Word pieces that two neighbours inside a paragraph share, at least and at most.
        apart: No window holds more than one block.

    Yields:
        Windows whose kept words, put together, are all the words, each once and in order.
    """
    head, tail = words.head.tolist(), words.tail.tolist()
    edges = [*np.flatnonzero(np.diff(words.block, prepend=-1)).tolist(), len(head)]
    starts = np.flatnonzero(words.sentence).tolist()
    at = 0
    while at + 1 < len(edges):
        first, until = edges[at], at + 1
        while not apart and until + 1 < len(edges) and tail[edges[until + 1] - 1] - head[first] + 2 <= size:
            until += 1
        last = edges[until]
        if tail[last - 1] - head[first] + 2 <= size:
            yield Window(first, last, first, last)
        else:
            yield from _overlapping(first, last, head, tail, starts, size, overlap)
        at = until


def _overlapping(
    first: int, end: int, head: list[int], tail: list[int], starts: list[int], size: int, overlap: tuple[int, int]
) -> Iterator[Window]:
    """Cover one long paragraph with windows that begin, where they can, with a sentence."""
    keep = first
    while True:
        last = bisect_right(tail, head[first] + size - 2, hi=end)
        if last >= end:
            yield Window(first, end, keep, end)
            return
        low = bisect_left(head, tail[last - 1] - overlap[1], first + 1)
        high = max(low, bisect_left(head, tail[last - 1] - overlap[0], first + 1))
        # The last window reaches back as far as it can: what ends a paragraph is read with as much before it as any.
        final = bisect_left(head, tail[end - 1] - (size - 2), first + 1)
        if final <= high:
            low, high = final, max(high, final)
        following = _first_within(starts, low, high) or low
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
