"""Pairs and passages as columns, with the passages of each pair and the pairs of each story at hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["PAIR_COLUMNS", "PASSAGE_COLUMNS", "Shared"]

PASSAGE_COLUMNS = ("a", "b", "a_start", "a_end", "b_start", "b_end", "words", "prose", "quotation")
"""What `Shared` takes of the passages."""
_COUNTS = ("a", "b", "words", "prose", "quotation")
PAIR_COLUMNS = (*_COUNTS, "a_share", "b_share", "strong", "crowd")
"""What `Shared` takes of the pairs."""

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Shared:
    """The text that stories share.

    Args:
        stories: how many stories there are.
        passages: columns of `records.reuse.PASSAGES`, int32, sorted by a, b, a_start.
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
            {name: np.asarray(passages[name]).astype(np.int32, copy=False) for name in PASSAGE_COLUMNS},
            {
                **{name: _ints(pairs, name) for name in _COUNTS},
                **{name: np.asarray(pairs[name], dtype=np.float64) for name in ("a_share", "b_share")},
                "strong": np.asarray(pairs["strong"], dtype=bool),
                "crowd": np.asarray(pairs["crowd"], dtype=bool),
            },
        )

    @cached_property
    def bounds(self) -> tuple[Ints, Ints]:
        """Where each pair's passages begin in the passages, and where they end."""
        of_passages = self.passages["a"].astype(np.int64) * self.stories + self.passages["b"]
        of_pairs = self.pairs["a"] * self.stories + self.pairs["b"]
        return np.searchsorted(of_passages, of_pairs), np.searchsorted(of_passages, of_pairs, side="right")

    def passages_of(self, pair: int) -> range:
        """The rows of a pair's passages."""
        first, last = self.bounds
        return range(int(first[pair]), int(last[pair]))

    def spans_of(self, pairs: Ints, story: int) -> tuple[Ints, Ints, Ints, Ints]:
        """The passages of some of a story's pairs.

        Args:
            pairs: rows of pairs of the story.
            story: the story.

        Returns:
            For each passage its row, the place of its pair in `pairs`, and where it begins and ends in the story.
        """
        first, last = (bound[pairs] for bound in self.bounds)
        many = last - first
        owner = np.repeat(np.arange(len(pairs)), many)
        rows = np.arange(len(owner)) + (first - np.cumsum(many) + many)[owner]
        ours = self.passages["a"][rows] == story
        start = np.where(ours, self.passages["a_start"][rows], self.passages["b_start"][rows])
        end = np.where(ours, self.passages["a_end"][rows], self.passages["b_end"][rows])
        return rows, owner, start.astype(np.int64), end.astype(np.int64)

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
