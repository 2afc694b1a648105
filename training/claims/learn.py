"""The content of rank.json: the ranking fitted, its scores calibrated, and a threshold set."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from training.claims.candidates import Asked
from training.claims.ranking import (
    NAMES,
    SILENT,
    calibrate,
    columns,
    fit,
    fold,
    held_out,
    none_of_these,
    precision,
)
from training.claims.support import case_of, evidence, fit_support, held_out_support, with_text_more
from whence.match.features import FEATURES
from whence.match.rank import FORMAT

DEPTH = 50
COMMON = 0.2
ALARMS = 0.1  # share of queries without an answer that may be shown a match
_QUERIES = 1500  # what a collection that counts whole weighs in the support, whatever its size
_FEW = 0.3  # what stores of a few checks count there
_ANSWERABLE = (1.0, 0.2)  # shares of the collections that the support is fitted on: those with all texts, or none


def learn(
    asked: Mapping[str, Sequence[Asked]],
    shares: Mapping[str, float],
    few: Sequence[Asked],
    dev: Mapping[str, Sequence[Asked]],
) -> dict[str, Any]:
    """Fit, calibrate and set the threshold.

    Args:
        asked: queries by collection, described by encoders that have not seen them.
        shares: how much a query of each collection counts.
        few: queries to stores of a few checks, likewise.
        dev: dev queries to the collections that count whole, described by the encoder that ships. Only the threshold
            is set on them, and on the others, half and half.

    Returns:
        The content of rank.json.
    """
    flat = [a for part in asked.values() for a in part]
    counts = [shares[name] for name, part in asked.items() for _ in part]
    whole, by_fold = fit(flat, counts), held_out(flat, counts)
    for name, part in asked.items():
        reached = np.mean([precision(columns(a.features) @ by_fold[fold(a)], a) for a in part])
        print(f"  held out, {name}: MAP@5 {reached:.3f}")
    main = [name for name in asked if shares[name] == 1]
    seen = [a for name in main for a in asked[name]]
    background = none_of_these([columns(a.features) @ by_fold[fold(a)] for a in seen], seen)
    cases = []
    for a in [*flat, *few]:
        if a.collection in shares and shares[a.collection] not in _ANSWERABLE:
            continue
        cases.append(case_of(a, by_fold[fold(a)], background, answers=True))
        if len(a.rest):
            cases.append(case_of(a, by_fold[fold(a)], background, answers=False))
    sizes = Counter(one.collection for one in cases)
    weighed = [_QUERIES * shares.get(one.collection, _FEW) / sizes[one.collection] for one in cases]
    support, supports = fit_support(cases, weighed), held_out_support(cases, weighed)

    of_dev = {name: [case_of(a, whole, background, answers=False) for a in dev[name] if len(a.rest)] for name in main}

    def unanswered(name: str) -> list[npt.NDArray[np.float64]]:
        """What speaks for the best candidate of a collection's queries that nothing answers: of train, and of dev."""
        here = [one for one in cases if one.collection == name and not one.answered]
        found = [np.array([evidence(one, supports[one.fold])[0] for one in here])]
        return [*found, np.array([evidence(one, support)[0] for one in of_dev[name]])] if of_dev.get(name) else found

    # As many queries without an answer shall be shown a match where checks have their text as where they have none.
    silent, told = (
        [name for name in main if bool(asked[name][0].features[0, SILENT]) is which] for which in (True, False)
    )
    levels = [
        np.mean([np.quantile(part, 1 - ALARMS) for name in names for part in unanswered(name)])
        for names in (silent, told)
    ]
    more = float(levels[0] - levels[1]) if silent and told else 0.0
    support, supports = with_text_more(support, more), [with_text_more(one, more) for one in supports]
    here = [one for one in cases if one.collection in main]
    knots, heights = calibrate(
        np.concatenate([evidence(one, supports[one.fold]) for one in here]), np.concatenate([one.right for one in here])
    )

    def alarms(name: str, level: float) -> list[float]:
        return [float((np.interp(part, knots, heights) >= level).mean()) for part in unanswered(name)]

    steps = np.linspace(0, 1, 101)
    threshold = next(float(step) for step in steps if np.mean([np.mean(alarms(n, step)) for n in main]) <= ALARMS)
    for name in sizes:
        first = [
            (float(np.interp(evidence(one, supports[one.fold])[0], knots, heights)) >= threshold, bool(one.right[0]))
            for one in cases
            if one.collection == name and one.answered
        ]
        right = np.mean([above and hit for above, hit in first])
        wrong = np.mean([above and not hit for above, hit in first])
        rates = ", of dev ".join(f"{rate:.3f}" for rate in alarms(name, threshold))
        print(f"  held out, {name}: shown and right {right:.3f}, wrong {wrong:.3f}; nothing answers: {rates}")
    typical = np.mean([one.typical for one in here if one.answered], axis=0)
    return {
        "format": FORMAT,
        "depth": DEPTH,
        "common": COMMON,
        **_sets("{}", whole, 0.0),
        "typical": {name: round(float(value), 4) for name, value in zip(FEATURES, typical, strict=True)},
        "background": round(background, 4),
        **_sets("support-{}", support[:-1], float(support[-1])),
        "evidence": [round(float(value), 4) for value in knots],
        "shares": [round(float(value), 4) for value in heights],
        "threshold": round(threshold, 2),
    }


def _sets(name: str, weights: npt.NDArray[np.float64], constant: float) -> dict[str, dict[str, float]]:
    """Weights of columns as two sets by feature; what is constant in either stands at "no-text"."""
    size = len(NAMES)
    found = {}
    for kind, part, fixed in (
        ("with-text", weights[:size], constant),
        ("without-text", weights[size:-1], constant + float(weights[-1])),
    ):
        of = {**dict(zip(NAMES, part, strict=True)), "no-text": fixed}
        found[name.format(kind)] = {key: round(float(value), 4) + 0.0 for key, value in of.items()}
    return found


def save(values: Mapping[str, Any], folder: Path) -> None:
    """Write rank.json into a model's folder."""
    (folder / "rank.json").write_text(json.dumps(values, indent=1, sort_keys=True) + "\n", encoding="utf-8")
