"""How likely each candidate is right: a sum of weighted features, calibrated (docs/decisions/0042-ranking.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from whence.errors import ModelError
from whence.match.features import FEATURES
from whence.records.claim import Reason

__all__ = ["FORMAT", "Ranker", "leads"]

FORMAT = 3  # of rank.json
_GROUPS = {
    "meaning": ("meaning", "meaning-gap", "meaning-rank"),
    "words": ("words", "words-gap", "words-rank", "covered", "claim-covered"),
    "text": ("text", "text-gap", "text-rank", "text-near", "text-run", "no-text"),
    "names": ("names", "names-missing"),
    "numbers": ("numbers", "numbers-differ"),
    "dates": ("dates",),
    "negation": ("negation-differs",),
}
_COLUMNS = {name: [FEATURES.index(member) for member in members] for name, members in _GROUPS.items()}
_SILENT = FEATURES.index("no-text")
_SETS = ("with-text", "without-text")
_SUPPORT = ("support-with-text", "support-without-text")
_SMALL = 0.05  # weights below it are no reason


def leads(totals: npt.NDArray[np.float64], background: float) -> npt.NDArray[np.float64]:
    """How far each candidate is ahead of all the others together, and of "none of these".

    A softmax with one entry more: sigmoid(lead) is a candidate's share in the exponentials of all sums and of the
    background.

    Args:
        totals: weighted sums of a query's candidates; shape (candidates,).
        background: the sum that "none of these" has.

    Returns:
        In log-odds, in the order of the candidates, and ascending with them.
    """
    top = max(float(totals.max(initial=background)), background)
    # One by one from the lowest: the sum of the others is the same in whatever order candidates come.
    raised = np.exp(totals - top)
    rest = float(np.sort(raised).sum()) + float(np.exp(background - top)) - raised
    return np.asarray(totals - top - np.log(np.maximum(rest, 1e-12)))


@dataclass(frozen=True, slots=True)
class Ranker:
    """Turns features into a score in 0..1.

    Args:
        weights: of the features in their order, for checks with their text and for those without; shape (2, features).
        typical: the mean of each feature among matches, from which reasons are counted; float64.
        background: the sum that "none of these" has.
        support: weights of the best candidate's features for an answer being there at all, likewise, with what is
            constant at "no-text"; shape (2, features).
        knots: leads with support at which the calibration is known, ascending; float64.
        shares: the share of right candidates there, not descending, in 0..1; float64.
        threshold: the score below which nothing counts as found.
        depth: how many candidates each way of searching proposes.
        common: words in more than this share of the fact-checks are not searched for.
    """

    weights: npt.NDArray[np.float64]
    typical: npt.NDArray[np.float64]
    background: float
    support: npt.NDArray[np.float64]
    knots: npt.NDArray[np.float64]
    shares: npt.NDArray[np.float64]
    threshold: float
    depth: int
    common: float

    @classmethod
    def load(cls, path: Path) -> Ranker:
        """Read a ranker.

        Args:
            path: rank.json of a model folder.

        Raises:
            ModelError: When it is absent, unreadable, of another format, or made for other features.
        """
        try:
            values: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            if values["format"] != FORMAT:
                raise ValueError(f"its format is not {FORMAT}")
            if any(sorted(values[part]) != sorted(FEATURES) for part in (*_SETS, *_SUPPORT, "typical")):
                raise ValueError("it was made for other features")

            knots, shares = (np.array([float(v) for v in values[part]]) for part in ("evidence", "shares"))
            if (
                len(knots) != len(shares)
                or not len(knots)
                or (np.diff(knots) <= 0).any()
                or (np.diff(shares) < 0).any()
            ):
                raise ValueError("its calibration does not ascend")

            def row(part: str) -> list[float]:
                return [float(values[part][name]) for name in FEATURES]

            return cls(
                np.array([row(part) for part in _SETS]),
                np.array(row("typical")),
                float(values["background"]),
                np.array([row(part) for part in _SUPPORT]),
                knots,
                shares,
                float(values["threshold"]),
                int(values["depth"]),
                float(values["common"]),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"cannot read {path}: {error}; reinstall whence, or run `make train-claims`") from error

    def sums(self, features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The weighted sums of candidates' features, by which they are ranked; shape (candidates,)."""
        which = self.weights[features[:, _SILENT].astype(np.int64)]
        # Feature by feature: a matrix product may add in another order, and differ in the last digit, for other sizes.
        total = np.zeros(len(features))
        for column in range(len(FEATURES)):
            total += which[:, column] * features[:, column]
        return total

    def scores(self, totals: npt.NDArray[np.float64], features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The share of matches that were right where as much spoke for them as for these.

        That a candidate is far ahead of the others does not make it an answer: the best of many wrong ones may be. What
        the best one has in itself counts for the query as a whole.

        Args:
            totals: weighted sums of all candidates of a query; shape (candidates,), one at least.
            features: theirs; shape (candidates, features).

        Returns:
            In 0..1, in the order of the candidates, and not descending with them.
        """
        best = features[int(np.argmax(totals))]
        weights = self.support[int(best[_SILENT])]
        known = np.where(np.arange(len(FEATURES)) == _SILENT, 1.0, best)
        found = leads(totals, self.background) + float((weights * known).sum())
        return np.asarray(np.interp(found, self.knots, self.shares), dtype=np.float64)

    def reasons(self, features: npt.NDArray[np.float64]) -> tuple[Reason, ...]:
        """What spoke for a candidate and against it, the weightiest first.

        Args:
            features: of one candidate; shape (features,).
        """
        silent = int(features[_SILENT])
        parts = self.weights[silent] * (features - self.typical)
        found = []
        for name, columns in _COLUMNS.items():
            weight = float(parts[columns].sum())
            if abs(weight) >= _SMALL and not (name == "text" and silent):
                found.append(Reason(name, float(features[columns[0]]), weight, _say(name, features[columns])))
        return tuple(sorted(found, key=lambda reason: (-abs(reason.weight), reason.name)))


def _say(name: str, values: Sequence[float] | npt.NDArray[np.float64]) -> str:
    first = float(values[0])
    if name == "meaning":
        return f"nearness of meaning {first:.2f} of 1" + (", the nearest of all" if values[1] >= 0 else "")
    if name == "words":
        return f"{values[3]:.0%} of what the statement says, by weight of words, stands in the claim or its title"
    if name == "text":
        return (
            f"{values[3]:.0%} of what the statement says stands close together in the check's text"
            f", {values[4]:.0%} in one run of words"
        )
    if name == "names":
        return f"{first:.0%} of the names agree" if first else "no name agrees"
    if name == "numbers":
        return "a number agrees" if first else "the numbers differ" if values[1] else "no number in common"
    if name == "dates":
        return "a date agrees" if first else "no date in common"
    return "one denies and the other does not" if first else "neither or both deny"
