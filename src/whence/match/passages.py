"""How close together a text has a statement's words: all near one another, or one after the other as they were said."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

__all__ = ["NEAR", "passages", "plain_passages"]

NEAR = 15
"""Words of a text that count as near one another."""

_UNIT = 1 << 20  # weights become whole numbers of such units: sums of them do not depend on their order


def passages(
    query: npt.NDArray[np.int64],
    weights: npt.NDArray[np.float64],
    rows: npt.NDArray[np.int64],
    terms: npt.NDArray[np.int32],
    count: int,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The best passage of each text.

    Args:
        query: the numbers of the query's words, in their order; -1 for a word that no text has.
        weights: of those words, 0 or more; as long as `query`.
        rows: for each word of the texts, which text it stands in; those of one text side by side.
        terms: the numbers of the texts' words, in their order.
        count: how many texts there are.

    Returns:
        By text the share of the query's different words, by weight, within `NEAR` words of the text; and the share of
        its words in the weightiest run of the text in which each word follows the last as somewhere in the query.
    """
    near, run = np.zeros(count), np.zeros(count)
    known, first, at = np.unique(query, return_index=True, return_inverse=True)
    if not len(known) or known[-1] < 0 or not len(terms):
        return near, run
    whole = np.rint(weights * _UNIT).astype(np.int64)
    unknown = int(known[0] < 0)
    # Words that no text has are as many as they are.
    different = int(whole[first[unknown:]].sum() + whole[query < 0].sum())
    numbers = np.full(max(int(terms.max()), int(known[-1])) + 1, -1, np.int32)
    numbers[known[unknown:]] = np.arange(unknown, len(known))
    found = numbers[terms]
    place = np.flatnonzero(found >= 0)
    if not len(place):
        return near, run
    word, row = found[place], rows[place]
    weight = whole[first][word]
    begins = np.flatnonzero(np.diff(row, prepend=-1))
    texts = row[begins]

    # A word counts for every window that begins behind its last occurrence, and not more than a window before it.
    key = row * len(known) + word
    order = np.argsort(key, kind="stable")
    again = np.flatnonzero(np.diff(key[order]) == 0) + 1
    last = np.full(len(place), -1, np.int64)
    last[order[again]] = place[order[again - 1]]
    opens = np.flatnonzero(np.diff(rows, prepend=-1))
    earliest = opens[np.searchsorted(opens, place, side="right") - 1]
    since = np.maximum(np.maximum(last + 1, place - NEAR + 1), earliest)
    change = np.zeros(len(terms) + 1, np.int64)
    np.add.at(change, since, weight)
    np.subtract.at(change, place + 1, weight)
    covered = np.cumsum(change)[place]
    near[texts] = np.maximum.reduceat(covered, begins) / max(different, 1)

    follows = np.zeros((len(known), len(known)), bool)
    follows[at[:-1], at[1:]] = True
    linked = (np.diff(place) == 1) & (np.diff(row) == 0) & follows[word[:-1], word[1:]]
    chain = np.concatenate([[0], np.cumsum(~linked)])
    sums = np.zeros(int(chain[-1]) + 1, np.int64)
    np.add.at(sums, chain, weight)
    run[texts] = np.maximum.reduceat(sums[chain], begins) / max(int(whole.sum()), 1)
    return near, np.minimum(run, 1.0)


def plain_passages(
    query: Sequence[int], weights: Sequence[float], texts: Sequence[Sequence[int]]
) -> tuple[list[float], list[float]]:
    """The same as `passages`, to be read: texts are given one by one.

    Args:
        query: the numbers of the query's words, in their order; -1 for a word that no text has.
        weights: of those words.
        texts: the numbers of each text's words.
    """
    weight = {number: value for number, value in zip(query, weights, strict=True) if number >= 0}
    unknown = sum(value for number, value in zip(query, weights, strict=True) if number < 0)
    follows = set(pairwise(query))
    near, run = [], []
    for text in texts:
        windows = [set(text[start : start + NEAR]) & weight.keys() for start in range(len(text))]
        covered = max((sum(weight[number] for number in window) for window in windows), default=0.0)
        near.append(covered / (sum(weight.values()) + unknown) if covered else 0.0)
        best = length = 0.0
        for place, number in enumerate(text):
            if number not in weight:
                length = 0.0
                continue
            goes_on = place > 0 and text[place - 1] in weight and (text[place - 1], number) in follows
            length = (length if goes_on else 0.0) + weight[number]
            best = max(best, length)
        run.append(min(best / sum(weights), 1.0) if best else 0.0)
    return near, run
