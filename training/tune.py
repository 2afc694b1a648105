"""What is set on dev after training: the posterior a span must reach, and what a score is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.attribution.corpus import LABELS, Gold, blocks_of, gold_of
from benchmarks.attribution.metric import Count, Score, pairs
from whence.models.crf import Candidates, Chain
from whence.models.runtime import Model
from whence.read.tagger import Tagger, cutter_of, in_words, link, score, span_of, units_of
from whence.read.windows import Words

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class _Story:
    """A dev story with the spans to choose from."""

    text: str
    words: Words
    candidates: Candidates
    gold: list[Gold]


def thresholds(model: Model, rows: Rows) -> dict[str, float]:
    """Return for each label the threshold that does best on dev.

    Best is the highest sum of five figures: F1 of sources, cues, contents and whole attributions, all exact, and F2 of
    whole attributions with a Jaccard index of 0.5: what is not found at all, a reader cannot put right.

    Args:
        model: The model; its config needs all but thresholds and calibration.
        rows: The dev stories.
    """
    cutter = cutter_of(model)
    part = model.config["attribution"]
    chain = Chain(part["labels"], part["transitions"], part["start"], part["end"])
    sure = [part["sure"][label] for label in part["labels"]]
    stories = []
    for row in rows:
        words = cutter.cut(row["text"], blocks_of(row["text"]))
        tags = score(model, cutter, words)[0]
        stories.append(_Story(row["text"], words, chain.candidates(*units_of(tags, words)), gold_of(row)))
    best = dict.fromkeys(LABELS, 0.45)
    for _ in range(2):
        for label in LABELS:
            grid = [best | {label: value} for value in (0.35, 0.4, 0.45, 0.5, 0.55, 0.6)]
            best = max(grid, key=lambda bar: _worth(stories, chain, [bar[one] for one in chain.labels], sure))
    return best


def _worth(stories: Sequence[_Story], chain: Chain, bar: Sequence[float], sure: Sequence[float]) -> float:
    result = Score()
    for story in stories:
        words = story.words
        found = in_words(chain.pick(story.candidates, bar, sure), words)
        spans = {label: {span_of(one, words) for one in found if one.label == label} for label in LABELS}
        attributions = []
        for linked in link(story.text, [found], words)[0]:
            members = (linked.sources, (linked.cue,), linked.contents)
            attributions.append(Gold(*(tuple(span_of(one, words) for one in member) for member in members)))
        result.add(attributions, story.gold, spans)
    return sum(count.f1 for count in (*result.spans.values(), result.whole)) + _f2(result.relaxed[0.5])


def _f2(count: Count) -> float:
    """Return F2, in which recall weighs four times as much as precision."""
    return 5 * count.right / (count.found + 4 * count.gold) if count.found + count.gold else 0.0


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
