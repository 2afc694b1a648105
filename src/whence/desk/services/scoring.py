"""Scoring all ratings by the rules of small communities, at intervals.

What counts is what the public log holds when a run begins: the ratings are read in one snapshot together with the log's
size, and the run's statuses name that size, so that `whence verify` computes them again from the log alone. The fit
itself runs outside any transaction: nobody waits for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from whence.desk.models import Note, NoteScore, Rating, ScoringRun, StatusChange, User
from whence.desk.services import counts, facts, locks, standing, webhooks
from whence.ledger import canonical
from whence.ledger.facts import run_fact, status_fact
from whence.records.note_status import NoteStatus, SideCounts
from whence.records.rating import STATUSES
from whence.verification import SCORER

__all__ = ["PARAMETERS", "THRESHOLD", "score"]

PARAMETERS: Mapping[str, float] = {"seed": 1, "resamples": 200, "level": 0.9}
"""Of the scorer; each entry of a status in the public log names them."""

THRESHOLD = 0.5
"""The score that a note's interval must keep clear of: half of the way from not helpful to helpful."""

_LEVELS = {Rating.Level.HELPFUL: 1.0, Rating.Level.SOMEWHAT: 0.5, Rating.Level.NOT: 0.0}
_WORDS = {Rating.Level.HELPFUL: "helpful", Rating.Level.SOMEWHAT: "somewhat", Rating.Level.NOT: "not"}
_NO_RATINGS = "fewer than 5 ratings"

Row = tuple[str, str, str]  # note, rater, level


@dataclass(frozen=True)
class _Snapshot:
    """What a run sees."""

    counted: int
    rows: list[Row]
    notes: list[int]
    digest: str


@dataclass(frozen=True)
class _Scores:
    """What a run finds: by note's key, and viewpoints by alias."""

    notes: dict[int, NoteStatus]
    factors: dict[str, float]
    divided: bool


def score(*, force: bool = False) -> ScoringRun | None:
    """Score all ratings, unless nothing has come in since the last run.

    Args:
        force: score all the same.

    Returns:
        The run; the last one where nothing has come in; None while somebody else is scoring.
    """
    with locks.exclusive("score") as mine:
        if not mine:
            return None
        seen = _snapshot()
        last = ScoringRun.objects.filter(finished__isnull=False).first()
        if last is not None and last.summary.get("input") == seen.digest and not force:
            return last
        started = timezone.now()
        return _store(seen, _fit(seen), started)


@transaction.atomic
def _snapshot() -> _Snapshot:
    """Read the log's size and the ratings before it, as of one moment."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    counted = facts.log().checkpoint().size
    found = Rating.objects.filter(rater__discounted=False).order_by().values_list("note_id", "rater__username", "level")
    # Sorted as text: this is the order in which the scorer numbers them, here and wherever the log is verified.
    rows = sorted((str(note), rater, level) for note, rater, level in found.iterator(chunk_size=5000))
    notes = list(Note.objects.order_by("pk").values_list("pk", flat=True))
    digest = hashlib.sha256(canonical([SCORER, dict(PARAMETERS), rows, notes])).hexdigest()
    return _Snapshot(counted, rows, notes, digest)


def _fit(seen: _Snapshot) -> _Scores:
    from whence.consensus import fit

    if not seen.rows:
        return _Scores({note: _status(note, seen, {}, None) for note in seen.notes}, {}, False)
    columns = {
        "note": [note for note, _, _ in seen.rows],
        "rater": [rater for _, rater, _ in seen.rows],
        "rating": [_LEVELS[Rating.Level(level)] for _, _, level in seen.rows],
    }
    found = fit(
        columns,
        seed=int(PARAMETERS["seed"]),
        resamples=int(PARAMETERS["resamples"]),
        level=float(PARAMETERS["level"]),
    )
    names = ("status", "reason", "score", "low", "high", "factor", "ratings")
    table = {
        str(note): dict(zip(names, row, strict=True))
        for note, *row in zip(found.notes["note"].tolist(), *(found.notes[n].tolist() for n in names), strict=True)
    }
    factors = dict(zip(map(str, found.raters["rater"].tolist()), found.raters["factor"].tolist(), strict=True))
    sides = _sides(seen.rows, factors) if found.divided else {}
    notes = {note: _status(note, seen, table.get(str(note), {}), sides.get(str(note))) for note in seen.notes}
    return _Scores(notes, {who: f for who, f in factors.items() if f == f}, bool(found.divided))


def _sides(rows: Sequence[Row], factors: Mapping[str, float]) -> dict[str, tuple[SideCounts, SideCounts]]:
    """Count each note's ratings from either side, as the scorer does: by the sign of the rater's factor."""
    tally: dict[str, list[list[int]]] = {}
    places = {word: at for at, word in enumerate(_WORDS.values())}
    for note, rater, level in rows:
        side = tally.setdefault(note, [[0, 0, 0], [0, 0, 0]])
        side[0 if factors[rater] < 0 else 1][places[_WORDS[Rating.Level(level)]]] += 1
    return {note: (SideCounts(*one), SideCounts(*other)) for note, (one, other) in tally.items()}


def _status(
    note: int, seen: _Snapshot, row: Mapping[str, Any], sides: tuple[SideCounts, SideCounts] | None
) -> NoteStatus:
    word = str(row.get("status", "needs-more-ratings"))
    return NoteStatus(
        note=str(note),
        status=next(known for known in STATUSES if known == word),
        score=_number(row.get("score")),
        low=_number(row.get("low")),
        high=_number(row.get("high")),
        factor=_number(row.get("factor")),
        sides=sides or (SideCounts(), SideCounts()),
        ratings=int(row.get("ratings", 0)),
        reason=str(row.get("reason", _NO_RATINGS)),
        threshold=THRESHOLD,
        scorer=SCORER,
        parameters=tuple(sorted(PARAMETERS.items())),
        counted=seen.counted,
    )


def _number(value: float | None) -> float | None:
    return None if value is None or value != value else float(value)


@facts.writing()
def _store(seen: _Snapshot, found: _Scores, started: datetime) -> ScoringRun:
    """Write a run down, with its entries in the public log: statuses that are new or changed, then the run."""
    now = timezone.now()
    at = facts.stamp(now)
    tallied = {word: sum(status.status == word for status in found.notes.values()) for word in STATUSES}
    run = ScoringRun.objects.create(
        finished=now,
        counted=seen.counted,
        ratings=len(seen.rows),
        raters=len({rater for _, rater, _ in seen.rows}),
        scorer=SCORER,
        parameters=dict(PARAMETERS),
        divided=found.divided,
        summary={"input": seen.digest, "statuses": tallied},
    )
    before = {kept.note_id: kept for kept in NoteScore.objects.all()}
    changed = [n for n, status in found.notes.items() if n not in before or before[n].status != status.status]
    entries = [status_fact(_at(found.notes[note], at)) for note in changed]
    everything = {str(note): status.status for note, status in found.notes.items()}
    entries.append(run_fact(SCORER, dict(PARAMETERS), seen.counted, everything, at))
    place = facts.append(entries)
    ScoringRun.objects.filter(pk=run.pk).update(started=started, entry=place + len(changed))
    places = {note: place + number for number, note in enumerate(changed)}
    rows = [
        NoteScore(
            note_id=note,
            run=run,
            status=status.status,
            reason=status.reason,
            score=status.score,
            low=status.low,
            high=status.high,
            factor=status.factor,
            ratings=status.ratings,
            sides=[_side(side) for side in status.sides] if found.divided else [],
            entry=places.get(note, before[note].entry if note in before else None),
        )
        for note, status in found.notes.items()
    ]
    NoteScore.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["note"],
        update_fields=["run", "status", "reason", "score", "low", "high", "factor", "ratings", "sides", "entry"],
        batch_size=500,
    )
    # A first status that only says that ratings are missing is no change that anybody has to hear of.
    turned = [n for n in changed if n in before or found.notes[n].status != "needs-more-ratings"]
    changes = StatusChange.objects.bulk_create(
        StatusChange(
            note_id=note,
            run=run,
            at=now,
            before=before[note].status if note in before else "",
            after=found.notes[note].status,
        )
        for note in turned
    )
    webhooks.announce_statuses(changes)
    _viewpoints(found.factors if found.divided else {})
    standing.recompute()
    touched = Note.objects.filter(pk__in=turned).values_list("story_id", flat=True)
    counts.recount(touched)
    return run


def _at(status: NoteStatus, at: str) -> NoteStatus:
    return replace(status, computed=at)


def _side(side: SideCounts) -> dict[str, float | None]:
    mean = (side.helpful + side.somewhat / 2) / side.total if side.total else None
    return {**side.to_dict(), "ratings": side.total, "mean": mean}


def _viewpoints(factors: Mapping[str, float]) -> None:
    turned = []
    for user in User.objects.only("pk", "username", "factor"):
        now = factors.get(user.username)
        if user.factor != now:
            user.factor = now
            turned.append(user)
    User.objects.bulk_update(turned, ["factor"], batch_size=500)
