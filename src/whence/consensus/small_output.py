"""A small community's results as tables and as a summary."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from whence.consensus.dataset import STATUSES
from whence.consensus.folder import write_folder
from whence.consensus.report import Report
from whence.consensus.small import REASONS, SmallScores
from whence.consensus.summary import id_text
from whence.errors import MissingExtra
from whence.records.rating import FitLine, NotePoint, RunSummary

if TYPE_CHECKING:
    import polars as pl

__all__ = ["small_frames", "small_summary", "write_small"]


def small_frames(scores: SmallScores) -> dict[str, pl.DataFrame]:
    """The results as data frames: notes and raters, in order of id; missing values null."""
    try:
        import polars as pl
    except ImportError as missing:
        raise MissingExtra("polars", "consensus", "write results as tables") from missing
    data = scores.data
    keep = np.flatnonzero(np.diff(data.ratings.start))
    who = np.flatnonzero(~np.isnan(scores.rater_factor))

    def ids(raw: Any) -> Any:
        return raw if raw.dtype.kind == "i" else [id_text(r) for r in raw.tolist()]

    notes = pl.DataFrame(
        {
            "noteId": ids(data.notes.id[keep]),
            "status": np.array(STATUSES)[scores.status[keep]].tolist(),
            "reason": np.array(REASONS)[scores.reason[keep]].tolist(),
            "score": scores.score[keep],
            "low": scores.low[keep],
            "high": scores.high[keep],
            "pseudoLow": scores.least[keep],
            "pseudoHigh": scores.greatest[keep],
            "factor": scores.factor[keep],
            "ratings": np.diff(data.ratings.start)[keep],
            "negativeRatings": scores.side.ratings[keep, 0],
            "negativeMean": scores.side.means[keep, 0],
            "positiveRatings": scores.side.ratings[keep, 1],
            "positiveMean": scores.side.means[keep, 1],
        }
    ).with_columns(pl.selectors.float().fill_nan(None))
    raters = pl.DataFrame(
        {
            "raterParticipantId": ids(data.raters.id[who]),
            "intercept": scores.rater_intercept[who],
            "factor": scores.rater_factor[who],
        }
    )
    return {"scored_notes": notes, "helpfulness_scores": raters}


def small_summary(scores: SmallScores, report: Report, title: str) -> RunSummary:
    """Sum a small community's run up; the page's intercept is the score."""
    data = scores.data
    there = np.flatnonzero(np.diff(data.ratings.start))
    counts = {name: int(np.count_nonzero(scores.status[there] == k)) for k, name in enumerate(STATUSES)}
    factor = scores.rater_factor[~np.isnan(scores.rater_factor)]
    edge = max(0.2, float(np.ceil(np.abs(factor).max(initial=0.0) * 10) / 10))
    edges = np.linspace(-edge, edge, 31)
    remarks = [*report.remarks]
    if scores.divided:
        remarks.append(f"the raters are divided (p = {scores.p:.3f}): a note needs ratings from both sides")
    else:
        remarks.append(
            f"no divide among the raters can be shown (p = {scores.p:.3f}): ratings count without regard to sides"
        )
    remarks.append(f"intervals: {scores.level:.0%}, {scores.resamples} resamples of all raters")
    return RunSummary(
        title=title,
        mode="small",
        made="",
        ratings=len(data.ratings),
        notes=len(there),
        raters=len(factor),
        statuses={k: v for k, v in counts.items() if v},
        rules={
            REASONS[k]: int(np.count_nonzero(scores.reason[there] == k))
            for k in range(len(REASONS))
            if (scores.reason[there] == k).any()
        },
        shown={k: v for k, v in counts.items() if v},
        changes={},
        points=tuple(
            NotePoint(
                id_text(data.notes.id[n : n + 1].tolist()[0]),
                round(float(scores.score[n]), 5),
                round(float(scores.factor[n]), 5),
                int(np.diff(data.ratings.start[n : n + 2])[0]),
                STATUSES[scores.status[n]],
            )
            for n in there[:4000]
        ),
        scored=len(there),
        edges=tuple(edges.round(6).tolist()),
        heard=tuple(np.histogram(factor, edges)[0].tolist()),
        unheard=(0,) * 30,
        fits=(
            FitLine(
                "fit",
                len(scores.matrix),
                scores.matrix.notes,
                scores.matrix.raters,
                scores.fit.loss,
                scores.fit.gradient_norm,
                scores.fit.sweeps,
            ),
        ),
        repairs=dict(report.repairs),
        remarks=tuple(remarks),
        thresholds={"helpful": 0.5, "not_helpful": 0.5, "slope": 0.0, "factor": 1e9},
    )


def write_small(scores: SmallScores, report: Report, out: Path, page: str | None = None) -> list[Path]:
    """Write a small community's files; old ones stay until every new one is complete.

    Args:
        scores: the results.
        report: repairs and remarks.
        out: the folder; made if need be.
        page: an HTML page to write beside the tables, or None.

    Returns:
        The files written.

    Raises:
        InputError: if the folder cannot be written to.
    """
    run = {
        "version": 1,
        "mode": "small",
        "divided": bool(scores.divided),
        "p": scores.p,
        "level": scores.level,
        "resamples": scores.resamples,
        "mu": scores.fit.parameters.mu,
        "repairs": report.repairs,
        "remarks": report.remarks,
    }
    return write_folder(out, small_frames(scores), run, page)
