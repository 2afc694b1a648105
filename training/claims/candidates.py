"""What the ranking sees of queries: candidates, their features, and which of them are right."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from training.claims.data import Claims, Query, passages
from whence.match.index import Index
from whence.records.claim import FactCheck

ALIKE = 0.85  # cosine of vectors from which a check speaks of the same as a right one
_BATCH = 4000
_SIZES = (6, 10, 20, 40)  # of stores of a few checks
_ANSWERED, _WITH_TEXT = 0.4, 0.6  # shares of such stores
_ON_ONE_MATTER = 0.4
_SENTENCES = 6  # of a text, from which one is drawn


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with its candidates.

    Args:
        collection: which collection was asked.
        group: queries of one debate, or about one claim, have the same.
        features: of the candidates; shape (candidates, features).
        right: which candidates answer it.
        answers: how many checks answer it, found or not.
        rest: features of the candidates where the answers, and all that nobody could tell from them, are taken out;
            shape (other candidates, features).
    """

    collection: str
    group: str
    features: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]
    answers: int
    rest: npt.NDArray[np.float64]


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
    wanted = [place for place, query in enumerate(queries) if query.gold]
    texts = [queries[place].text for place in wanted]
    like = [alike(vectors, queries[place].gold) for place in wanted]
    described = index.described(texts, asked[wanted])
    without = index.described(texts, asked[wanted], [[checks[row].id for row in rows] for rows in like])
    out = []
    for place, (ids, features), (_, rest) in zip(wanted, described, without, strict=True):
        query = queries[place]
        right = np.isin([places[id] for id in ids], query.gold)
        out.append(Asked(f"{claims.name} {share:g}", query.group, features, right, len(query.gold), rest))
    return out


def alike(vectors: npt.NDArray[np.float32], gold: Sequence[int]) -> npt.NDArray[np.int64]:
    """The rows that answer a query, or are so like an answer that nobody could tell.

    Args:
        vectors: of all checks; shape (checks, width), float32.
        gold: rows that answer it, one at least.
    """
    return np.flatnonzero((vectors @ vectors[list(gold)].T).max(axis=1) >= ALIKE)


def stores(
    claims: Claims,
    queries: Sequence[Query],
    vectors: npt.NDArray[np.float32],
    asked: npt.NDArray[np.float32],
    count: int = 170,
    seed: int = 5,
) -> list[Asked]:
    """Ask stores of a few checks, as a desk has them that begins, or that follows one matter.

    Two of three hold checks that are near the query, one of three any; two of five hold an answer.

    Args:
        claims: the collection that they are drawn from.
        queries: those to ask; those that nothing answers are left out.
        vectors: of the checks; shape (checks, width), float32.
        asked: of the queries; shape (queries, width), float32.
        count: how many stores.
        seed: of what is drawn.
    """
    rng = np.random.default_rng(seed)
    places = [place for place, query in enumerate(queries) if query.gold]
    out = []
    for number in range(count if places else 0):
        size, place = int(rng.choice(_SIZES)), int(rng.choice(places))
        taken = alike(vectors, queries[place].gold)
        near = number % 3 > 0
        pool = np.argsort(-(vectors @ asked[place]))[: 4 * size + len(taken)] if near else np.arange(len(vectors))
        pool = np.setdiff1d(pool, taken)
        rows = rng.choice(pool, min(size, len(pool)), replace=False)
        if rng.random() < _ANSWERED:
            rows = np.append(rows[1:], queries[place].gold[0])
        with_text = rng.random() < _WITH_TEXT
        checks = [claims.checks[row] if with_text else replace(claims.checks[row], body="") for row in rows]
        index = Index()
        index.add(checks, vectors[rows])
        answers = {claims.checks[row].id for row in queries[place].gold}
        for ids, features in index.described([queries[place].text], asked[[place]]):
            if ids:
                right = np.array([id in answers for id in ids])
                name = f"{claims.name} {'near' if near else 'any'}"
                out.append(Asked(name, queries[place].group, features, right, 1, features[:0]))
    return out


def other_claims(
    claims: Claims,
    vectors: npt.NDArray[np.float32],
    encode: Callable[[list[str]], npt.NDArray[np.float32]],
    count: int = 125,
    seed: int = 5,
) -> list[Asked]:
    """Ask stores that hold checks on its matter for another claim, as most statements of a story are.

    Two of five ask with a check's title, or with a sentence of its text, for the check itself, which is there.

    Args:
        claims: the collection that they are drawn from.
        vectors: of the checks; shape (checks, width), float32.
        encode: gives the vectors of texts, shape (texts, width).
        count: how many stores.
        seed: of what is drawn.
    """
    rng = np.random.default_rng(seed)
    drawn = []
    for row in rng.choice(len(vectors), min(count, len(vectors)), replace=False):
        check = claims.checks[row]
        answered = rng.random() < _ANSWERED
        others = [text for text in [check.title, *passages(check)[:_SENTENCES]] if text]
        drawn.append((int(row), answered, str(rng.choice(others)) if answered and others else check.claim))
    out = []
    for (row, answered, text), asked in zip(drawn, encode([text for _, _, text in drawn]), strict=True):
        size = int(rng.choice(_SIZES))
        taken = alike(vectors, [row])
        order = np.argsort(-(vectors @ vectors[row]))[: 4 * size + len(taken)]
        near = order[~np.isin(order, taken)]
        # Many on the matter, or one that nothing else in the store comes near.
        on_it = rng.choice(near, size, replace=False) if rng.random() < _ON_ONE_MATTER else near[:1]
        rows = np.append(on_it, rng.choice(np.setdiff1d(np.arange(len(vectors)), near), size - len(on_it)))
        rows = np.unique(np.append(rows[1:], row) if answered else rows)
        index = Index()
        # A text would give away from which check the sentence comes.
        index.add([replace(claims.checks[place], body="") for place in rows], vectors[rows])
        for ids, features in index.described([text], asked[None]):
            if ids:
                right = np.array([answered and id == claims.checks[row].id for id in ids])
                out.append(Asked(f"{claims.name} other", f"claim {row}", features, right, 1, features[:0]))
    return out
