"""What speaks for a fact-check and what against it, in numbers (docs/decisions/0042-ranking.md)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whence.match.kinds import KINDS, TITLE

__all__ = ["FEATURES", "Candidates", "QueryTerms", "features"]

FEATURES = (
    "meaning",
    "meaning-gap",
    "meaning-rank",
    "words",
    "words-gap",
    "words-rank",
    "text",
    "text-gap",
    "text-rank",
    "text-near",
    "text-run",
    "no-text",
    "covered",
    "claim-covered",
    "names",
    "names-missing",
    "numbers",
    "numbers-differ",
    "dates",
    "negation-differs",
)
"""Names of the features, in the order of their columns."""

# What the best candidate of a large collection reaches where nothing answers, roughly. To be the best of a few that all
# lie below says little: gaps are counted from there at least, and places count in proportion.
_MEANING, _WORDS, _TEXT = 0.4, 6.0, 6.0

_WEAK, _WORD, _NAME, _NUMBER, _DATE, _NEGATION = range(len(KINDS))


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """The words of a query.

    Args:
        numbers: of its words, ascending, without repetition; -1 for those that no fact-check has; int64.
        kinds: their places in `KINDS`; int64.
        weights: their inverse document frequencies; float64.
    """

    numbers: npt.NDArray[np.int64]
    kinds: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Fact-checks that a query may match; all arrays but the last four have one number for each.

    Args:
        rows: in the index.
        meaning: scalar products of the vectors.
        words: BM25 of claim and title.
        text: BM25 of the check's text.
        silent: whether it has no text.
        near: the share of the query within a few words of the check's text (`passages`).
        run: the share of the query in one run of the check's text.
        places: for each of the three the place of each candidate, best 0; shape (3, candidates).
        row: for each of the candidates' words, whose it is.
        term: its number.
        kind: its kind, with `TITLE` added for those of titles.
    """

    rows: npt.NDArray[np.int64]
    meaning: npt.NDArray[np.float32]
    words: npt.NDArray[np.float32]
    text: npt.NDArray[np.float32]
    silent: npt.NDArray[np.bool_]
    near: npt.NDArray[np.float64]
    run: npt.NDArray[np.float64]
    places: npt.NDArray[np.int64]
    row: npt.NDArray[np.int64]
    term: npt.NDArray[np.int32]
    kind: npt.NDArray[np.uint8]


def features(query: QueryTerms, found: Candidates, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Describe each candidate.

    Args:
        query: the query's words.
        found: the candidates.
        weights: inverse document frequencies of the candidates' words, as long as `found.term`.

    Returns:
        Shape (candidates, len(FEATURES)).
    """
    count = len(found.rows)
    place = np.searchsorted(query.numbers, found.term)
    place = np.minimum(place, max(len(query.numbers) - 1, 0))
    shared = query.numbers[place] == found.term if len(query.numbers) else np.zeros(len(found.term), bool)
    hits = np.zeros((count, max(len(query.numbers), 1)), bool)
    hits[found.row[shared], place[shared]] = True
    kind = found.kind & (TITLE - 1)
    of_claim = found.kind < TITLE
    solid = query.weights * (query.kinds != _WEAK)
    # The best that BM25 can give is the sum of the query's weights.
    best = max(float(query.weights.sum()), 1e-9)

    def per(mask: npt.NDArray[np.bool_], values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.bincount(found.row[mask], weights=values[mask], minlength=count).astype(np.float64, copy=False)

    def share(part: npt.NDArray[np.floating], whole: npt.NDArray[np.floating] | float) -> npt.NDArray[np.float64]:
        return np.asarray(part / np.maximum(whole, 1e-9))

    def asked(which: int) -> npt.NDArray[np.float64]:
        return hits @ (query.weights * (query.kinds == which)) if len(query.numbers) else np.zeros(count)

    names, numbers, dates = (query.kinds == k for k in (_NAME, _NUMBER, _DATE))
    claim_words = of_claim & (kind != _WEAK)
    has_number = per(kind == _NUMBER, np.ones(len(kind))) > 0
    shares_number = asked(_NUMBER) > 0
    negated = bool((query.kinds == _NEGATION).any())
    nearest = max(float(found.meaning.max(initial=-1)), _MEANING)

    def rank(way: int, values: npt.NDArray[np.floating], floor: float) -> npt.NDArray[np.float64]:
        return np.asarray(10 / (10 + found.places[way]) * np.clip(values / floor, 0, 1))

    columns = {
        "meaning": found.meaning,
        "meaning-gap": found.meaning - nearest,
        "meaning-rank": rank(0, found.meaning, _MEANING),
        "words": found.words / best,
        "words-gap": found.words / max(float(found.words.max(initial=0)), _WORDS) - 1,
        "words-rank": rank(1, found.words, _WORDS),
        "text": found.text / best,
        # A check whose text is not at hand is not the worse for it.
        "text-gap": np.where(found.silent, 0, found.text / max(float(found.text.max(initial=0)), _TEXT) - 1),
        "text-rank": np.where(found.silent, 0, rank(2, found.text, _TEXT)),
        "text-near": found.near,
        "text-run": found.run,
        "no-text": found.silent.astype(float),
        "covered": share(hits @ solid, float(solid.sum())) if len(query.numbers) else np.zeros(count),
        "claim-covered": share(per(claim_words & shared, weights), per(claim_words, weights)),
        "names": share(asked(_NAME), float(query.weights[names].sum())),
        "names-missing": share(per(of_claim & (kind == _NAME) & ~shared, weights), per(claim_words, weights)),
        "numbers": shares_number.astype(float),
        "numbers-differ": (bool(numbers.any()) & has_number & ~shares_number).astype(float),
        "dates": (asked(_DATE) > 0) * float(dates.any()),
        "negation-differs": ((per(of_claim & (kind == _NEGATION), np.ones(len(kind))) > 0) != negated).astype(float),
    }
    return np.stack([np.asarray(columns[name], dtype=np.float64) for name in FEATURES], axis=1)
