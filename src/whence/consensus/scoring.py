"""Ratings to statuses: reading, first round, final round, locks; with the time and memory that each took."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from whence.consensus.dataset import Dataset
from whence.consensus.final import Final, finish
from whence.consensus.locking import History, update_history
from whence.consensus.prescoring import FitSummary, Prescoring, Settings, prescore
from whence.consensus.reading import Inputs, Progress, read
from whence.consensus.report import Report
from whence.consensus.rules import NAMES, Thresholds

__all__ = ["Scores", "Timing", "peak_memory", "score", "score_files"]


@dataclass
class Timing:
    """What each stage took.

    Attributes:
        stages: name, wall seconds and CPU seconds, in order.
        peak: bytes of memory that the process had at most.
    """

    stages: list[tuple[str, float, float]] = field(default_factory=list)
    peak: int = 0


def peak_memory() -> int:
    """The most memory that this process has had so far, in bytes; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size if sys.platform == "darwin" else size * 1024


@dataclass(frozen=True)
class Scores:
    """A run's results.

    Attributes:
        data: what was scored.
        first: the first round.
        final: the final round.
        history: statuses as readers see them, with locks.
        settings, thresholds: how it was made.
        report: repairs and remarks.
        timing: what it took.
    """

    data: Dataset
    first: Prescoring
    final: Final
    history: History
    settings: Settings
    thresholds: Thresholds
    report: Report
    timing: Timing

    @property
    def fits(self) -> list[FitSummary]:
        """Every fit in numbers, in order."""
        return [*self.first.fits, self.final.fit]

    def statuses(self) -> NDArray[np.str_]:
        """The scorer's own status of every note, by name."""
        return np.array(NAMES)[self.final.verdict.status]


def score(
    data: Dataset,
    settings: Settings | None = None,
    *,
    thresholds: Thresholds | None = None,
    report: Report | None = None,
    timing: Timing | None = None,
    stage: Callable[[str], None] | None = None,
) -> Scores:
    """Score what was read.

    Args:
        data: from `whence.consensus.reading.read`.
        settings: how; the optimum if None.
        thresholds: the numbers that rules compare with; the public scorer's if None.
        report, timing: gone on with, if given.
        stage: told the name of each stage as it begins.

    Returns:
        The results.

    Raises:
        InputError: if there are too few ratings to fit anything.
    """
    settings = Settings() if settings is None else settings
    thresholds = Thresholds() if thresholds is None else thresholds
    report = Report() if report is None else report
    timing = Timing() if timing is None else timing
    clock = _Clock(timing, stage)
    first = prescore(data, settings, report, clock)
    final = finish(data, first, settings, clock, thresholds)
    clock("locks")
    history = update_history(data, final)
    clock.end()
    return Scores(data, first, final, history, settings, thresholds, report, timing)


def score_files(
    inputs: Inputs,
    settings: Settings | None = None,
    *,
    thresholds: Thresholds | None = None,
    now: int | None = None,
    progress: Progress | None = None,
    stage: Callable[[str], None] | None = None,
) -> Scores:
    """Read files and score them.

    Args:
        inputs: where the tables lie.
        settings, thresholds, stage: as for `score`.
        now: ms since 1970, for locks; the latest rating's time if None.
        progress: told a table's name and the bytes just read.

    Returns:
        The results.

    Raises:
        InputError: if a table cannot be used.
    """
    settings = Settings() if settings is None else settings
    report, timing = Report(), Timing()
    clock = _Clock(timing, stage)
    clock("reading")
    data = read(inputs, report, now=now, keep_order=settings.mode == "replay", progress=progress)
    clock.end()
    return score(data, settings, thresholds=thresholds, report=report, timing=timing, stage=stage)


class _Clock:
    """Ends the last stage's time where the next begins."""

    def __init__(self, timing: Timing, stage: Callable[[str], None] | None) -> None:
        self._timing = timing
        self._stage = stage
        self._open: tuple[str, float, float] | None = None

    def __call__(self, name: str) -> None:
        self.end()
        self._open = (name, time.perf_counter(), time.process_time())
        if self._stage is not None:
            self._stage(name)

    def end(self) -> None:
        if self._open is not None:
            name, wall, cpu = self._open
            self._timing.stages.append((name, time.perf_counter() - wall, time.process_time() - cpu))
            self._open = None
        self._timing.peak = peak_memory()
