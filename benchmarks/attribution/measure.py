"""Run the tagger over a split and count."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.attribution.corpus import LABELS, blocks_of, gold_of
from benchmarks.attribution.metric import Score
from whence.read.tagger import Tagger


@dataclass(frozen=True, slots=True)
class Result:
    """What a run over a split gave.

    Attributes:
        score: The counts.
        stories: Stories read.
        words: Words read.
        cpu: CPU seconds it took, loading apart.
    """

    score: Score
    stories: int
    words: int
    cpu: float


def measure(tagger: Tagger, rows: Sequence[Mapping[str, Any]]) -> Result:
    """Tag every story of a split, and count what is right.

    Args:
        tagger: The system.
        rows: The stories.

    Returns:
        Counts and CPU time.
    """
    score, words, cpu = Score(), 0, 0.0
    for row in rows:
        began = time.process_time()
        tagging = tagger.tag(row["text"], blocks_of(row["text"]))
        cpu += time.process_time() - began
        words += len(tagging.tokens)
        spans = {label: {one.span for one in tagging.spans if one.label == label} for label in LABELS}
        score.add(tagging.attributions, gold_of(row), spans)
    return Result(score, len(rows), words, cpu)
