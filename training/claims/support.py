"""How much speaks for the best candidate of a query being an answer at all (docs/decisions/0048-none-found.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize  # type: ignore[import-untyped, unused-ignore]

from training.claims.candidates import Asked
from training.claims.ranking import AGAINST, FOLDS, NAMES, columns, fold
from whence.match.rank import leads

PENALTY = 3.0  # of the squared weights of standardised columns
_LEAST = 0.1  # weight of the lead, in which the others are told
_SHOWN = 5  # matches that scores are calibrated on


@dataclass(frozen=True, slots=True)
class Case:
    """One query to one collection, which answers it or does not.

    Args:
        collection: which.
        fold: of the query.
        answered: whether the collection holds an answer.
        best: features of the best candidate; shape (features,).
        leads: of the first candidates, best first; float64.
        right: whether they are.
        typical: the mean of their features; shape (features,).
    """

    collection: str
    fold: int
    answered: bool
    best: npt.NDArray[np.float64]
    leads: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]
    typical: npt.NDArray[np.float64]


def case_of(asked: Asked, weights: npt.NDArray[np.float64], background: float, *, answers: bool) -> Case:
    """A query as the score sees it.

    Args:
        asked: the query, with one candidate at least.
        weights: of the columns, fitted without it.
        background: the sum that "none of these" has.
        answers: whether the collection is asked as it is, not without the answers.
    """
    features = asked.features if answers else asked.rest
    totals = columns(features) @ weights
    first = np.argsort(-totals, kind="stable")[:_SHOWN]
    right = asked.right[first] if answers else np.zeros(len(first), bool)
    return Case(
        asked.collection,
        fold(asked),
        answers and bool(asked.right.any()),
        features[first[0]],
        leads(totals, background)[first],
        right,
        features[first].mean(axis=0),
    )


def fit_support(cases: Sequence[Case], counts: Sequence[float]) -> npt.NDArray[np.float64]:
    """Weights of the best candidate's columns, beside its lead, and a constant, for an answer being there.

    Logistic regression, with a squared penalty, of whether the best candidate is right. What should speak for a
    candidate may not speak against it, and the other way round.

    Args:
        cases: queries.
        counts: how much each counts.

    Returns:
        In units of the lead: weights of the columns, and the constant.
    """
    table = np.c_[[one.leads[0] for one in cases], columns(np.array([one.best for one in cases]))]
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    table = np.c_[(table - middle) / spread, np.ones(len(table))]
    sign = np.array([1.0 if one.right[0] else -1.0 for one in cases])
    count = np.array(counts)

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        wrong = -sign * (table @ weights)
        kept = np.append(weights[:-1], 0)
        value = (count * np.logaddexp(0, wrong)).sum() + PENALTY / 2 * kept @ kept
        return float(value), PENALTY * kept - (count * sign / (1 + np.exp(-wrong))) @ table

    signs = [(None, 0.0) if name in AGAINST else (0.0, None) for name in NAMES]
    bounds = [(_LEAST, None), *signs, *signs, (None, None), (None, None)]
    found = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x
    weights = found[:-1] / spread
    return np.asarray(np.append(weights[1:], found[-1] - weights @ middle) / weights[0])


def evidence(one: Case, support: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """How much speaks for the first candidates of a query, in the order in which they are ranked."""
    return np.asarray(one.leads + columns(one.best[None])[0] @ support[:-1] + support[-1])


def held_out_support(cases: Sequence[Case], counts: Sequence[float]) -> list[npt.NDArray[np.float64]]:
    """For each fold the support that was fitted without its queries."""
    found = []
    for left in range(FOLDS):
        stay = [place for place, one in enumerate(cases) if one.fold != left]
        found.append(fit_support([cases[place] for place in stay], [counts[place] for place in stay]))
    return found


def with_text_more(support: npt.NDArray[np.float64], more: float) -> npt.NDArray[np.float64]:
    """The same, with more for checks whose text is at hand."""
    changed = support.copy()
    changed[-1] += more
    changed[-2] -= more  # the column of checks without text, which the constant counts for too
    return changed
