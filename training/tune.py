"""What is set on dev after training: the posterior a span must reach, and what a score is worth."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from benchmarks.attribution.corpus import LABELS, Span, blocks_of, gold_of
from benchmarks.attribution.metric import pairs
from whence.models.crf import Chain, Found, choose
from whence.models.runtime import Model
from whence.read.tagger import Tagger, score
from whence.read.windows import Cutter

Rows = Sequence[Mapping[str, Any]]


def thresholds(model: Model, rows: Rows) -> dict[str, float]:
    """Return for each label the threshold that gives dev the best F1.

    Args:
        model: The model; its config needs all but thresholds and calibration.
        rows: The dev stories.
    """
    cutter = Cutter(model.tokenizer)
    part = model.config["attribution"]
    chain = Chain(part["labels"], part["transitions"], part["start"], part["end"])
    stories: list[tuple[list[list[Found]], Sequence[Span], dict[str, set[Span]]]] = []
    for row in rows:
        words = cutter.cut(row["text"], blocks_of(row["text"]))
        tags = score(model, cutter, words)[0]
        edges = [*np.flatnonzero(np.diff(words.block, prepend=-1)).tolist(), len(words.spans)]
        found = []
        for first, last in itertools.pairwise(edges):
            spans = chain.spans(tags[first:last], 0.15)
            found.append([Found(one.first + first, one.last + first, one.label, one.score) for one in spans])
        gold = {label: {piece for one in gold_of(row) for piece in getattr(one, label)} for label in LABELS}
        stories.append((found, words.spans, gold))
    best = dict.fromkeys(LABELS, 0.4)
    for _ in range(2):
        for label in LABELS:
            grid = [best | {label: value} for value in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)]
            best = max(grid, key=lambda bar: sum(_f1(stories, bar)))
    return best


def _f1(
    stories: Sequence[tuple[list[list[Found]], Sequence[Span], dict[str, set[Span]]]], bar: dict[str, float]
) -> list[float]:
    right, total = dict.fromkeys(LABELS, 0), dict.fromkeys(LABELS, 0)
    for blocks, spans, gold in stories:
        for label in LABELS:
            total[label] += len(gold[label])
        for block in blocks:
            for one in choose([one for one in block if one.score > bar[one.label]], bar):
                right[one.label] += (spans[one.first][0], spans[one.last - 1][1]) in gold[one.label]
                total[one.label] += 1
    return [2 * right[label] / total[label] for label in LABELS]


def calibration(tagger: Tagger, rows: Rows) -> dict[str, tuple[float, float]]:
    """Return slope and shift that turn log odds of scores into those of being right on dev.

    Args:
        tagger: The tagger, not calibrated yet.
        rows: The dev stories.

    Returns:
        Slope and shift for each label of a span, right when exact; and for `attribution`, right when its cue overlaps a
        gold one's, and content and source reach a Jaccard index of 0.5.
    """
    seen: dict[str, list[tuple[float, bool]]] = {label: [] for label in (*LABELS, "attribution")}
    for row in rows:
        tagging = tagger.tag(row["text"], blocks_of(row["text"]))
        gold = gold_of(row)
        for label in LABELS:
            pieces = {piece for one in gold for piece in getattr(one, label)}
            seen[label] += [(one.score, one.span in pieces) for one in tagging.spans if one.label == label]
        seen["attribution"] += [(one.score, pairs([one], gold, 0.5) > 0) for one in tagging.attributions]
    return {label: _logistic(marked) for label, marked in seen.items()}


def _logistic(marked: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Fit right ~ slope * logit(score) + shift by Newton's method."""
    values = np.clip(np.array([value for value, _ in marked]), 1e-6, 1 - 1e-6)
    x = np.stack([np.log(values / (1 - values)), np.ones(len(values))], axis=1)
    y = np.array([right for _, right in marked], dtype=np.float64)
    w = np.array([1.0, 0.0])
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(2)
        w = w + np.linalg.solve(hessian, x.T @ (y - p) - 1e-3 * (w - np.array([1.0, 0.0])))
    return round(float(w[0]), 4), round(float(w[1]), 4)
