"""Many words as one pattern that is tried in a time that does not grow with their number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, takewhile

__all__ = ["one_of"]


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of some words: the longest of them that fits, and then the shorter ones.

    It finds what "(?:" and all words, the longest first, and ")" would find. But that is tried word by word wherever
    it may begin, and this letter by letter: words that begin alike share what they have in common (a trie).

    Args:
        words: none empty.
    """
    return _of(sorted(set(words)))


def _of(rests: Sequence[str]) -> str:
    """The pattern for some endings in alphabetic order, of which one may be empty."""
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(rests[0], rests[-1], strict=False))
    common = "".join(letter for letter, _ in shared)
    longer = [rest[len(common) :] for rest in rests if len(rest) > len(common)]
    start = re.escape(common)
    if not longer:
        return start
    branches = "|".join(_of(list(group)) for _, group in groupby(longer, key=lambda rest: rest[0]))
    return f"{start}(?:{branches}){'?' if len(longer) < len(rests) else ''}"
