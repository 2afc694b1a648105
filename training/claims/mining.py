"""What there is to learn from: pairs that say the same, and claims that only seem to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from training.claims.data import Claims, passages
from whence.match.lexical import Field
from whence.match.terms import terms
from whence.match.top import best

ALIKE = 0.8  # cosine of two claims from which one is never a negative for the other's anchor
_POOL = 20  # of each way of searching
_NEGATIVES = 24
_PASSAGES = 3  # of a check's text
_COVERED = (0.15, 0.95)  # share of the claim that a passage may cover: less is another matter, more is the claim itself


@dataclass(frozen=True, slots=True)
class Material:
    """What was mined from a collection.

    Args:
        pairs: texts, and the row of the claim that each belongs to: titles, and passages that cover much of the claim.
        views: for each row the passage that covers its claim best, or "".
        negatives: for each training query rows that are near it and wrong.
        vectors: of the claims by the base encoder, mean of claim and title, length 1; shape (claims, width).
    """

    pairs: list[tuple[str, int]]
    views: list[str]
    negatives: list[list[int]]
    vectors: npt.NDArray[np.float32]


class _Words:
    """BM25 over texts, and how much of one text another covers."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._numbers: dict[str, int] = {}
        self._field = Field()
        rows = [self.of(text, grow=True) for text in texts]
        self._field.add(rows)
        df = np.bincount([number for row in rows for number in set(row)], minlength=len(self._numbers))
        self._idf = np.log(1 + (len(texts) - df + 0.5) / (df + 0.5))
        self._alive = np.ones(len(texts), bool)

    def of(self, text: str, *, grow: bool = False) -> list[int]:
        stems = [term.stem for term in terms(text)]
        if grow:
            return [self._numbers.setdefault(stem, len(self._numbers)) for stem in stems]
        return [self._numbers[stem] for stem in stems if stem in self._numbers]

    def first(self, query: str, count: int) -> list[int]:
        found: list[int] = best(self._field.scores(sorted(set(self.of(query))), self._alive, 1.0), count, 0).tolist()
        return found

    def covered(self, claim: str, passage: str) -> float:
        wanted = set(self.of(claim))
        whole = sum(self._idf[number] for number in wanted)
        return float(sum(self._idf[number] for number in wanted & set(self.of(passage))) / whole) if whole else 0.0


def mine(claims: Claims, vectors: npt.NDArray[np.float32], asked: npt.NDArray[np.float32]) -> Material:
    """Mine a collection.

    Args:
        claims: the collection.
        vectors: of its claims by the base encoder; shape (claims, width), length 1.
        asked: of its training queries, likewise.
    """
    checks = claims.checks
    short = _Words([check.claim for check in checks])
    whole = _Words([f"{check.claim} {check.title} {check.body}" for check in checks])
    pairs: list[tuple[str, int]] = []
    views = []
    for row, check in enumerate(checks):
        pairs.append((check.title or check.claim, row))
        shares = [(short.covered(check.claim, text), text) for text in passages(check)]
        good = sorted((pair for pair in shares if _COVERED[0] <= pair[0] <= _COVERED[1]), key=lambda pair: -pair[0])
        pairs += [(text, row) for _, text in good[:_PASSAGES]]
        views.append(good[0][1] if good else "")
    negatives = []
    for query, vector in zip(claims.train, asked, strict=True):
        near = best((vectors @ vector).astype(np.float32), _POOL).tolist()
        gold = list(query.gold)
        pool: list[int] = []
        for row in [row for pair in zip(whole.first(query.text, _POOL), near, strict=False) for row in pair]:
            if row in gold or row in pool or (gold and float((vectors[gold] @ vectors[row]).max()) > ALIKE):
                continue
            pool.append(row)
        negatives.append(pool[:_NEGATIVES])
    return Material(pairs, views, negatives, vectors)
