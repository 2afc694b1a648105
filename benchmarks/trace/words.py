"""Prose that no two stories share by accident: a chain of words drawn from the pairs of words of PolNeAR's texts.

A word is what stands between white space, its punctuation with it. The next word is one that follows the last one
somewhere in the texts, or, one time in eight, any word at all. Eight words in a row then carry more than 50 bits, so
that two unrelated stories share no long run of them, while the frequencies of words and of short phrases stay those of
news.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["POLNEAR", "Vocabulary", "vocabulary"]

POLNEAR = Path(__file__).parents[3] / "shared" / "data" / "polnear"
_MARKS = str.maketrans("", "", "\"“”„«»‘’'`")


@dataclass(frozen=True)
class Vocabulary:
    """Words and what follows them.

    Attributes:
        arena: uint8: the words' UTF-8 bytes, end to end.
        offsets: int64 (words + 1): where each begins in the arena.
        points: int32 (words): length in code points.
        ends: bool (words): whether it ends a sentence.
        first: int64 (words + 1): where each word's successors begin.
        successors: int32: words that follow, as often as they do.
        texts: int32: all words in order, for drawing a word by its frequency.
    """

    arena: NDArray[np.uint8]
    offsets: NDArray[np.int64]
    points: NDArray[np.int32]
    ends: NDArray[np.bool_]
    first: NDArray[np.int64]
    successors: NDArray[np.int32]
    texts: NDArray[np.int32]


def vocabulary(folder: Path = POLNEAR) -> Vocabulary:
    """Read the vocabulary of PolNeAR's train and dev texts; quotation marks are left out, the maker sets its own.

    Raises:
        FileNotFoundError: the texts are not there.
    """
    known: dict[str, int] = {}
    words: list[int] = []
    for name in ("train", "dev"):
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                for word in json.loads(line)["text"].translate(_MARKS).split():
                    words.append(known.setdefault(word, len(known)))
    texts = np.array(words, np.int32)
    order = np.argsort(texts[:-1], kind="stable")
    first = np.searchsorted(texts[:-1][order], np.arange(len(known) + 1)).astype(np.int64)
    encoded = [word.encode() for word in known]
    return Vocabulary(
        arena=np.frombuffer(b"".join(encoded), np.uint8),
        offsets=np.concatenate([[0], np.cumsum([len(word) for word in encoded])]).astype(np.int64),
        points=np.array([len(word) for word in known], np.int32),
        ends=np.array([word[-1] in ".?!" for word in known]),
        first=first,
        successors=texts[1:][order],
        texts=texts,
    )
