"""Pairs and passages as columns, with the passages of each pair and the pairs of each story at hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Shared"]

_PASSAGE = ("a", "b", "a_start", "a_end", "b_start", "b_end", "words", "prose", "quotation")
_PAIR = ("a", "b", "words", "prose", "quotation")

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Shared:
    """The text that stories share.

    Args:
        stories: how many stories there are.
        passages: columns of `records.reuse.PASSAGES`, int64, sorted by a, b, a_start.
        pairs: columns of `records.reuse.PAIRS`, int64 (the shares float64, `strong` and `crowd` bool), sorted by a, b.
    """

    stories: int
    passages: dict[str, NDArray[Any]]
    pairs: dict[str, NDArray[Any]]

    @classmethod
    def of(cls, stories: int, passages: Any, pairs: Any) -> Shared:
        """Take them out of Arrow tables (or anything with columns that become NumPy arrays)."""
        return cls(
            stories,
            {name: _ints(passages, name) for name in _PASSAGE},
            {
                **{name: _ints(pairs, name) for name in _PAIR},
                **{name: np.asarray(pairs[name], dtype=np.float64) for name in ("a_share", "b_share")},
                "strong": np.asarray(pairs["strong"], dtype=bool),
                "crowd": np.asarray(pairs["crowd"], dtype=bool),
            },
        )

    @cached_property
    def _bounds(self) -> Ints:
        """Where each pair's passages begin in the passages, and, last, where they end."""
        of_passages = self.passages["a"] * self.stories + self.passages["b"]
        of_pairs = self.pairs["a"] * self.stories + self.pairs["b"]
        return np.concatenate([np.searchsorted(of_passages, of_pairs), [len(of_passages)]]).astype(np.int64)

    def passages_of(self, pair: int) -> range:
        """The rows of a pair's passages."""
        first = int(self._bounds[pair])
        code = self.pairs["a"][pair], self.pairs["b"][pair]
        last = first
        a, b = self.passages["a"], self.passages["b"]
        while last < len(a) and (a[last], b[last]) == code:
            last += 1
        return range(first, last)

    def span(self, passage: int, story: int) -> tuple[int, int]:
        """Where a passage stands in one of its two stories."""
        side = "a" if self.passages["a"][passage] == story else "b"
        return int(self.passages[f"{side}_start"][passage]), int(self.passages[f"{side}_end"][passage])

    @cached_property
    def _by_story(self) -> tuple[Ints, Ints]:
        """Pairs in the order of their stories, each twice, and where each story's begin."""
        both = np.concatenate([self.pairs["a"], self.pairs["b"]])
        order = np.argsort(both, kind="stable")
        starts = np.searchsorted(both[order], np.arange(self.stories + 1))
        return (order % max(len(self.pairs["a"]), 1)).astype(np.int64), starts.astype(np.int64)

    def pairs_of(self, story: int) -> Ints:
        """The rows of a story's pairs."""
        order, starts = self._by_story
        return order[starts[story] : starts[story + 1]]

    def other(self, pair: int, story: int) -> int:
        """The other story of a pair."""
        a, b = int(self.pairs["a"][pair]), int(self.pairs["b"][pair])
        return b if a == story else a

    def with_pairs(self) -> Ints:
        """The stories that have pairs, ascending."""
        return np.unique(np.concatenate([self.pairs["a"], self.pairs["b"]]))


def _ints(table: Any, name: str) -> Ints:
    return np.asarray(table[name]).astype(np.int64)
