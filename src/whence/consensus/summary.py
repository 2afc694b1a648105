"""A run in a page's worth of numbers."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from whence.consensus.dataset import STATUSES
from whence.consensus.rules import NAMES
from whence.consensus.scoring import Scores
from whence.records.rating import FitLine, NotePoint, RunSummary

__all__ = ["id_text", "summarise"]

_MOST_POINTS = 4000


def id_text(raw: object) -> str:
    """An id as text, whether it is a number or bytes."""
    return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)


def summarise(scores: Scores, title: str) -> RunSummary:
    """Sum a run up.

    Args:
        scores: the run.
        title: what was scored.

    Returns:
        Counts, bins, an even sample of at most 4,000 notes, and the fits; the same for the same input.
    """
    final, data = scores.final, scores.data
    scored = final.scored
    status = final.verdict.status
    counts = {name: int(np.count_nonzero(status[scored] == code)) for code, name in enumerate(NAMES)}
    acted = {
        rule.name: int(np.count_nonzero((final.verdict.fired[scored] >> k) & 1))
        for k, rule in enumerate(final.verdict.rules)
    }
    shown = {name: int(np.count_nonzero(scores.history.status == code)) for code, name in enumerate(STATUSES)}
    changes = _changes(scores)
    edges, heard, unheard = _raters(scores)
    t = scores.thresholds
    made = datetime.fromtimestamp(data.now / 1000, UTC).isoformat(timespec="seconds") if data.now > 0 else ""
    return RunSummary(
        title=title,
        mode=scores.settings.mode,
        made=made,
        ratings=len(data.ratings),
        notes=int(np.count_nonzero(scored)),
        raters=int(np.count_nonzero(np.bincount(data.ratings.rater, minlength=len(data.raters)))),
        statuses={k: v for k, v in counts.items() if v},
        rules={k: v for k, v in acted.items() if v},
        shown={k: v for k, v in shown.items() if v},
        changes=changes,
        points=_points(scores),
        scored=int(np.count_nonzero(scored & ~np.isnan(final.stats.intercept))),
        edges=edges,
        heard=heard,
        unheard=unheard,
        fits=tuple(
            FitLine(
                f.name,
                f.ratings,
                f.notes,
                f.raters,
                f.loss,
                None if math.isnan(f.gradient_norm) else f.gradient_norm,
                f.steps,
            )
            for f in scores.fits
        ),
        repairs=dict(scores.report.repairs),
        remarks=tuple(scores.report.remarks),
        thresholds={
            "helpful": t.helpful,
            "not_helpful": t.not_helpful,
            "slope": t.not_helpful_slope,
            "factor": t.factor,
            "firm_reject": t.firm_reject,
        },
    )


def _changes(scores: Scores) -> dict[tuple[str, str], int]:
    history = scores.history
    out = {}
    for before, old in enumerate(STATUSES):
        for now, new in enumerate(STATUSES):
            count = int(np.count_nonzero((history.before == before) & (history.status == now)))
            if count:
                out[old, new] = count
    return out


def _points(scores: Scores) -> tuple[NotePoint, ...]:
    final = scores.final
    there = np.flatnonzero(final.scored & ~np.isnan(final.stats.intercept))
    chosen: NDArray[np.int64] = there[:: max(1, math.ceil(len(there) / _MOST_POINTS))]
    ids = scores.data.notes.id[chosen].tolist()
    return tuple(
        NotePoint(
            id_text(ids[k]),
            round(float(final.stats.intercept[n]), 5),
            round(float(final.stats.factor[n]), 5),
            int(final.stats.ratings[n]),
            NAMES[final.verdict.status[n]],
        )
        for k, n in enumerate(chosen)
    )


def _raters(scores: Scores) -> tuple[tuple[float, ...], tuple[int, ...], tuple[int, ...]]:
    factor = scores.first.first_rater[:, 1]
    there = ~np.isnan(factor)
    edge = max(0.2, math.ceil(float(np.abs(factor[there]).max()) * 10) / 10)
    edges = np.linspace(-edge, edge, 61)
    helpful = scores.first.reputation.helpful
    heard = np.histogram(factor[there & helpful], edges)[0]
    unheard = np.histogram(factor[there & ~helpful], edges)[0]
    return tuple(edges.round(6).tolist()), tuple(heard.tolist()), tuple(unheard.tolist())
