"""The weights of the ranking: fitted, calibrated, and a threshold set (docs/decisions/0042-ranking.md)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize  # type: ignore[import-untyped, unused-ignore]

from training.claims.candidates import Asked
from whence.match.features import FEATURES
from whence.match.rank import FORMAT, leads

PENALTY = 4.0  # of the squared weights of standardised features
FOLDS = 5
DEPTH = 50
COMMON = 0.2
ALARMS = 0.1  # share of queries without an answer that may be shown a match
_SHOWN = 5  # matches that scores are calibrated on
_BIN = 60  # candidates in the highest bin of the calibration
_GROWTH = 1.2

_AGAINST = ("names-missing", "numbers-differ", "negation-differs")
# Another number is another claim; training has too few of them to find out by itself.
_AT_LEAST = {"numbers-differ": 0.15}
_SILENT = FEATURES.index("no-text")
_NAMES = tuple(name for name in FEATURES if name != "no-text")


def columns(features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Features of candidates with their text, without it, and which are without it, side by side."""
    silent = features[:, [_SILENT]]
    others = np.delete(features, _SILENT, axis=1)
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
    for place, name in enumerate([*_NAMES, *_NAMES]):
        least = _AT_LEAST.get(name, 0.0) * float(spread[place])
        bounds.append((None, -least) if name in _AGAINST else (0.0, None))
    found = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)])
    return np.asarray(found.x / spread, dtype=np.float64)


def fold(asked: Asked, folds: int = FOLDS) -> int:
    """The fold of a query, the same for all of its group whatever collection was asked."""
    name = f"{asked.collection.split()[0]} {asked.group}"
    return hashlib.sha256(name.encode()).digest()[1] % folds


def held_out(asked: Sequence[Asked], shares: Sequence[float]) -> list[npt.NDArray[np.float64]]:
    """The sums of each query's candidates by weights that were fitted without its group."""
    folds = [fold(a) for a in asked]
    weights = []
    for left in range(FOLDS):
        stay = [place for place, number in enumerate(folds) if number != left]
        weights.append(fit([asked[place] for place in stay], [shares[place] for place in stay]))
    return [columns(a.features) @ weights[number] for a, number in zip(asked, folds, strict=True)]


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


def shown(
    totals: Sequence[npt.NDArray[np.float64]], asked: Sequence[Asked], background: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Leads of the first five candidates of each query, and whether they are right."""
    found, right = [], []
    for total, a in zip(totals, asked, strict=True):
        first = np.argsort(-total, kind="stable")[:_SHOWN]
        found.append(leads(total, background)[first])
        right.append(a.right[first])
    return np.concatenate(found), np.concatenate(right)


def unanswered(
    totals: Sequence[npt.NDArray[np.float64]], asked: Sequence[Asked], background: float
) -> npt.NDArray[np.float64]:
    """The best lead of each query after its answers, and all that are alike, were taken out."""
    rest = [total[~a.alike] for total, a in zip(totals, asked, strict=True) if a.right.any()]
    return np.array([leads(part, background).max() for part in rest if len(part)])


def learn(asked: Mapping[str, Sequence[Asked]], shares: Mapping[str, float]) -> dict[str, Any]:
    """Fit, calibrate and set the threshold.

    Args:
        asked: queries by collection, described by encoders that have not seen them.
        shares: how much a query of each collection counts.

    Returns:
        The content of rank.json.
    """
    flat = [a for part in asked.values() for a in part]
    counts = [shares[name] for name, part in asked.items() for _ in part]
    whole = fit(flat, counts)
    sums = dict(zip(map(id, flat), held_out(flat, counts), strict=True))

    def totals(name: str) -> list[npt.NDArray[np.float64]]:
        return [sums[id(a)] for a in asked[name]]

    for name, part in asked.items():
        reached = np.mean([precision(total, a) for total, a in zip(totals(name), part, strict=True)])
        print(f"  held out, {name}: MAP@5 {reached:.3f}")
    main = [name for name in asked if shares[name] == 1]
    seen = [a for name in main for a in asked[name]]
    held = [total for name in main for total in totals(name)]
    background = none_of_these(held, seen)
    knots, heights = calibrate(*shown(held, seen, background))
    alarms = [np.interp(unanswered(totals(name), asked[name], background), knots, heights) for name in main]
    levels = np.linspace(0, 1, 101)
    rates = [float(np.mean([(part >= level).mean() for part in alarms])) for level in levels]
    threshold = next(float(level) for level, rate in zip(levels, rates, strict=True) if rate <= ALARMS)
    best = [
        a.features[np.argsort(-total, kind="stable")[:_SHOWN]].mean(axis=0) for total, a in zip(held, seen, strict=True)
    ]
    typical = np.mean(best, axis=0)
    size = len(_NAMES)
    rounded = [round(float(weight), 4) + 0.0 for weight in whole]
    return {
        "format": FORMAT,
        "depth": DEPTH,
        "common": COMMON,
        "with-text": {**dict(zip(_NAMES, rounded[:size], strict=True)), "no-text": 0.0},
        "without-text": {**dict(zip(_NAMES, rounded[size:-1], strict=True)), "no-text": rounded[-1]},
        "typical": {name: round(float(value), 4) for name, value in zip(FEATURES, typical, strict=True)},
        "background": round(background, 4),
        "leads": [round(float(value), 4) for value in knots],
        "shares": [round(float(value), 4) for value in heights],
        "threshold": round(threshold, 2),
    }


def save(values: Mapping[str, Any], folder: Path) -> None:
    """Write rank.json into a model's folder."""
    (folder / "rank.json").write_text(json.dumps(values, indent=1, sort_keys=True) + "\n", encoding="utf-8")
