"""Notes that need a contributor's rating, the one on which it adds the most first.

A rating adds most where it could decide: where the score's interval spans the threshold, or there is no score yet. And
it adds more the fewer have spoken from the rater's own side of the divide, since a note is shown only when both sides
have (three ratings each, five together, are the least; ADR 0024). So a note's worth to a rater is

    doubt * need

doubt: 1 without a score; where the interval spans the threshold, 1 in its middle and less towards its ends; where it is
clear of it, a tenth, since a surprise there is still worth hearing.
need: how much is missing of the least that the rater's side has to say, and a little for each rating that is missing
of what would be good to have. A rater without a known viewpoint, or a community without a divide, has one side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from whence.desk.models import Anchor, Note, NoteScore, User
from whence.desk.models.scoring import Status
from whence.desk.services.scoring import THRESHOLD

__all__ = ["A_SIDE", "FEWEST", "Wanted", "for_rater", "worth"]

A_SIDE, FEWEST = 3, 5
"""The least ratings of a side, and together, with which a note can have a status."""

_LOOKED_AT = 500  # newest notes without a status, and as many with one
_CLEAR = 0.1


@dataclass(frozen=True)
class Wanted:
    """A note that needs a rating.

    Args:
        note: with author, story, score, evidence and anchors.
        worth: of one rater's rating, 0 to 1.
    """

    note: Note
    worth: float


def worth(score: NoteScore | None, factor: float | None) -> float:
    """Return what a rating adds, 0 to 1.

    Args:
        score: the note's, or None before it was scored.
        factor: the rater's viewpoint, or None where none is known.
    """
    if score is None or score.score is None or score.low is None or score.high is None:
        return 1.0
    here = _from_side(score.sides, factor)
    have, least = (here, A_SIDE) if here is not None else (score.ratings, FEWEST)
    need = 0.8 * max(0, least - have) / least + 0.2 / (1 + have)
    return _doubt(score.score, score.low, score.high) * need


def _doubt(score: float, low: float, high: float) -> float:
    if not low < THRESHOLD < high:
        return _CLEAR
    edge = min(THRESHOLD - low, high - THRESHOLD) / (high - low)  # 1/2 in the middle, 0 at an end
    return _CLEAR + (1 - _CLEAR) * 2 * edge


def _from_side(sides: list[Mapping[str, Any]], factor: float | None) -> int | None:
    if len(sides) != 2 or factor is None:
        return None
    return int(sides[0 if factor < 0 else 1].get("ratings", 0))


def for_rater(rater: User, most: int = 20) -> list[Wanted]:
    """Return the notes that need a rater's rating, best first.

    Never their own, nor those they have rated, nor those whose statements the page no longer makes.

    Args:
        rater: who would rate.
        most: 1 or more.
    """
    open_to = (
        Note.objects.filter(hidden=False, withdrawn=None, story__hidden=False)
        .exclude(author=rater)
        .exclude(ratings__rater=rater)
        .filter(Exists(Anchor.objects.filter(note=OuterRef("pk"), orphaned=False)))
        .order_by("-pk")
    )
    undecided = open_to.exclude(score__status__in=[Status.HELPFUL, Status.NOT_HELPFUL])
    decided = open_to.filter(score__status__in=[Status.HELPFUL, Status.NOT_HELPFUL])
    found: dict[int, float] = {}
    for notes in (undecided, decided):
        found |= {note.pk: worth(_score(note), rater.factor) for note in _scored(notes)}
    best = sorted(found, key=lambda pk: (-found[pk], pk))[:most]
    rows = {
        note.pk: note
        for note in Note.objects.filter(pk__in=best)
        .select_related("author", "story", "score")
        .prefetch_related("evidence", "anchors__statement")
    }
    return [Wanted(rows[pk], found[pk]) for pk in best]


def _scored(notes: QuerySet[Note]) -> QuerySet[Note]:
    return notes.select_related("score").defer("text", "salt")[:_LOOKED_AT]


def _score(note: Note) -> NoteScore | None:
    try:
        return note.score
    except NoteScore.DoesNotExist:
        return None
