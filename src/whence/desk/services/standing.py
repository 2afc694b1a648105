"""What a contributor may do: rate before write, and limits that follow from what the community found helpful.

A newcomer earns writing by ratings that foretold outcomes, as in Community Notes: a rating that was made before a note
had its status counts for its rater when the status agrees with it, and against when it does not. Since a new desk has
nothing to rate, its first members may write at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from whence.desk.models import ModerationAct, Note, NoteScore, Rating, StatusChange, User
from whence.desk.models.scoring import Status
from whence.errors import InputError

__all__ = [
    "EARNED",
    "FIRST_MEMBERS",
    "MOST_A_DAY",
    "NEWCOMER_A_DAY",
    "TOLERATED",
    "Refused",
    "check_may_act",
    "check_may_write",
    "impacts",
    "left_today",
    "limit",
    "needed",
    "recompute",
    "welcome",
    "why_discounted",
]

FIRST_MEMBERS = 10
"""So many first members of a desk may write at once: with fewer than about five raters a side no note can be shown."""

EARNED = 5
"""The rating impact that earns writing (Community Notes asks the same)."""

TOLERATED = 2
"""So many notes that were found unhelpful, net of helpful ones, do not raise what writing has to be earned with."""

NEWCOMER_A_DAY = 2
"""Notes a day of somebody whose notes have no status yet."""

MOST_A_DAY = 20
"""Notes a day that nobody exceeds."""


class Refused(InputError):
    """Somebody may not do this; the text says why, and what would change it."""


def check_may_act(user: User) -> None:
    """Refuse whoever a moderator has blocked, or whose account is closed.

    Raises:
        Refused: with the block's reason and end.
    """
    if not user.is_active:
        raise Refused(_("This account is closed."))
    if user.blocked and user.blocked_until is not None:
        raise Refused(
            _("A moderator has blocked this account until %(day)s: %(reason)s")
            % {"day": user.blocked_until.date().isoformat(), "reason": user.blocked_reason or _("no reason is given")}
        )


def check_may_write(user: User) -> None:
    """Refuse whoever may not write a note now.

    Raises:
        Refused: when the user is blocked, has not earned writing, or has written today's notes.
    """
    check_may_act(user)
    if not (user.may_write or user.is_staff):
        raise Refused(
            _(
                "Writing is earned by rating: your ratings have foretold %(have)d outcomes net, and %(need)d are "
                "needed. Rate notes that have no status yet."
            )
            % {"have": user.rating_impact, "need": needed(user.writing_impact)}
        )
    if left_today(user) <= 0:
        raise Refused(
            _("You have written your %(limit)d notes of the last 24 hours; the limit grows with notes found helpful.")
            % {"limit": limit(user.writing_impact)}
        )


def why_discounted(user: User) -> str:
    """Return the public reason for which somebody's ratings are set aside; "" where they count."""
    if not user.discounted:
        return ""
    acts = ModerationAct.objects.filter(person=user, act=ModerationAct.Act.DISCOUNT).order_by("-pk")
    return acts.values_list("reason", flat=True).first() or ""


def left_today(user: User) -> int:
    """Return how many notes somebody may still write within these 24 hours; withdrawn ones count."""
    since = timezone.now() - timedelta(days=1)
    allowed = max(user.notes_a_day, limit(user.writing_impact))
    return allowed - Note.objects.filter(author=user, created__gt=since).count()


def needed(writing_impact: int) -> int:
    """Return the rating impact with which somebody may write.

    Args:
        writing_impact: notes found helpful less notes found unhelpful.
    """
    return EARNED * max(1, -writing_impact - TOLERATED + 1)


def limit(writing_impact: int) -> int:
    """Return how many notes a day somebody may write: one more for each note found helpful, one less for the others.

    Args:
        writing_impact: notes found helpful less notes found unhelpful.
    """
    return min(MOST_A_DAY, max(1, NEWCOMER_A_DAY + writing_impact))


def impacts() -> tuple[dict[int, int], dict[int, int]]:
    """Return what everybody's ratings foretold, and what became of everybody's notes.

    A rating counts if it was made, or last changed, before the note first got the status that it has now; "somewhat"
    counts neither way, and ratings that were set aside foretell nothing. One's own notes count by their present status.

    Returns:
        Rating impact and writing impact, by user; those without any are left out.
    """
    decided = dict(NoteScore.objects.exclude(status=Status.NEEDS_MORE_RATINGS).values_list("note_id", "status"))
    since = {}
    changes = StatusChange.objects.filter(note_id__in=decided).order_by("-pk").values_list("note_id", "after", "at")
    for note, after, at in changes:
        if after == decided[note]:
            since[note] = at  # The earliest wins: losing a status for a day and getting it back foretells nothing.
    rating: dict[int, int] = defaultdict(int)
    rated = Rating.objects.filter(note_id__in=since, rater__discounted=False).exclude(level=Rating.Level.SOMEWHAT)
    for note, rater, level, changed in rated.values_list("note_id", "rater_id", "level", "changed"):
        if changed < since[note]:
            agrees = (level == Rating.Level.HELPFUL) == (decided[note] == Status.HELPFUL)
            rating[rater] += 1 if agrees else -1
    writing: dict[int, int] = defaultdict(int)
    for note, author in Note.objects.filter(pk__in=decided).values_list("pk", "author_id"):
        writing[author] += 1 if decided[note] == Status.HELPFUL else -1
    return dict(rating), dict(writing)


def recompute() -> int:
    """Bring everybody's standing up to date, as after each scoring.

    Returns:
        How many users' standing changed.
    """
    rating, writing = impacts()
    first = _first_members()
    changed = []
    for user in User.objects.only("pk", "is_staff", "rating_impact", "writing_impact", "may_write", "notes_a_day"):
        before = (user.rating_impact, user.writing_impact, user.may_write, user.notes_a_day)
        user.rating_impact, user.writing_impact = rating.get(user.pk, 0), writing.get(user.pk, 0)
        trusted = user.is_staff or (user.pk in first and user.writing_impact >= -TOLERATED)
        user.may_write = trusted or user.rating_impact >= needed(user.writing_impact)
        user.notes_a_day = limit(user.writing_impact)
        if before != (user.rating_impact, user.writing_impact, user.may_write, user.notes_a_day):
            changed.append(user)
    User.objects.bulk_update(changed, ["rating_impact", "writing_impact", "may_write", "notes_a_day"], batch_size=500)
    return len(changed)


def welcome(user: User) -> None:
    """Give a new contributor their standing; the first members of a desk may write.

    Args:
        user: saved.
    """
    user.may_write = user.is_staff or user.pk in _first_members()
    user.notes_a_day = limit(0)
    user.save(update_fields=["may_write", "notes_a_day"])


def _first_members() -> set[int]:
    members: Iterable[int] = User.objects.filter(is_staff=False).order_by("pk").values_list("pk", flat=True)
    return set(members[:FIRST_MEMBERS])  # type: ignore[index]
