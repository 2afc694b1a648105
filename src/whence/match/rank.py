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

__all__ = ["Ranker"]

_GROUPS = {
    "meaning": ("meaning", "meaning-gap", "meaning-rank"),
    "words": ("words", "words-gap", "words-rank", "covered", "claim-covered"),
    "text": ("text", "text-gap", "text-rank", "no-text"),
    "names": ("names", "names-missing"),
    "numbers": ("numbers", "numbers-differ"),
    "dates": ("dates",),
    "negation": ("negation-differs",),
}


@dataclass(frozen=True, slots=True)
class Ranker:
    """Turns features into a score in 0..1.

    Args:
        weights: of the features, in their order; float64.
        typical: the mean of each feature among candidates, from which reasons are counted; float64.
        bias: added to the weighted sum.
        odds: weighted sums at which the calibration is known, ascending; float64.
        shares: the share of right candidates there, not descending, in 0..1; float64.
        threshold: the score below which nothing counts as found.
        depth: how many candidates each way of searching proposes.
        common: words in more than this share of the fact-checks are not searched for.
    """

    weights: npt.NDArray[np.float64]
    typical: npt.NDArray[np.float64]
    bias: float
    odds: npt.NDArray[np.float64]
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
            ModelError: When it is absent, unreadable, or made for other features.
        """
        try:
            values: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            names = tuple(values["weights"])
            if sorted(names) != sorted(FEATURES):
                raise ValueError("it was made for other features")
            return cls(
                np.array([values["weights"][name] for name in FEATURES], dtype=np.float64),
                np.array([values["typical"][name] for name in FEATURES], dtype=np.float64),
                float(values["bias"]),
                np.array(values["odds"], dtype=np.float64),
                np.array(values["shares"], dtype=np.float64),
                float(values["threshold"]),
                int(values["depth"]),
                float(values["common"]),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"cannot read {path}: {error}; reinstall whence, or run `make train-claims`") from error

    def sums(self, features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The weighted sums of candidates' features, by which they are ranked; shape (candidates,)."""
        # Feature by feature: a matrix product may add in another order, and differ in the last digit, for other sizes.
        total = np.full(len(features), self.bias)
        for column, weight in enumerate(self.weights):
            total += weight * features[:, column]
        return total

    def score(self, total: float) -> float:
        """The share of candidates with this sum that were right."""
        return float(np.interp(total, self.odds, self.shares))

    def reasons(self, features: npt.NDArray[np.float64]) -> tuple[Reason, ...]:
        """What spoke for a candidate and against it, the weightiest first.

        Args:
            features: of one candidate; shape (features,).
        """
        parts = self.weights * (features - self.typical)
        found = []
        for name, members in _GROUPS.items():
            columns = [FEATURES.index(member) for member in members]
            weight = float(parts[columns].sum())
            value = float(features[columns[0]])
            if abs(weight) >= 0.05:
                found.append(Reason(name, value, weight, _say(name, features[columns])))
        return tuple(sorted(found, key=lambda reason: (-abs(reason.weight), reason.name)))


def _say(name: str, values: Sequence[float] | npt.NDArray[np.float64]) -> str:
    first = float(values[0])
    if name == "meaning":
        return f"nearness of meaning {first:.2f} of 1" + (", the nearest of all" if values[1] >= 0 else "")
    if name == "words":
        return f"{values[3]:.0%} of what the statement says, by weight of words, stands in the claim or its title"
    if name == "text":
        if values[3]:
            return "the check's text is not at hand"
        return "the check's text has " + ("the most of the statement's words" if values[1] >= 0 else "fewer such words")
    if name == "names":
        return f"{first:.0%} of the names agree" if first else "no name agrees"
    if name == "numbers":
        return "a number agrees" if first else "the numbers differ" if values[1] else "no number in common"
    if name == "dates":
        return "a date agrees" if first else "no date in common"
    return "one denies and the other does not" if first else "neither or both deny"
