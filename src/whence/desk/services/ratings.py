"""Ratings: one of each contributor on each note of somebody else, changed and withdrawn at will."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from whence.desk.models import Note, Rating, User
from whence.desk.services import facts, standing
from whence.desk.vocabulary import HELPFUL_TAGS, NOT_HELPFUL_TAGS
from whence.errors import InputError
from whence.ledger.facts import rating_fact

__all__ = ["rate", "tags_of", "withdraw"]


def tags_of(level: str) -> dict[str, str]:
    """Return the tags that a rating may give, by their public words, with what the form shows.

    Args:
        level: of the rating; one of "somewhat" may give tags of both kinds.
    """
    known: dict[str, str] = {}
    if level != Rating.Level.NOT:
        known |= {word: str(shown) for word, shown in HELPFUL_TAGS.items()}
    if level != Rating.Level.HELPFUL:
        known |= {word: str(shown) for word, shown in NOT_HELPFUL_TAGS.items()}
    return known


def rate(rater: User, note: Note, level: str, tags: Sequence[str] = ()) -> Rating:
    """Rate a note, or change one's rating of it; the same rating again changes nothing.

    Args:
        rater: who rates.
        note: of somebody else, standing.
        level: one of Rating.Level.
        tags: words of vocabulary.py that go with the level.

    Raises:
        Refused: when the rater is blocked or wrote the note, or the note was hidden or withdrawn.
        InputError: when level or tags are none.
    """
    try:
        return _rate(rater, note, level, tags)
    except IntegrityError:
        # The same rater's first rating came in by another request meanwhile: it is there now, to be changed.
        return _rate(rater, note, level, tags)


@transaction.atomic
def _rate(rater: User, note: Note, level: str, tags: Sequence[str]) -> Rating:
    # Only what is asked of them: others wait to write until this ends.
    standing.check_may_act(User.objects.only("is_active", "blocked_until", "blocked_reason").get(pk=rater.pk))
    if level not in Rating.Level.values:
        raise InputError(_("A rating is helpful, somewhat helpful or not helpful: choose one."))
    if any(tag not in tags_of(level) for tag in tags):
        raise InputError(_("These reasons do not go with that rating: choose among those shown with it."))
    asked = ("author_id", "hidden", "withdrawn", "story__hidden")
    note = Note.objects.select_related("story").only(*asked).get(pk=note.pk)
    if note.author_id == rater.pk:
        raise standing.Refused(_("Nobody rates their own notes."))
    if note.hidden or note.withdrawn is not None or note.story.hidden:
        raise standing.Refused(_("This note has been withdrawn or hidden, and is not rated any more."))
    tags = sorted(set(tags))
    rating = Rating.objects.select_for_update().filter(note=note, rater=rater).first()
    if rating is not None and (rating.level, rating.tags) == (level, tags):
        return rating
    place = facts.append([rating_fact(str(note.pk), rater.alias, level, facts.stamp(), tags)])
    rating = rating or Rating(note=note, rater=rater)
    rating.level, rating.tags, rating.entry = level, tags, place
    rating.save()
    return rating


@transaction.atomic
def withdraw(rater: User, note: Note) -> bool:
    """Take a rating back; where there is none nothing happens.

    Args:
        rater: whose rating.
        note: of which note.

    Returns:
        Whether there was one.

    Raises:
        Refused: when the rater is blocked.
    """
    standing.check_may_act(User.objects.get(pk=rater.pk))
    rating = Rating.objects.select_for_update().filter(note=note, rater=rater).first()
    if rating is None:
        return False
    rating.delete()
    facts.append([rating_fact(str(note.pk), rater.alias, "withdrawn", facts.stamp())])
    return True
