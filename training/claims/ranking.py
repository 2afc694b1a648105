"""The weights of the ranking, and what scores are calibrated with (docs/decisions/0042-ranking.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize  # type: ignore[import-untyped, unused-ignore]

from training.claims.candidates import Asked
from whence.match.features import FEATURES

PENALTY = 4.0  # of the squared weights of standardised features
FOLDS = 5
_BIN = 60  # candidates in the highest bin of the calibration
_GROWTH = 1.2

AGAINST = ("names-missing", "numbers-differ", "negation-differs")
# Another number is another claim; training has too few of them to find out by itself.
_AT_LEAST = {"numbers-differ": 0.15}
SILENT = FEATURES.index("no-text")
NAMES = tuple(name for name in FEATURES if name != "no-text")


def columns(features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Features of candidates with their text, without it, and which are without it, side by side."""
    silent = features[:, [SILENT]]
    others = np.delete(features, SILENT, axis=1)
    return np.concatenate([others * (1 - silent), others * silent, silent], axis=1)


def fit(asked: Sequence[Asked], shares: Sequence[float]) -> npt.NDArray[np.float64]:
    """Weights of columns under which right candidates come before the others.

    A conditional logit: for each right candidate the negative logarithm of its share in the exponentials of itself and
    the wrong ones (ListNet with one right entry, Cao et al. 2007), averaged over the right ones of a query. What should
    speak for a candidate may not speak against it, and the other way round.

    Args:
        asked: queries with candidates; those of which none is right are passed over.
        shares: how much each query counts.

    Returns:
        Weights of the columns.
    """
    use = [(columns(a.features), a.right, share) for a, share in zip(asked, shares, strict=True) if a.right.any()]
    sizes = np.array([len(right) for _, right, _ in use])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(use)), sizes)
    table = np.concatenate([part for part, _, _ in use])
    spread = table.std(axis=0) + 1e-9
    table = table / spread
    right = np.concatenate([part for _, part, _ in use])
    places = np.flatnonzero(right)
    whose = owner[places]
    counts = np.array([share for _, _, share in use])[whose] / np.bincount(whose, minlength=len(use))[whose]

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        sums = table @ weights
        raised = np.exp(sums - np.maximum.reduceat(sums, starts)[owner])
        wrong = np.where(right, 0, raised)
        whole = np.add.reduceat(wrong, starts)[whose] + raised[places]
        own = raised[places] / whole
        pull = np.bincount(whose, weights=counts / whole, minlength=len(use))
        slope = (wrong * pull[owner]) @ table - (counts * (1 - own)) @ table[places]
        value = -(counts * np.log(own + 1e-300)).sum() + PENALTY / 2 * (weights @ weights)
        return float(value), slope + PENALTY * weights

    bounds: list[tuple[float | None, float | None]] = []
    for place, name in enumerate([*NAMES, *NAMES]):
        least = _AT_LEAST.get(name, 0.0) * float(spread[place])
        bounds.append((None, -least) if name in AGAINST else (0.0, None))
    found = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)])
    return np.asarray(found.x / spread, dtype=np.float64)


def fold(asked: Asked, folds: int = FOLDS) -> int:
    """The fold of a query, the same for all of its group whatever collection was asked."""
    name = f"{asked.collection.split()[0]} {asked.group}"
    return hashlib.sha256(name.encode()).digest()[1] % folds


def held_out(asked: Sequence[Asked], shares: Sequence[float]) -> list[npt.NDArray[np.float64]]:
    """For each fold the weights of columns that were fitted without its queries."""
    folds = [fold(a) for a in asked]
    weights = []
    for left in range(FOLDS):
        stay = [place for place, number in enumerate(folds) if number != left]
        weights.append(fit([asked[place] for place in stay], [shares[place] for place in stay]))
    return weights


def precision(totals: npt.NDArray[np.float64], asked: Asked) -> float:
    """Average precision of the first five."""
    hits = asked.right[np.argsort(-totals, kind="stable")[:5]]
    gained = (np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].sum()
    return float(gained / min(asked.answers, 5))


def none_of_these(totals: Sequence[npt.NDArray[np.float64]], asked: Sequence[Asked]) -> float:
    """What the wrong candidates of a query weigh together: the median of the logarithms of their exponentials' sums."""
    wrong = [total[~a.right] for total, a in zip(totals, asked, strict=True)]
    return float(np.median([np.logaddexp.reduce(part) for part in wrong if len(part)]))


def calibrate(
    lead: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The share of right ones by lead: isotonic regression, drawn as lines between a few knots.

    Args:
        lead: of candidates.
        right: whether they are.

    Returns:
        Knots, ascending, and the shares there, not descending.
    """
    order = np.argsort(-lead, kind="stable")
    # Few are ahead of all others, and those are the ones that people see: bins grow from the top down.
    sizes = [_BIN]
    while sum(sizes) < len(order):
        sizes.append(int(sizes[-1] * _GROWTH))
    bins = [part for part in np.split(order, np.cumsum(sizes)) if 2 * len(part) > _BIN][::-1]
    knots = [float(lead[part].mean()) for part in bins]
    merged: list[tuple[float, int, int]] = []
    for part in bins:
        # Half a right and half a wrong one more in each: no share is 0 or 1.
        merged.append(((float(right[part].sum()) + 0.5) / (len(part) + 1), len(part), 1))
        # Pool adjacent violators (Ayer et al. 1955).
        while len(merged) > 1 and merged[-2][0] > merged[-1][0]:
            (a, m, j), (b, n, k) = merged.pop(-2), merged.pop()
            merged.append(((a * m + b * n) / (m + n), m + n, j + k))
    return np.array(knots), np.repeat([height for height, _, _ in merged], [bins for _, _, bins in merged])
