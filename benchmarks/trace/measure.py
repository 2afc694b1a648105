"""How right a system's pairs and passages are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.trace.archive import Archive
from benchmarks.trace.truth import LABELS, Truth

__all__ = ["POSITIVE", "Boundaries", "Scores", "boundaries", "quotations", "score"]

POSITIVE = 40
"""Two stories are a pair if they share so many words."""


@dataclass(frozen=True)
class Scores:
    """Precision and recall over pairs of different outlets; recall by kind; quotations count neither way."""

    precision: float
    recall: float
    f1: float
    by_label: dict[str, float]
    true_pairs: int
    lifted_60: float


def _keys(a: NDArray[Any], b: NDArray[Any]) -> NDArray[np.int64]:
    return a.astype(np.int64) << 32 | b.astype(np.int64)


def score(archive: Archive, truth: Truth, a: NDArray[np.int32], b: NDArray[np.int32]) -> Scores:
    """Score pairs a < b that a system says share POSITIVE words or more."""
    quotation = LABELS.index("quotation")
    apart = archive.outlet[truth.a] != archive.outlet[truth.b]
    keys = _keys(truth.a, truth.b)
    found = np.unique(_keys(a, b)[archive.outlet[a] != archive.outlet[b]])
    copied = truth.label != quotation
    true = keys[apart & copied & (truth.words >= POSITIVE)]
    ignored = keys[apart & ~copied]
    hit = np.isin(true, found, assume_unique=True)
    judged = found[~np.isin(found, ignored)]
    precision = float(np.isin(judged, true).mean()) if len(judged) else 0.0
    recall = float(hit.mean())
    labels = truth.label[apart & copied & (truth.words >= POSITIVE)]
    lifted = (truth.label == LABELS.index("lifted")) & apart & (truth.words >= 60)
    return Scores(
        precision,
        recall,
        2 * precision * recall / max(1e-9, precision + recall),
        {name: float(hit[labels == k].mean()) for k, name in enumerate(LABELS) if (labels == k).any()},
        len(true),
        float(np.isin(keys[lifted], found).mean()),
    )


@dataclass(frozen=True)
class Boundaries:
    """Over planted passages of POSITIVE words or more: how many were found, and how many of their ends are right.

    An end is right if it stands within three words of the planted one.
    """

    passages: int
    found: float
    within_three: float
    by_label: dict[str, float]
    median: float


def boundaries(truth: Truth, passages: pa.Table) -> Boundaries:
    """Compare planted passages with those found (a table as `whence.records.reuse.PASSAGES` describes it)."""
    held = {name: passages[name].to_numpy() for name in ("a", "b", "a_start", "a_end", "b_start", "b_end")}
    keys = _keys(held["a"], held["b"])
    rows = np.stack([held[name] for name in ("a_start", "a_end", "b_start", "b_end")], 1)
    errors: dict[str, list[int]] = {name: [] for name in LABELS}
    total = 0
    hits = 0
    for pair, span in zip(truth.pair, truth.spans, strict=True):
        a, b = int(truth.a[pair]), int(truth.b[pair])
        starts = truth.starts[a], truth.starts[b]
        if np.searchsorted(starts[0], span[1]) - np.searchsorted(starts[0], span[0]) < POSITIVE:
            continue
        total += 1
        key = a * (1 << 32) + b
        part = rows[np.searchsorted(keys, key) : np.searchsorted(keys, key, "right")]
        common_a = np.minimum(part[:, 1], span[1]) - np.maximum(part[:, 0], span[0])
        common_b = np.minimum(part[:, 3], span[3]) - np.maximum(part[:, 2], span[2])
        common = np.minimum(common_a, common_b)
        if not len(part) or common.max() <= 0:
            continue
        hits += 1
        best = part[int(common.argmax())]
        for side in range(4):
            at = starts[side // 2]
            # Ends are compared as the word that ends there, so that a mark behind it is no error.
            shift = 1 if side % 2 else 0
            here, there = (int(np.searchsorted(at, point - shift, "right")) for point in (best[side], span[side]))
            errors[LABELS[truth.label[pair]]].append(abs(here - there))
    every = np.array([error for each in errors.values() for error in each])
    return Boundaries(
        total,
        hits / max(1, total),
        float((every <= 3).mean()),
        {name: float((np.array(each) <= 3).mean()) for name, each in errors.items() if each},
        float(np.median(every)),
    )


def quotations(truth: Truth, passages: pa.Table) -> tuple[int, float, float]:
    """Planted passages told apart: how many, and the share of quotations called so and of copied prose called so."""
    kinds = np.array(passages["kind"].to_pylist())
    keys = _keys(passages["a"].to_numpy(), passages["b"].to_numpy())
    order = np.argsort(keys, kind="stable")
    quotation = truth.label == LABELS.index("quotation")
    shares = []
    count = 0
    for chosen, name in ((quotation & (truth.words >= 25), "quotation"), (~quotation & (truth.words >= 25), "prose")):
        wanted = np.isin(keys[order], _keys(truth.a[chosen], truth.b[chosen]))
        told = kinds[order][wanted]
        if name == "quotation":
            count = len(told)
        shares.append(float((told == name).mean()) if len(told) else 0.0)
    return count, shares[0], shares[1]
