"""A run's files: scored notes, rater scores, status history and what the rules read, as TSV and Parquet."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from whence.consensus.community_notes import HISTORY_COLUMNS, NOT_HELPFUL_TAGS, STATUS_HISTORY
from whence.consensus.dataset import STATUSES
from whence.consensus.folder import write_folder
from whence.consensus.rules import NAMES
from whence.consensus.scoring import Scores
from whence.errors import MissingExtra

if TYPE_CHECKING:
    import polars as pl

__all__ = ["frames", "write"]

_CLASSES = np.array(["", "NOT_MISLEADING", "MISINFORMED_OR_POTENTIALLY_MISLEADING", ""])


def _polars() -> Any:
    try:
        import polars
    except ImportError as missing:
        raise MissingExtra("polars", "consensus", "write results as tables") from missing
    return polars


def _text(ids: NDArray[Any]) -> Any:
    return ids if ids.dtype.kind == "i" else [raw.decode("utf-8", "replace") for raw in ids.tolist()]


def frames(scores: Scores, status: Path | None = None) -> dict[str, pl.DataFrame]:
    """The run as data frames.

    Args:
        scores: the run.
        status: the earlier status history, whose other columns are handed on; None if there is none.

    Returns:
        By name: scored_notes, helpfulness_scores, note_status_history, rule_inputs. Ids are Int64 where the input's are
        whole numbers, scores Float64, missing values null.
    """
    return {
        "scored_notes": _scored_notes(scores),
        "helpfulness_scores": _raters(scores),
        "note_status_history": _history(scores, status),
        "rule_inputs": _rule_inputs(scores),
    }


def _scored_notes(scores: Scores) -> Any:
    pl = _polars()
    final, notes = scores.final, scores.data.notes
    keep = np.flatnonzero(final.scored)
    s = final.stats
    rules: dict[int, str] = {}
    for fired in np.unique(final.verdict.fired[keep]).tolist():
        names = [f"{r.name} (v1.0)" for k, r in enumerate(final.verdict.rules) if fired >> k & 1]
        rules[fired] = ",".join(names)
    tags: dict[bytes, str | None] = {}
    packed = np.packbits(final.tags[keep], axis=1)
    for row in np.unique(packed, axis=0):
        on = np.unpackbits(row)[: len(NOT_HELPFUL_TAGS)]
        tags[row.tobytes()] = ",".join(t for t, x in zip(NOT_HELPFUL_TAGS, on, strict=True) if x) or None
    return pl.DataFrame(
        {
            "noteId": _text(notes.id[keep]),
            "coreNoteIntercept": s.intercept[keep],
            "coreNoteFactor1": s.factor[keep],
            "coreRatingStatus": np.array(NAMES)[final.verdict.status[keep]].tolist(),
            "coreActiveRules": [rules[f] for f in final.verdict.fired[keep].tolist()],
            "activeFilterTags": pl.Series([tags[row.tobytes()] for row in packed], dtype=pl.String),
            "coreNoteInterceptMin": final.least[keep],
            "coreNoteInterceptMax": s.upper[keep],
            "coreNumFinalRoundRatings": final.final_ratings[keep],
            "coreNoteInterceptNoHighVol": s.no_high_volume[keep],
            "coreNoteInterceptNoCorrelated": s.no_correlated[keep],
            "coreNoteInterceptPopulationSampled": final.population[keep],
            "lowDiligenceNoteIntercept": s.diligence[keep],
            "numRatings": s.ratings[keep],
            "classification": _CLASSES[np.clip(notes.misleading[keep], -1, 2) + 1].tolist(),
            "createdAtMillis": pl.Series(notes.created[keep]).replace({-1: None}),
            "finalRatingStatus": scores.history.names()[keep].tolist(),
        }
    ).with_columns(pl.selectors.float().fill_nan(None))


def _raters(scores: Scores) -> Any:
    pl = _polars()
    first, raters = scores.first, scores.data.raters
    r = first.reputation
    keep = np.flatnonzero(r.known | ~np.isnan(first.first_rater[:, 0]))
    names = (
        "successfulRatingHelpfulCount",
        "successfulRatingNotHelpfulCount",
        "unsuccessfulRatingHelpfulCount",
        "unsuccessfulRatingNotHelpfulCount",
    )
    return pl.DataFrame(
        {
            "raterParticipantId": _text(raters.id[keep]),
            "coreRaterIntercept": first.rater[keep, 0],
            "coreRaterFactor1": first.rater[keep, 1],
            "coreFirstRoundRaterIntercept": first.first_rater[keep, 0],
            "coreFirstRoundRaterFactor1": first.first_rater[keep, 1],
            "crhCrnhRatioDifference": r.author_ratio[keep],
            "meanNoteScore": r.author_mean[keep],
            "raterAgreeRatio": r.agreement[keep],
            "raterAgreeRatioKeyWithHarassmentAbusePenalty": r.penalised[keep],
            "totalHelpfulHarassmentPenalty": r.penalty[keep],
            **{name: r.counts[keep, k].astype(np.int64) for k, name in enumerate(names)},
            "aboveHelpfulnessThreshold": r.helpful[keep],
        }
    ).with_columns(pl.selectors.float().fill_nan(None))


def _history(scores: Scores, status: Path | None) -> Any:
    pl = _polars()
    data, h = scores.data, scores.history
    names = pl.Series(h.names().tolist())
    core = np.array(STATUSES)[np.where(scores.final.verdict.status <= 2, scores.final.verdict.status, 0)]
    core_text = [str(c) if s else None for c, s in zip(core, scores.final.scored, strict=True)]
    is_status = h.status > 0
    fresh = pl.DataFrame(
        {
            "noteId": _text(data.notes.id),
            "_status": names,
            "_core": pl.Series(core_text, dtype=pl.String),
            "_changed": h.changed | (h.before < 0),
            "_real": is_status,
            "_locks": h.locks_now,
            "_created": pl.Series(data.notes.created).replace({-1: None}),
            "_author": pl.Series(
                [data.raters.id[a].decode("utf-8", "replace") if a >= 0 else None for a in data.notes.author.tolist()],
                dtype=pl.String,
            ),
        }
    )
    id_type = fresh.schema["noteId"]
    old = _read_history(status, id_type) if status is not None else pl.DataFrame(schema={"noteId": id_type})
    old = old.with_columns(pl.lit(None, pl.String).alias(c) for c in HISTORY_COLUMNS if c not in old.columns)
    extra = [c for c in old.columns if c not in HISTORY_COLUMNS]
    joined = fresh.join(
        old.unique("noteId", keep="first", maintain_order=True), on="noteId", how="left", maintain_order="left"
    )
    now = str(data.now)

    def where(condition: Any, value: Any, column: str) -> Any:
        return pl.when(condition).then(value).otherwise(pl.col(column)).alias(column)

    first = pl.col("_real") & pl.col("firstNonNMRStatus").is_null()
    return joined.with_columns(
        pl.col("noteAuthorParticipantId").fill_null(pl.col("_author")),
        pl.col("createdAtMillis").fill_null(pl.col("_created").cast(pl.String)),
        where(first, pl.lit(now), "timestampMillisOfFirstNonNMRStatus"),
        where(first, pl.col("_status"), "firstNonNMRStatus"),
        where(pl.col("_changed"), pl.lit(now), "timestampMillisOfCurrentStatus"),
        pl.col("_status").alias("currentStatus"),
        where(pl.col("_real") & pl.col("_changed"), pl.lit(now), "timestampMillisOfLatestNonNMRStatus"),
        where(pl.col("_real"), pl.col("_status"), "mostRecentNonNMRStatus"),
        where(pl.col("_locks"), pl.lit(now), "timestampMillisOfStatusLock"),
        where(pl.col("_locks"), pl.col("_status"), "lockedStatus"),
        pl.col("_core").alias("currentCoreStatus"),
        pl.lit("CoreModel (v1.1)").alias("currentDecidedBy"),
        where(pl.col("_changed"), pl.lit(now), "timestampMillisOfMostRecentStatusChange"),
        pl.lit(str(data.now // 60_000)).alias("timestampMinuteOfFinalScoringOutput"),
    ).select(*HISTORY_COLUMNS, *extra)


def _read_history(status: Path, id_type: Any) -> Any:
    """The earlier history with all its columns, as text."""
    pl = _polars()
    from whence.consensus.sources import chunks, files_of

    aliases = dict(STATUS_HISTORY.aliases)
    parts = []
    for file in files_of(status):
        if file.suffix == ".parquet":
            part = pl.read_parquet(file).select(pl.all().cast(pl.String))
        else:
            text = b"".join(chunks(file))
            separator = "\t" if b"\t" in text.partition(b"\n")[0] else ","
            part = pl.read_csv(text, separator=separator, infer_schema=False, truncate_ragged_lines=True)
        part = part.rename({a: b for a, b in aliases.items() if a in part.columns and b not in part.columns})
        parts.append(
            part.with_columns(pl.col("noteId").cast(id_type, strict=False)).filter(pl.col("noteId").is_not_null())
        )
    return pl.concat(parts, how="diagonal")


def _rule_inputs(scores: Scores) -> Any:
    pl = _polars()
    final = scores.final
    keep = np.flatnonzero(final.scored)
    columns: dict[str, Any] = {"noteId": _text(scores.data.notes.id[keep])}
    for name in type(final.stats).__dataclass_fields__:
        values = getattr(final.stats, name)
        if name == "tag_threshold":
            continue
        if values.ndim == 2:
            for k, tag in enumerate(NOT_HELPFUL_TAGS):
                columns[f"{name}.{tag}"] = values[keep, k]
        else:
            columns[name] = values[keep]
    for k, name in enumerate(("n", "f", "ff", "w", "wf", "ww")):
        columns[f"sum.{name}"] = final.sums[keep, k]
    columns["status"] = final.verdict.status[keep]
    columns["shown"] = scores.history.status[keep]
    columns["locked"] = scores.history.locked[keep]
    return pl.DataFrame(columns)


def _run(scores: Scores) -> dict[str, Any]:
    """What explaining needs besides the notes' own numbers."""
    rater = scores.final.rater
    sides = {}
    for name, mine in (("negative", rater[:, 1] < 0), ("positive", rater[:, 1] >= 0)):
        some = bool(mine.any())
        sides[name] = {
            "raters": int(mine.sum()),
            "intercept": float(np.median(rater[mine, 0])) if some else 0.0,
            "factor": float(np.median(rater[mine, 1])) if some else 0.0,
        }
    return {
        "version": 1,
        "mode": scores.settings.mode,
        "seed": scores.settings.seed if scores.settings.mode == "replay" else None,
        "now": scores.data.now,
        "mu": scores.first.mu,
        "ratings_a_note": scores.first.ratings_a_note,
        "penalties": {"intercept": scores.settings.penalties.intercept, "factor": scores.settings.penalties.factor},
        "sides": sides,
        "thresholds": asdict(scores.thresholds),
        "tag_threshold": dict(zip(NOT_HELPFUL_TAGS, scores.first.tag_threshold.tolist(), strict=True)),
        "fits": [{k: None if v != v else v for k, v in asdict(f).items()} for f in scores.fits],
        "repairs": scores.report.repairs,
        "remarks": scores.report.remarks,
    }


def write(scores: Scores, out: Path, status: Path | None = None, page: str | None = None) -> list[Path]:
    """Write a run's files; the folder's old files stay as they are until every new one is complete.

    Args:
        scores: the run.
        out: the folder; made if need be.
        status: the earlier status history, or None.
        page: an HTML page to write beside the tables, or None.

    Returns:
        The files written.

    Raises:
        InputError: if the folder cannot be written to.
    """
    return write_folder(out, frames(scores, status), _run(scores), page, frozenset({"rule_inputs"}))
