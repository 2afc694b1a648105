"""What `whence.match` offers: a store of fact-checks, the index over it and readings put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, overload

from whence.records import Reading
from whence.records.claim import Match

if TYPE_CHECKING:
    from whence.match.filters import Filters
    from whence.match.index import Index

__all__ = ["Matcher", "match"]

_BEYOND = 20  # times as many candidates as are asked for, where filters may leave most of them out
_LONGEST = 20_000  # characters of one text

Progress = Callable[[int, int], None]


class Matcher:
    """Finds the fact-checks of one index that speak to texts; keep it to match many.

    Args:
        index: the index.
        filters: which of its checks count; by default all.
    """

    def __init__(self, index: Index, filters: Filters | None = None) -> None:
        self.index = index
        self.filters = filters

    @classmethod
    def open(
        cls,
        store: str | Path | None = None,
        *,
        filters: Filters | None = None,
        progress: Progress | None = None,
    ) -> Matcher:
        """A matcher over a store; its index is made, or brought up to date, where it has to be.

        Args:
            store: its file; by default the one in the user's data folder.
            progress: told how many checks are encoded, of how many.

        Raises:
            InputError: there is no such file.
            FormatError: it is no store of fact-checks.
            ModelError: the packaged weights are missing or altered.
        """
        from whence.match.kept import open_index
        from whence.match.place import default_store
        from whence.match.store import Store

        with Store(store or default_store()) as opened:
            return cls(open_index(opened, progress=progress), filters)

    @property
    def threshold(self) -> float:
        """The score below which nothing counts as found, as it was set on data."""
        return float(self.index.threshold)

    def __len__(self) -> int:
        return len(self.index)

    def texts(self, texts: Sequence[str], *, k: int = 5, threshold: float | None = None) -> list[list[Match]]:
        """The fact-checks that speak to each text, best first; an empty list where none does.

        Args:
            texts: claims or statements.
            k: matches of each at most, 1 to 100.
            threshold: 0..1; by default the one that was set on data.

        Raises:
            RangeError: `k` or the threshold is out of range.
        """
        from whence.errors import RangeError

        if not 1 <= k <= 100:
            raise RangeError(f"matches to a text lie in 1..100; got {k}")
        if threshold is not None and not 0.0 <= threshold <= 1.0:
            raise RangeError(f"a threshold lies in 0..1; got {threshold}")
        # Spans of the agreements are into the texts as they were given: nothing before the cut may move.
        said = [text[:_LONGEST] for text in texts]
        asked = [t for t in said if t.strip()]
        if not asked or not len(self.index):
            return [[] for _ in said]
        wide = k if self.filters is None else min(len(self.index), k * _BEYOND)
        found = iter(self.index.search(asked, k=wide, threshold=threshold))
        return [self._kept(next(found), k) if t.strip() else [] for t in said]

    def _kept(self, matches: Sequence[Match], k: int) -> list[Match]:
        allowed = self.filters
        return [m for m in matches if allowed is None or allowed.lets_through(m.factcheck)][:k]

    def reading(self, reading: Reading, *, k: int = 3, threshold: float | None = None) -> dict[str, list[Match]]:
        """The fact-checks that speak to each statement of a story; statements without any are left out.

        A statement that holds others is matched in its own words, and each of those in theirs. Where the statement is a
        denial ("X denied that …") its words say the opposite of it, and the stance is turned round.

        Returns:
            Matches by statement id, in text order.
        """
        words = [reading.text(*s.content) for s in reading.statements]
        found = self.texts(words, k=k, threshold=threshold)
        return {
            s.id: [_turned(m) for m in ms] if s.act == "deny" else ms
            for s, ms in zip(reading.statements, found, strict=True)
            if ms
        }


def _turned(match: Match) -> Match:
    return replace(match, stance="same" if match.stance == "denial" else "denial")


@overload
def match(what: str, *, store: str | Path | None = None, k: int = 5, threshold: float | None = None) -> list[Match]: ...
@overload
def match(
    what: Reading, *, store: str | Path | None = None, k: int = 5, threshold: float | None = None
) -> dict[str, list[Match]]: ...
def match(
    what: str | Reading, *, store: str | Path | None = None, k: int = 5, threshold: float | None = None
) -> list[Match] | dict[str, list[Match]]:
    """Find published fact-checks that speak to a claim, or to each statement of a reading.

    Args:
        what: a claim in any words, or a reading.
        store: file of the fact-check store; by default the one in the user's data folder.
        k: matches at most, of each statement.
        threshold: 0..1, the score below which nothing counts as found; by default the one that was set on data. 0 gives
            a ranking of `k` checks whatever their scores.

    Returns:
        For a claim its matches, best first; for a reading those of each statement by its id. Nothing found is an empty
        list or mapping: the publisher's verdict is in `Match.factcheck.rating`, never an opinion of ours.

    Raises:
        InputError: there is no such store.
        FormatError: the file is no store of fact-checks.
        RangeError: `k` or `threshold` is out of range.
        ModelError: the packaged weights are missing or altered.
    """
    matcher = Matcher.open(store)
    if isinstance(what, Reading):
        return matcher.reading(what, k=k, threshold=threshold)
    return matcher.texts([what], k=k, threshold=threshold)[0]
