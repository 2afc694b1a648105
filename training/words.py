"""The ordinary words: those of the training texts that stand in lower case, as the masking of names needs them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from training.data import Story

_LEAST = 2  # times a word must stand in lower case
_OFTEN = 3  # times a word stands with a capital within a sentence, from which on it may be part of names
_SHARE = 0.15  # of its lower-case count: above, its capitals are no accident
_AFTER = frozenset(".!?…:;\"“”'‘’«»()[]—–-•*|/")


def ordinary_words(stories: Sequence[Story]) -> tuple[list[str], list[str]]:
    """Count how words are written within sentences.

    Args:
        stories: Training stories.

    Returns:
        Words that are ordinary, and words that are ordinary but often part of names; both sorted.
    """
    low: Counter[str] = Counter()
    high: Counter[str] = Counter()
    for story in stories:
        for index, word in enumerate(story.words):
            if not word.isalpha():
                continue
            if word.islower():
                low[word] += 1
            elif index and story.block[index] == story.block[index - 1] and story.words[index - 1] not in _AFTER:
                high[word.lower()] += 1
    ordinary: list[str] = []
    doubtful: list[str] = []
    for word in sorted(low):
        if low[word] < _LEAST or high[word] > low[word]:
            continue
        often = high[word] >= _OFTEN and high[word] > _SHARE * low[word]
        (doubtful if often else ordinary).append(word)
    return ordinary, doubtful
