"""What the ranking sees of queries: candidates, their features, and which of them are right."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from training.claims.data import Claims, Query
from whence.match.index import Index
from whence.records.claim import FactCheck

ALIKE = 0.85  # cosine of vectors from which a check speaks of the same as a right one
_BATCH = 4000


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with its candidates.

    Args:
        collection: which collection was asked.
        group: queries of one debate, or about one claim, have the same.
        features: of the candidates; shape (candidates, features).
        right: which candidates answer it.
        alike: which answer it, or are so like an answer that nobody could tell.
        answers: how many checks answer it, found or not.
    """

    collection: str
    group: str
    features: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]
    alike: npt.NDArray[np.bool_]
    answers: int


def some_texts(checks: Sequence[FactCheck], share: float) -> list[FactCheck]:
    """Return the checks with the text of only a share of them, the same each time."""
    kept = [hashlib.sha256(check.id.encode()).digest()[0] < 256 * share for check in checks]
    return [check if keep else replace(check, body="") for check, keep in zip(checks, kept, strict=True)]


def collect(
    claims: Claims,
    queries: Sequence[Query],
    vectors: npt.NDArray[np.float32],
    asked: npt.NDArray[np.float32],
    share: float = 1.0,
) -> list[Asked]:
    """Ask a collection.

    Args:
        claims: the collection.
        queries: those to ask; those that nothing answers are left out.
        vectors: of the checks; shape (checks, width), float32.
        asked: of the queries; shape (queries, width), float32.
        share: of the checks that have their text, in 0..1.
    """
    index = Index()
    checks = some_texts(claims.checks, share)
    for start in range(0, len(checks), _BATCH):
        index.add(checks[start : start + _BATCH], vectors[start : start + _BATCH])
    places = {check.id: row for row, check in enumerate(checks)}
    out = []
    wanted = [place for place, query in enumerate(queries) if query.gold]
    described = index.described([queries[place].text for place in wanted], asked[wanted])
    for place, (ids, features) in zip(wanted, described, strict=True):
        query = queries[place]
        rows = np.array([places[id] for id in ids], dtype=np.int64)
        right = np.isin(rows, query.gold)
        alike = (vectors[rows] @ vectors[list(query.gold)].T).max(axis=1) >= ALIKE
        out.append(Asked(f"{claims.name} {share:g}", query.group, features, right, alike | right, len(query.gold)))
    return out
